import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Plans
import Postgres
import Tenancy
import Time

/// Raising a plan's price: form, preview, execution.
enum PriceRiseRoutes {
    static let path = "/panel/services/price-rise"

    static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/services/price-rise/new", .servicesPrice, "Formulario para subir el precio de un plan", ask)
        routes.post(
            "/panel/services/price-rise/new", .servicesPrice, "Muestra a quién le sube el precio y desde cuándo", show)
        routes.post("/panel/services/price-rise", .servicesPrice, "Sube el precio de un plan y avisa", rise)
    }

    private static func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: blank(visit), in: visit.notation), .ok, visit)
    }

    private static func show(_ visit: Visit) async throws -> Response {
        let form = try NounForm<PriceRise>(try await visit.request.body.form(upTo: 4096), in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        return try await refusing(form, visit) {
            let rise = form.applied(to: blank(visit))
            let preview = try await rise.preview(on: visit.today, in: visit.database)
            return try await Panel.page(
                PriceRisePage(rise: rise, preview: preview, visit: visit),
                titled: PriceRiseWords.title.text(for: visit.reader), for: visit)
        }
    }

    private static func rise(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        let form = try NounForm<PriceRise>(sent, in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        return try await refusing(form, visit) {
            let rise = form.applied(to: blank(visit))
            _ = try await visit.once(sent) { database in
                let raised = try await rise.happen(
                    of: visit.tenant, reachedAt: visit.address, by: visit.principal, in: database)
                return (raised, ServiceRow.list.path)
            }
            return Panel.done(.pricesRaised, at: ServiceRow.list.path)
        }
    }

    private static func refusing(
        _ form: NounForm<PriceRise>, _ visit: Visit, _ work: () async throws -> Response
    ) async throws -> Response {
        var form = form
        do {
            return try await work()
        } catch let refusal as ServiceRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, refusal.status, visit)
        } catch let refusal as PlanRefusal {
            form.add(refusal, beside: "plan")
            return try await page(form, refusal.status, visit)
        }
    }

    private static func blank(_ visit: Visit) -> PriceRise {
        PriceRise(price: .zero(visit.tenant.currency), day: visit.today + PriceRise.usualNotice)
    }

    private static func page(
        _ form: NounForm<PriceRise>, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = PriceRiseWords.title.text(for: visit.reader)
        let plans = try await visit.database.plans()
        let page = NounFormPage(
            title, form, options: ["plan": .plans(plans, for: visit.reader)], to: "\(path)/new",
            cancel: ServiceRow.list.path, submit: PriceRiseWords.see.message, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

private struct PriceRisePage: View {
    let rise: PriceRise
    let preview: PriceRisePreview
    let visit: Visit

    private static let shown = 50

    private var reader: Reader { visit.reader }
    private var unwritten: [RisingService] { preview.rising.filter(\.email.isEmpty) }

    var body: Markup {
        Crumb(PriceRiseWords.title.text(for: reader), path: "\(PriceRiseRoutes.path)/new")
        h1 { "\(PriceRiseWords.title.text(for: reader)): \(preview.plan.name)" }
        form(.class("card"), .method(.post), .action(PriceRiseRoutes.path)) {
            p {
                PriceRiseWords.what.text(
                    for: reader, .count(preview.rising.count), .text("old", preview.plan.price.exactText(for: reader)),
                    .text("price", rise.price.exactText(for: reader)), .text("day", rise.day.text(.long, for: reader)))
            }
            if preview.kept > 0 { p { PriceRiseWords.kept.text(for: reader, .count(preview.kept)) } }
            if !unwritten.isEmpty {
                details {
                    summary(.class("warning")) { PriceRiseWords.unwritten.text(for: reader, .count(unwritten.count)) }
                    names(of: unwritten)
                }
            }
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            input(.type("hidden"), .name("plan"), .value(preview.plan.id.description))
            input(.type("hidden"), .name("price"), .value(rise.price.exactText(for: reader)))
            input(.type("hidden"), .name("day"), .value(rise.day.iso))
            div(.class("form-acts")) {
                a(.class("button"), .href("\(PriceRiseRoutes.path)/new")) { NounWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { PriceRiseWords.rise.text(for: reader) }
            }
        }
        if !preview.rising.isEmpty {
            h2 { PriceRiseWords.who.text(for: reader) }
            names(of: preview.rising)
        }
    }

    private func names(of services: [RisingService]) -> Markup {
        ul {
            for service in services.prefix(Self.shown) {
                li {
                    a(.href("\(ServiceRow.list.path)/\(service.id)")) { "\(service.customerName) (\(service.number))" }
                }
            }
            if services.count > Self.shown { li { "…" } }
        }
    }
}

enum PriceRiseWords: MessageCatalogue {
    case title, see, rise, what, kept, unwritten, who, subject, greeting, letter, portal, closing

    var message: Message {
        switch self {
        case .title: Message(es: "Subir precios", en: "Raise prices", pt: "Aumentar preços")
        case .see: Message(es: "Ver a quién afecta", en: "See whom it affects", pt: "Ver quem é afetado")
        case .rise: Message(es: "Subir precio y avisar", en: "Raise the price and tell", pt: "Aumentar preço e avisar")
        case .what:
            Message(
                es: .count(
                    one: "{count} servicio pasa de {old} a {price} desde el {day}.",
                    many: "{count} de servicios pasan de {old} a {price} desde el {day}.",
                    other: "{count} servicios pasan de {old} a {price} desde el {day}."),
                en: .count(
                    one: "{count} service goes from {old} to {price} on {day}.",
                    other: "{count} services go from {old} to {price} on {day}."),
                pt: .count(
                    one: "{count} serviço passa de {old} a {price} a partir de {day}.",
                    many: "{count} de serviços passam de {old} a {price} a partir de {day}.",
                    other: "{count} serviços passam de {old} a {price} a partir de {day}."))
        case .kept:
            Message(
                es: .count(
                    one: "{count} servicio con precio acordado lo conserva.",
                    many: "{count} de servicios con precio acordado lo conservan.",
                    other: "{count} servicios con precio acordado lo conservan."),
                en: .count(
                    one: "{count} service with an agreed price keeps it.",
                    other: "{count} services with an agreed price keep it."),
                pt: .count(
                    one: "{count} serviço com preço combinado o mantém.",
                    many: "{count} de serviços com preço combinado o mantêm.",
                    other: "{count} serviços com preço combinado o mantêm."))
        case .unwritten:
            Message(
                es: .count(
                    one: "{count} no tiene correo y no recibirá el aviso por escrito:",
                    many: "{count} no tienen correo y no recibirán el aviso por escrito:",
                    other: "{count} no tienen correo y no recibirán el aviso por escrito:"),
                en: .count(
                    one: "{count} has no e-mail and is not told in writing:",
                    other: "{count} have no e-mail and are not told in writing:"),
                pt: .count(
                    one: "{count} não tem e-mail e não receberá o aviso por escrito:",
                    many: "{count} não têm e-mail e não receberão o aviso por escrito:",
                    other: "{count} não têm e-mail e não receberão o aviso por escrito:"))
        case .who: Message(es: "A quién le sube", en: "Whose price rises", pt: "Para quem aumenta")
        case .subject:
            Message(
                es: "Su plan {plan} cambia de precio el {day}", en: "The price of your plan {plan} changes on {day}",
                pt: "Seu plano {plan} muda de preço em {day}")
        case .greeting: Message(es: "Hola, {name}:", en: "Hello {name},", pt: "Olá, {name}:")
        case .letter:
            Message(
                es: "Desde el {day} su plan {plan} cuesta {price}. Hasta entonces sigue costando {old}.",
                en: "From {day} your plan {plan} costs {price}. Until then it still costs {old}.",
                pt: "A partir de {day} seu plano {plan} custa {price}. Até lá continua custando {old}.")
        case .portal: Message(es: "Ver mi cuenta", en: "See my account", pt: "Ver minha conta")
        case .closing:
            Message(
                es: "Si tiene dudas, comuníquese con {company}.", en: "If you have questions, contact {company}.",
                pt: "Se tiver dúvidas, fale com {company}.")
        }
    }
}
