import Access
import Customers
import Events
import Identifiers
import Jobs
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Which conversation something belongs to.
package struct ConversationKey: Sendable {
    package let channel: Channel
    package let account: UUID?
    package let correspondent: String

    package init(_ channel: Channel, account: UUID?, with correspondent: String) {
        (self.channel, self.account, self.correspondent) = (channel, account, correspondent)
    }
}

extension TenantDatabase {
    /// Writes down what came, once: nil where the provider told of it before. The conversation is made or opened again,
    /// and linked to the one customer who has that telephone on file; while the bot has it, the bot is asked to answer.
    package func receive(
        _ inbound: InboundMessage, of company: Tenant, at now: Instant
    ) async throws -> ChatMessage? {
        let name = FormText.line(inbound.name, upTo: 200)
        let body = String(FormText.lines(inbound.body, each: 4096).unicodeScalars.prefix(4096).map(Character.init))
        let phone = inbound.phone.flatMap { Phone(e164: $0)?.e164 }
        return try await transaction { database in
            var (conversation, isNew) = try await database.held(
                ConversationKey(inbound.channel, account: inbound.account, with: inbound.correspondent),
                name: name, phone: phone, at: now)
            let author = MessageAuthor(.customer, id: conversation.customer?.uuid, name: conversation.title)
            let row = MessageRow(
                direction: .in, author: author, kind: inbound.kind, body: body, state: .received,
                content: inbound.content, replyTo: inbound.replyTo, providerID: inbound.providerID,
                sentAt: min(inbound.sentAt, now))
            guard let message = try await database.append(row, to: conversation.id, at: now) else { return nil }
            try await database.insert(inbound.files.prefix(31), of: message.id, at: now)
            if conversation.state == .staff {
                try await database.noteFromStaff(message, in: conversation, at: now)
                return message
            }
            let start = conversation.state == .closed ? try await database.startState() : conversation.state
            let next: Conversation.State = start == .waiting ? .open : start
            let summary = ChatMessage.summary(body, inbound.kind, for: company.reader)
            try await database.execute(
                """
                UPDATE conversations SET last_message_at = \(now), last_message = \(summary), last_inbound_at = \(now),
                    waiting_since = coalesce(waiting_since, \(now)), unread = unread + 1, state = \(next.rawValue),
                    waiting_until = NULL, unreachable = NULL, phone = coalesce(\(phone), phone),
                    assignee_id = CASE WHEN state = 'closed' THEN NULL ELSE assignee_id END,
                    name = CASE WHEN \(name) <> '' AND (name = '' OR name = phone) THEN \(name) ELSE name END
                WHERE tenant_id = \(tenant) AND conversation_id = \(conversation.id)
                """)
            if conversation.state == .closed {
                _ = try await database.append(
                    .activity(.reopened, naming: "", by: author), to: conversation.id, at: now)
            }
            if conversation.customer == nil {
                try await database.linkByChannel(conversation, inbound.channel, phone, by: author, at: now)
            }
            guard let known = try await database.conversation(conversation.id) else { throw AccessRefusal.notFound }
            conversation = known
            if isNew {
                try await database.record(
                    Act(.conversationOpened, conversation.subject, after: conversation.details), by: author.actor,
                    at: now)
            }
            try await database.record(
                Act(.messageReceived, conversation.subject, after: message.details + conversation.details),
                by: author.actor, at: now)
            if try await database.tryStaffCode(in: body, of: conversation, company, at: now) { return message }
            let tried = try await database.tryCode(in: body, of: conversation, company, at: now)
            if conversation.state == .bot, !tried {
                try await database.queue(RespondToMessage(message.id, in: conversation.id), at: now)
            }
            return message
        }
    }

    /// A conversation that we begin: it stays as it is where there is one, and is closed until somebody writes in it.
    package func openConversation(
        _ key: ConversationKey, name: String, phone: String?, at now: Instant
    ) async throws -> Conversation {
        try await transaction { database in
            try await database.held(
                key, name: FormText.line(name, upTo: 200), phone: phone, isOurs: true, at: now
            ).conversation
        }
    }

    /// A chat that the telephone alone linked is its customer's only while that telephone is on file. Whether it was so no
    /// longer.
    private func unlinkFromOldTelephone(_ conversation: Conversation) async throws(DatabaseError) -> Bool {
        guard conversation.proof == .phone else { return false }
        let count = try await execute(
            """
            UPDATE conversations c SET customer_id = NULL, link_proof = NULL, linked_at = NULL
            WHERE c.tenant_id = \(tenant) AND c.conversation_id = \(conversation.id) AND NOT EXISTS (
                SELECT FROM customers p
                WHERE p.tenant_id = \(tenant) AND p.customer_id = c.customer_id AND p.phone = c.phone
                    AND NOT p.phone_is_claimed)
            """)
        return count == 1
    }

    /// The conversation, held until the commit, and whether it was made for this.
    private func held(
        _ key: ConversationKey, name: String, phone: String?, isOurs: Bool = false, at now: Instant
    ) async throws -> (conversation: Conversation, isNew: Bool) {
        if let known = try await conversation(with: key, locked: true) {
            guard try await unlinkFromOldTelephone(known) else { return (known, false) }
            return (try await conversation(known.id) ?? known, false)
        }
        let id = Conversation.ID.make(milliseconds: now.milliseconds, from: .system)
        let number: Int? = try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'conversation', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """)
        let state: Conversation.State = isOurs ? .closed : try await startState()
        let made = try await execute(
            """
            INSERT INTO conversations (
                tenant_id, conversation_id, number, channel, account_id, correspondent, phone, name, state,
                last_message_at, made_at)
            VALUES (
                \(tenant), \(id), \(number ?? 1), \(key.channel.rawValue), \(key.account), \(key.correspondent),
                \(phone), \(name), \(state.rawValue), \(now), \(now))
            ON CONFLICT (tenant_id, channel, account_id, correspondent) DO NOTHING
            """)
        guard let conversation = try await conversation(with: key, locked: true) else {
            throw AccessRefusal.madeMeanwhile
        }
        return (conversation, made > 0)
    }

    package func conversation(
        with key: ConversationKey, locked: Bool = false
    ) async throws(DatabaseError) -> Conversation? {
        let account: SQL = key.account.map { "c.account_id = \($0)" } ?? "c.account_id IS NULL"
        return try await first(
            """
            SELECT \(conversationColumns) FROM \(conversationTables)
            WHERE c.tenant_id = \(tenant) AND c.channel = \(key.channel.rawValue) AND \(account)
                AND c.correspondent = \(key.correspondent)
            \(locked ? .forNoKeyUpdate(of: "c") : .nothing)
            """)
    }

    func startState() async throws(DatabaseError) -> Conversation.State {
        let isBot: Bool? = try await value(
            "SELECT starts_with_bot FROM conversation_settings WHERE tenant_id = \(tenant)")
        return isBot == true ? .bot : .open
    }

    /// Whether a bot answers first in conversations that begin from now on.
    package func setStartsWithBot(_ isOn: Bool) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO conversation_settings (tenant_id, starts_with_bot) VALUES (\(tenant), \(isOn))
            ON CONFLICT (tenant_id) DO UPDATE SET starts_with_bot = excluded.starts_with_bot
            """)
    }

    private func insert(_ files: ArraySlice<InboundFile>, of message: ChatMessage.ID, at now: Instant) async throws {
        guard !files.isEmpty else { return }
        try await execute(
            """
            INSERT INTO message_files (
                tenant_id, file_id, message_id, position, media_type, name, bytes, provider_file, state, made_at)
            SELECT \(tenant), given.id, \(message), given.position - 1, given.media_type, given.name, given.bytes,
                given.provider_file, 'waiting', \(now)
            FROM unnest(
                \(files.map { _ in UUID.v7(milliseconds: now.milliseconds, from: .system) }),
                \(files.map { FormText.line($0.mediaType, upTo: 100) }), \(files.map { FormText.line($0.name, upTo: 200) }),
                \(files.map { $0.bytes.map { Int64(max(0, $0)) } }), \(files.map(\.providerFile)))
                WITH ORDINALITY given(id, media_type, name, bytes, provider_file, position)
            """)
    }
}

extension Conversation {
    var details: [Act.Detail] {
        [Act.Detail("channel", channel.rawValue), Act.Detail("conversation_state", state.rawValue)]
            + (customerName.map { [Act.Detail("customer", $0)] } ?? [])
    }
}
