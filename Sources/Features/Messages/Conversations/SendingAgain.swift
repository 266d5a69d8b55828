import Identifiers
import Jobs
import Postgres
import Time

// For who sends, where sending did not go as usual.
extension TenantDatabase {
    /// The provider did not take it, and may later: it waits again.
    package func noteWaiting(_ id: ChatMessage.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE messages SET state = 'queued'
            WHERE tenant_id = \(tenant) AND message_id = \(id) AND state = 'sending'
            """)
    }

    /// Whether nothing older of the conversation is still to be sent. What the company sends by itself may wait for a better
    /// hour, and nobody waits for it.
    package func isSent(before id: ChatMessage.ID, in conversation: Conversation.ID) async throws(DatabaseError) -> Bool
    {
        try await value(
            """
            SELECT NOT EXISTS (
                SELECT FROM messages WHERE tenant_id = \(tenant) AND conversation_id = \(conversation)
                    AND message_id < \(id) AND direction = 'out' AND author_kind <> 'system' AND state IN ('queued', 'sending'))
            """) ?? true
    }

    /// Those that waited behind one that is sent, or will not be: they are looked at again now.
    func queueWaiting(behind id: ChatMessage.ID, in conversation: Conversation.ID, at now: Instant) async throws {
        let waiting: [WaitingMessage] = try await rows(
            """
            SELECT message_id FROM messages
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation) AND message_id > \(id)
                AND direction = 'out' AND state = 'queued'
            ORDER BY message_id LIMIT 20
            """)
        try await queue(waiting.map { SendMessage($0.id, in: conversation) }, at: now)
    }

    /// What the provider calls a message whose answer never came, as a later notice with our own mark says.
    package func adopt(_ id: ChatMessage.ID, as providerID: String, of account: UUID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE messages m SET provider_id = \(providerID)
            WHERE m.tenant_id = \(tenant) AND m.message_id = \(id) AND m.provider_id IS NULL AND m.direction = 'out'
                AND EXISTS (
                    SELECT FROM conversations c WHERE c.tenant_id = \(tenant)
                        AND c.conversation_id = m.conversation_id AND c.account_id = \(account))
            """)
    }
}

private struct WaitingMessage: RowReadable {
    let id: ChatMessage.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("message_id") }
}
