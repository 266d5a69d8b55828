import Access
import Assembly
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Plans
import Portal
import Postgres
import Services
import Subscribers
import Tenancy
import Time

/// Vender días: the form on a service's page.
struct DaySaleRoutes: Sendable {
    private let acts: InvoiceActs

    init(_ acts: InvoiceActs) { self.acts = acts }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/services/:id/days/new", .daysSell, "Formulario para vender días prepago", ask)
        routes.post("/panel/services/:id/days", .daysSell, "Vende días prepago", sell)
    }

    private func ask(_ visit: Visit, id: Service.ID) async throws -> Response {
        let (service, plan) = try await found(id, visit)
        return try await page(NounForm(new: DaySale(days: plan.days)), service, plan, .ok, visit)
    }

    private func sell(_ visit: Visit, id: Service.ID) async throws -> Response {
        let (service, plan) = try await found(id, visit)
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<DaySale>(sent)
        guard form.faults.isEmpty else { return try await page(form, service, plan, .unprocessableContent, visit) }
        let sale = form.applied(to: DaySale(days: plan.days))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let sold = try await acts.sell(sale, of: id, of: visit.tenant, by: visit.principal, in: database)
                return (sold, service.panelPath)
            }
            return Panel.done(.daysSold, at: path)
        } catch let refusal as InvoiceRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, service, plan, refusal.status, visit)
        }
    }

    private func found(_ id: Service.ID, _ visit: Visit) async throws -> (Service, Plan) {
        guard let service = try await visit.database.service(id, on: visit.today),
            let planID = service.plan, let plan = try await visit.database.plan(planID)
        else { throw AccessRefusal.notFound }
        guard plan.charge == .byDays else { throw InvoiceRefusal.notPrepaid }
        return (service, plan)
    }

    private func page(
        _ form: NounForm<DaySale>, _ service: Service, _ plan: Plan, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let reader = visit.reader
        let title = "\(DaySaleWords.sell.text(for: reader)): \(service.title)"
        guard let account = try await visit.database.account(of: service.customer) else { throw AccessRefusal.notFound }
        let balance = try await visit.database.balance(of: account, in: service.price.currency)
        let page = NounFormPage(
            title, form, to: "\(service.panelPath)/days", cancel: service.panelPath, submit: DaySaleWords.sell.message,
            notice: .group([
                p { DaySaleWords.price(of: plan, at: service.price, for: reader) },
                p {
                    DaySaleWords.inFavour.text(for: reader, .text("amount", balance.inFavour.exactText(for: reader)))
                },
                p(.class("hint")) { DaySaleWords.charged.text(for: reader) },
            ]), visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// Sale of days in the panel, for prepaid services.
enum DaySalePart {
    static let onService: any RoomPart = ServicePart(5) { service, visit in
        guard service.isPrepaid, service.state != .cancelled, visit.mayAct(with: .daysSell) else { return .nothing }
        return p(.class("acts")) { link(to: service, visit) }
    }

    static let onCustomer: any RoomPart = CustomerActs(
        15, for: .daysSell,
        reading: { visit, customer in [visit.database.servicesStatement(of: customer.id, on: visit.today)] },
        { rows, visit, _ in
            let services: [Service] = try rows[0].read()
            guard visit.mayAct(with: .daysSell),
                let first = services.first(where: { $0.isPrepaid && $0.state != .cancelled })
            else { return [] }
            return [
                CustomerAct(DaySaleWords.sell.text(for: visit.reader), at: "\(first.panelPath)/days/new", asked: true)
            ]
        })

    private static func link(to service: Service, _ visit: Visit) -> Markup {
        a(.class("button primary"), .href("\(service.panelPath)/days/new"), .data("dialog", "")) {
            DaySaleWords.sell.text(for: visit.reader)
        }
    }
}

/// A subscriber buys days with their credit. The services come from the session alone.
struct PortalDayRoutes: Sendable {
    private let acts: InvoiceActs

    init(_ acts: InvoiceActs) { self.acts = acts }

    static let path = "/portal/days"

    func add(to routes: inout Portal.Routes) {
        routes.get("/portal/days", .portal, "Los días prepago del cliente") { visit in
            try await page(visit, nil, .ok)
        }
        routes.post("/portal/days", .portal, "El cliente compra días prepago", buy)
    }

    private func buy(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["service", "days", FormID.field])
        let services = try await Self.services(of: subscriber.id, visit)
        guard let id = sent["service"].flatMap({ Service.ID($0) }), services.contains(where: { $0.id == id }) else {
            throw AccessRefusal.notFound
        }
        guard let days = sent["days"].flatMap({ Int($0) }), (1...366).contains(days) else {
            return try await page(visit, DaySaleWords.howMany.message, .unprocessableContent)
        }
        do {
            _ = try await visit.once(sent) { database in
                let sold = try await acts.sell(
                    DaySale(days: days), of: id, fromCreditOnly: true, of: visit.tenant, by: visit.principal,
                    in: database)
                return (sold, Self.path)
            }
            return Portal.done(.daysBought, at: Self.path)
        } catch let refusal as InvoiceRefusal {
            return try await page(visit, refusal.message, refusal.status)
        }
    }

    private static func services(of customer: Customer.ID, _ visit: Visit) async throws -> [Service] {
        try await visit.database.services(of: customer, on: visit.today)
            .filter { $0.isPrepaid && $0.state != .cancelled }
    }

    private func page(_ visit: Visit, _ fault: Message?, _ status: Status) async throws -> Response {
        let subscriber = try await visit.subscriber()
        guard let account = try await visit.database.account(of: subscriber.id) else { throw AccessRefusal.notFound }
        let plans = try await visit.database.plans(retiredToo: true)
        let page = PortalDaysPage(
            services: try await Self.services(of: subscriber.id, visit).compactMap { service in
                plans.first { $0.id == service.plan }.map { (service, $0) }
            },
            // Another payer's credit is not revealed.
            inFavour: account == subscriber.id
                ? try await visit.database.balance(of: account, in: visit.tenant.currency).inFavour : nil,
            fault: fault, visit: visit)
        return try await Portal.page(page, on: .details, status: status, for: visit)
    }

    /// On the portal's first page, for prepaid customers.
    static func ofSubscriber(_ visit: Visit, _ customer: UUID) async throws -> [HomePart] {
        guard try await !services(of: ID(customer), visit).isEmpty else { return [] }
        return [
            HomePart(
                .top, 35,
                PortalDaysCard(reader: visit.reader))
        ]
    }
}

private struct PortalDaysCard: View {
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            p { a(.class("button primary"), .href(PortalDayRoutes.path)) { DaySaleWords.buy.text(for: reader) } }
        }
    }
}

struct PortalDaysPage: View {
    let services: [(service: Service, plan: Plan)]
    let inFavour: Money?
    let fault: Message?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { DaySaleWords.myDays.text(for: reader) }
        if let fault { p(.class("notice error"), .role("alert")) { fault.text(for: reader) } }
        if services.isEmpty { p { DaySaleWords.none.text(for: reader) } }
        if let inFavour {
            p {
                DaySaleWords.inFavour.text(for: reader, .text("amount", inFavour.exactText(for: reader)))
                if !inFavour.isPositive { " \(DaySaleWords.payFirst.text(for: reader))" }
            }
        }
        for (service, plan) in services { form(for: service, plan) }
    }

    private func form(for service: Service, _ plan: Plan) -> Markup {
        HTML.form(.class("card"), .method(.post), .action(PortalDayRoutes.path)) {
            h2 { service.planName }
            p {
                StateMark(service.state, for: reader)
                if let through = service.prepaidThrough {
                    " \((service.owesDays ? DaySaleWords.throughOnCredit : .through).text(for: reader, .text("day", through.text(.long, for: reader))))"
                }
            }
            p(.class("hint")) { DaySaleWords.price(of: plan, at: service.price, for: reader) }
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            input(.type("hidden"), .name("service"), .value(service.id.description))
            FormField(DaySaleWords.days.text(for: reader), name: "days") { wiring in
                input(wiring, .type("number"), .required(), .min("1"), .max("366"), .value("\(max(1, plan.days))"))
            }
            button(.type("submit"), .class("primary")) { DaySaleWords.buy.text(for: reader) }
        }
    }
}

enum DaySaleWords: MessageCatalogue {
    case sell, buy, days, myDays, none, inFavour, payFirst, through, throughOnCredit, charged, howMany, price

    /// "7 días por $ 15.000".
    static func price(of plan: Plan, at price: Money, for reader: Reader) -> String {
        DaySaleWords.price.text(
            for: reader, .number("days", plan.days), .text("amount", price.exactText(for: reader)))
    }

    var message: Message {
        switch self {
        case .sell: Message(es: "Vender días", en: "Sell days", pt: "Vender dias")
        case .buy: Message(es: "Comprar días", en: "Buy days", pt: "Comprar dias")
        case .days: Message(es: "Días", en: "Days", pt: "Dias")
        case .myDays: Message(es: "Mis días", en: "My days", pt: "Meus dias")
        case .none:
            Message(
                es: "Ninguno de sus servicios se paga por días.", tu: "Ninguno de tus servicios se paga por días.",
                en: "None of your services is paid by days.", pt: "Nenhum dos seus serviços é pago por dias.")
        case .inFavour:
            Message(es: "Saldo a favor: {amount}.", en: "In favour: {amount}.", pt: "Saldo a favor: {amount}.")
        case .payFirst:
            Message(
                es: "Los días se compran con el saldo a favor: pague primero.",
                tu: "Los días se compran con el saldo a favor: paga primero.",
                vos: "Los días se compran con el saldo a favor: pagá primero.",
                en: "Days are bought with what is in favour: pay first.",
                pt: "Os dias compram-se com o saldo a favor: pague primeiro.")
        case .through:
            Message(es: "Pagado hasta el {day}.", en: "Paid until {day}.", pt: "Pago até {day}.")
        case .throughOnCredit:
            Message(
                es: "Con días hasta el {day}, sin pagar.", en: "Has days until {day}, not paid.",
                pt: "Com dias até {day}, sem pagar.")
        case .charged:
            Message(
                es: "Se emite una factura que vence hoy; el saldo a favor la paga primero.",
                en: "An invoice is issued that is due today; what is in favour pays it first.",
                pt: "Emite-se uma fatura que vence hoje; o saldo a favor a paga primeiro.")
        case .howMany:
            Message(
                es: "Escriba de 1 a 366 días.", tu: "Escribe de 1 a 366 días.", vos: "Escribí de 1 a 366 días.",
                en: "Write from 1 to 366 days.", pt: "Escreva de 1 a 366 dias.")
        case .price:
            Message(es: "{days} días por {amount}", en: "{days} days for {amount}", pt: "{days} dias por {amount}")
        }
    }
}
