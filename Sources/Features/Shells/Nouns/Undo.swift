import Access
import Events
import HTTP
import Identifiers
import Locale
import Postgres
import Time

/// An undoable act on several nouns: a POST from the notice within ten minutes takes it back.
package enum Undo {
    package static let field = "undo"
    static let span = Duration.seconds(600)
    /// Retention; a new offer deletes expired ones.
    private static let kept = Duration.seconds(86_400)

    /// Call in the act's transaction. `content` is the previous state.
    package static func offer(
        _ kind: String, _ content: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> UUID {
        let id = UUID.v7(milliseconds: principal.now.milliseconds, from: .system)
        _ = try await database.batch([
            """
            DELETE FROM undoable_acts
            WHERE tenant_id = \(database.tenant) AND made_at < \(principal.now - kept)
            """,
            """
            INSERT INTO undoable_acts (tenant_id, undo_id, actor_id, kind, content, made_at)
            VALUES (\(database.tenant), \(id), \(principal.actor.id), \(kind), \(content), \(principal.now))
            """,
        ])
        return id
    }

    /// Takes the previous state once, for its author. Call in the undoing transaction.
    package static func take(
        _ id: UUID, _ kind: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> String {
        let content: String? = try await database.value(
            """
            DELETE FROM undoable_acts
            WHERE tenant_id = \(database.tenant) AND undo_id = \(id) AND kind = \(kind)
                AND actor_id = \(principal.actor.id) AND made_at > \(principal.now - span)
            RETURNING content
            """)
        guard let content else { throw UndoRefusal.over }
        return content
    }
}

package enum UndoRefusal: Refusal, MessageCatalogue {
    case over

    package var status: Status { .conflict }
    package var code: String { "undo_over" }
    package var message: Message {
        Message(
            es: "Ya no se puede deshacer: pasaron diez minutos o ya se deshizo.",
            en: "It can no longer be undone: ten minutes have passed, or it was undone already.",
            pt: "Não é mais possível desfazer: passaram dez minutos ou já foi desfeito.")
    }
}
