import Access
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres

/// By which people sort conversations: "reclamo", "venta".
package struct Label: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Label>

    package let id: ID
    package var name = ""
    package var colour = Colour.grey

    package init(id: ID) { self.id = id }

    package enum Colour: String, FieldChoice {
        case grey, blue, green, amber, red, violet

        package var message: Message {
            switch self {
            case .grey: Message(es: "Gris", en: "Grey", pt: "Cinza")
            case .blue: Message(es: "Azul", en: "Blue", pt: "Azul")
            case .green: Message(es: "Verde", en: "Green", pt: "Verde")
            case .amber: Message(es: "Ámbar", en: "Amber", pt: "Âmbar")
            case .red: Message(es: "Rojo", en: "Red", pt: "Vermelho")
            case .violet: Message(es: "Violeta", en: "Violet", pt: "Violeta")
            }
        }
    }
}

extension Label: Fielded {
    package static let noun = "Label"

    package static let fields: [Field<Label>] = [
        .line("name", \.name, 1...40, Message(es: "Nombre", en: "Name", pt: "Nome")),
        .choice("colour", \.colour, Message(es: "Color", en: "Colour", pt: "Cor")),
    ]
}

extension Label: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

extension Label: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("label_id")
        name = try row.read("name")
        colour = try row.word("colour")
    }
}

extension Label {
    func put(instead before: Label?, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let taken: ID? = try await database.value(
                "SELECT label_id FROM labels WHERE tenant_id = \(database.tenant) AND name = \(name)")
            guard taken == nil || taken == id else { throw ConversationRefusal.nameTaken }
            try await database.execute(
                """
                INSERT INTO labels (tenant_id, label_id, name, colour)
                VALUES (\(database.tenant), \(id), \(name), \(colour.rawValue))
                ON CONFLICT (tenant_id, label_id) DO UPDATE SET name = excluded.name, colour = excluded.colour
                """)
            try await database.record(
                Act(.labelChanged, subject, before: before?.details() ?? [], after: details()), by: principal.actor,
                at: principal.now)
        }
    }

    static func delete(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let label = try await database.label(id) else { throw AccessRefusal.notFound }
            try await database.execute(
                "DELETE FROM labels WHERE tenant_id = \(database.tenant) AND label_id = \(id)")
            try await database.record(
                Act(.labelDeleted, label.subject, before: label.details()), by: principal.actor, at: principal.now)
        }
    }

    private var subject: Act.Subject { Act.Subject("label", id.uuid, named: name) }
}

extension TenantDatabase {
    package func labels() async throws(DatabaseError) -> [Label] {
        try await rows("SELECT label_id, name, colour FROM labels WHERE tenant_id = \(tenant) ORDER BY name LIMIT 200")
    }

    func label(_ id: Label.ID) async throws(DatabaseError) -> Label? {
        try await first(
            "SELECT label_id, name, colour FROM labels WHERE tenant_id = \(tenant) AND label_id = \(id)")
    }

    func labels(of conversation: Conversation.ID) async throws(DatabaseError) -> [Label] {
        try await rows(
            """
            SELECT l.label_id, l.name, l.colour FROM conversation_labels cl
            JOIN labels l ON l.tenant_id = cl.tenant_id AND l.label_id = cl.label_id
            WHERE cl.tenant_id = \(tenant) AND cl.conversation_id = \(conversation) ORDER BY l.name
            """)
    }

    /// These and no others.
    package func setLabels(
        _ wanted: [Label.ID], of id: Conversation.ID, by principal: Principal
    ) async throws {
        try await transaction { database in
            guard let conversation = try await database.conversation(id, locked: true) else {
                throw AccessRefusal.notFound
            }
            let before = try await database.labels(of: id)
            let known = Set(try await database.labels().map(\.id))
            guard wanted.allSatisfy(known.contains) else { throw ConversationRefusal.unknownLabel }
            guard Set(before.map(\.id)) != Set(wanted) else { return }
            try await database.execute(
                """
                DELETE FROM conversation_labels
                WHERE tenant_id = \(tenant) AND conversation_id = \(id) AND label_id <> ALL (\(wanted))
                """)
            try await database.execute(
                """
                INSERT INTO conversation_labels (tenant_id, conversation_id, label_id)
                SELECT \(tenant), \(id), given FROM unnest(\(wanted)) given ON CONFLICT DO NOTHING
                """)
            let after = try await database.labels(of: id)
            func names(_ labels: [Label]) -> [Act.Detail] {
                [Act.Detail("labels", labels.map(\.name).joined(separator: ", "))]
            }
            try await database.record(
                Act(.conversationLabelled, conversation.subject, before: names(before), after: names(after)),
                by: principal.actor, at: principal.now)
        }
    }
}
