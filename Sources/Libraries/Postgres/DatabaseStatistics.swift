import Loop

/// Connection statistics for metrics and the health page.
package struct DatabaseStatistics: Sendable, Equatable {
    /// Single calls sent so far.
    package var calls = 0
    /// Single calls in flight.
    package var inFlight = 0
    /// Open transactions and streams.
    package var transactions = 0
    package var waiting = 0
    package var connections = 0
    package var lostConnections = 0
    /// The last reason why a connection failed.
    package var lastFailure: String?
    /// When the server last reported a full disk.
    package var diskFullAt: Monotonic?

    mutating func note(diskFullAt moment: Monotonic?) {
        guard let moment else { return }
        diskFullAt = max(diskFullAt ?? moment, moment)
    }
}
