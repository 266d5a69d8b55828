import Identifiers
import Postgres
import Synchronization
import Time

/// Who was let in, as the database said it in the visit's first transaction.
package struct Admitted: Sendable {
    package let name: String
    package let kind: Credential.Kind
    /// The person's, the subscriber's or the token's.
    package let id: UUID
    /// Nil for a token.
    package let session: UUID?
    /// What they may do, which decides what a page offers.
    package let permissions: Set<Permission>
    /// Of the platform's own people only.
    package let platformPermissions: Set<PlatformPermission>
    package let guest: Guest?
    /// The zones whose customers they reach; nil everywhere.
    package let zones: Set<UUID>?
    /// Whether they are still to be told that the platform was in their panel.
    package let hasVisitToSee: Bool
    let seenAt: Instant?

    init(_ row: Row, kind: Credential.Kind) throws(DatabaseError) {
        self.kind = kind
        name = try row.read("person")
        id = try row.read("id")
        // Subscribers and guests are limited otherwise.
        let reach: [UUID]? =
            switch kind {
            case .session, .token: try row.read("zones")
            case .subscriber, .impersonation: nil
            }
        zones = reach.map(Set.init)
        switch kind {
        case .token:
            (session, guest, hasVisitToSee) = (nil, nil, false)
            (permissions, platformPermissions) = try Self.permissions(row)
            seenAt = try row.read("seen_at")
        case .session:
            session = try row.read("session_id")
            (permissions, platformPermissions) = try Self.permissions(row)
            guest = nil
            hasVisitToSee = try row.read("has_visit_to_see")
            seenAt = try row.read("seen_at")
        case .subscriber:
            session = try row.read("session_id")
            (permissions, platformPermissions) = try Self.permissions(row)
            (guest, hasVisitToSee) = (nil, false)
            seenAt = try row.read("seen_at")
        case .impersonation:
            (session, hasVisitToSee, seenAt) = (nil, false, nil)
            (permissions, platformPermissions) = try Self.permissions(row)
            guest = try Guest(row)
        }
    }

    private static func permissions(
        _ row: Row
    ) throws(DatabaseError) -> (Set<Permission>, Set<PlatformPermission>) {
        let words: [String] = try row.read("permissions")
        // A word of a newer program is no permission of ours.
        let known = Set(words.compactMap(Permission.init))
        return (known, known.count == words.count ? [] : Set(words.compactMap(PlatformPermission.init)))
    }
}

/// Filled when the database has let the visitor in.
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
