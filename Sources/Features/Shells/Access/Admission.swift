import Declarations
import Identifiers
import Postgres
import Synchronization
import Time

/// The admitted principal, as the database reported it in the visit's first transaction.
package struct Admitted: Sendable {
    package let name: String
    package let kind: Credential.Kind
    /// The staff member's, the subscriber's or the token's.
    package let id: UUID
    /// Nil for a token.
    package let session: UUID?
    /// Decides what a page offers. A name that no room declares is never asked for.
    package let permissions: Set<Permission>
    package let impersonation: ActiveImpersonation?
    /// The zones of the customers within reach; nil for all.
    package let zones: Set<UUID>?
    /// Whether an impersonation of their panel is still to be shown to them.
    package let hasImpersonationToSee: Bool
    let seenAt: Instant?

    init(_ row: Row, kind: Credential.Kind) throws(DatabaseError) {
        self.kind = kind
        name = try row.read("person")
        let names: [String] = try row.read("permissions")
        permissions = Set(names.map(Permission.init(rawValue:)))
        id = try row.read("id")
        // Subscribers and impersonators are restricted by other means.
        let reach: [UUID]? =
            switch kind {
            case .session, .token: try row.read("zones")
            case .subscriber, .impersonation: nil
            }
        zones = reach.map(Set.init)
        switch kind {
        case .token:
            (session, impersonation, hasImpersonationToSee) = (nil, nil, false)
            seenAt = try row.read("seen_at")
        case .session:
            session = try row.read("session_id")
            impersonation = nil
            hasImpersonationToSee = try row.read("has_visit_to_see")
            seenAt = try row.read("seen_at")
        case .subscriber:
            session = try row.read("session_id")
            (impersonation, hasImpersonationToSee) = (nil, false)
            seenAt = try row.read("seen_at")
        case .impersonation:
            (session, hasImpersonationToSee, seenAt) = (nil, false, nil)
            impersonation = try ActiveImpersonation(row)
        }
    }
}

/// Set once the database has admitted the visitor.
final class Admission: Sendable {
    private let kind: Credential.Kind
    private let state = Mutex<Admitted?>(nil)

    init(_ kind: Credential.Kind) { self.kind = kind }

    var admitted: Admitted? { state.withLock(\.self) }

    func note(_ rows: Rows) throws(DatabaseError) {
        guard admitted == nil, let row = rows.first else { return }
        let admitted = try Admitted(row, kind: kind)
        state.withLock { $0 = admitted }
    }
}
