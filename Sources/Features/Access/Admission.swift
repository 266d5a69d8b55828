import Identifiers
import Postgres
import Synchronization
import Time

/// Who was let in, as the database said it in the visit's first transaction.
package struct Admitted: Sendable {
    package let name: String
    /// The person's, or the token's.
    package let id: UUID
    /// Nil for a token.
    package let session: UUID?
    /// What they may do, which decides what a page offers.
    package let permissions: Set<Permission>
    let seenAt: Instant?

    init(_ row: Row, kind: Credential.Kind) throws(DatabaseError) {
        name = try row.read("person")
        id = try row.read("id")
        seenAt = try row.read("seen_at")
        session = kind == .session ? try row.read("session_id") : nil
        let words: [String] = try row.read("permissions")
        // A word of a newer program is no permission of ours.
        permissions = Set(words.compactMap(Permission.init))
    }
}

/// Filled when the database has let the visitor in.
final class Admission: Sendable {
    private let kind: Credential.Kind
    private let state = Mutex<Admitted?>(nil)

    init(_ kind: Credential.Kind) { self.kind = kind }

    var admitted: Admitted? { state.withLock(\.self) }

    func note(_ rows: Rows) {
        guard admitted == nil, let row = rows.first, let admitted = try? Admitted(row, kind: kind) else { return }
        state.withLock { $0 = admitted }
    }
}
