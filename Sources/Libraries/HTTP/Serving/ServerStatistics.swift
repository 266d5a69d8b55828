import Synchronization

package struct ServerStatistics: Sendable, Equatable {
    package var open = 0
    package var accepted = 0
    package var requests = 0
    /// Requests refused without a handler.
    package var refused = 0
    /// Connections cut for slowness.
    package var timedOut = 0
    /// Connections refused because too many were open.
    package var turnedAway = 0
}

/// Written by one loop, readable from any.
final class WorkerCounters: Sendable {
    let open = Atomic(0)
    let accepted = Atomic(0)
    let requests = Atomic(0)
    let refused = Atomic(0)
    let timedOut = Atomic(0)

    func add(to statistics: inout ServerStatistics) {
        statistics.open += open.load(ordering: .relaxed)
        statistics.accepted += accepted.load(ordering: .relaxed)
        statistics.requests += requests.load(ordering: .relaxed)
        statistics.refused += refused.load(ordering: .relaxed)
        statistics.timedOut += timedOut.load(ordering: .relaxed)
    }
}

extension Atomic where Value == Int {
    func increment() { add(1, ordering: .relaxed) }
}
