import Locale
import Time

/// A property in event details, with its label. A room's kinds apply to the events it declares: the state of a company
/// is not that of a customer.
package struct DetailKind: Sendable {
    /// Formats a recorded value for people.
    package typealias Text = @Sendable (_ value: String, _ catalogue: Catalogue, _ reader: Reader) -> String

    package let name: String
    package let words: Message
    package let text: Text

    package init(_ name: String, _ words: Message, _ text: @escaping Text = { value, _, _ in value }) {
        self.name = name
        self.words = words
        self.text = text
    }

    /// With a label for each value.
    package init(_ name: String, _ words: Message, values: [String: Message]) {
        self.init(name, words) { value, _, reader in values[value]?.text(for: reader) ?? value }
    }

    /// A list of values, each labelled by itself.
    package static func list(
        _ name: String, _ words: Message, _ word: @escaping @Sendable (String, Catalogue) -> Message?
    ) -> DetailKind {
        DetailKind(name, words) { value, catalogue, reader in
            value.split(separator: ", ").map { word(String($0), catalogue)?.text(for: reader) ?? String($0) }
                .joined(separator: ", ")
        }
    }

    package static func phone(_ name: String, _ words: Message) -> DetailKind {
        DetailKind(name, words) { value, _, reader in Phone.text(of: value, in: reader.region) }
    }

    /// Of an amount kept as its `plainText`.
    package static func money(_ name: String, _ words: Message) -> DetailKind {
        DetailKind(name, words) { value, _, reader in Money(plainText: value)?.exactText(for: reader) ?? value }
    }

    /// Of a day kept as ISO 8601 writes it.
    package static func day(_ name: String, _ words: Message) -> DetailKind {
        DetailKind(name, words) { value, _, reader in Day(iso: value)?.text(.short, for: reader) ?? value }
    }

    /// Of a first and a last day, with a dash between them.
    package static func days(_ name: String, _ words: Message) -> DetailKind {
        DetailKind(name, words) { value, _, reader in
            value.split(separator: " – ").map { Day(iso: String($0))?.text(.short, for: reader) ?? String($0) }
                .joined(separator: " – ")
        }
    }

    package static func flag(_ name: String, _ words: Message) -> DetailKind {
        let (yes, no) = (Message(es: "Sí", en: "Yes", pt: "Sim"), Message(es: "No", en: "No", pt: "Não"))
        return DetailKind(name, words, values: ["yes": yes, "true": yes, "no": no, "false": no])
    }
}

extension DetailKind {
    /// Details that any room's events may have.
    package static let usual = [
        DetailKind("name", Message(es: "Nombre", en: "Name", pt: "Nome")),
        DetailKind("email", Message(es: "Correo", en: "E-mail", pt: "E-mail")),
        .phone("phone", Message(es: "Teléfono", en: "Telephone", pt: "Telefone")),
        DetailKind("address", Message(es: "Dirección", en: "Address", pt: "Endereço")),
        DetailKind("reason", Message(es: "Motivo", en: "Reason", pt: "Motivo")),
        DetailKind("zone", Message(es: "Zona", en: "Zone", pt: "Zona")),
        DetailKind(
            "zones", Message(es: "Zonas", en: "Zones", pt: "Zonas"),
            values: ["*": Message(es: "Todas", en: "All", pt: "Todas")]),
    ]
}
