/// A router's pool of addresses for its customers, and how many are taken.
package struct AddressPool: Sendable, Equatable {
    package let name: String
    package let size: Int
    package let used: Int

    package init(name: String, size: Int, used: Int) { (self.name, self.size, self.used) = (name, size, used) }

    /// Whole hundredths, rounded down.
    package var percent: Int { size == 0 ? 0 : min(100, used * 100 / size) }

    /// From which on somebody is told.
    package static let levels = [80, 90, 95]

    /// The highest level that is reached; nil below all of them.
    package var level: Int? { Self.levels.last { percent >= $0 } }
}

extension AddressPool {
    /// In how many days it is full if it goes on as in these days; nil where it does not grow.
    package func daysLeft(usedBefore: Int, days: Int) -> Int? {
        let (grown, left) = (used - usedBefore, size - used)
        guard days > 0, grown > 0 else { return nil }
        let (product, overflows) = max(0, left).multipliedReportingOverflow(by: days)
        return overflows ? nil : product / grown
    }
}

/// What came of asking an address from the router.
package struct PingAnswer: Sendable, Equatable {
    package let sent: Int
    package let received: Int
    /// In microseconds, of those that came back.
    package let average: Int?

    package init(sent: Int, received: Int, average: Int?) {
        (self.sent, self.received, self.average) = (sent, received, average)
    }
}
