import Access
import Customers
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// A view of the inbox, as it is asked for in an address.
struct InboxQuery: Sendable {
    enum View: String, FieldChoice {
        case unassigned, mine, bot, waiting, closed, all

        var message: Message {
            switch self {
            case .unassigned: Message(es: "Sin asignar", en: "Unassigned", pt: "Sem responsável")
            case .mine: Message(es: "Mías", en: "Mine", pt: "Minhas")
            case .bot: Message(es: "Del bot", en: "The bot's", pt: "Do bot")
            case .waiting: Message(es: "En espera", en: "Waiting", pt: "Em espera")
            case .closed: Message(es: "Cerradas", en: "Closed", pt: "Encerradas")
            case .all: Message(es: "Todas", en: "All", pt: "Todas")
            }
        }
    }

    var view: View
    var label: Label.ID?
    var text: String
    var before: (at: Instant, id: Conversation.ID)?

    static let path = "/panel/inbox"
    static let length = 40

    /// `view` where the address names none.
    init(_ fields: Fields, view: View) {
        self.view = fields["view"].flatMap(View.init) ?? view
        label = fields["label"].flatMap { Label.ID($0) }
        text = FormText.line(fields["q"], upTo: 100)
        let place = (fields["before"] ?? "").split(separator: "_")
        if place.count == 2, let at = Int64(place[0]), let id = Conversation.ID(String(place[1])) {
            before = (Instant(microseconds: at), id)
        }
    }

    /// Without the place in the list.
    private var fields: Fields {
        Fields(["view": view.rawValue, "label": label?.description, "q": text.isEmpty ? nil : text])
    }

    var address: String { fields.query(of: Self.path) }

    func address(of conversation: Conversation.ID) -> String { fields.query(of: "\(Self.path)/\(conversation)") }

    func address(in view: View) -> String {
        Fields(["view": view.rawValue, "label": label?.description]).query(of: Self.path)
    }

    func address(after last: Conversation) -> String {
        Fields([
            "view": view.rawValue, "label": label?.description, "q": text.isEmpty ? nil : text,
            "before": "\(last.lastMessageAt.microseconds)_\(last.id)",
        ]).query(of: Self.path)
    }
}

/// A conversation with its labels, as a list has it.
struct ListedConversation: RowReadable, Sendable {
    let conversation: Conversation
    let labels: [(name: String, colour: String)]
    /// The newest message is ours, and was not sent.
    let isFailed: Bool

    init(row: Row) throws(DatabaseError) {
        conversation = try Conversation(row: row)
        let names: [String] = try row.read("label_names")
        let colours: [String] = try row.read("label_colours")
        labels = Array(zip(names, colours))
        isFailed = try row.read("is_failed")
    }
}

extension TenantDatabase {
    /// The newest first, one more than a page shows.
    func inbox(_ query: InboxQuery, for visit: Visit) async throws -> [ListedConversation] {
        guard !query.text.isEmpty else { return try await rows(inboxStatement(query, .nothing, for: visit)) }
        // Words are looked up in a transaction: it may take longer than others who share a connection should wait.
        return try await transaction { database in
            let customers = try await database.customersLike(query.text, for: visit.reader)
            let found = database.conversations(saying: query.text, or: customers)
            return try await database.rows(database.inboxStatement(query, found, for: visit))
        }
    }

    private func inboxStatement(_ query: InboxQuery, _ found: SQL, for visit: Visit) -> SQL {
        let me = visit.staffStatement
        let view: SQL =
            switch query.view {
            case .unassigned: "AND c.state = 'open' AND c.assignee_id IS NULL"
            case .mine: "AND c.state = 'open' AND c.assignee_id = \(me)"
            case .bot: "AND c.state = 'bot'"
            case .waiting: "AND c.state = 'waiting'"
            case .closed: "AND c.state = 'closed'"
            case .all: "AND c.state <> 'staff'"
            }
        let label: SQL =
            query.label.map {
                """
                AND EXISTS (
                    SELECT FROM conversation_labels k
                    WHERE k.tenant_id = \(tenant) AND k.conversation_id = c.conversation_id AND k.label_id = \($0))
                """
            } ?? .nothing
        let before: SQL =
            query.before.map { "AND (c.last_message_at, c.conversation_id) < (\($0.at), \($0.id))" } ?? .nothing
        // The page is found before anything is joined to it.
        return """
            SELECT \(conversationColumns), l.names AS label_names, l.colours AS label_colours,
                coalesce(n.state = 'failed', false) AS is_failed
            FROM (
                SELECT * FROM conversations c
                WHERE c.tenant_id = \(tenant) \(view) \(label) \(before) \(found)
                ORDER BY c.last_message_at DESC, c.conversation_id DESC LIMIT \(InboxQuery.length + 1)) c
            LEFT JOIN customers cu ON cu.tenant_id = \(tenant) AND cu.customer_id = c.customer_id
            LEFT JOIN staff s ON s.tenant_id = \(tenant) AND s.staff_id = c.assignee_id
            CROSS JOIN LATERAL (
                SELECT coalesce(array_agg(b.name ORDER BY b.name), '{}') AS names,
                    coalesce(array_agg(b.colour ORDER BY b.name), '{}') AS colours
                FROM conversation_labels k JOIN labels b ON b.tenant_id = k.tenant_id AND b.label_id = k.label_id
                WHERE k.tenant_id = \(tenant) AND k.conversation_id = c.conversation_id) l
            LEFT JOIN LATERAL (
                SELECT m.state FROM messages m
                WHERE m.tenant_id = \(tenant) AND m.conversation_id = c.conversation_id AND m.direction IN ('in', 'out')
                ORDER BY m.message_id DESC LIMIT 1) n ON true
            ORDER BY c.last_message_at DESC, c.conversation_id DESC
            """
    }

    /// Conversations with the text in the correspondent, the customer or a recent message. The text is folded already:
    /// lower case, without accents.
    private func conversations(saying text: String, or customers: SQL) -> SQL {
        let words = text.lowercased()
        let digits = text.filter { $0.isASCII && $0.isNumber }
        let phone = digits.utf8.count >= 4 ? digits : "-"
        return """
            AND (c.customer_id IN (\(customers))
                OR strpos(\(Self.folded("c.name")), \(Self.folded("\(words)::text"))) > 0
                OR strpos(coalesce(c.phone, ''), \(phone)) > 0
                OR c.conversation_id IN (
                    SELECT recent.conversation_id FROM (
                        SELECT m.conversation_id, m.body FROM messages m
                        WHERE m.tenant_id = \(tenant) ORDER BY m.message_id DESC LIMIT \(Self.searchedMessages)) recent
                    WHERE strpos(\(Self.folded("recent.body")), \(Self.folded("\(words)::text"))) > 0))
            """
    }

    /// How many of the newest messages are looked through for a text.
    static var searchedMessages: Int { 20_000 }

    private static func folded(_ text: SQL) -> SQL {
        "translate(lower(\(text)), 'áéíóúüñãõâêôç', 'aeiouunaoaeoc')"
    }

    /// How many there are in each view, up to a hundred.
    func inboxCounts(for visit: Visit) -> SQL {
        let mine: SQL = visit.staffStatement
        return """
            SELECT
                (SELECT count(*) FROM (SELECT FROM conversations WHERE tenant_id = \(tenant) AND state = 'open'
                    AND assignee_id IS NULL LIMIT 100) u) AS unassigned,
                (SELECT count(*) FROM (SELECT FROM conversations WHERE tenant_id = \(tenant) AND state = 'open'
                    AND assignee_id = \(mine) LIMIT 100) m) AS mine,
                (SELECT count(*) FROM (SELECT FROM conversations WHERE tenant_id = \(tenant) AND state = 'bot'
                    LIMIT 100) b) AS bot,
                (SELECT count(*) FROM (SELECT FROM conversations WHERE tenant_id = \(tenant) AND state = 'waiting'
                    LIMIT 100) w) AS waiting
            """
    }

    /// Staff who may answer conversations, and so may be assigned one.
    func conversationStaff() async throws(DatabaseError) -> [ConversationOwner] {
        try await rows(
            """
            SELECT staff_id, name FROM staff
            WHERE tenant_id = \(tenant) AND state = 'active' AND 'conversations.answer' = ANY (permissions)
            ORDER BY name LIMIT 300
            """)
    }

    func draft(in conversation: Conversation.ID, of member: UUID) async throws(DatabaseError) -> String? {
        try await value(
            """
            SELECT body FROM message_drafts
            WHERE tenant_id = \(tenant) AND conversation_id = \(conversation) AND staff_id = \(member)
            """)
    }

    /// An empty one is forgotten.
    func keepDraft(
        _ text: String, in conversation: Conversation.ID, of member: UUID, at now: Instant
    ) async throws(DatabaseError) {
        guard !text.isEmpty else {
            try await execute(
                """
                DELETE FROM message_drafts
                WHERE tenant_id = \(tenant) AND conversation_id = \(conversation) AND staff_id = \(member)
                """)
            return
        }
        try await execute(
            """
            INSERT INTO message_drafts (tenant_id, conversation_id, staff_id, body, made_at)
            VALUES (\(tenant), \(conversation), \(member), \(String(text.unicodeScalars.prefix(4096).map(Character.init))), \(now))
            ON CONFLICT (tenant_id, conversation_id, staff_id) DO UPDATE
            SET body = excluded.body, made_at = excluded.made_at
            """)
    }
}

struct ConversationOwner: RowReadable, Sendable {
    let id: StaffMember.ID
    let name: String

    init(row: Row) throws(DatabaseError) { (id, name) = (try row.read("staff_id"), try row.read("name")) }
}

struct InboxCounts: Sendable {
    private let counts: [InboxQuery.View: Int]

    init(_ rows: Rows) throws(DatabaseError) {
        guard let row = rows.first else {
            counts = [:]
            return
        }
        counts = [
            .unassigned: try row.read("unassigned"), .mine: try row.read("mine"), .bot: try row.read("bot"),
            .waiting: try row.read("waiting"),
        ]
    }

    /// The count beside a view; nil if it is zero or not counted.
    func text(_ view: InboxQuery.View) -> String? {
        guard let count = counts[view], count > 0 else { return nil }
        return count < 100 ? "\(count)" : "99+"
    }
}
