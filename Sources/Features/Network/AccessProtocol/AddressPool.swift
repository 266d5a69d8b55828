/// A router's address pool for customers, and how many addresses are taken.
package struct AddressPool: Sendable, Equatable {
    package let name: String
    package let size: Int
    package let used: Int

    package init(name: String, size: Int, used: Int) { (self.name, self.size, self.used) = (name, size, used) }

    /// Usage in percent, rounded down.
    package var percent: Int { size == 0 ? 0 : min(100, used * 100 / size) }

    /// The percentages at which the company is warned.
    package static let levels = [80, 90, 95]

    /// The highest level reached; nil below the first.
    package var level: Int? { Self.levels.last { percent >= $0 } }
}

extension AddressPool {
    /// Days until the pool is full at the growth of these days; nil without growth.
    package func daysLeft(usedBefore: Int, days: Int) -> Int? {
        let (grown, left) = (used - usedBefore, size - used)
        guard days > 0, grown > 0 else { return nil }
        let (product, overflows) = max(0, left).multipliedReportingOverflow(by: days)
        return overflows ? nil : product / grown
    }
}

/// The result of pinging an address from the router.
package struct PingAnswer: Sendable, Equatable {
    package let sent: Int
    package let received: Int
    /// Microseconds, over the replies received.
    package let average: Int?

    package init(sent: Int, received: Int, average: Int?) {
        (self.sent, self.received, self.average) = (sent, received, average)
    }
}
