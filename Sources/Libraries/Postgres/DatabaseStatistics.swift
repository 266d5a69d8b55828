import Loop

/// How the connections are doing, for metrics and the health page.
package struct DatabaseStatistics: Sendable, Equatable {
    /// Single calls sent so far.
    package var calls = 0
    /// Single calls sent and not yet answered.
    package var inFlight = 0
    /// Transactions and streams under way.
    package var transactions = 0
    package var waiting = 0
    package var connections = 0
    package var lostConnections = 0
    /// Why a place for a connection is empty.
    package var lastFailure: String?
    /// When the server last had no room to write.
    package var diskFullAt: Monotonic?

    mutating func note(diskFullAt moment: Monotonic?) {
        guard let moment else { return }
        diskFullAt = max(diskFullAt ?? moment, moment)
    }
}
