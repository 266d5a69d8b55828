import Access
import Conversations
import Events
import JSON
import Locale
import Nouns
import Postgres
import Tenancy

/// How a company's bot speaks. What is left empty is said in the product's words.
package struct BotSettings: Sendable, Equatable {
    package var isOn = false
    package var name = ""
    package var greeting = ""
    package var office = ""
    package var handedOver = ""
    package var notUnderstood = ""
    package var notLinked = ""

    package init() {}
}

extension BotSettings: Fielded {
    package static let noun = "BotSettings"

    package static let fields: [Field<BotSettings>] = [
        .flag(
            "is_on", \.isOn,
            Message(
                es: "El bot responde primero a quien escribe", en: "The bot answers first whoever writes",
                pt: "O bot responde primeiro a quem escreve")),
        .line("name", \.name, 0...60, Message(es: "Nombre del bot", en: "The bot's name", pt: "Nome do bot")).hint(
            Message(
                es: "Vacío: el nombre de la empresa.", en: "Empty: the company's name.", pt: "Vazio: o nome da empresa."
            )
        ),
        .lines("greeting", \.greeting, 0...1000, Message(es: "Saludo", en: "Greeting", pt: "Saudação")).hint(
            usual(.greeting)),
        .lines(
            "office", \.office, 0...1000,
            Message(es: "Horario y dirección", en: "Hours and address", pt: "Horário e endereço")
        ).hint(
            Message(
                es: "Vacío: los de Mi empresa. También se dice al pasar con una persona.",
                en: "Empty: those of My company. Also said when handing over to a person.",
                pt: "Vazio: os de Minha empresa. Também se diz ao passar para uma pessoa.")),
        .lines(
            "handed_over", \.handedOver, 0...1000,
            Message(es: "Al pasar con una persona", en: "When handing over", pt: "Ao passar para uma pessoa")
        ).hint(usual(.handedOver)),
        .lines(
            "not_understood", \.notUnderstood, 0...1000,
            Message(es: "Cuando no entiende", en: "When it does not understand", pt: "Quando não entende")
        ).hint(usual(.notUnderstood)),
        .lines(
            "not_linked", \.notLinked, 0...1000,
            Message(
                es: "A quien aún no está vinculado", en: "To those not linked yet",
                pt: "A quem ainda não está vinculado")
        ).hint(usual(.notLinked)),
    ]

    /// The default text, shown as the field's hint.
    private static func usual(_ words: BotWords) -> Message { words.message }

    func words(_ own: String, or usual: BotWords, for turn: BotTurn) -> String {
        own.isEmpty ? usual.text(for: turn.reader) : own
    }
}

extension BotSettings {
    package func put(by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let before = try await database.botSettings()
            guard before != self else { return }
            try await database.execute(
                """
                INSERT INTO bot_settings (
                    tenant_id, is_on, name, greeting, office, handed_over, not_understood, not_linked)
                VALUES (
                    \(database.tenant), \(isOn), \(name), \(greeting), \(office), \(handedOver), \(notUnderstood),
                    \(notLinked))
                ON CONFLICT (tenant_id) DO UPDATE SET is_on = excluded.is_on, name = excluded.name,
                    greeting = excluded.greeting, office = excluded.office, handed_over = excluded.handed_over,
                    not_understood = excluded.not_understood, not_linked = excluded.not_linked
                """)
            try await database.setStartsWithBot(isOn)
            guard let act = Act.change(.botSettingsChanged, nil, from: before.details(), to: details()) else { return }
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    package func botSettings() async throws(DatabaseError) -> BotSettings {
        try await first(
            """
            SELECT is_on, name, greeting, office, handed_over, not_understood, not_linked FROM bot_settings
            WHERE tenant_id = \(tenant)
            """) ?? BotSettings()
    }
}

extension BotSettings: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.fields(of: self)
        }
    }
}

extension BotSettings: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        isOn = try row.read("is_on")
        name = try row.read("name")
        greeting = try row.read("greeting")
        office = try row.read("office")
        handedOver = try row.read("handed_over")
        notUnderstood = try row.read("not_understood")
        notLinked = try row.read("not_linked")
    }
}
