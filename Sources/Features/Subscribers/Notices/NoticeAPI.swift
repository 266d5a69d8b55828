import API
import Access
import Customers
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time

/// The notices as programs see them.
enum NoticeAPI {
    static func add(to routes: inout API.Routes) {
        routes.list("/api/v1/notices", .noticesRead, NoticeAPIWords.list, by: NoticeFilter.self) {
            visit, filter, page in
            try await visit.database.notices(
                of: filter.customer, in: filter.state, about: nil, after: page.after, limit: page.limit)
        }
        routes.get("/api/v1/notices/:id", .noticesRead, NoticeAPIWords.read) { (visit, id: CustomerNotice.ID) in
            try await visit.database.notice(id)
        }
    }
}

struct NoticeFilter: Input {
    static let schema = Schema.object(
        "NoticeFilter",
        [
            .optional("customer", .id, NoticeAPIWords.ofCustomer),
            .optional("state", .words(CustomerNotice.State.allCases.map(\.rawValue)), NoticeAPIWords.ofState),
        ])

    let customer: Customer.ID?
    let state: CustomerNotice.State?

    init(_ members: Members) { (customer, state) = (members.id("customer"), members.word("state")) }
}

extension CustomerNotice: ListedResource {
    package static let schema = Schema.object(
        "Notice",
        [
            .required("id", .id, NoticeAPIWords.id),
            .required("number", .integer(1...Int.max), NoticeAPIWords.number),
            .required("customer", .id, NoticeAPIWords.customer),
            .required("kind", .text, NoticeAPIWords.kind),
            .required("subject", .text, NoticeAPIWords.subject),
            .required("text", .text, NoticeAPIWords.text),
            .required("state", .words(State.allCases.map(\.rawValue)), NoticeAPIWords.state),
            .required("channel", Schema.text.orNull, NoticeAPIWords.channel),
            .required("failure", Schema.text.orNull, NoticeAPIWords.failure),
            .required("made_at", .text, NoticeAPIWords.madeAt),
            .required("changed_at", .text, NoticeAPIWords.changedAt),
        ])

    package var path: String { "/api/v1/notices/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("customer", customer.description)
            json.member("kind", kind)
            json.member("subject", subject)
            json.member("text", text)
            json.member("state", state.rawValue)
            json.member("channel", channel)
            json.member("failure", failure)
            json.member("made_at", madeAt.rfc3339)
            json.member("changed_at", changedAt.rfc3339)
        }
    }
}

enum NoticeAPIWords: MessageCatalogue {
    case list, read, ofCustomer, ofState, id, number, customer, kind, subject, text, state, channel, failure, madeAt
    case changedAt

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Los avisos a clientes, por número", en: "The notices to customers, by number",
                pt: "Os avisos a clientes, por número")
        case .read: Message(es: "Un aviso", en: "One notice", pt: "Um aviso")
        case .ofCustomer:
            Message(es: "Solo los de este cliente.", en: "Only those to this customer.", pt: "Só os deste cliente.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        case .id: Message(es: "Identifica el aviso.", en: "Stands for the notice.", pt: "Identifica o aviso.")
        case .number:
            Message(es: "Su número en la empresa.", en: "Its number at the company.", pt: "Seu número na empresa.")
        case .customer: Message(es: "A quién se avisa.", en: "Who is told.", pt: "Quem é avisado.")
        case .kind: Message(es: "De qué se avisa.", en: "What it tells.", pt: "De que se avisa.")
        case .subject: Message(es: "Su asunto.", en: "Its subject.", pt: "Seu assunto.")
        case .text: Message(es: "Su texto.", en: "Its text.", pt: "Seu texto.")
        case .state:
            Message(
                es: "Hasta dónde llegó. «withdrawn»: ya no hacía falta.",
                en: "How far it came. \u{201C}withdrawn\u{201D}: it was no longer needed.",
                pt: "Até onde chegou. «withdrawn»: não era mais preciso.")
        case .channel:
            Message(
                es: "El canal que lo lleva, o el último que se intentó.",
                en: "The channel that carries it, or the last that was tried.",
                pt: "O canal que o leva, ou o último tentado.")
        case .failure: Message(es: "Por qué no llegó.", en: "Why it did not arrive.", pt: "Por que não chegou.")
        case .madeAt: Message(es: "Cuándo se escribió.", en: "When it was written.", pt: "Quando foi escrito.")
        case .changedAt:
            Message(es: "Cuándo llegó a su estado.", en: "When it came to its status.", pt: "Quando chegou à situação.")
        }
    }
}
