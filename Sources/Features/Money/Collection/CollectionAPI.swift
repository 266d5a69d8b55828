import API
import Access
import Customers
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time

/// Collection in the API. Amounts are in minor units.
package struct CollectionAPI: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout API.Routes) {
        routes.get("/api/v1/collection/policy", .collectionPolicy, CollectionAPIWords.policy) { visit in
            try await visit.database.collectionPolicies(in: visit.tenant.currency, at: visit.now).company.rules
        }
        routes.patch(
            "/api/v1/collection/policy", .collectionPolicy, CollectionAPIWords.changePolicy,
            of: { visit in
                try await visit.database.collectionPolicies(in: visit.tenant.currency, at: visit.now).company.rules
            }
        ) { (visit, policy, changes: NounChanges<CollectionPolicy>) in
            let changed = try changes.applied(to: policy)
            try await changed.put(of: visit.tenant, by: visit.principal, in: visit.database)
            return changed
        }
        routes.list("/api/v1/collection/runs", .collectionRun, CollectionAPIWords.runs, by: NoFilter.self) {
            visit, _, page in try await visit.database.collectionRuns(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/collection/runs", .collectionRun, CollectionAPIWords.run) { (visit, input: RunInput) in
            try await CollectionRun.begin(
                input.stage, of: visit.tenant, by: visit.principal, from: randomness, in: visit.database)
        }
        routes.get("/api/v1/collection/runs/:id", .collectionRun, CollectionAPIWords.oneRun) {
            (visit, id: CollectionRun.ID) in try await visit.database.collectionRun(id)
        }
        routes.get("/api/v1/services/:id/decision", .collectionView, CollectionAPIWords.decision) {
            (visit, id: Service.ID) in
            let today = visit.tenant.timeZone.day(at: visit.now)
            guard let service = try await visit.database.service(id, on: today) else { return Decision?.none }
            return try await visit.database.decision(
                about: id, of: service.customer, on: today, of: visit.tenant, at: visit.now)
        }
        routes.list("/api/v1/promises", .collectionView, CollectionAPIWords.promises, by: PromiseFilter.self) {
            visit, filter, page in
            try await visit.database.promises(
                after: page.after, in: filter.state, of: filter.customer, limit: page.limit)
        }
        routes.post("/api/v1/customers/:id/promises", .collectionPromise, CollectionAPIWords.promise) {
            (visit, new: NewNoun<NewPromise>, id: Customer.ID) in
            let today = visit.tenant.timeZone.day(at: visit.now)
            let blank = NewPromise(amount: .zero(visit.tenant.currency), until: today)
            return try await PaymentPromise.make(
                try new.noun(from: blank), by: .staff, for: id, of: visit.tenant, by: visit.principal,
                from: randomness, in: visit.database)
        }
        routes.get("/api/v1/promises/:id", .collectionView, CollectionAPIWords.onePromise) {
            (visit, id: PaymentPromise.ID) in try await visit.database.promise(id)
        }
        routes.post("/api/v1/promises/:id/cancellations", .collectionPromise, CollectionAPIWords.cancelPromise) {
            (visit, _: NoInput, id: PaymentPromise.ID) in
            try await PaymentPromise.cancel(id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/customers/:id/holds", .collectionHold, CollectionAPIWords.hold) {
            (visit, new: NewNoun<NewHold>, id: Customer.ID) in
            let blank = NewHold(until: visit.tenant.timeZone.day(at: visit.now))
            return try await CollectionHold.give(
                try new.noun(from: blank), to: id, of: visit.tenant, by: visit.principal, from: randomness,
                in: visit.database)
        }
        routes.get("/api/v1/holds/:id", .collectionView, CollectionAPIWords.oneHold) {
            (visit, id: CollectionHold.ID) in try await visit.database.hold(id)
        }
        routes.delete("/api/v1/holds/:id", .collectionHold, CollectionAPIWords.endHold) {
            (visit, id: CollectionHold.ID) in
            try await CollectionHold.end(id, by: visit.principal, in: visit.database)
        }
    }
}

extension CollectionPolicy: Resource {
    package static let schema = Schema.object("CollectionPolicy", schemaFields)
    package var path: String { "/api/v1/collection/policy" }
}

struct NoFilter: Input {
    static let schema = Schema.object("NoFilter", [])
    init(_ members: Members) {}
}

struct RunInput: Input {
    static let schema = Schema.object(
        "NewCollectionRun",
        [.optional("stage", .words(Stage.allCases.map(\.rawValue)), CollectionAPIWords.stage)])

    let stage: Stage?

    init(_ members: Members) { stage = members.word("stage") }
}

struct PromiseFilter: Input {
    static let schema = Schema.object(
        "PromiseFilter",
        [
            .optional("customer", .id, CollectionAPIWords.ofCustomer),
            .optional("state", .words(PaymentPromise.State.allCases.map(\.rawValue)), CollectionAPIWords.ofState),
        ])

    let customer: Customer.ID?
    let state: PaymentPromise.State?

    init(_ members: Members) {
        customer = members.id("customer")
        state = members.word("state")
    }
}

extension CollectionRun: ListedResource {
    package static let schema = Schema.object(
        "CollectionRun",
        [
            .required("id", .id, CollectionAPIWords.id),
            .required("number", .integer(1...Int.max), CollectionAPIWords.number),
            .required("day", .day, CollectionAPIWords.day),
            .required("stage", Schema.words(Stage.allCases.map(\.rawValue)).orNull, CollectionAPIWords.stage),
            .required("state", .words(State.allCases.map(\.rawValue)), CollectionAPIWords.state),
            .required("scheduled", .flag, CollectionAPIWords.scheduled),
            .required("to_cut", .integer(0...Int.max), CollectionAPIWords.toCut),
            .required("most", .integer(0...Int.max), CollectionAPIWords.most),
            .required("cuts", .integer(0...Int.max), CollectionAPIWords.cuts),
            .required("messages", .integer(0...Int.max), CollectionAPIWords.messages),
            .required("without_channel", .integer(0...Int.max), CollectionAPIWords.withoutChannel),
            .required("author", .text, CollectionAPIWords.author),
            .required("made_at", .text, CollectionAPIWords.madeAt),
        ])

    package var path: String { "/api/v1/collection/runs/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("day", day.iso)
            json.member("stage", stage?.rawValue)
            json.member("state", state.rawValue)
            json.member("scheduled", isScheduled)
            json.member("to_cut", toCut)
            json.member("most", most)
            json.member("cuts", cuts)
            json.member("messages", messages)
            json.member("without_channel", withoutChannel)
            json.member("author", author)
            json.member("made_at", madeAt.rfc3339)
        }
    }
}

extension PaymentPromise: ListedResource {
    package static let schema = Schema.object(
        "PaymentPromise",
        [
            .required("id", .id, CollectionAPIWords.id),
            .required("number", .integer(1...Int.max), CollectionAPIWords.number),
            .required("customer", .id, CollectionAPIWords.customer),
            .required("amount", .integer(1...Int(Money.most)), CollectionAPIWords.amount),
            .required("currency", .text, CollectionAPIWords.currency),
            .required("day", .day, CollectionAPIWords.day), .required("until", .day, CollectionAPIWords.until),
            .required("note", .text, CollectionAPIWords.note),
            .required("state", .words(State.allCases.map(\.rawValue)), CollectionAPIWords.state),
            .required("author", .text, CollectionAPIWords.author),
        ])

    package var path: String { "/api/v1/promises/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("customer", customer.description)
            json.member("amount", Int(amount.minor))
            json.member("currency", amount.currency.code)
            json.member("day", day.iso)
            json.member("until", until.iso)
            json.member("note", note)
            json.member("state", state.rawValue)
            json.member("author", author)
        }
    }
}

extension CollectionHold: Resource {
    package static let schema = Schema.object(
        "CollectionHold",
        [
            .required("id", .id, CollectionAPIWords.id), .required("customer", .id, CollectionAPIWords.customer),
            .required("service", Schema.id.orNull, CollectionAPIWords.service),
            .required("source", .text, CollectionAPIWords.source),
            .required("reason", .text, CollectionAPIWords.reason),
            .required("from", .day, CollectionAPIWords.day),
            .required("until", Schema.day.orNull, CollectionAPIWords.until),
            .required("ended", .flag, CollectionAPIWords.ended),
        ])

    package var path: String { "/api/v1/holds/\(id)" }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("customer", customer.description)
            json.member("service", service?.description)
            json.member("source", source)
            json.member("reason", reason)
            json.member("from", from.iso)
            json.member("until", to?.iso)
            json.member("ended", endedAt != nil)
        }
    }
}

extension Decision: Resource {
    package static let schema = Schema.object(
        "CollectionDecision",
        [
            .required("service", .id, CollectionAPIWords.service),
            .required("customer", .id, CollectionAPIWords.customer), .required("day", .day, CollectionAPIWords.day),
            .required("hour", .integer(0...23), CollectionAPIWords.hour),
            .required("policy_version", .integer(0...Int.max), CollectionAPIWords.version),
            .required("cause", .words(Cause.allCases.map(\.rawValue)), CollectionAPIWords.cause),
            .required("steps", .list(of: .text), CollectionAPIWords.steps),
            .required("state", .words(Service.State.allCases.map(\.rawValue)), CollectionAPIWords.state),
            .required("collected", .flag, CollectionAPIWords.collected),
            .required("currency", .text, CollectionAPIWords.currency),
            .required("owed", amount, CollectionAPIWords.owed),
            .required("overdue", amount, CollectionAPIWords.overdue),
            .required("oldest_due", Schema.day.orNull, CollectionAPIWords.oldestDue),
            .required("fee", amount, CollectionAPIWords.fee), .required("missing", amount, CollectionAPIWords.missing),
            .required("credit", amount, CollectionAPIWords.credit),
            .required("promised_until", Schema.day.orNull, CollectionAPIWords.until),
            .required("strikes", .integer(0...Int.max), CollectionAPIWords.strikes),
            .required("prepaid_through", Schema.day.orNull, CollectionAPIWords.prepaidThrough),
            .required("next_stage", Schema.words(Stage.allCases.map(\.rawValue)).orNull, CollectionAPIWords.stage),
            .required("next_day", Schema.day.orNull, CollectionAPIWords.day),
            .required("charges", .list(of: .anyObject), CollectionAPIWords.charges),
            .required("holds", .list(of: .anyObject), CollectionAPIWords.holds),
            .required("done", .list(of: .anyObject), CollectionAPIWords.done),
        ])

    private static let amount = Schema.integer(0...Int.max)

    package var path: String { "/api/v1/services/\(facts.service)/decision" }
}

enum CollectionAPIWords: MessageCatalogue {
    case policy, changePolicy, runs, run, oneRun, decision, promises, promise, onePromise, cancelPromise, hold, oneHold
    case endHold, id, number, day, stage, state, scheduled, toCut, most, cuts, messages, withoutChannel, author, madeAt
    case customer, service, amount, currency, until, note, source, reason, ended, ofCustomer, ofState
    case hour, version, cause, steps, collected, owed, overdue, oldestDue, fee, missing, credit, strikes, charges, holds
    case done, prepaidThrough

    var message: Message {
        switch self {
        case .policy: Message(es: "La política de cobranza", en: "The collection policy", pt: "A política de cobrança")
        case .changePolicy:
            Message(
                es: "Cambia la política de cobranza", en: "Changes the collection policy",
                pt: "Altera a política de cobrança")
        case .runs: Message(es: "Las corridas de cobranza", en: "The collection runs", pt: "As rodadas de cobrança")
        case .run:
            Message(es: "Corre la cobranza a mano", en: "Runs collection by hand", pt: "Roda a cobrança à mão")
        case .oneRun: Message(es: "Una corrida", en: "One run", pt: "Uma rodada")
        case .decision:
            Message(
                es: "Por qué un servicio se avisa, se corta o no", en: "Why a service is notified, cut or neither",
                pt: "Por que um serviço é avisado, cortado ou não")
        case .promises: Message(es: "Las promesas de pago", en: "The promises to pay", pt: "As promessas de pagamento")
        case .promise:
            Message(es: "Registra una promesa de pago", en: "Takes a promise to pay", pt: "Registra uma promessa")
        case .onePromise: Message(es: "Una promesa de pago", en: "One promise", pt: "Uma promessa")
        case .cancelPromise: Message(es: "Cancela una promesa", en: "Cancels a promise", pt: "Cancela uma promessa")
        case .hold: Message(es: "Da una prórroga", en: "Gives days of grace", pt: "Dá uma prorrogação")
        case .oneHold: Message(es: "Una prórroga", en: "Days of grace", pt: "Uma prorrogação")
        case .endHold: Message(es: "Termina una prórroga", en: "Ends days of grace", pt: "Termina uma prorrogação")
        case .id: Message(es: "Lo identifica.", en: "Stands for it.", pt: "Identifica-o.")
        case .number: Message(es: "Su número.", en: "Its number.", pt: "Seu número.")
        case .day: Message(es: "De qué día es.", en: "The day it is of.", pt: "De que dia é.")
        case .stage:
            Message(es: "La etapa; sin ella, todas.", en: "The stage; all without it.", pt: "A etapa; sem ela, todas.")
        case .state: Message(es: "Cómo está.", en: "How it stands.", pt: "Como está.")
        case .scheduled:
            Message(es: "Si es la del calendario.", en: "Whether it is the calendar's.", pt: "Se é a do calendário.")
        case .toCut:
            Message(es: "Cuántos servicios cortaría.", en: "How many services it would cut.", pt: "Quantos cortaria.")
        case .most:
            Message(
                es: "Cuántos corta sin preguntar.", en: "How many it cuts without asking.",
                pt: "Quantos corta sem perguntar.")
        case .cuts: Message(es: "Cortes hechos.", en: "Cuts made.", pt: "Cortes feitos.")
        case .messages: Message(es: "Mensajes enviados.", en: "Messages sent.", pt: "Mensagens enviadas.")
        case .withoutChannel:
            Message(
                es: "Mensajes sin canal de aviso.", en: "Messages without a channel.",
                pt: "Mensagens sem canal de aviso.")
        case .author: Message(es: "Quién.", en: "Who.", pt: "Quem.")
        case .madeAt: Message(es: "Cuándo.", en: "When.", pt: "Quando.")
        case .customer: Message(es: "De qué cliente es.", en: "Whose it is.", pt: "De qual cliente é.")
        case .service:
            Message(
                es: "De qué servicio; null es de todos.", en: "Of which service; null is all.",
                pt: "De qual serviço; null é de todos.")
        case .amount:
            Message(
                es: "Importe, en unidades mínimas.", en: "Amount, in minor units.", pt: "Valor, em unidades mínimas.")
        case .currency: Message(es: "Moneda, ISO 4217.", en: "Currency, ISO 4217.", pt: "Moeda, ISO 4217.")
        case .until: Message(es: "El último día.", en: "The last day.", pt: "O último dia.")
        case .note: Message(es: "Una nota.", en: "A note.", pt: "Uma nota.")
        case .source: Message(es: "Qué la origina.", en: "What it comes of.", pt: "O que a origina.")
        case .reason: Message(es: "El motivo.", en: "The reason.", pt: "O motivo.")
        case .ended: Message(es: "Si se terminó antes.", en: "Whether it was ended before.", pt: "Se terminou antes.")
        case .ofCustomer:
            Message(es: "Solo las de este cliente.", en: "Only this customer's.", pt: "Só as deste cliente.")
        case .ofState:
            Message(es: "Solo las de este estado.", en: "Only those of this status.", pt: "Só as desta situação.")
        case .hour:
            Message(es: "A qué hora se decidió.", en: "The hour it was decided at.", pt: "A que hora se decidiu.")
        case .version:
            Message(es: "La versión de la política.", en: "The policy's version.", pt: "A versão da política.")
        case .cause: Message(es: "Por qué.", en: "Why.", pt: "Por quê.")
        case .steps: Message(es: "Qué se hace ahora.", en: "What is done now.", pt: "O que se faz agora.")
        case .collected:
            Message(
                es: "Si el plan es de cobro automático.", en: "Whether the plan is collected.",
                pt: "Se o plano é de cobrança automática.")
        case .owed: Message(es: "Lo que se cobra.", en: "What is collected.", pt: "O que se cobra.")
        case .overdue: Message(es: "De eso, lo vencido.", en: "Of that, what is overdue.", pt: "Disso, o vencido.")
        case .oldestDue:
            Message(es: "El vencimiento más antiguo.", en: "The oldest due day.", pt: "O vencimento mais antigo.")
        case .fee: Message(es: "El cargo por reconexión.", en: "The reconnection fee.", pt: "A taxa de reconexão.")
        case .missing:
            Message(
                es: "Lo que falta para reconectar.", en: "What is missing to reconnect.",
                pt: "O que falta para reconectar.")
        case .credit: Message(es: "El saldo a favor.", en: "The credit in favour.", pt: "O saldo a favor.")
        case .prepaidThrough:
            Message(
                es: "El último día pagado, si se paga por días.", en: "The last paid day, where it is paid by days.",
                pt: "O último dia pago, se é pago por dias.")
        case .strikes:
            Message(
                es: "Comprobantes falsos que cuentan.", en: "False receipts that count.",
                pt: "Comprovantes falsos que contam.")
        case .charges: Message(es: "Los cargos abiertos.", en: "The open charges.", pt: "As cobranças abertas.")
        case .holds:
            Message(es: "Las prórrogas vigentes.", en: "Days of grace in force.", pt: "As prorrogações vigentes.")
        case .done: Message(es: "Lo que ya se hizo.", en: "What was done already.", pt: "O que já se fez.")
        }
    }
}
