/// How many services a run cuts without asking a person.
package struct Fuse: Sendable, Equatable {
    package let inService: Int
    /// The cuts of the last runs that cut anybody, the newest first.
    package let earlier: [Int]

    package init(inService: Int, earlier: [Int]) { (self.inService, self.earlier) = (inService, earlier) }

    /// A tenth of those in service until three runs are known; then fifteen in a hundred, and no more than three times
    /// what is usual. Ten always.
    package var most: Int {
        guard earlier.count >= 3 else { return max(10, inService / 10) }
        let usual = earlier.prefix(3).sorted()[1]
        return max(10, min(inService * 15 / 100, usual * 3))
    }
}
