import Identifiers
import Postgres
import Time

/// A filter of events.
package struct EventSelection: Sendable, Equatable {
    package var kind: String?
    package var actor: UUID?
    package var subject: UUID?
    package var from: Instant?
    /// Exclusive.
    package var until: Instant?

    package init(
        kind: String? = nil, actor: UUID? = nil, subject: UUID? = nil, from: Instant? = nil, until: Instant? = nil
    ) {
        self.kind = kind
        self.actor = actor
        self.subject = subject
        self.from = from
        self.until = until
    }

    /// A WHERE condition. Absent filters are omitted, so that each combination is planned on its own index.
    func conditions(of tenant: TenantID) -> SQL {
        let ofKind: SQL = kind.map { "AND kind = \($0)" } ?? .nothing
        let ofActor: SQL = actor.map { "AND actor_id = \($0)" } ?? .nothing
        let ofSubject: SQL = subject.map { "AND subject_id = \($0)" } ?? .nothing
        return "tenant_id = \(tenant) \(ofKind) \(ofActor) \(ofSubject) \(since(tenant)) \(before(tenant))"
    }

    /// An event's id starts with its time, which leads to its position.
    private func since(_ tenant: TenantID) -> SQL {
        guard let from else { return .nothing }
        return """
            AND event_id >= \(UUID(firstAt: from))
            AND sequence >= (SELECT event_place(\(tenant), \(UUID(firstAt: from - Self.disorder))))
            """
    }

    private func before(_ tenant: TenantID) -> SQL {
        guard let until else { return .nothing }
        return """
            AND event_id < \(UUID(firstAt: until))
            AND sequence < (SELECT event_place(\(tenant), \(UUID(firstAt: until + Self.disorder))))
            """
    }

    /// How far events' times may be out of order with their positions.
    private static let disorder = Duration.seconds(3600)
}

extension UUID {
    /// The lowest id of that millisecond.
    fileprivate init(firstAt moment: Instant) {
        let milliseconds = UInt64(clamping: max(0, min(moment.milliseconds, 0xFFFF_FFFF_FFFF)))
        self.init(high: milliseconds << 16, low: 0)
    }
}
