/// Limits the cuts that a run makes without a person's confirmation.
package struct Fuse: Sendable, Equatable {
    package let inService: Int
    /// Cuts per day of the last runs with any, newest first.
    package let earlier: [Int]

    package init(inService: Int, earlier: [Int]) { (self.inService, self.earlier) = (inService, earlier) }

    /// A tenth of the active services until three runs are known; then 15 %, and at most three times the median. Never
    /// below ten.
    package var most: Int {
        guard earlier.count >= 3 else { return max(10, inService / 10) }
        let usual = earlier.prefix(3).sorted()[1]
        return max(10, min(inService * 15 / 100, usual * 3))
    }
}
