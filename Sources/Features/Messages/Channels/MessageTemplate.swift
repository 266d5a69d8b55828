import ChannelProtocol
import Conversations
import Identifiers
import Locale
import Notices
import Nouns
import Postgres
import Tenancy
import Time

/// A text of the company's that WhatsApp keeps and approves: una plantilla.
struct MessageTemplate: Sendable, RowReadable {
    typealias ID = Identifiers.ID<MessageTemplate>

    let id: ID
    let account: ChannelAccount.ID
    let name: String
    let language: String
    let category: Category
    /// As WhatsApp says it, in small letters.
    let status: String
    let body: String
    /// It has places that a notice cannot fill, as in its heading or its buttons.
    let isForeign: Bool

    enum Category: String, FieldChoice {
        case utility, marketing, authentication

        var message: Message {
            switch self {
            case .utility: Message(es: "Utilidad", en: "Utility", pt: "Utilidade")
            case .marketing: Message(es: "Publicidad", en: "Marketing", pt: "Marketing")
            case .authentication: Message(es: "Autenticación", en: "Authentication", pt: "Autenticação")
            }
        }
    }

    var isUsable: Bool { status == "approved" && !isForeign && places != nil }

    /// How many places its text has; nil if they are not {{1}}, {{2}} and so on.
    var places: Int? { Self.places(in: body) }

    static func places(in body: String) -> Int? {
        let numbers = body.split(separator: "{{").dropFirst(body.hasPrefix("{{") ? 0 : 1).map { part -> Int? in
            part.split(separator: "}}", omittingEmptySubsequences: false).first.flatMap {
                Int($0.filter { $0 != " " })
            }
        }
        guard numbers.allSatisfy({ $0 != nil }) else { return nil }
        let known = Set(numbers.compactMap { $0 })
        return known == Set(1...max(1, known.count)) || known.isEmpty ? known.count : nil
    }

    /// The text with its values.
    static func filled(_ body: String, _ values: [String]) -> String {
        var text = body
        for (place, value) in values.enumerated() {
            text = text.split(separator: "{{\(place + 1)}}", omittingEmptySubsequences: false).joined(separator: value)
        }
        return text
    }

    init(row: Row) throws(DatabaseError) {
        id = try row.read("template_id")
        account = try row.read("account_id")
        name = try row.read("name")
        language = try row.read("language")
        category = try row.word("category")
        status = try row.read("status")
        body = try row.read("body")
        isForeign = try row.read("is_foreign")
    }
}

/// The template in which a kind of notice goes to those who have not written for a day.
struct TemplateUse: Sendable, RowReadable {
    let kind: String
    let template: MessageTemplate
    /// What stands in its places: names of the notice's values.
    let blanks: [String]

    var account: ChannelAccount.ID { template.account }
    var category: MessageTemplate.Category { template.category }
    var isUsable: Bool { template.isUsable && template.places == blanks.count }

    init(row: Row) throws(DatabaseError) {
        kind = try row.read("kind")
        blanks = try row.read("blanks")
        template = try MessageTemplate(row: row)
    }

    /// Nil if the notice lacks a value.
    func message(of notice: CustomerNotice) -> NewMessage? {
        let values = blanks.compactMap { notice.blanks[$0] }.map {
            // A template's value has no line breaks.
            $0.split(whereSeparator: \.isNewline).joined(separator: " · ")
        }
        guard values.count == blanks.count, values.allSatisfy({ !$0.isEmpty }) else { return nil }
        return .template(
            name: template.name, language: template.language, values: values,
            text: MessageTemplate.filled(template.body, values).prefix(scalars: 4096))
    }
}

extension TenantDatabase {
    private var templateColumns: SQL {
        "t.template_id, t.account_id, t.name, t.language, t.category, t.status, t.body, t.is_foreign"
    }

    func templates() async throws(DatabaseError) -> [MessageTemplate] {
        try await rows(
            """
            SELECT \(templateColumns) FROM message_templates t
            WHERE t.tenant_id = \(tenant) ORDER BY t.name, t.language LIMIT 500
            """)
    }

    func template(_ id: MessageTemplate.ID) async throws(DatabaseError) -> MessageTemplate? {
        try await first(
            """
            SELECT \(templateColumns) FROM message_templates t
            WHERE t.tenant_id = \(tenant) AND t.template_id = \(id)
            """)
    }

    func templateUses() async throws(DatabaseError) -> [TemplateUse] {
        try await rows(
            """
            SELECT u.kind, u.blanks, \(templateColumns) FROM template_uses u
            JOIN message_templates t ON t.tenant_id = u.tenant_id AND t.template_id = u.template_id
            WHERE u.tenant_id = \(tenant) LIMIT 200
            """)
    }

    func use(
        _ template: MessageTemplate.ID?, for kind: String, filledWith blanks: [String]
    ) async throws(DatabaseError) {
        guard let template else {
            try await execute("DELETE FROM template_uses WHERE tenant_id = \(tenant) AND kind = \(kind)")
            return
        }
        try await execute(
            """
            INSERT INTO template_uses (tenant_id, kind, template_id, blanks)
            VALUES (\(tenant), \(kind), \(template), \(blanks))
            ON CONFLICT (tenant_id, kind) DO UPDATE SET template_id = excluded.template_id, blanks = excluded.blanks
            """)
    }

    /// What the provider has now. One that it no longer has is kept as deleted, since notices may have gone by it.
    func put(
        _ found: [ProviderTemplate], of account: ChannelAccount.ID, at now: Instant, from randomness: Randomness
    ) async throws(DatabaseError) {
        for template in found {
            guard let category = MessageTemplate.Category(rawValue: template.category.lowercased()) else { continue }
            let id = MessageTemplate.ID.make(milliseconds: now.milliseconds, from: randomness)
            try await execute(
                """
                INSERT INTO message_templates (
                    tenant_id, template_id, account_id, name, language, category, status, body, is_foreign, seen_at)
                VALUES (
                    \(tenant), \(id), \(account), \(template.name.prefix(scalars: 512)),
                    \(template.language.prefix(scalars: 20)), \(category.rawValue),
                    \(template.status.lowercased().prefix(scalars: 40)), \(template.body.prefix(scalars: 1024)),
                    \(template.isForeign), \(now))
                ON CONFLICT (tenant_id, account_id, name, language) DO UPDATE
                SET category = excluded.category, status = excluded.status, body = excluded.body,
                    is_foreign = excluded.is_foreign, seen_at = excluded.seen_at
                """)
        }
        try await execute(
            """
            UPDATE message_templates SET status = 'deleted'
            WHERE tenant_id = \(tenant) AND account_id = \(account) AND seen_at < \(now)
            """)
    }
}
