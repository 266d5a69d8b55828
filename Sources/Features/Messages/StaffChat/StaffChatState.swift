import Conversations
import Identifiers
import Identity
import Images
import Locale
import Nouns
import Postgres
import Tenancy
import Time
import Vault

/// A chat's person, and what was asked of them there.
struct StaffChatState: Sendable, RowReadable {
    let conversation: Conversation.ID
    let member: StaffMember.ID
    private let awaits: String?
    private let about: String
    private let until: Instant?

    init(row: Row) throws(DatabaseError) {
        (conversation, member) = (try row.read("conversation_id"), try row.read("staff_id"))
        (awaits, until) = (try row.read("awaits"), try row.read("awaits_until"))
        about = (try row.read("awaits_about") as String?) ?? ""
    }

    func awaited(at now: Instant) -> (command: String, about: String)? {
        guard let awaits, let until, until > now else { return nil }
        return (awaits, about)
    }
}

extension TenantDatabase {
    func staffChat(_ id: Conversation.ID) async throws(DatabaseError) -> StaffChatState? {
        try await first(
            """
            SELECT conversation_id, staff_id, awaits, awaits_about, awaits_until FROM staff_chats
            WHERE tenant_id = \(tenant) AND conversation_id = \(id)
            """)
    }

    /// For the rest of the transaction nothing outside these zones is reached.
    func stay(in zones: Set<UUID>) async throws(DatabaseError) {
        try await execute("SELECT stay_in_zones(\(Array(zones)))")
    }

    func isAnsweredToStaff(_ message: ChatMessage.ID) async throws(DatabaseError) -> Bool {
        let known: Int? = try await value(
            "SELECT 1 FROM staff_chat_turns WHERE tenant_id = \(tenant) AND message_id = \(message)")
        return known != nil
    }

    func note(
        _ outcome: StaffTalk.Outcome, of command: String, about message: ChatMessage.ID, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO staff_chat_turns (tenant_id, message_id, command, outcome, made_at)
            VALUES (\(tenant), \(message), \(command.prefix(scalars: 40)), \(outcome.rawValue), \(now))
            """)
    }

    func await(
        _ awaited: (command: String, about: String)?, in conversation: Conversation.ID, until moment: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE staff_chats SET awaits = \(awaited?.command), awaits_about = \(awaited?.about),
                awaits_until = \(awaited == nil ? nil : moment)
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation)
            """)
    }

    /// What the button does, the first time that one of its message is pressed.
    func useButton(
        _ id: UUID, in conversation: Conversation.ID, at now: Instant
    ) async throws(DatabaseError) -> (command: String, about: String)? {
        let group: UUID? = try await value(
            """
            SELECT group_id FROM staff_chat_buttons
            WHERE tenant_id = \(tenant) AND button_id = \(id) AND conversation_id = \(conversation)
            """)
        guard let group else { return nil }
        // The chat is held: no second press is looked at meanwhile.
        let used = try await execute(
            """
            UPDATE staff_chat_buttons SET used_at = \(now)
            WHERE tenant_id = \(tenant) AND group_id = \(group) AND used_at IS NULL AND expires_at > \(now)
            """)
        guard used > 0 else { return nil }
        let pressed: PressedButton? = try await first(
            "SELECT command, about FROM staff_chat_buttons WHERE tenant_id = \(tenant) AND button_id = \(id)")
        return pressed.map { ($0.command, $0.about) }
    }

    private func insert(
        _ buttons: [(id: UUID, button: StaffButton)], in conversation: Conversation.ID, group: UUID, until end: Instant
    ) async throws(DatabaseError) {
        guard !buttons.isEmpty else { return }
        try await execute(
            """
            INSERT INTO staff_chat_buttons (
                tenant_id, button_id, conversation_id, group_id, command, about, expires_at)
            SELECT \(tenant), given.id, \(conversation), \(group), given.command, given.about, \(end)
            FROM unnest(\(buttons.map(\.id)), \(buttons.map(\.button.command)), \(buttons.map(\.button.about)))
                given(id, command, about)
            """)
    }

    /// Says it in the chat: the pictures as files, the buttons that do something kept, so that each works once.
    func say(
        _ reply: StaffReply, in conversation: Conversation, from company: Tenant, keptIn vault: Vault, at now: Instant,
        randomness: Randomness
    ) async throws {
        let author = MessageAuthor(.bot, name: company.name)
        for part in reply.parts {
            if let picture = part.picture {
                let file = try await SealedFile(
                    picture, mediaType: "image/png", name: "comprobante.png", in: vault, of: self, at: now,
                    from: randomness)
                try await send(.file(file, caption: ""), in: conversation.id, by: author, at: now)
            }
            guard !part.text.isEmpty else { continue }
            let text = part.text.prefix(scalars: 3500)
            let group = UUID.v7(milliseconds: now.milliseconds, from: randomness)
            var kept: [(id: UUID, button: StaffButton)] = []
            let buttons = part.buttons.prefix(NewMessage.mostButtons).map { button in
                let press: StaffPress
                if button.isAct {
                    let id = UUID.v7(milliseconds: now.milliseconds, from: randomness)
                    kept.append((id, button))
                    press = .act(id)
                } else {
                    press = .open(button.command, about: button.about)
                }
                return MessageButton(press.id, button.title.prefix(scalars: 24))
            }
            try await insert(kept, in: conversation.id, group: group, until: now + StaffResponder.buttonSpan)
            // WhatsApp takes a thousand letters beside buttons.
            let limit = conversation.channel == .telegram ? 3500 : 1000
            try await send(
                buttons.isEmpty ? .text(text) : .buttons(text.prefix(scalars: limit), buttons), in: conversation.id,
                by: author, at: now)
        }
    }

    func forgetStaffButtons(before moment: Instant) async throws(DatabaseError) {
        try await execute("DELETE FROM staff_chat_buttons WHERE tenant_id = \(tenant) AND expires_at < \(moment)")
    }

    func tells(of member: StaffMember.ID) async throws(DatabaseError) -> Set<String> {
        let rows: [ToldKind] = try await rows(
            "SELECT kind FROM staff_chat_tells WHERE tenant_id = \(tenant) AND staff_id = \(member)")
        return Set(rows.map(\.kind))
    }

    package func put(_ kinds: Set<String>, toldTo member: StaffMember.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM staff_chat_tells WHERE tenant_id = \(tenant) AND staff_id = \(member)")
        try await execute(
            """
            INSERT INTO staff_chat_tells (tenant_id, staff_id, kind)
            SELECT \(tenant), \(member), given.kind FROM unnest(\(kinds.sorted())) given(kind)
            """)
    }

    /// The chats of the active staff who asked to be told of such an event.
    func chats(toldOf kind: String) async throws(DatabaseError) -> [StaffChatState] {
        try await rows(
            """
            SELECT k.conversation_id, k.staff_id, k.awaits, k.awaits_about, k.awaits_until
            FROM staff_chat_tells t
            JOIN staff_chats k ON k.tenant_id = t.tenant_id AND k.staff_id = t.staff_id
            JOIN staff s ON s.tenant_id = t.tenant_id AND s.staff_id = t.staff_id AND s.state = 'active'
            WHERE t.tenant_id = \(tenant) AND t.kind = \(kind) ORDER BY k.linked_at LIMIT 200
            """)
    }
}

private struct PressedButton: RowReadable {
    let command: String
    let about: String

    init(row: Row) throws(DatabaseError) { (command, about) = (try row.read("command"), try row.read("about")) }
}

private struct ToldKind: RowReadable {
    let kind: String

    init(row: Row) throws(DatabaseError) { kind = try row.read("kind") }
}
