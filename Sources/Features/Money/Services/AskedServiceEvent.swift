import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Plans
import Postgres
import Tenancy
import Time
import Zones

/// A service event that people and programs can bring about.
protocol AskedServiceEvent: ServiceEvent {
    /// The last part of its path, such as `cuts`.
    static var segment: String { get }
    static var title: ServiceWords { get }
    static func blank(for service: Service, on today: Day) -> Self
    /// The consequence for the customer, shown beforehand.
    static var consequence: ServiceWords? { get }
    /// The label of the preview button, for events with a preview.
    static var preview: ServiceWords? { get }
    /// The notice afterwards.
    static var notice: Notice { get }
    /// The id of the notice's undo, if the event can be undone.
    static func offerUndo(of id: Service.ID, by principal: Principal, in database: TenantDatabase) async throws -> UUID?
}

extension AskedServiceEvent {
    static var consequence: ServiceWords? { nil }
    static var preview: ServiceWords? { nil }
    static var notice: Notice { .saved }
    static func offerUndo(
        of id: Service.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> UUID? { nil }
}

extension Activation: AskedServiceEvent {
    static let segment = "activations"
    static let title = ServiceWords.activate
    static func blank(for service: Service, on today: Day) -> Activation { Activation(day: today) }
}

extension PlanChange: AskedServiceEvent {
    static let segment = "plan-changes"
    static let title = ServiceWords.changePlan
    static let preview: ServiceWords? = .seeCost
    static func blank(for service: Service, on today: Day) -> PlanChange { PlanChange(plan: service.plan, day: today) }
}

extension PriceChange: AskedServiceEvent {
    static let segment = "price-changes"
    static let title = ServiceWords.changePrice
    static func blank(for service: Service, on today: Day) -> PriceChange {
        PriceChange(price: service.price, day: today)
    }
}

extension Freeze: AskedServiceEvent {
    static let segment = "freezes"
    static let title = ServiceWords.freeze
    static func blank(for service: Service, on today: Day) -> Freeze { Freeze(day: today) }
}

extension Move: AskedServiceEvent {
    static let segment = "moves"
    static let title = ServiceWords.move
    static func blank(for service: Service, on today: Day) -> Move { Move(address: "", zone: service.zone) }
}

extension Cancellation: AskedServiceEvent {
    static let segment = "cancellations"
    static let title = ServiceWords.cancel
    static let consequence: ServiceWords? = .cancelText
    static func blank(for service: Service, on today: Day) -> Cancellation { Cancellation(day: today) }
}

extension Cut: AskedServiceEvent {
    static let segment = "cuts"
    static let title = ServiceWords.cut
    static let consequence: ServiceWords? = .cutText
    static let notice = Notice.cutOrdered
    static let undone = "service.cut"
    static func offerUndo(
        of id: Service.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> UUID? {
        try await Undo.offer(undone, id.description, by: principal, in: database)
    }
    static func blank(for service: Service, on today: Day) -> Cut { Cut() }
}

extension ServiceCharge: AskedServiceEvent {
    static let segment = "charges"
    static let title = ServiceWords.addCharge
    static func blank(for service: Service, on today: Day) -> ServiceCharge {
        ServiceCharge(amount: .zero(service.price.currency), day: today)
    }
}

extension ServicePromotion: AskedServiceEvent {
    static let segment = "promotions"
    static let title = ServiceWords.addPromotion
    static func blank(for service: Service, on today: Day) -> ServicePromotion {
        ServicePromotion(amount: .zero(service.price.currency), day: today)
    }
}

extension ServiceCredit: AskedServiceEvent {
    static let segment = "credits"
    static let title = ServiceWords.addCredit
    static func blank(for service: Service, on today: Day) -> ServiceCredit {
        ServiceCredit(amount: .zero(service.price.currency))
    }
}

extension DayCredit: AskedServiceEvent {
    static let segment = "day-credits"
    static let title = ServiceWords.giveDays
    static func blank(for service: Service, on today: Day) -> DayCredit { DayCredit() }
}

/// The panel's forms for service events: one page and one act each.
enum ServiceEventRoutes {
    static func add(to routes: inout Panel.Routes) {
        routes.get(
            "/panel/services/:id/activations/new", .servicesActivate, "Formulario para activar", ask(Activation.self))
        routes.post("/panel/services/:id/activations", .servicesActivate, "Activa un servicio", act(Activation.self))
        routes.get(
            "/panel/services/:id/plan-changes/new", .servicesManage, "Formulario de cambio de plan",
            ask(PlanChange.self))
        routes.post(
            "/panel/services/:id/plan-changes/new", .servicesManage, "Muestra cuánto cuesta un cambio de plan",
            showPlanChange)
        routes.post(
            "/panel/services/:id/plan-changes", .servicesManage, "Cambia el plan de un servicio", act(PlanChange.self))
        routes.get(
            "/panel/services/:id/price-changes/new", .servicesPrice, "Formulario de precio acordado",
            ask(PriceChange.self))
        routes.post("/panel/services/:id/price-changes", .servicesPrice, "Acuerda un precio", act(PriceChange.self))
        routes.get("/panel/services/:id/freezes/new", .servicesManage, "Formulario para congelar", ask(Freeze.self))
        routes.post("/panel/services/:id/freezes", .servicesManage, "Congela un servicio", act(Freeze.self))
        routes.get("/panel/services/:id/moves/new", .servicesManage, "Formulario de mudanza", ask(Move.self))
        routes.post("/panel/services/:id/moves", .servicesManage, "Muda un servicio de domicilio", act(Move.self))
        routes.get(
            "/panel/services/:id/cancellations/new", .servicesManage, "Formulario de baja", ask(Cancellation.self))
        routes.post("/panel/services/:id/cancellations", .servicesManage, "Cancela un servicio", act(Cancellation.self))
        routes.get("/panel/services/:id/cuts/new", .servicesCut, "Formulario de corte", ask(Cut.self))
        routes.post("/panel/services/:id/cuts", .servicesCut, "Corta un servicio", act(Cut.self))
        routes.post("/panel/services/cuts/undo", .servicesCut, "Deshace un corte", undoCut)
        routes.get(
            "/panel/services/:id/charges/new", .servicesPrice, "Formulario de cargo adicional", ask(ServiceCharge.self))
        routes.post("/panel/services/:id/charges", .servicesPrice, "Agrega un cargo", act(ServiceCharge.self))
        routes.get(
            "/panel/services/:id/promotions/new", .servicesPrice, "Formulario de promoción", ask(ServicePromotion.self))
        routes.post(
            "/panel/services/:id/promotions", .servicesPrice, "Agrega una promoción", act(ServicePromotion.self))
        routes.get(
            "/panel/services/:id/credits/new", .servicesPrice, "Formulario de descuento", ask(ServiceCredit.self))
        routes.post(
            "/panel/services/:id/credits", .servicesPrice, "Descuenta de la próxima factura", act(ServiceCredit.self))
        routes.get(
            "/panel/services/:id/day-credits/new", .servicesPrice, "Formulario para dar días prepago",
            ask(DayCredit.self))
        routes.post("/panel/services/:id/day-credits", .servicesPrice, "Da días prepago", act(DayCredit.self))
        routes.get("/panel/services/:id/reconnections/new", .servicesCut, "Pregunta antes de reconectar") {
            (visit, id: Service.ID) in
            try await confirm(.reconnect, text: .reconnectText, at: "reconnections", id, visit)
        }
        routes.post("/panel/services/:id/reconnections", .servicesCut, "Reconecta un servicio") {
            (visit, id: Service.ID) in
            try await happen(Reconnection(), id, visit, .reconnectionOrdered)
        }
        routes.get("/panel/services/:id/freeze-ends/new", .servicesManage, "Pregunta antes de descongelar") {
            (visit, id: Service.ID) in
            try await confirm(.unfreeze, text: .unfreezeText, at: "freeze-ends", id, visit)
        }
        routes.post("/panel/services/:id/freeze-ends", .servicesManage, "Descongela un servicio") {
            (visit, id: Service.ID) in
            try await happen(FreezeEnd(), id, visit, .saved)
        }
    }

    private typealias Handler = @Sendable (Visit, Service.ID) async throws -> Response

    private static func ask<Event: AskedServiceEvent>(_ event: Event.Type) -> Handler {
        { visit, id in
            let service = try await found(id, visit)
            let blank = Event.blank(for: service, on: visit.today)
            return try await page(NounForm(new: blank, in: visit.notation(of: service)), service, .ok, visit)
        }
    }

    private static func act<Event: AskedServiceEvent>(_ event: Event.Type) -> Handler {
        { visit, id in
            let service = try await found(id, visit)
            let sent = try await visit.request.body.form(upTo: 8192)
            let form = try NounForm<Event>(sent, in: visit.notation(of: service))
            guard form.faults.isEmpty else { return try await page(form, service, .unprocessableContent, visit) }
            let event = form.applied(to: Event.blank(for: service, on: visit.today))
            return try await refusing(form, service, visit) {
                let (_, path) = try await visit.once(sent) { database in
                    let after = try await event.happen(
                        to: id, of: visit.tenant, by: visit.principal, in: database)
                    let undo = try await Event.offerUndo(of: id, by: visit.principal, in: database)
                    return (after, Panel.address(Event.notice, at: service.panelPath, undo: undo))
                }
                return .redirect(to: path)
            }
        }
    }

    private static func refusing<Event: AskedServiceEvent>(
        _ form: NounForm<Event>, _ service: Service, _ visit: Visit, _ work: () async throws -> Response
    ) async throws -> Response {
        var form = form
        do {
            return try await work()
        } catch let refusal as ServiceRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, service, refusal.status, visit)
        } catch let refusal as PlanRefusal {
            form.add(refusal, beside: "plan")
            return try await page(form, service, refusal.status, visit)
        } catch let refusal as BilledThrough {
            form.add(refusal, beside: "day")
            return try await page(form, service, refusal.status, visit)
        } catch let refusal as ZoneRefusal {
            form.add(refusal, beside: "zone")
            return try await page(form, service, refusal.status, visit)
        }
    }

    private static func showPlanChange(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        let form = try NounForm<PlanChange>(
            try await visit.request.body.form(upTo: 8192), in: visit.notation(of: service))
        guard form.faults.isEmpty else { return try await page(form, service, .unprocessableContent, visit) }
        let change = form.applied(to: .blank(for: service, on: visit.today))
        return try await refusing(form, service, visit) {
            let plan = try await change.planned(
                for: service, on: visit.today, knowing: visit.catalogue, in: visit.database)
            let page = PlanChangePage(
                service: service, plan: plan, day: change.day,
                parts: try await PlanChangePart.all(of: service, to: plan, from: change.day, visit), visit: visit)
            return try await Panel.page(page, titled: page.title, for: visit)
        }
    }

    private static func undoCut(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow([Undo.field])
        guard let undo = sent[Undo.field].flatMap({ UUID($0) }) else { throw BadRequest() }
        let service = try await visit.database.transaction { database in
            let kept = try await Undo.take(undo, Cut.undone, by: visit.principal, in: database)
            guard let id = Service.ID(kept) else { throw BadRequest() }
            return try await Reconnection().happen(to: id, of: visit.tenant, by: visit.principal, in: database)
        }
        return Panel.done(.undone, at: service.panelPath)
    }

    private static func happen(
        _ event: some ServiceEvent, _ id: Service.ID, _ visit: Visit, _ notice: Notice
    ) async throws -> Response {
        let service = try await event.happen(to: id, of: visit.tenant, by: visit.principal, in: visit.database)
        return Panel.done(notice, at: service.panelPath)
    }

    private static func confirm(
        _ title: ServiceWords, text: ServiceWords, at segment: String, _ id: Service.ID, _ visit: Visit
    ) async throws -> Response {
        let service = try await found(id, visit)
        return try await Panel.confirm(
            "\(title.text(for: visit.reader)): \(service.title)", text: text.text(for: visit.reader),
            act: title.text(for: visit.reader), action: "\(service.panelPath)/\(segment)", back: service.panelPath,
            for: visit)
    }

    private static func page<Event: AskedServiceEvent>(
        _ form: NounForm<Event>, _ service: Service, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = "\(Event.title.text(for: visit.reader)): \(service.title)"
        let debt = Event.self == Cut.self ? try await owed(by: service, visit) : .nothing
        let parts = Event.self == Activation.self ? try await ActivationPart.all(of: service, visit) : []
        let consequence: Markup = .group([
            debt, .group(parts), Event.consequence.map { words in p { words.text(for: visit.reader) } } ?? .nothing,
        ])
        let plans = try await visit.database.plans()
        let zones = try await visit.database.zones()
        let page = NounFormPage(
            title, form,
            options: ["plan": .plans(plans, for: visit.reader), "zone": Zone.options(zones, for: visit)],
            to: "\(service.panelPath)/\(Event.segment)\(Event.preview == nil ? "" : "/new")", cancel: service.panelPath,
            submit: (Event.preview ?? Event.title).message, notice: consequence, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    /// Before a cut, shows the debt.
    private static func owed(by service: Service, _ visit: Visit) async throws -> Markup {
        let balance = try await visit.database.balance(of: service.customer, in: service.price.currency).balance
        let amount = Blank.text("amount", balance.exactText(for: visit.reader))
        return balance.isPositive
            ? p { ServiceWords.owes.text(for: visit.reader, amount) }
            : p(.class("warning")) { ServiceWords.owesNothing.text(for: visit.reader) }
    }

    private static func found(_ id: Service.ID, _ visit: Visit) async throws -> Service {
        guard let service = try await visit.database.service(id, on: visit.today) else { throw AccessRefusal.notFound }
        return service
    }
}

/// The cost of a plan change and its start, before it is made.
private struct PlanChangePage: View {
    let service: Service
    let plan: Plan
    let day: Day
    let parts: [Markup]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(service.panelPath)/\(PlanChange.segment)" }
    var title: String { "\(PlanChange.title.text(for: reader)): \(service.title)" }

    var body: Markup {
        Crumb(service.title, path: service.panelPath)
        h1 { title }
        form(.class("card form"), .method(.post), .action(path)) {
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            input(.type("hidden"), .name("plan"), .value(plan.id.description))
            input(.type("hidden"), .name("day"), .value(day.iso))
            p { strong { price } }
            if plan.charge == .byDays, !service.isPrepaid {
                p {
                    ServiceWords.paidThenCut.text(
                        for: reader, .text("day", (day - 1).text(.long, for: reader)))
                }
            }
            for part in parts { part }
            div(.class("form-acts")) {
                a(.class("button"), .href("\(path)/new")) { ServiceWords.otherPlan.text(for: reader) }
                button(.type("submit"), .class("primary")) { PlanChange.title.text(for: reader) }
            }
        }
    }

    private var price: String {
        let words = plan.charge == .byDays ? ServiceWords.planByDays : .planByMonth
        return words.text(
            for: reader, .text("plan", plan.name), .text("day", day.text(.long, for: reader)),
            .number("days", plan.days), .text("amount", plan.price.exactText(for: reader)))
    }
}

extension Visit {
    package var today: Day { tenant.timeZone.day(at: now) }
    /// A service keeps its currency.
    func notation(of service: Service) -> Notation { Notation(service.price.currency, for: reader) }
}

extension Service {
    package var panelPath: String { "\(ServiceRow.list.path)/\(id)" }
    /// Its plan and number.
    package var title: String { "\(planName) (\(number))" }
}

extension FieldOptions {
    static func plans(_ plans: [Plan], for reader: Reader) -> FieldOptions {
        FieldOptions(
            plans.map { ($0.id.description, "\($0.name) · \($0.price.exactText(for: reader))") }, none: nil,
            isRequired: true)
    }
}
