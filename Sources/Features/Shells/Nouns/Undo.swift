import Access
import Events
import HTTP
import Identifiers
import Locale
import Postgres
import Time

/// What somebody did with several nouns at once, and may take back: a POST from the notice, within ten minutes.
package enum Undo {
    package static let field = "undo"
    static let span = Duration.seconds(600)
    /// Nothing is kept for longer; what was offered before goes when something new is.
    private static let kept = Duration.seconds(86_400)

    /// Part of the transaction that acts. `content` is what it was before, for whoever takes it back.
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

    /// What was kept, once, for who did it. Part of the transaction that takes it back.
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
