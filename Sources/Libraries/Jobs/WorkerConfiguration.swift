import Loop

/// How much a worker does at a time, and how patient it is.
package struct WorkerConfiguration: Sendable {
    /// Jobs that run at a time in this process.
    package var places = 16
    /// What one tenant may take of them, so that another always finds one.
    package var tenantShare = 0.9
    /// Jobs of one tenant that run at a time, over all workers.
    package var tenantLimit = 64
    /// How long a worker may be silent before its jobs are taken from it; it speaks up three times as often. With the beat
    /// at which others look, what a dead worker held is taken over within 15 s.
    package var lease = Duration.seconds(10)
    /// How often it looks without having been told to.
    package var poll = Duration.seconds(30)
    /// How long a job waits for a worker that knows its kind.
    package var unknownKindGrace = Duration.seconds(3600)
    /// An occurrence of a schedule that is found later than this was missed.
    package var scheduleTolerance = Duration.seconds(60)
    /// How long cancelled jobs have to end when the worker stops; then they are given back all the same.
    package var lastWords = Duration.seconds(1)

    /// Where what runs is written, for after a crash.
    package var board: WorkBoard?

    package init() {}

    var share: Int { max(1, Int(tenantShare * Double(places))) }
}
