import API
import Access
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Panel

/// Past and live events, for the panel's pages and for programs.
package struct FeedRoutes: Sendable {
    private let liveUpdates: LiveUpdates

    package init(_ liveUpdates: LiveUpdates) { self.liveUpdates = liveUpdates }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/audit/live", LiveTopic.audit.permission, "Dice a páginas abiertas que hay registros nuevos")
        {
            try await liveUpdates.changes(of: .audit, $0)
        }
        routes.get("/panel/webhooks/live", LiveTopic.webhooks.permission, "Dice a páginas abiertas que hubo envíos") {
            try await liveUpdates.changes(of: .webhooks, $0)
        }
        routes.get(
            "/panel/network/live", LiveTopic.network.permission, "Dice a páginas abiertas que la red cambió"
        ) {
            try await liveUpdates.changes(of: .network, $0)
        }
        routes.get(
            "/panel/conversations/live", LiveTopic.conversations.permission,
            "Dice a páginas abiertas que hubo mensajes"
        ) {
            try await liveUpdates.changes(of: .conversations, $0)
        }
    }

    package func add(to routes: inout API.Routes) {
        routes.list(
            "/api/v1/events", .eventsRead, FeedWords.list, by: EventFilter.self
        ) { visit, filter, page in
            try await visit.admit()
            return try await visit.database.feedEvents(
                of: visit.published.filter { filter.kind == nil || $0.name == filter.kind }, after: page.after,
                limit: page.limit)
        }
        routes.stream("/api/v1/events/stream", .eventsRead, FeedWords.stream, liveUpdates.events)
        routes.get("/api/v1/events/:id", .eventsRead, FeedWords.read) { (visit, id: UUID) -> FeedEvent? in
            try await visit.admit()
            return try await visit.database.feedEvent(id, of: visit.published)
        }
    }
}

extension Visit {
    /// The event kinds that the visitor may see.
    fileprivate var published: [EventKind] { catalogue.publishedEvents(to: admitted?.permissions ?? []) }
}

/// The filter of the events list.
struct EventFilter: Input {
    static let schema = Schema.object(
        "EventFilter", [.optional("kind", .words(of: { $0.publishedEvents.map(\.name) }), FeedWords.ofKind)])

    let kind: String?

    init(_ members: Members) { kind = members.text("kind") }
}

enum FeedRefusal: Refusal, Equatable {
    case tooMany

    var status: Status { .tooManyRequests }
    var code: String { "too_many_feeds" }
    var message: Message { FeedWords.tooMany.message }
}

enum FeedWords: MessageCatalogue {
    case list, stream, read, sequence, id, kind, at, actor, subject, before, after, ofKind, tooMany

    var message: Message {
        switch self {
        case .list:
            Message(es: "Lo que ocurrió", en: "What happened", pt: "O que aconteceu")
        case .stream:
            Message(
                es: "Lo que va ocurriendo: de cada evento un mensaje, cuyo data es el evento como lo da la lista",
                en: "What happens as it happens: a message for each event, whose data is the event as the list has it",
                pt: "O que vai acontecendo: de cada evento uma mensagem, cujo data é o evento como a lista o traz")
        case .read: Message(es: "Un evento", en: "One event", pt: "Um evento")
        case .sequence:
            Message(
                es: "Su lugar en el registro de la empresa.", en: "Its place in the company's record.",
                pt: "Seu lugar no registro da empresa.")
        case .id: Message(es: "Identifica al evento.", en: "Stands for the event.", pt: "Identifica o evento.")
        case .kind: Message(es: "Qué ocurrió.", en: "What happened.", pt: "O que aconteceu.")
        case .at: Message(es: "Cuándo ocurrió.", en: "When it happened.", pt: "Quando aconteceu.")
        case .actor: Message(es: "Quién lo hizo.", en: "Who did it.", pt: "Quem o fez.")
        case .subject: Message(es: "A quién o qué.", en: "To whom or what.", pt: "A quem ou o quê.")
        case .before: Message(es: "Cómo era.", en: "As it was.", pt: "Como era.")
        case .after: Message(es: "Cómo quedó.", en: "As it is since.", pt: "Como ficou.")
        case .ofKind: Message(es: "Solo los de esta clase.", en: "Only those of this kind.", pt: "Só os deste tipo.")
        case .tooMany:
            Message(
                es: "Hay demasiadas conexiones en vivo abiertas. Cierre alguna.",
                en: "There are too many live connections open. Close one.",
                pt: "Há conexões ao vivo demais abertas. Feche alguma.")
        }
    }
}
