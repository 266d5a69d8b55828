import Access
import Events
import Identifiers
import Jobs
import Locale
import Notices
import Postgres
import Time

extension TenantDatabase {
    /// Writes a message down as queued, and has it sent. Staff who answer become the conversation's owner; where somebody
    /// else is, they are asked first. `seen` is the newest message that the writer had before them: an answer that
    /// somebody else gave since is read before another one goes out.
    @discardableResult
    package func send(
        _ new: NewMessage, in id: Conversation.ID, by author: MessageAuthor, at now: Instant,
        seen: ChatMessage.ID? = nil, evenIfOwned: Bool = false
    ) async throws -> ChatMessage {
        try await transaction { database in
            let isOurs = author.kind == .system || author.kind == .bot
            guard let conversation = try await database.conversation(id, locked: true, ofStaffToo: isOurs) else {
                throw AccessRefusal.notFound
            }
            try conversation.check(new, by: author, at: now)
            if author.kind == .staff {
                if let owner = conversation.assignee, conversation.state != .closed, owner.uuid != author.id,
                    !evenIfOwned
                {
                    throw ConversationRefusal.owned(conversation.assigneeName ?? "")
                }
                try await database.refuseDoubleAnswer(after: seen, in: id, by: author)
            }
            let isPortal = conversation.channel == .portal
            let row = MessageRow(
                direction: .out, author: author, kind: new.kind, body: new.text,
                state: isPortal ? .delivered : .queued, content: new.content)
            guard let message = try await database.append(row, to: id, at: now) else {
                throw AccessRefusal.madeMeanwhile
            }
            if let file = new.file { try await database.insert(file, of: message.id, at: now) }
            try await database.note(message, in: conversation, by: author, at: now)
            try await database.record(
                Act(.messageSent, conversation.subject, after: message.details + conversation.details),
                by: author.actor, at: now)
            if !isPortal { try await database.queue(SendMessage(message.id, in: id), at: now) }
            return message
        }
    }

    private func refuseDoubleAnswer(
        after seen: ChatMessage.ID?, in conversation: Conversation.ID, by author: MessageAuthor
    ) async throws {
        guard let seen else { return }
        let other: String? = try await value(
            """
            SELECT author FROM messages
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation) AND message_id > \(seen)
                AND direction = 'out' AND author_kind = 'staff' AND author_id IS DISTINCT FROM \(author.id)
            ORDER BY message_id DESC LIMIT 1
            """)
        if let other { throw ConversationRefusal.answeredMeanwhile(other) }
    }

    /// What an answer does to its conversation.
    private func note(
        _ message: ChatMessage, in conversation: Conversation, by author: MessageAuthor, at now: Instant
    ) async throws {
        let summary = message.body.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(scalars: 200)
        let isAnswer = author.kind != .system
        let isPerson = author.kind == .staff
        try await execute(
            """
            UPDATE conversations SET last_message_at = \(now), last_message = \(summary),
                waiting_since = CASE WHEN \(isAnswer) THEN NULL ELSE waiting_since END,
                first_replied_at = CASE WHEN \(isPerson) THEN coalesce(first_replied_at, \(now)) ELSE first_replied_at END,
                unread = CASE WHEN \(isPerson) THEN 0 ELSE unread END
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation.id)
            """)
        guard isPerson, let owner = author.id else { return }
        let isOpen = conversation.state == .open
        guard conversation.assignee?.uuid != owner || !isOpen else { return }
        try await execute(
            """
            UPDATE conversations SET assignee_id = \(owner), state = 'open', waiting_until = NULL
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation.id)
            """)
        if conversation.assignee?.uuid != owner {
            _ = try await append(
                .activity(.claimed, naming: author.name, by: author), to: conversation.id, at: now)
            try await record(
                Act(
                    .conversationAssigned, conversation.subject,
                    after: conversation.details + [Act.Detail("assignee", author.name)]), by: author.actor, at: now)
        }
    }

    /// Sends a message that failed again, with the same text.
    package func retry(_ id: ChatMessage.ID, by author: MessageAuthor, at now: Instant) async throws {
        try await transaction { database in
            guard let place = try await database.message(id),
                let conversation = try await database.conversation(place.conversation, locked: true),
                let message = try await database.message(id, locked: true)
            else { throw AccessRefusal.notFound }
            guard message.state == .failed, message.direction == .out else { throw ConversationRefusal.notFailed }
            // What made it fail may be over; what would stop it again is said now.
            let staff = MessageAuthor(.staff, name: author.name)
            if let again = message.again {
                try conversation.check(again, by: staff, at: now)
            } else {
                try conversation.check(isTemplate: false, by: staff, at: now)
            }
            try await database.execute(
                """
                UPDATE messages SET state = 'queued', failure = NULL, failure_detail = '', provider_id = NULL
                WHERE tenant_id = \(tenant) AND message_id = \(id)
                """)
            try await database.execute(
                """
                UPDATE conversations SET unreachable = NULL
                WHERE tenant_id = \(tenant) AND conversation_id = \(conversation.id)
                """)
            try await database.record(
                Act(.messageRetried, conversation.subject, after: message.details), by: author.actor, at: now)
            try await database.queue(SendMessage(id, in: conversation.id), at: now)
        }
    }
}

// For who sends.
extension TenantDatabase {
    /// Notes that it is about to be handed to the provider; nil where nothing is to be sent any more. One that was begun
    /// before may have been sent: its attempts say so.
    package func beginSending(_ id: ChatMessage.ID) async throws -> (message: ChatMessage, conversation: Conversation)?
    {
        try await transaction { database in
            guard let message = try await database.message(id, locked: true),
                message.direction == .out, message.state == .queued || message.state == .sending,
                let conversation = try await database.conversation(message.conversation, ofStaffToo: true)
            else { return nil }
            try await database.execute(
                """
                UPDATE messages SET state = 'sending', attempts = least(attempts + 1, 1000)
                WHERE tenant_id = \(tenant) AND message_id = \(id)
                """)
            return (message, conversation)
        }
    }

    /// The provider took it, and calls it this.
    package func noteSent(_ id: ChatMessage.ID, as providerID: String?, at now: Instant) async throws {
        try await transaction { database in
            try await database.execute(
                """
                UPDATE messages SET state = 'sent', provider_id = \(providerID), sent_at = \(now)
                WHERE tenant_id = \(tenant) AND message_id = \(id) AND state IN ('queued', 'sending')
                """)
            try await database.note(.sent, ofCarried: id.uuid, at: now)
            if let message = try await database.message(id) {
                try await database.queueWaiting(behind: id, in: message.conversation, at: now)
            }
            try await database.tellOfConversations()
        }
    }

    /// Ends the attempts: only a person sends the message again.
    package func noteFailed(
        _ id: ChatMessage.ID, _ failure: MessageFailure, detail: String = "", at now: Instant
    ) async throws {
        try await transaction { database in
            guard let message = try await database.message(id, locked: true) else { return }
            try await database.advance(message, to: .failed(failure), detail: detail, at: now)
            try await database.queueWaiting(behind: id, in: message.conversation, at: now)
        }
    }

    /// Notes what the provider tells of a message; false where no message of that account has its id, as when the provider
    /// is quicker than our own note of what it is called.
    package func note(_ delivery: MessageDelivery, channel: Channel, account: UUID?) async throws -> Bool {
        let account: SQL = account.map { "c.account_id = \($0)" } ?? "c.account_id IS NULL"
        return try await transaction { database in
            let message: ChatMessage? = try await database.first(
                """
                SELECT \(messageColumns) FROM messages m
                JOIN conversations c ON c.tenant_id = m.tenant_id AND c.conversation_id = m.conversation_id
                WHERE m.tenant_id = \(tenant) AND m.provider_id = \(delivery.providerID) AND m.direction = 'out'
                    AND c.channel = \(channel.rawValue) AND \(account)
                LIMIT 1 \(.forNoKeyUpdate(of: "m"))
                """)
            guard let message else { return false }
            try await database.advance(message, to: delivery.state, detail: delivery.detail, at: delivery.at)
            return true
        }
    }

    private func advance(
        _ message: ChatMessage, to state: MessageDelivery.State, detail: String, at now: Instant
    ) async throws {
        guard let next = message.state.next(for: state) else { return }
        var failure: MessageFailure?
        if case .failed(let found) = state { failure = found }
        try await execute(
            """
            UPDATE messages SET state = \(next.rawValue), failure = \(failure?.rawValue),
                failure_detail = \(detail.filter { $0 != "\0" }.prefix(scalars: 300)),
                sent_at = CASE WHEN \(next != .failed) THEN coalesce(sent_at, \(now)) ELSE sent_at END,
                delivered_at = CASE WHEN \(next == .delivered || next == .read) THEN coalesce(delivered_at, \(now))
                    ELSE delivered_at END,
                read_at = CASE WHEN \(next == .read) THEN \(now) ELSE read_at END
            WHERE tenant_id = \(tenant) AND message_id = \(message.id)
            """)
        if message.author.kind == .system, let fate = state.ofNotice {
            try await note(
                fate, ofCarried: message.id.uuid, detail: detail,
                tellsLater: try await conversation(message.conversation)?.channel.tellsFates == true, at: now)
        }
        guard let failure else { return try await tellOfConversations() }
        if failure.isOfCorrespondent {
            try await execute(
                """
                UPDATE conversations SET unreachable = \(failure.rawValue)
                WHERE tenant_id = \(tenant) AND conversation_id = \(message.conversation)
                """)
        }
        guard let conversation = try await conversation(message.conversation, ofStaffToo: true) else { return }
        try await record(
            Act(
                .messageFailed, conversation.subject,
                after: message.details + [Act.Detail("failure", failure.rawValue)]), by: .commandLine, at: now)
    }
}

extension MessageDelivery.State {
    /// What it means for a notice that the message carries.
    fileprivate var ofNotice: NoticeFate? {
        switch self {
        case .sent: .sent
        case .delivered: .delivered
        case .read: .read
        case .failed(.outcomeUnknown): .unknown
        case .failed(let failure): .failed(failure.rawValue)
        }
    }
}

extension ChatMessage {
    /// The same, to be sent once more; nil for a file, which is sent as it was kept.
    fileprivate var again: NewMessage? {
        if [.image, .audio, .video, .document].contains(kind) { return nil }
        return switch content {
        case .buttons(let buttons): .buttons(body, buttons)
        case .template(let name, let language, let values):
            .template(name: name, language: language, values: values, text: body)
        default: .text(body)
        }
    }
}

extension ChatMessage.State {
    private var place: Int {
        switch self {
        case .received, .queued: 0
        case .sending: 1
        case .sent: 2
        case .failed: 3
        case .delivered: 4
        case .read: 5
        }
    }

    /// Nil where nothing changes: states that come late or twice say nothing new. What failed for good may still turn out to
    /// have been delivered, and what was delivered did not fail.
    func next(for told: MessageDelivery.State) -> ChatMessage.State? {
        let next: ChatMessage.State =
            switch told {
            case .sent: .sent
            case .delivered: .delivered
            case .read: .read
            case .failed: .failed
            }
        return self != .received && next.place > place ? next : nil
    }
}
