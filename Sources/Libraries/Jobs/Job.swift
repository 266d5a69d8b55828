import JSON

/// Background work, run by any free worker after the request's transaction commits. It may run twice, so it says "look
/// at service X", never "do Y", and carries little more than an identifier.
package protocol Job: Sendable, JSONReadable, JSONWritable {
    /// The kind's name in the queue, stable as long as jobs may wait there: "network.look-at-service".
    static var kind: String { get }
    static var rules: JobRules { get }

    /// While a job waits under a key, another of its kind and tenant with that key is not added. A running one does not
    /// count: it may have looked already.
    var key: String? { get }
    /// Jobs of a tenant in the same lane run one at a time: a lane is a device's session.
    var lane: String? { get }
    var priority: JobPriority { get }
}

extension Job {
    package static var rules: JobRules { JobRules() }
    package var key: String? { nil }
    package var lane: String? { nil }
    package var priority: JobPriority { .normal }
}

/// Priority among a tenant's own jobs.
package enum JobPriority: Int32, Sendable {
    case urgent = 0
    case normal = 1
    case whenQuiet = 2
}

package struct JobRules: Sendable {
    /// Attempts before the job is dead.
    package var attempts: Int32 = 20
    /// When a run is cancelled and counts as failed.
    package var timeLimit = Duration.seconds(300)
    /// How many jobs of the kind run at once in one tenant, over all workers.
    package var tenantLimit: Int32 = .max
    package var backoff = Backoff()

    package init() {}
}
