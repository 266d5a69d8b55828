import Access
import Assembly
import BankAccounts
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Portal
import Postgres
import Services
import Subscribers
import Tenancy
import Time

/// A subscriber's debt, how to pay it, and a promise; for a cut service, the total to reconnect. The session decides
/// whose it is.
package struct PortalCollectionRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    static let path = "/portal/collection"

    package func add(to routes: inout Portal.Routes) {
        routes.get("/portal/collection", .portal, "Lo que el cliente debe y cómo pagarlo") { visit in
            try await page(visit, nil, .ok)
        }
        routes.post("/portal/promises", .portal, "El cliente promete su pago", promise)
    }

    private func promise(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let form = try NounForm<NewPromise>(try await visit.request.body.form(upTo: 4096), in: visit.notation)
        let today = visit.tenant.timeZone.day(at: visit.now)
        guard form.faults.isEmpty else { return try await page(visit, form, .unprocessableContent) }
        do {
            _ = try await PaymentPromise.make(
                form.applied(to: NewPromise(amount: .zero(visit.tenant.currency), until: today)), by: .subscriber,
                for: subscriber.id, of: visit.tenant, by: visit.principal, from: randomness, in: visit.database)
            return Portal.done(.promiseTaken, at: Self.path)
        } catch let refusal as PromiseRefusal {
            var form = form
            form.add(refusal, beside: refusal.field)
            return try await page(visit, form, refusal.status)
        }
    }

    private func page(_ visit: Visit, _ form: NounForm<NewPromise>?, _ status: Status) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let database = visit.database
        let view = try await CollectionView(of: visit.tenant, at: visit.now, in: database)
        let decisions = try await view.decisions(about: [subscriber.id])
        let balance = try await database.balance(of: subscriber.id, in: visit.tenant.currency).balance
        let asked = decisions.map(\.promisable).max { $0.minor < $1.minor } ?? balance
        let page = PortalCollectionPage(
            decisions: decisions, balance: balance,
            policy: try await database.policy(for: subscriber.id, of: visit.tenant, at: visit.now),
            howToPay: HowToPay(
                try await database.bankAccounts(shownOnly: true), number: subscriber.number, for: visit.reader),
            payNow: try await WayToPay.offers(
                of: decisions.first { $0.facts.cut?.reason == .unpaid }?.toReconnect.total ?? balance, for: visit),
            promises: try await database.promises(of: subscriber.id, limit: 5),
            form: form ?? NounForm(new: NewPromise(amount: asked, until: view.day + 3), in: visit.notation),
            visit: visit)
        return try await Portal.page(page, on: .details, status: status, for: visit)
    }
}

struct PortalCollectionPage: View {
    let decisions: [Decision]
    let balance: Money
    let policy: CollectionPolicy
    let howToPay: HowToPay
    let payNow: Markup
    let promises: [PaymentPromise]
    let form: NounForm<NewPromise>
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var cut: Decision? { decisions.first { $0.facts.state == .cut } }
    private var mayPromise: Bool {
        balance.isPositive && policy.takesPromise(of: cut, whileOpen: promises.contains { $0.state == .open })
    }

    var body: Markup {
        h1 { PortalCollectionWords.myPayment.text(for: reader) }
        if let cut {
            SuspendedService(decision: cut, visit: visit)
        } else {
            standing
        }
        payNow
        howToPay
        if let open = promises.first(where: { $0.state == .open }) {
            section(.class("card")) {
                h2 { CollectionWords.promise.text(for: reader) }
                p {
                    PortalCollectionWords.promised.text(
                        for: reader, .text("amount", open.amount.exactText(for: reader)),
                        .text("day", open.until.text(.long, for: reader)))
                }
            }
        }
        if mayPromise { promiseForm }
    }

    /// All that is owed, also what collection leaves alone.
    private var standing: Markup {
        section(.class("card")) {
            p(.class("large")) {
                balance.isPositive
                    ? PortalCollectionWords.owe.text(for: reader, .text("amount", balance.exactText(for: reader)))
                    : PortalCollectionWords.nothingOwed.text(for: reader)
            }
            if let decision = decisions.first, decision.owed.isPositive { days(of: decision) }
        }
    }

    @MarkupBuilder private func days(of decision: Decision) -> Markup {
        if let due = decision.oldestDue {
            p { PortalCollectionWords.payBy.text(for: reader, .text("day", due.text(.long, for: reader))) }
        }
        if let cutDay = decision.day(of: .cut), decision.dueByCut.isPositive, cutDay >= decision.day,
            decision.policy.rules.isOn, decision.facts.isCollected, decision.facts.promise == nil,
            decision.holds.isEmpty, decision.cause != .paymentPending
        {
            p { PortalCollectionWords.cutOn.text(for: reader, .text("day", cutDay.text(.long, for: reader))) }
        }
    }

    private var promiseHint: PortalCollectionWords {
        cut == nil ? .promiseHint : policy.promiseReconnects ? .promiseReconnects : .promiseWaits
    }

    private var promiseForm: Markup {
        HTML.form(.class("card"), .method(.post), .action("/portal/promises")) {
            h2 { PortalCollectionWords.promise.text(for: reader) }
            p(.class("hint")) {
                promiseHint.text(for: reader, .number("days", policy.promiseDays))
            }
            ErrorSummary(
                CollectionWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text(for: reader)) })
            NounFields(form, isNew: false, for: reader)
            button(.type("submit")) { PortalCollectionWords.promise.text(for: reader) }
        }
    }
}

extension CollectionPolicy {
    /// From a subscriber, about a service that is cut or about none.
    fileprivate func takesPromise(of cut: Decision?, whileOpen isOpen: Bool) -> Bool {
        promisesBySubscribers && promiseDays > 0 && !isOpen && (cut == nil || cut?.facts.cut?.reason == .unpaid)
    }
}

/// A service that is cut, what it costs to come back, and why; on the first page also what can be done about it.
struct SuspendedService: View {
    let decision: Decision
    var acts: Markup = .nothing
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card service"), .data("state", "suspended")) {
            p(.class("state"), .data("state", "suspended")) { PortalCollectionWords.suspended.text(for: reader) }
            if decision.facts.cut?.reason == .unpaid, decision.toReconnect.total.isPositive {
                p(.class("large")) {
                    PortalCollectionWords.total.text(
                        for: reader, .text("total", decision.toReconnect.total.exactText(for: reader)),
                        .text("debt", decision.toReconnect.debt.exactText(for: reader)),
                        .text("fee", decision.toReconnect.fee.exactText(for: reader)))
                }
            }
            p { why }
            if decision.facts.cut?.reason == .daysOver {
                p {
                    a(.class("button primary"), .href("/portal/days")) {
                        PortalCollectionWords.buyDays.text(for: reader)
                    }
                }
            }
            acts
        }
    }

    /// In the place of what is said of the customer's state.
    static func ofSubscriber(_ visit: Visit, _ subscriber: UUID) async throws -> [HomePart] {
        let (database, customer) = (visit.database, Customer.ID(subscriber))
        let view = try await CollectionView(of: visit.tenant, at: visit.now, in: database)
        guard let cut = try await view.decisions(about: [customer]).first(where: { $0.facts.state == .cut }) else {
            return []
        }
        var acts: [Markup] = []
        if cut.facts.cut?.reason == .unpaid, cut.toReconnect.total.isPositive {
            acts.append(try await WayToPay.offers(of: cut.toReconnect.total, for: visit))
            let policy = try await database.policy(for: customer, of: visit.tenant, at: visit.now)
            var links: [(PortalCollectionWords, String)] = [
                (.howToPay, PortalCollectionRoutes.path), (.paidAlready, "/portal/receipts"),
            ]
            if policy.takesPromise(of: cut, whileOpen: cut.facts.promise != nil) {
                links.append((.promise, PortalCollectionRoutes.path))
            }
            acts.append(
                p(.class("acts")) {
                    for (words, path) in links { a(.class("button"), .href(path)) { words.text(for: visit.reader) } }
                })
        }
        return [HomePart(.standing, 4, SuspendedService(decision: cut, acts: .group(acts), visit: visit))]
    }

    /// What the company's people read has reasons that are none of the subscriber's; this says what is theirs.
    private var why: String {
        let debt = decision.toReconnect.debt
        let since = decision.oldestDue.flatMap { $0 < decision.day ? $0 : nil }
        let words: PortalCollectionWords =
            switch decision.facts.cut?.reason {
            case .unpaid where debt.isPositive: since == nil ? .cutOwing : .cutUnpaid
            case .fraud: .cutFraud
            case .daysOver: .cutDaysOver
            case .requested: .cutRequested
            default: .cutOther
            }
        return words.text(
            for: reader, .text("amount", debt.exactText(for: reader)),
            .text(
                "day",
                (words == .cutDaysOver ? decision.facts.prepaid?.through : since).map { $0.text(.long, for: reader) }
                    ?? ""),
            .text("company", visit.tenant.name))
    }
}

enum PortalCollectionWords: MessageCatalogue {
    case howToPay, paidAlready, myPayment, nothingOwed, promised, suspended, total, owe, payBy, cutOn, promise,
        promiseHint
    case cutUnpaid, cutOwing, promiseReconnects, promiseWaits, cutDaysOver, buyDays, cutFraud, cutRequested, cutOther

    var message: Message {
        switch self {
        case .howToPay: Message(es: "Pagar", en: "Pay", pt: "Pagar")
        case .paidAlready: Message(es: "Ya pagué", en: "I paid already", pt: "Já paguei")
        case .myPayment: Message(es: "Mi pago", en: "My payment", pt: "Meu pagamento")
        case .nothingOwed:
            Message(
                es: "No debe nada. Gracias.", tu: "No debes nada. Gracias.", vos: "No debés nada. Gracias.",
                en: "You owe nothing. Thank you.", pt: "Você não deve nada. Obrigado.")
        case .promised:
            Message(
                es: "Prometió pagar {amount} a más tardar el {day}.",
                tu: "Prometiste pagar {amount} a más tardar el {day}.",
                en: "You promised to pay {amount} by {day}.", pt: "Você prometeu pagar {amount} até {day}.")
        case .suspended: Message(es: "Servicio suspendido", en: "Service suspended", pt: "Serviço suspenso")
        case .total:
            Message(
                es: "Total para reconectar: {total} (deuda {debt} + reconexión {fee})",
                en: "Total to reconnect: {total} (debt {debt} + reconnection {fee})",
                pt: "Total para reconectar: {total} (dívida {debt} + reconexão {fee})")
        case .owe:
            Message(
                es: "Debe {amount}", tu: "Debes {amount}", vos: "Debés {amount}", en: "You owe {amount}",
                pt: "Você deve {amount}")
        case .payBy: Message(es: "Fecha límite: {day}.", en: "Pay by {day}.", pt: "Data limite: {day}.")
        case .cutOn:
            Message(
                es: "Si no registramos su pago, el servicio se suspende el {day}.",
                tu: "Si no registramos tu pago, el servicio se suspende el {day}.",
                en: "Unless we register your payment, the service is suspended on {day}.",
                pt: "Se não registrarmos seu pagamento, o serviço é suspenso em {day}.")
        case .promise: Message(es: "Prometer pago", en: "Promise to pay", pt: "Prometer pagamento")
        case .promiseHint:
            Message(
                es: "Hasta {days} días. Mientras esté vigente no se le corta.",
                tu: "Hasta {days} días. Mientras esté vigente no se te corta.",
                en: "Up to {days} days. You are not cut while it is in force.",
                pt: "Até {days} dias. Enquanto estiver vigente não se corta.")
        case .cutUnpaid:
            Message(
                es: "¿Por qué? Debe {amount} que venció el {day}.", tu: "¿Por qué? Debes {amount} que venció el {day}.",
                vos: "¿Por qué? Debés {amount} que venció el {day}.", en: "Why? You owe {amount}, due on {day}.",
                pt: "Por quê? Você deve {amount}, vencido em {day}.")
        case .cutOwing:
            Message(
                es: "¿Por qué? Debe {amount}.", tu: "¿Por qué? Debes {amount}.", vos: "¿Por qué? Debés {amount}.",
                en: "Why? You owe {amount}.", pt: "Por quê? Você deve {amount}.")
        case .promiseReconnects:
            Message(
                es: "Hasta {days} días. Al registrarla vuelve su servicio.",
                tu: "Hasta {days} días. Al registrarla vuelve tu servicio.",
                en: "Up to {days} days. Once it is taken your service comes back.",
                pt: "Até {days} dias. Ao registrá-la seu serviço volta.")
        case .promiseWaits:
            Message(
                es: "Hasta {days} días. El servicio vuelve al pagar, no al prometer.",
                en: "Up to {days} days. The service comes back on payment, not on the promise.",
                pt: "Até {days} dias. O serviço volta ao pagar, não ao prometer.")
        case .cutDaysOver:
            Message(
                es: "¿Por qué? Sus días prepago terminaron el {day}.",
                tu: "¿Por qué? Tus días prepago terminaron el {day}.",
                en: "Why? Your prepaid days ended on {day}.", pt: "Por quê? Seus dias pré-pagos terminaram em {day}.")
        case .buyDays: Message(es: "Comprar días", en: "Buy days", pt: "Comprar dias")
        case .cutFraud:
            Message(
                es: "¿Por qué? Los comprobantes que recibimos no corresponden a un pago. Llame a {company}.",
                tu: "¿Por qué? Los comprobantes que recibimos no corresponden a un pago. Llama a {company}.",
                vos: "¿Por qué? Los comprobantes que recibimos no corresponden a un pago. Llamá a {company}.",
                en: "Why? The receipts that we received match no payment. Call {company}.",
                pt: "Por quê? Os comprovantes que recebemos não correspondem a um pagamento. Ligue para {company}.")
        case .cutRequested:
            Message(
                es: "¿Por qué? Se pidió la suspensión.", en: "Why? It was asked for.",
                pt: "Por quê? Pediu-se a suspensão.")
        case .cutOther:
            Message(
                es: "Para saber por qué, llame a {company}.", tu: "Para saber por qué, llama a {company}.",
                vos: "Para saber por qué, llamá a {company}.", en: "To know why, call {company}.",
                pt: "Para saber por quê, ligue para {company}.")
        }
    }
}
