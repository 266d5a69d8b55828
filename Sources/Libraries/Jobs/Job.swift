import JSON

/// Work done outside the request that asked for it, by whichever worker is free, after the request's transaction has
/// committed. It may be done twice, so it says "look at service X", never "do Y"; and what it carries is little more
/// than an identifier.
package protocol Job: Sendable, JSONReadable, JSONWritable {
    /// What the queue calls it, for as long as one may wait there: "network.look-at-service".
    static var kind: String { get }
    static var rules: JobRules { get }

    /// While one waits under the same key, another of its kind and tenant adds nothing. One that runs does not count:
    /// it may have looked already.
    var key: String? { get }
    /// Of a tenant's jobs in the same lane one runs at a time: a lane is a device's session.
    var lane: String? { get }
    var priority: JobPriority { get }
}

extension Job {
    package static var rules: JobRules { JobRules() }
    package var key: String? { nil }
    package var lane: String? { nil }
    package var priority: JobPriority { .normal }
}

/// Which of a tenant's own jobs go first.
package enum JobPriority: Int32, Sendable {
    case urgent = 0
    case normal = 1
    case whenQuiet = 2
}

package struct JobRules: Sendable {
    /// How often it is begun before it is dead.
    package var attempts: Int32 = 20
    /// When it is cancelled, and counts as failed.
    package var timeLimit = Duration.seconds(300)
    /// How many of the kind run at a time in one tenant, over all workers.
    package var tenantLimit: Int32 = .max
    package var backoff = Backoff()

    package init() {}
}
