import Access
import Customers
import Events
import Identifiers
import Identity
import Jobs
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Why the bot gives a conversation to people.
package enum HandOverReason: String, Sendable, CaseIterable {
    case asked, upset, unsure, failed

    var activity: ConversationActivity {
        switch self {
        case .asked: .askedForPerson
        case .upset: .upset
        case .unsure: .unsure
        case .failed: .botFailed
        }
    }
}

extension TenantDatabase {
    /// From the bot to whoever is free: it stands among the unassigned at once, and the bot is silent.
    package func handOver(
        _ id: Conversation.ID, because reason: HandOverReason, by author: MessageAuthor, at now: Instant
    ) async throws {
        try await change(id, by: author, at: now) { conversation, database in
            guard conversation.state == .bot else { return nil }
            try await database.set(id, .open)
            return (
                Act(
                    .conversationHandedOver, conversation.subject,
                    after: conversation.details + [Act.Detail("hand_over", reason.rawValue)]),
                .activity(reason.activity, naming: "", by: author)
            )
        }
    }

    /// To the bot, until it or a person hands it over.
    package func giveToBot(_ id: Conversation.ID, by author: MessageAuthor, at now: Instant) async throws {
        try await change(id, by: author, at: now) { conversation, database in
            guard conversation.state != .bot else { return nil }
            try await database.set(id, .bot)
            return (
                Act(.conversationGivenToBot, conversation.subject, after: conversation.details),
                .activity(.toBot, naming: author.name, by: author)
            )
        }
    }

    /// Takes it for oneself or gives it to somebody; nil leaves it to nobody. One that another owns is taken only by who
    /// was told of that.
    package func assign(
        _ id: Conversation.ID, to member: StaffMember.ID?, by author: MessageAuthor, at now: Instant,
        evenIfOwned: Bool = false
    ) async throws {
        try await change(id, by: author, at: now) { conversation, database in
            guard conversation.state != .closed else { throw ConversationRefusal.closed }
            guard conversation.assignee != member || conversation.state == .bot else { return nil }
            if let owner = conversation.assignee, owner.uuid != author.id, !evenIfOwned {
                throw ConversationRefusal.owned(conversation.assigneeName ?? "")
            }
            var name = ""
            if let member {
                let known: String? = try await database.value(
                    """
                    SELECT name FROM staff WHERE tenant_id = \(tenant) AND staff_id = \(member) AND state = 'active'
                    """)
                guard let known else { throw ConversationRefusal.unknownStaff }
                name = known
            }
            try await database.execute(
                """
                UPDATE conversations SET assignee_id = \(member),
                    state = CASE WHEN state = 'bot' THEN 'open' ELSE state END
                WHERE tenant_id = \(tenant) AND conversation_id = \(id)
                """)
            let isOwn = member != nil && member?.uuid == author.id
            let activity: ConversationActivity = member == nil ? .released : isOwn ? .claimed : .assigned
            return (
                Act(
                    .conversationAssigned, conversation.subject,
                    after: conversation.details + [Act.Detail("assignee", name)]),
                .activity(activity, naming: member == nil || isOwn ? author.name : name, by: author)
            )
        }
    }

    package func close(_ id: Conversation.ID, by author: MessageAuthor, at now: Instant) async throws {
        try await change(id, by: author, at: now) { conversation, database in
            guard conversation.state != .closed else { throw ConversationRefusal.closed }
            try await database.set(id, .closed)
            try await database.execute(
                """
                UPDATE conversations SET waiting_since = NULL, unread = 0
                WHERE tenant_id = \(tenant) AND conversation_id = \(id)
                """)
            return (
                Act(.conversationClosed, conversation.subject, after: conversation.details),
                .activity(.closed, naming: author.name, by: author)
            )
        }
    }

    package func reopen(_ id: Conversation.ID, by author: MessageAuthor, at now: Instant) async throws {
        try await change(id, by: author, at: now) { conversation, database in
            guard conversation.state == .closed || conversation.state == .waiting else {
                throw ConversationRefusal.notClosed
            }
            try await database.set(id, .open)
            return (
                Act(.conversationReopened, conversation.subject, after: conversation.details),
                .activity(.reopened, naming: author.name, by: author)
            )
        }
    }

    /// Until that moment, or until the customer writes.
    package func wait(
        _ id: Conversation.ID, until moment: Instant, by author: MessageAuthor, at now: Instant
    ) async throws {
        guard moment > now, moment < now + .seconds(366 * 86_400) else { throw ConversationRefusal.dayWrong }
        try await change(id, by: author, at: now) { conversation, database in
            guard conversation.state != .closed else { throw ConversationRefusal.closed }
            try await database.set(id, .waiting, until: moment)
            return (
                Act(
                    .conversationWaits, conversation.subject,
                    after: conversation.details + [Act.Detail("until", moment.rfc3339)]),
                .activity(.waits, naming: author.name, by: author)
            )
        }
    }

    /// Opens those again whose day has come.
    func wakeConversations(at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE conversations SET state = 'open', waiting_until = NULL
            WHERE tenant_id = \(tenant) AND state = 'waiting' AND waiting_until <= \(now)
            """)
        try await tellOfConversations()
    }

    /// The customer wants no messages that they do not ask for, or wants them again.
    package func setOptedOut(
        _ isOut: Bool, _ id: Conversation.ID, by author: MessageAuthor, at now: Instant
    ) async throws {
        try await change(id, by: author, at: now) { conversation, database in
            guard (conversation.optedOutAt != nil) != isOut else { return nil }
            try await database.execute(
                """
                UPDATE conversations SET opted_out_at = \(isOut ? now : nil)
                WHERE tenant_id = \(tenant) AND conversation_id = \(id)
                """)
            return (
                Act(
                    isOut ? .conversationOptedOut : .conversationOptedIn, conversation.subject,
                    after: conversation.details),
                .activity(isOut ? .optedOut : .optedIn, naming: "", by: author)
            )
        }
    }

    /// For colleagues; it never leaves.
    @discardableResult
    package func writeNote(
        _ text: String, in id: Conversation.ID, by author: MessageAuthor, at now: Instant
    ) async throws -> ChatMessage {
        let body = FormText.lines(text, each: 4096)
        guard !body.isEmpty else { throw ConversationRefusal.empty }
        guard body.utf16.count <= 4096 else { throw ConversationRefusal.tooLong(4096) }
        return try await transaction { database in
            guard let conversation = try await database.conversation(id, locked: true) else {
                throw AccessRefusal.notFound
            }
            let row = MessageRow(direction: .note, author: author, kind: .text, body: body, state: .delivered)
            guard let message = try await database.append(row, to: id, at: now) else {
                throw AccessRefusal.madeMeanwhile
            }
            try await database.record(
                Act(.noteWritten, conversation.subject, after: message.details), by: author.actor, at: now)
            return message
        }
    }

    /// Somebody of the company has read what there is.
    package func markRead(_ id: Conversation.ID) async throws(DatabaseError) {
        let changed = try await execute(
            """
            UPDATE conversations SET unread = 0
            WHERE tenant_id = \(tenant) AND conversation_id = \(id) AND unread > 0
            """)
        if changed > 0 { try await tellOfConversations() }
    }

    func set(
        _ id: Conversation.ID, _ state: Conversation.State, until moment: Instant? = nil
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE conversations SET state = \(state.rawValue), waiting_until = \(moment),
                assignee_id = CASE WHEN \(state == .bot) THEN NULL ELSE assignee_id END
            WHERE tenant_id = \(tenant) AND conversation_id = \(id)
            """)
    }

    /// A change of a conversation that is held, with its event and the line that says so in it. Nil changes nothing.
    func change(
        _ id: Conversation.ID, by author: MessageAuthor, at now: Instant,
        _ work: @Sendable (Conversation, TenantDatabase) async throws -> (act: Act, line: MessageRow)?
    ) async throws {
        try await transaction { database in
            guard let conversation = try await database.conversation(id, locked: true) else {
                throw AccessRefusal.notFound
            }
            guard let (act, line) = try await work(conversation, database) else { return }
            _ = try await database.append(line, to: id, at: now)
            try await database.record(act, by: author.actor, at: now)
        }
    }
}
