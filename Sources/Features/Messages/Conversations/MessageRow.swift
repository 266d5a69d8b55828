import Access
import Declarations
import Events
import Identifiers
import Jobs
import Locale
import Postgres
import Tenancy
import Time

/// A message on its way into a conversation that is held.
struct MessageRow: Sendable {
    let direction: ChatMessage.Direction
    let author: MessageAuthor
    let kind: ChatMessage.Kind
    let body: String
    let state: ChatMessage.State
    var content: MessageContent?
    var replyTo: String?
    var providerID: String?
    var sentAt: Instant?

    static func activity(_ activity: ConversationActivity, naming name: String, by author: MessageAuthor) -> MessageRow
    {
        MessageRow(
            direction: .activity, author: author, kind: .text, body: "", state: .delivered,
            content: .activity(activity, name))
    }
}

extension TenantDatabase {
    /// Nil where the provider told of it before. The conversation is held, so that its messages follow each other in the
    /// order of their ids even within a millisecond.
    func append(_ row: MessageRow, to conversation: Conversation.ID, at now: Instant) async throws -> ChatMessage? {
        let last: UUID? = try await value(
            """
            SELECT message_id FROM messages WHERE tenant_id = \(tenant) AND conversation_id = \(conversation)
            ORDER BY message_id DESC LIMIT 1
            """)
        let milliseconds = max(now.milliseconds, last.map { Int64($0.high >> 16) + 1 } ?? 0)
        let id = ChatMessage.ID.make(milliseconds: milliseconds, from: .system)
        let isDelivered = row.state == .delivered && row.direction == .out
        let written = try await execute(
            """
            INSERT INTO messages (
                tenant_id, message_id, conversation_id, direction, author_kind, author_id, author, kind, body, content,
                reply_to, provider_id, state, made_at, sent_at, delivered_at)
            VALUES (
                \(tenant), \(id), \(conversation), \(row.direction.rawValue), \(row.author.kind.rawValue),
                \(row.author.id), \(row.author.name), \(row.kind.rawValue), \(row.body),
                \(row.content?.stored)::jsonb, \(row.replyTo), \(row.providerID), \(row.state.rawValue), \(now),
                \(isDelivered ? now : row.sentAt), \(isDelivered ? now : nil))
            ON CONFLICT (tenant_id, provider_id, conversation_id) WHERE provider_id IS NOT NULL DO NOTHING
            """)
        return written == 0 ? nil : try await message(id)
    }

    /// Tells open pages of what is no event.
    func tellOfConversations() async throws(DatabaseError) {
        try await executeAhead("WITH told AS (SELECT \(LiveTopic.conversations.change(of: tenant))) SELECT FROM told")
    }
}

extension ChatMessage {
    var details: [Act.Detail] {
        [
            Act.Detail("message", id.description), Act.Detail("message_kind", kind.rawValue),
            Act.Detail("author_kind", author.kind.rawValue),
        ]
    }
}
