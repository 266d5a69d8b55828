import Customers
import Events
import Identifiers
import Identity
import Locale
import Nouns
import Postgres
import Time

/// What one correspondent and the company write to each other. There is one for each, reopened when they write again; one
/// person of the company owns it, or the bot answers in it.
package struct Conversation: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Conversation>

    package let id: ID
    package let number: Int
    package let channel: Channel
    /// The company's number or bot at the channel; nil on the portal.
    package let account: UUID?
    /// The other side as the channel names it.
    package let correspondent: String
    /// E.164.
    package let phone: String?
    /// The correspondent's own name for themselves.
    package let name: String
    package let customer: Customer.ID?
    package let customerName: String?
    package let proof: LinkProof?
    package let linkFailures: Int
    package let linkLockedUntil: Instant?
    package let state: State
    package let waitingUntil: Instant?
    package let assignee: StaffMember.ID?
    package let assigneeName: String?
    package let lastMessageAt: Instant
    package let lastMessage: String
    package let lastInboundAt: Instant?
    package let waitingSince: Instant?
    package let firstRepliedAt: Instant?
    package let unread: Int
    package let optedOutAt: Instant?
    package let unreachable: MessageFailure?
    package let madeAt: Instant

    package enum State: String, FieldChoice {
        case bot, open, waiting, closed
        /// A chat of the company's own staff, which stands in no inbox.
        case staff

        /// Those of correspondents.
        package static let shown = allCases.filter { $0 != .staff }

        package var message: Message {
            switch self {
            case .bot: Message(es: "Con el bot", en: "With the bot", pt: "Com o bot")
            case .open: Message(es: "Abierta", en: "Open", pt: "Aberta")
            case .waiting: Message(es: "En espera", en: "Waiting", pt: "Em espera")
            case .closed: Message(es: "Cerrada", en: "Closed", pt: "Encerrada")
            case .staff: Message(es: "Del personal", en: "Of the staff", pt: "Da equipe")
            }
        }

        package var tone: Tone {
            switch self {
            case .open: .good
            case .waiting: .warning
            case .bot, .closed, .staff: .quiet
            }
        }
    }

    /// Why we believe that it is the customer who writes.
    package enum LinkProof: String, FieldChoice {
        case phone, code, staff, portal

        package var message: Message {
            switch self {
            case .phone:
                Message(es: "Por su teléfono", en: "By their telephone", pt: "Pelo telefone")
            case .code: Message(es: "Con un código", en: "With a code", pt: "Com um código")
            case .staff: Message(es: "Por el personal", en: "By the staff", pt: "Pela equipe")
            case .portal: Message(es: "En el portal", en: "On the portal", pt: "No portal")
            }
        }
    }

    /// What people call it: the customer's name where it is known whose it is.
    package var title: String {
        if let customerName { return customerName }
        return name.isEmpty ? phone ?? correspondent : name
    }

    /// Until when anything but a template can be sent; nil where that is always so.
    package var windowEnd: Instant? {
        guard let window = channel.window else { return nil }
        return (lastInboundAt ?? Instant(seconds: 0)) + window
    }

    /// Only a template is taken now.
    package func isWindowClosed(at now: Instant) -> Bool { windowEnd.map { $0 <= now } ?? false }

    /// What may be said to them now, whoever says it.
    package func check(_ new: NewMessage, by author: MessageAuthor, at now: Instant) throws(ConversationRefusal) {
        try new.check(for: channel)
        try check(isTemplate: new.isTemplate, by: author, at: now)
    }

    func check(isTemplate: Bool, by author: MessageAuthor, at now: Instant) throws(ConversationRefusal) {
        if author.kind == .bot, state != .bot, state != .staff { throw .takenOver }
        if author.kind == .program, state == .open, assignee != nil { throw .takenOver }
        if let unreachable, author.kind != .staff { throw .unreachable(unreachable) }
        // They said that they want nothing from us; what they ask afterwards is answered.
        if let optedOutAt {
            let asksAgain = lastInboundAt.map { $0 > optedOutAt } ?? false
            guard asksAgain, author.kind == .staff || author.kind == .bot else { throw .optedOut }
        }
        if isWindowClosed(at: now), !isTemplate { throw .windowClosed }
    }

    package var subject: Act.Subject {
        Act.Subject("conversation", id.uuid, named: "\(channel.name) · \(title)")
    }
}

extension Conversation: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("conversation_id")
        number = try row.read("number")
        channel = try row.word("channel")
        account = try row.read("account_id")
        correspondent = try row.read("correspondent")
        phone = try row.read("phone")
        name = try row.read("name")
        customer = try row.read("customer_id")
        customerName = try row.read("customer_name")
        proof = (try row.read("link_proof") as String?).flatMap(LinkProof.init)
        linkFailures = try row.read("link_failures")
        linkLockedUntil = try row.read("link_locked_until")
        state = try row.word("state")
        waitingUntil = try row.read("waiting_until")
        assignee = try row.read("assignee_id")
        assigneeName = try row.read("assignee_name")
        lastMessageAt = try row.read("last_message_at")
        lastMessage = try row.read("last_message")
        lastInboundAt = try row.read("last_inbound_at")
        waitingSince = try row.read("waiting_since")
        firstRepliedAt = try row.read("first_replied_at")
        unread = try row.read("unread")
        optedOutAt = try row.read("opted_out_at")
        unreachable = (try row.read("unreachable") as String?).flatMap(MessageFailure.init)
        madeAt = try row.read("made_at")
    }
}

extension TenantDatabase {
    package var conversationColumns: SQL {
        """
        c.conversation_id, c.number, c.channel, c.account_id, c.correspondent, c.phone, c.name, c.customer_id,
        cu.name AS customer_name, c.link_proof, c.link_failures, c.link_locked_until, c.state, c.waiting_until,
        c.assignee_id, s.name AS assignee_name, c.last_message_at, c.last_message, c.last_inbound_at, c.waiting_since,
        c.first_replied_at, c.unread, c.opted_out_at, c.unreachable, c.made_at
        """
    }

    package var conversationTables: SQL {
        """
        conversations c
        LEFT JOIN customers cu ON cu.tenant_id = c.tenant_id AND cu.customer_id = c.customer_id
        LEFT JOIN staff s ON s.tenant_id = c.tenant_id AND s.staff_id = c.assignee_id
        """
    }

    /// A chat of staff's is found only where that is asked for.
    package func conversation(
        _ id: Conversation.ID, locked: Bool = false, ofStaffToo: Bool = false
    ) async throws(DatabaseError) -> Conversation? {
        let whose: SQL = ofStaffToo ? .nothing : "AND c.state <> 'staff'"
        return try await first(
            """
            SELECT \(conversationColumns) FROM \(conversationTables)
            WHERE c.tenant_id = \(tenant) AND c.conversation_id = \(id) \(whose)
            \(locked ? .forNoKeyUpdate(of: "c") : .nothing)
            """)
    }

    /// The newest first.
    package func conversations(
        of customer: Customer.ID, limit: Int
    ) async throws(DatabaseError) -> [Conversation] {
        try await rows(
            """
            SELECT \(conversationColumns) FROM \(conversationTables)
            WHERE c.tenant_id = \(tenant) AND c.customer_id = \(customer)
            ORDER BY c.last_message_at DESC LIMIT \(limit)
            """)
    }
}
