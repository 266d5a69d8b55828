import Loop

/// A worker's limits and timeouts.
package struct WorkerConfiguration: Sendable {
    /// Jobs that run at a time in this process.
    package var places = 16
    /// One tenant's share of the places, so that others always find one.
    package var tenantShare = 0.9
    /// Jobs of one tenant that run at a time, over all workers.
    package var tenantLimit = 64
    /// How long a worker may be silent before its jobs are taken from it; it renews three times as often. Including the
    /// beat of the other workers, a dead worker's jobs are taken over within 15 s.
    package var lease = Duration.seconds(10)
    /// The polling interval without a notification.
    package var poll = Duration.seconds(30)
    /// How long a job waits for a worker that knows its kind.
    package var unknownKindGrace = Duration.seconds(3600)
    /// A schedule's occurrence found later than this counts as missed.
    package var scheduleTolerance = Duration.seconds(60)
    /// How long cancelled jobs may take when the worker stops; then they are given back regardless.
    package var lastWords = Duration.seconds(1)

    /// The work board, for crash reports.
    package var board: WorkBoard?

    package init() {}

    var share: Int { max(1, Int(tenantShare * Double(places))) }
}
