import API
import Access
import Customers
import HTTP
import Identifiers
import JSON
import Locale
import Notices
import Nouns
import Postgres
import Tenancy
import Time

/// Campaigns in the API.
struct CampaignAPI: Sendable {
    let randomness: Randomness
    let origin: @Sendable (Tenant) -> String
    let isMailed: Bool

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/campaigns", .campaignsRead, CampaignAPIWords.list, by: CampaignFilter.self) {
            visit, filter, page in
            try await visit.database.campaigns(in: filter.state, after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/campaigns", .campaignsManage, CampaignAPIWords.write) {
            (visit, new: NewNoun<Campaign>) in
            try await new.noun(
                from: Campaign(id: .make(milliseconds: visit.now.milliseconds, from: randomness), at: visit.now)
            )
            .write(by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/campaigns/:id", .campaignsRead, CampaignAPIWords.read) { (visit, id: Campaign.ID) in
            try await visit.database.campaign(id)
        }
        routes.get("/api/v1/campaigns/:id/forecast", .campaignsRead, CampaignAPIWords.forecast) {
            (visit, id: Campaign.ID) in
            guard let campaign = try await visit.database.campaign(id) else { return ForecastOfCampaign?.none }
            return ForecastOfCampaign(campaign: id, forecast: try await forecast(of: campaign, visit))
        }
        routes.list(
            "/api/v1/campaigns/:id/recipients", .campaignsRead, CampaignAPIWords.recipients, by: NoInput.self
        ) { (visit, _, page, id: Campaign.ID) in
            guard let campaign = try await visit.database.campaign(id) else { throw AccessRefusal.notFound }
            return try await visit.database.campaignRecipients(of: campaign, after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/campaigns/:id/starts", .campaignsManage, CampaignAPIWords.start) {
            (visit, _: NoInput, id: Campaign.ID) in
            try await Campaign.start(id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/campaigns/:id/pauses", .campaignsManage, CampaignAPIWords.pause) {
            (visit, _: NoInput, id: Campaign.ID) in
            try await Campaign.pause(id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/campaigns/:id/continuations", .campaignsManage, CampaignAPIWords.goOn) {
            (visit, _: NoInput, id: Campaign.ID) in
            try await Campaign.goOn(id, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/campaigns/:id/stops", .campaignsManage, CampaignAPIWords.stop) {
            (visit, _: NoInput, id: Campaign.ID) in
            try await Campaign.stop(id, by: visit.principal, in: visit.database)
        }
    }

    private func forecast(of campaign: Campaign, _ visit: Visit) async throws -> CampaignForecast {
        try await visit.database.transaction { database in
            try await CampaignForecast(
                of: campaign, by: visit.catalogue.noticeCarriers,
                at: NoticeDesk(
                    visit.tenant, in: database, at: visit.now, randomness: randomness, address: origin(visit.tenant),
                    isMailed: isMailed))
        }
    }
}

struct CampaignFilter: Input {
    static let schema = Schema.object(
        "CampaignFilter",
        [.optional("state", .words(Campaign.State.allCases.map(\.rawValue)), CampaignAPIWords.ofState)])

    let state: Campaign.State?

    init(_ members: Members) { state = members.word("state") }
}

extension Campaign: ListedResource {
    package static let schema = Schema.object(
        "Campaign",
        [
            .required("id", .id, CampaignAPIWords.id),
            .required("number", .integer(1...Int.max), CampaignWords.number),
            .required("state", .words(State.allCases.map(\.rawValue)), CampaignAPIWords.state),
            .required("recipients", .integer(0...Int.max), CampaignAPIWords.chosen),
            .required("waiting", .integer(0...Int.max), CampaignAPIWords.waiting),
            .required("started_at", Schema.text.orNull, CampaignAPIWords.startedAt),
            .required("ended_at", Schema.text.orNull, CampaignAPIWords.endedAt),
        ] + schemaFields)

    package var path: String { "/api/v1/campaigns/\(id)" }
    package var position: Int { number }
}

extension CampaignRecipient: ListedResource {
    package static let schema = Schema.object(
        "CampaignRecipient",
        [
            .required("customer", .id, CampaignAPIWords.customer),
            .required("number", .integer(1...Int.max), CampaignAPIWords.customerNumber),
            .required("outcome", .words(Fate.allCases.map(\.rawValue)), CampaignAPIWords.outcome),
            .required("channel", .text, CampaignAPIWords.channel),
            .required("failure", .text, CampaignAPIWords.failure),
        ])

    package var path: String { "/api/v1/customers/\(customer)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("customer", customer.description)
            json.member("number", number)
            json.member("outcome", fate.rawValue)
            json.member("channel", channel)
            json.member("failure", failure)
        }
    }
}

private struct ForecastOfCampaign: Resource {
    let campaign: Campaign.ID
    let forecast: CampaignForecast

    static let schema = Schema.object(
        "CampaignForecast",
        [
            .required("customers", .integer(0...Int.max), CampaignAPIWords.written),
            .required("opted_out", .integer(0...Int.max), CampaignAPIWords.optedOut),
            .required("unreached", .integer(0...Int.max), CampaignAPIWords.unreached),
            .required("templates", .integer(0...Int.max), CampaignAPIWords.templates),
            .required("cost", .text, CampaignAPIWords.cost),
            .required("exceeds_cap", .flag, CampaignAPIWords.exceedsCap),
        ])

    var path: String { "/api/v1/campaigns/\(campaign)/forecast" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("customers", forecast.written)
            json.member("opted_out", forecast.count.optedOut)
            json.member("unreached", forecast.unreached)
            json.member("templates", forecast.templates)
            json.member("cost", forecast.cost.plainText)
            json.member("exceeds_cap", forecast.exceedsCap)
        }
    }
}

enum CampaignAPIWords: MessageCatalogue {
    case list, write, read, forecast, recipients, start, pause, goOn, stop
    case ofState, id, state, chosen, waiting, startedAt, endedAt
    case customer, customerNumber, outcome, channel, failure
    case written, optedOut, unreached, templates, cost, exceedsCap

    var message: Message {
        switch self {
        case .list:
            Message(es: "Las campañas, por número", en: "The campaigns, by number", pt: "As campanhas, por número")
        case .write:
            Message(
                es: "Guarda una campaña como borrador", en: "Keeps a campaign as a draft",
                pt: "Guarda uma campanha como rascunho")
        case .read: Message(es: "Una campaña", en: "One campaign", pt: "Uma campanha")
        case .forecast:
            Message(
                es: "A cuántos llegaría una campaña ahora y cuánto costaría",
                en: "How many a campaign would reach now, and at what cost",
                pt: "A quantos uma campanha chegaria agora e quanto custaria")
        case .recipients:
            Message(
                es: "A quién va una campaña y qué pasó, por número de cliente",
                en: "Whom a campaign is for and what became of it, by customer number",
                pt: "Para quem vai uma campanha e o que houve, por número de cliente")
        case .start: Message(es: "Empieza una campaña", en: "Starts a campaign", pt: "Começa uma campanha")
        case .pause: Message(es: "Pone una campaña en pausa", en: "Pauses a campaign", pt: "Pausa uma campanha")
        case .goOn:
            Message(
                es: "Sigue con una campaña en pausa", en: "Continues a paused campaign",
                pt: "Continua uma campanha em pausa")
        case .stop: Message(es: "Detiene una campaña", en: "Stops a campaign", pt: "Para uma campanha")
        case .ofState:
            Message(es: "Solo las de este estado.", en: "Only those of this status.", pt: "Só as desta situação.")
        case .id: Message(es: "Identifica la campaña.", en: "Stands for the campaign.", pt: "Identifica a campanha.")
        case .state:
            Message(
                es: "Borrador, en curso, en pausa, terminada o detenida.",
                en: "Draft, under way, paused, finished or stopped.",
                pt: "Rascunho, em andamento, em pausa, terminada ou interrompida.")
        case .chosen:
            Message(
                es: "Clientes elegidos al empezar.", en: "Customers chosen when it began.",
                pt: "Clientes escolhidos ao começar.")
        case .waiting:
            Message(
                es: "A cuántos falta escribir.", en: "How many are still to be written to.",
                pt: "A quantos falta escrever."
            )
        case .startedAt:
            Message(
                es: "Cuándo empezó; null si es un borrador.", en: "When it began; null for a draft.",
                pt: "Quando começou; null se é um rascunho.")
        case .endedAt:
            Message(
                es: "Cuándo terminó; null si no.", en: "When it ended; null where not.",
                pt: "Quando terminou; null se não.")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        case .customerNumber:
            Message(es: "El número del cliente.", en: "The customer's number.", pt: "O número do cliente.")
        case .outcome:
            Message(
                es: "Hasta dónde llegó el mensaje. «needless»: ya no hacía falta.",
                en: "How far the message came. \u{201C}needless\u{201D}: it was no longer needed.",
                pt: "Até onde a mensagem chegou. «needless»: não era mais preciso.")
        case .channel:
            Message(
                es: "El canal que lo lleva, o vacío.", en: "The channel that carries it, or empty.",
                pt: "O canal que a leva, ou vazio.")
        case .failure:
            Message(
                es: "Por qué no llegó, o vacío.", en: "Why it did not arrive, or empty.",
                pt: "Por que não chegou, ou vazio.")
        case .written:
            Message(es: "A cuántos se escribe.", en: "How many are written to.", pt: "A quantos se escreve.")
        case .optedOut:
            Message(
                es: "Cuántos pidieron no recibir mensajes.", en: "How many asked for no messages.",
                pt: "Quantos pediram para não receber.")
        case .unreached:
            Message(
                es: "A cuántos no llega ningún canal.", en: "How many no channel reaches.",
                pt: "A quantos nenhum canal chega.")
        case .templates:
            Message(
                es: "Cuántos mensajes van con una plantilla de pago.", en: "How many messages go as a paid template.",
                pt: "Quantas mensagens vão com um modelo pago.")
        case .cost:
            Message(es: "Lo que costarían.", en: "What those would cost.", pt: "O que custariam.")
        case .exceedsCap:
            Message(
                es: "Si cuesta más de lo que queda del tope del mes.",
                en: "Whether it costs more than is left of the month's cap.",
                pt: "Se custa mais do que resta do limite do mês.")
        }
    }
}
