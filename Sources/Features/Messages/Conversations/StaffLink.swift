import Access
import Crypto
import Declarations
import Events
import Identifiers
import Identity
import Jobs
import Locale
import Postgres
import Tenancy
import Time

/// A chat of one of the staff, from which they give commands and to which they are told of things.
package struct StaffChat: Sendable, RowReadable {
    package let conversation: Conversation.ID
    package let channel: Channel
    /// The person's own name at the channel.
    package let name: String
    package let linkedAt: Instant

    package init(row: Row) throws(DatabaseError) {
        (conversation, channel) = (try row.read("conversation_id"), try row.word("channel"))
        (name, linkedAt) = (try row.read("name"), try row.read("linked_at"))
    }
}

/// Shows whose chat it is: a word from one's own profile, written from the chat that is to be one's own. It is good once,
/// for a quarter of an hour.
package enum StaffCode {
    package static let span = Duration.seconds(900)
    /// Longer than a customer's, so that neither is taken for the other.
    static let length = 10
    /// Chats that a person has.
    package static let mostChats = 3

    static func make(from randomness: Randomness) -> String {
        String((0..<length).map { _ in LinkCode.letters[Int(randomness.next() % UInt64(LinkCode.letters.count))] })
    }

    static func digest(of code: String, _ tenant: TenantID) -> [UInt8] {
        SHA256.digest(of: "staff \(tenant) \(code)".utf8)
    }

    /// "/vincular ABCDE23456", or what Telegram sends for a link to the bot.
    static func read(_ text: String) -> String? { LinkCode.read(text).flatMap { $0.count == length ? $0 : nil } }
}

extension EventKind {
    package static let staffChatLinked = EventKind(
        "staff_chat.linked",
        Message(es: "Vinculó su chat", en: "Linked their chat", pt: "Vinculou o seu chat"),
        told: Message(es: "Chat del personal vinculado", en: "Staff chat linked", pt: "Chat da equipe vinculado"),
        to: .conversationsManage)
    package static let staffChatUnlinked = EventKind(
        "staff_chat.unlinked",
        Message(es: "Desvinculó su chat", en: "Unlinked their chat", pt: "Desvinculou o seu chat"))
    package static let staffCodeMade = EventKind(
        "staff_chat.code_made",
        Message(
            es: "Hizo un código para vincular su chat", en: "Made a code to link their chat",
            pt: "Fez um código para vincular o seu chat"))
}

extension TenantDatabase {
    /// The newest code of a person is the only one.
    package func makeStaffCode(
        for member: StaffMember.ID, by principal: Principal, from randomness: Randomness
    ) async throws -> String {
        let code = StaffCode.make(from: randomness)
        try await transaction { database in
            try await database.execute(
                """
                INSERT INTO staff_chat_codes (tenant_id, staff_id, digest, made_at, expires_at)
                VALUES (
                    \(tenant), \(member), \(StaffCode.digest(of: code, tenant)), \(principal.now),
                    \(principal.now + StaffCode.span))
                ON CONFLICT (tenant_id, staff_id) DO UPDATE
                SET digest = excluded.digest, made_at = excluded.made_at, expires_at = excluded.expires_at
                """)
            try await database.record(Act(.staffCodeMade), by: principal.actor, at: principal.now)
        }
        return code
    }

    package func staffChats(of member: StaffMember.ID) async throws(DatabaseError) -> [StaffChat] {
        try await rows(
            """
            SELECT k.conversation_id, c.channel, c.name, k.linked_at
            FROM staff_chats k
            JOIN conversations c ON c.tenant_id = k.tenant_id AND c.conversation_id = k.conversation_id
            WHERE k.tenant_id = \(tenant) AND k.staff_id = \(member) ORDER BY k.linked_at, k.conversation_id
            """)
    }

    /// The chat is nobody's afterwards.
    package func unlinkStaffChat(
        _ id: Conversation.ID, of member: StaffMember.ID, by actor: Actor, at now: Instant
    ) async throws {
        try await transaction { database in
            guard let conversation = try await database.conversation(id, locked: true, ofStaffToo: true) else {
                throw AccessRefusal.notFound
            }
            let since: Instant? = try await database.value(
                """
                DELETE FROM staff_chats
                WHERE tenant_id = \(tenant) AND conversation_id = \(id) AND staff_id = \(member) RETURNING linked_at
                """)
            guard let since else { throw AccessRefusal.notFound }
            try await database.emptyMessages(of: id, since: since)
            try await database.execute(
                "DELETE FROM staff_chat_buttons WHERE tenant_id = \(tenant) AND conversation_id = \(id)")
            try await database.execute(
                """
                UPDATE conversations SET state = 'closed', last_message = '', was_unlinked = TRUE
                WHERE tenant_id = \(tenant) AND conversation_id = \(id)
                """)
            try await database.record(
                Act(.staffChatUnlinked, conversation.subject), by: actor, at: now)
        }
    }

    /// What was said to staff stays theirs: it is not shown in the inbox with what is written from that chat next.
    private func emptyMessages(of id: Conversation.ID, since moment: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE message_files SET state = 'refused', refusal = 'gone', sealed = NULL
            WHERE tenant_id = \(tenant) AND message_id IN (
                SELECT message_id FROM messages
                WHERE tenant_id = \(tenant) AND conversation_id = \(id) AND made_at >= \(moment))
            """)
        try await execute(
            """
            UPDATE messages SET body = '', content = NULL
            WHERE tenant_id = \(tenant) AND conversation_id = \(id) AND made_at >= \(moment)
            """)
    }

    /// Whether the text was a try to link with a person's code: it is answered here, and by nobody else.
    func tryStaffCode(
        in text: String, of conversation: Conversation, _ company: Tenant, at now: Instant
    ) async throws -> Bool {
        guard conversation.channel != .portal, let code = StaffCode.read(text) else { return false }
        let system = MessageAuthor(.system, name: company.name)
        if let until = conversation.linkLockedUntil, until > now {
            try await send(.text(LinkWords.locked.text(for: company.reader)), in: conversation.id, by: system, at: now)
            return true
        }
        let owner: UUID? = try await value(
            """
            DELETE FROM staff_chat_codes k
            WHERE k.tenant_id = \(tenant) AND k.digest = \(StaffCode.digest(of: code, tenant))
                AND k.expires_at > \(now) AND EXISTS (
                    SELECT FROM staff s
                    WHERE s.tenant_id = \(tenant) AND s.staff_id = k.staff_id AND s.state = 'active')
                AND \(StaffCode.mostChats) > (
                    SELECT count(*) FROM staff_chats c
                    WHERE c.tenant_id = \(tenant) AND c.staff_id = k.staff_id)
            RETURNING k.staff_id
            """)
        guard let owner, let member = try await staffMember(ID(owner)) else {
            try await noteWrongCode(in: conversation, by: system, company, at: now)
            return true
        }
        try await execute(
            """
            UPDATE conversations SET state = 'staff', customer_id = NULL, link_proof = NULL, linked_at = NULL,
                was_unlinked = TRUE, assignee_id = NULL, waiting_until = NULL, waiting_since = NULL, unread = 0,
                link_failures = 0, link_locked_until = NULL, opted_out_at = NULL
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation.id)
            """)
        try await execute(
            """
            INSERT INTO staff_chats (tenant_id, conversation_id, staff_id, linked_at)
            VALUES (\(tenant), \(conversation.id), \(member.id), \(now))
            """)
        try await record(
            Act(.staffChatLinked, conversation.subject),
            by: Actor(.staff, id: member.id.uuid, name: member.name), at: now)
        let words = StaffLinkWords.done.text(for: company.reader, .name(member.name))
        try await send(.text(words), in: conversation.id, by: system, at: now)
        return true
    }

    /// A message from a chat that is staff's: nothing waits in the inbox for it.
    func noteFromStaff(_ message: ChatMessage, in conversation: Conversation, at now: Instant) async throws {
        try await execute(
            """
            UPDATE conversations SET last_message_at = \(now), last_inbound_at = \(now), unreachable = NULL
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation.id)
            """)
        try await queue(RespondToStaff(message.id, in: conversation.id), at: now)
    }
}

enum StaffLinkWords: MessageCatalogue {
    case done

    var message: Message {
        switch self {
        case .done:
            Message(
                es: "Listo, {name}: este chat quedó vinculado a su usuario. Escriba /menu para ver lo que puede hacer.",
                tu:
                    "Listo, {name}: este chat quedó vinculado a tu usuario. Escribe /menu para ver lo que puedes hacer.",
                vos:
                    "Listo, {name}: este chat quedó vinculado a tu usuario. Escribí /menu para ver lo que podés hacer.",
                en: "Done, {name}: this chat is linked to your user. Write /menu to see what you can do.",
                pt: "Pronto, {name}: este chat ficou vinculado ao seu usuário. Escreva /menu para ver o que pode fazer."
            )
        }
    }
}
