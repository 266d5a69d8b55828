import JSON
import Locale

/// What a message carries beside its text.
package enum MessageContent: Sendable, Equatable {
    case buttons([MessageButton])
    /// A template approved by the provider, with the values of its blanks in order.
    case template(name: String, language: String, values: [String])
    case location(latitude: Double, longitude: Double, name: String)
    case contact(name: String, phone: String)
    /// The id of the button that the customer pressed.
    case choice(String)
    /// A line of the conversation's history; of whom or what, where it names somebody.
    case activity(ConversationActivity, String)
}

package struct MessageButton: Sendable, Equatable {
    package let id: String
    package let title: String

    package init(_ id: String, _ title: String) { (self.id, self.title) = (id, title) }
}

extension MessageContent {
    var stored: String {
        var json = JSONWriter()
        json.value(self)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// Nil for what an older program wrote otherwise.
    init?(stored: String) {
        guard let json = try? JSONValue.parse(Array(stored.utf8)), case .object(let object) = json else { return nil }
        func text(_ name: String) -> String? { if case .string(let text) = object[name] { text } else { nil } }
        func number(_ name: String) -> Double? {
            switch object[name] {
            case .integer(let number): Double(number)
            case .decimal(let text): Double(text)
            default: nil
            }
        }
        func list(_ name: String) -> [JSONValue] { if case .array(let list) = object[name] { list } else { [] } }
        switch text("kind") {
        case "buttons":
            self = .buttons(
                list("buttons").compactMap { button in
                    guard case .object(let button) = button, case .string(let id) = button["id"],
                        case .string(let title) = button["title"]
                    else { return nil }
                    return MessageButton(id, title)
                })
        case "template":
            guard let name = text("name"), let language = text("language") else { return nil }
            let values = list("values").compactMap { if case .string(let text) = $0 { text } else { nil } }
            self = .template(name: name, language: language, values: values)
        case "location":
            guard let latitude = number("latitude"), let longitude = number("longitude") else { return nil }
            self = .location(latitude: latitude, longitude: longitude, name: text("name") ?? "")
        case "contact": self = .contact(name: text("name") ?? "", phone: text("phone") ?? "")
        case "choice": self = .choice(text("id") ?? "")
        case "activity":
            guard let activity = text("activity").flatMap(ConversationActivity.init) else { return nil }
            self = .activity(activity, text("name") ?? "")
        default: return nil
        }
    }
}

extension MessageContent: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .buttons(let buttons):
                json.member("kind", "buttons")
                json.array("buttons") { json in
                    for button in buttons {
                        json.object { json in
                            json.member("id", button.id)
                            json.member("title", button.title)
                        }
                    }
                }
            case .template(let name, let language, let values):
                json.member("kind", "template")
                json.member("name", name)
                json.member("language", language)
                json.array("values") { json in for value in values { json.string(value) } }
            case .location(let latitude, let longitude, let name):
                json.member("kind", "location")
                json.name("latitude")
                json.number(latitude)
                json.name("longitude")
                json.number(longitude)
                json.member("name", name)
            case .contact(let name, let phone):
                json.member("kind", "contact")
                json.member("name", name)
                json.member("phone", phone)
            case .choice(let id):
                json.member("kind", "choice")
                json.member("id", id)
            case .activity(let activity, let name):
                json.member("kind", "activity")
                json.member("activity", activity.rawValue)
                json.member("name", name)
            }
        }
    }
}

/// What was done with a conversation, as a line between its messages says it.
package enum ConversationActivity: String, MessageCatalogue {
    case claimed, released, assigned, closed, reopened, waits, optedOut, optedIn
    case askedForPerson = "handed_over_asked"
    case upset = "handed_over_upset"
    case unsure = "handed_over_unsure"
    case botFailed = "handed_over_failed"
    case toBot = "to_bot"
    case linkedByPhone = "linked_phone"
    case linkedByCode = "linked_code"
    case linkedByStaff = "linked_staff"
    case unlinked, codeWrong, codesLocked

    package var message: Message {
        switch self {
        case .claimed:
            Message(
                es: "{name} tomó la conversación", en: "{name} took the conversation", pt: "{name} assumiu a conversa")
        case .released:
            Message(
                es: "{name} dejó la conversación sin asignar", en: "{name} left the conversation to nobody",
                pt: "{name} deixou a conversa sem responsável")
        case .assigned:
            Message(es: "Se asignó a {name}", en: "Assigned to {name}", pt: "Atribuída a {name}")
        case .closed:
            Message(es: "{name} cerró la conversación", en: "{name} closed it", pt: "{name} encerrou a conversa")
        case .reopened:
            Message(es: "Se reabrió la conversación", en: "It was opened again", pt: "A conversa foi reaberta")
        case .waits:
            Message(es: "{name} la dejó en espera", en: "{name} put it on hold", pt: "{name} a deixou em espera")
        case .optedOut:
            Message(
                es: "El cliente pidió no recibir más mensajes", en: "The customer asked for no more messages",
                pt: "O cliente pediu para não receber mais mensagens")
        case .optedIn:
            Message(
                es: "El cliente acepta mensajes de nuevo", en: "The customer takes messages again",
                pt: "O cliente aceita mensagens de novo")
        case .askedForPerson:
            Message(
                es: "El bot la pasó: el cliente pidió una persona",
                en: "The bot handed it over: a person was asked for",
                pt: "O bot a passou: o cliente pediu uma pessoa")
        case .upset:
            Message(
                es: "El bot la pasó: el cliente está molesto", en: "The bot handed it over: the customer is upset",
                pt: "O bot a passou: o cliente está aborrecido")
        case .unsure:
            Message(
                es: "El bot la pasó: no entendió al cliente", en: "The bot handed it over: it did not understand",
                pt: "O bot a passou: não entendeu o cliente")
        case .botFailed:
            Message(
                es: "El bot la pasó: no pudo responder", en: "The bot handed it over: it could not answer",
                pt: "O bot a passou: não pôde responder")
        case .toBot:
            Message(
                es: "{name} la devolvió al bot", en: "{name} gave it back to the bot", pt: "{name} a devolveu ao bot")
        case .linkedByPhone:
            Message(
                es: "Vinculada a {name} por su teléfono", en: "Linked to {name} by their telephone",
                pt: "Vinculada a {name} pelo telefone")
        case .linkedByCode:
            Message(
                es: "Vinculada a {name} con un código", en: "Linked to {name} with a code",
                pt: "Vinculada a {name} com um código")
        case .linkedByStaff:
            Message(
                es: "Vinculada a {name} por el personal", en: "Linked to {name} by the staff",
                pt: "Vinculada a {name} pela equipe")
        case .unlinked:
            Message(
                es: "{name} la desvinculó de su cliente", en: "{name} unlinked it from its customer",
                pt: "{name} a desvinculou do cliente")
        case .codeWrong:
            Message(
                es: "Escribieron un código de vinculación equivocado", en: "A wrong linking code was written",
                pt: "Escreveram um código de vinculação errado")
        case .codesLocked:
            Message(
                es: "Tres códigos equivocados: no se prueba otro hasta mañana",
                en: "Three wrong codes: no other is tried until tomorrow",
                pt: "Três códigos errados: nenhum outro é testado até amanhã")
        }
    }
}
