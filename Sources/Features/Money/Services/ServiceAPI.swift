import API
import Access
import Customers
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Tenancy
import Time

/// Services and their events in the API.
package struct ServiceAPI: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout API.Routes) {
        routes.list("/api/v1/services", .servicesRead, ServiceAPIWords.list, by: ServiceFilter.self) {
            visit, filter, page in
            try await visit.database.services(
                after: page.after, in: filter.state, of: filter.customer, on: visit.today, limit: page.limit)
        }
        routes.post("/api/v1/customers/:id/services", .servicesManage, ServiceAPIWords.create) {
            (visit, new: NewNoun<Service>, id: Customer.ID) in
            guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
            let blank = Service.blank(of: customer, for: visit.tenant, at: visit.now, from: randomness)
            return try await new.noun(from: blank, in: visit.notation).add(
                of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/services/:id", .servicesRead, ServiceAPIWords.read) { (visit, id: Service.ID) in
            try await visit.database.service(id, on: visit.today)
        }
        routes.patch(
            "/api/v1/services/:id", .servicesManage, ServiceAPIWords.change,
            of: { (visit, id: Service.ID) in try await visit.database.lockedService(id, on: visit.today) }
        ) { (visit, service, changes: NounChanges<Service>) in
            try await service.change(
                to: changes.applied(to: service, in: visit.notation), of: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.post(
            "/api/v1/services/:id/activations", .servicesActivate, ServiceAPIWords.activate, act(Activation.self))
        routes.post(
            "/api/v1/services/:id/plan-changes", .servicesManage, ServiceAPIWords.changePlan, act(PlanChange.self))
        routes.post(
            "/api/v1/services/:id/price-changes", .servicesPrice, ServiceAPIWords.changePrice, act(PriceChange.self))
        routes.post("/api/v1/services/:id/freezes", .servicesManage, ServiceAPIWords.freeze, act(Freeze.self))
        routes.post("/api/v1/services/:id/moves", .servicesManage, ServiceAPIWords.move, act(Move.self))
        routes.post(
            "/api/v1/services/:id/cancellations", .servicesManage, ServiceAPIWords.cancel, act(Cancellation.self))
        routes.post("/api/v1/services/:id/cuts", .servicesCut, ServiceAPIWords.cut, act(Cut.self))
        routes.post("/api/v1/services/:id/charges", .servicesPrice, ServiceAPIWords.charge, act(ServiceCharge.self))
        routes.post(
            "/api/v1/services/:id/promotions", .servicesPrice, ServiceAPIWords.promote, act(ServicePromotion.self))
        routes.post("/api/v1/services/:id/credits", .servicesPrice, ServiceAPIWords.credit, act(ServiceCredit.self))
        routes.post("/api/v1/services/:id/day-credits", .servicesPrice, ServiceAPIWords.giveDays, act(DayCredit.self))
        routes.delete("/api/v1/services/:id/cut", .servicesCut, ServiceAPIWords.reconnect) {
            (visit, id: Service.ID) in
            _ = try await Reconnection().happen(to: id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.delete("/api/v1/services/:id/freeze", .servicesManage, ServiceAPIWords.unfreeze) {
            (visit, id: Service.ID) in
            _ = try await FreezeEnd().happen(to: id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
        addFiscal(to: &routes)
    }

    private func act<Event: AskedServiceEvent>(
        _ event: Event.Type
    ) -> @Sendable (Visit, NewNoun<Event>, Service.ID) async throws -> Service {
        { visit, new, id in
            guard let service = try await visit.database.service(id, on: visit.today) else {
                throw AccessRefusal.notFound
            }
            let event = try new.noun(from: .blank(for: service, on: visit.today))
            return try await event.happen(to: id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
    }

    private func addFiscal(to routes: inout API.Routes) {
        routes.get("/api/v1/customers/:id/fiscal-profiles", .servicesRead, ServiceAPIWords.profiles) {
            (visit, id: Customer.ID) in
            guard try await visit.database.customer(id) != nil else { return FiscalProfiles?.none }
            return FiscalProfiles(customer: id, items: try await visit.database.fiscalProfiles(of: id))
        }
        routes.post("/api/v1/customers/:id/fiscal-profiles", .servicesManage, ServiceAPIWords.addProfile) {
            (visit, new: NewNoun<FiscalProfile>, id: Customer.ID) in
            let blank = FiscalProfile(
                id: .make(milliseconds: visit.now.milliseconds, from: randomness), customer: id)
            return try await new.noun(from: blank).add(
                in: visit.tenant.region, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/fiscal-profiles/:id", .servicesRead, ServiceAPIWords.profile) {
            (visit, id: FiscalProfile.ID) in
            try await visit.database.fiscalProfile(id)
        }
        routes.patch(
            "/api/v1/fiscal-profiles/:id", .servicesManage, ServiceAPIWords.changeProfile,
            of: { (visit, id: FiscalProfile.ID) in try await visit.database.fiscalProfile(id, locked: true) }
        ) { (visit, profile, changes: NounChanges<FiscalProfile>) in
            try await profile.change(
                to: changes.applied(to: profile), in: visit.tenant.region, by: visit.principal, in: visit.database)
        }
    }

    private struct FiscalProfiles: Resource {
        let customer: Customer.ID
        let items: [FiscalProfile]

        static let schema = Schema.object(
            "FiscalProfiles", [.required("items", .list(of: FiscalProfile.schema), ServiceAPIWords.profiles)])

        var path: String { "/api/v1/customers/\(customer)/fiscal-profiles" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.array("items") { json in for profile in items { json.value(profile) } }
            }
        }
    }
}

extension Service: ListedResource {
    package static let schema = Schema.object(
        "Service",
        [
            .required("id", .id, ServiceAPIWords.id),
            .required("customer", .id, ServiceAPIWords.customer),
            .required("price", .integer(0...Int(Money.most)), ServiceAPIWords.price),
            .required("currency", .words(Currency.allCases.map(\.code)), ServiceAPIWords.currency),
            .required("is_price_agreed", .flag, ServiceAPIWords.isPriceAgreed),
            .required("prepaid_through", Schema.day.orNull, ServiceAPIWords.prepaidThrough),
        ] + schemaFields)

    package var path: String { "/api/v1/services/\(id)" }
    package var position: Int { number }
}

extension FiscalProfile: Resource {
    package static let schema = Schema.object(
        "FiscalProfile",
        [
            .required("id", .id, ServiceAPIWords.profileID), .required("customer", .id, ServiceAPIWords.customer),
        ] + schemaFields)

    package var path: String { "/api/v1/fiscal-profiles/\(id)" }
}

/// The filter of a list of services.
struct ServiceFilter: Input {
    static let schema = Schema.object(
        "ServiceFilter",
        [
            .optional("customer", .id, ServiceAPIWords.ofCustomer),
            .optional("state", .words(Service.State.allCases.map(\.rawValue)), ServiceAPIWords.ofState),
        ])

    let customer: Customer.ID?
    let state: Service.State?

    init(_ members: Members) {
        customer = members.id("customer")
        state = members.word("state")
    }
}

enum ServiceAPIWords: MessageCatalogue {
    case list, create, read, change, activate, changePlan, changePrice, freeze, unfreeze, move, cancel, cut, reconnect
    case charge, promote, credit, profiles, addProfile, profile, changeProfile, id, customer, price, currency, profileID
    case ofCustomer, ofState, giveDays, prepaidThrough, isPriceAgreed

    var message: Message {
        switch self {
        case .list: Message(es: "Lista de servicios", en: "The services", pt: "Lista de serviços")
        case .create:
            Message(
                es: "Vende un servicio a un cliente", en: "Sells a service to a customer",
                pt: "Vende um serviço a um cliente")
        case .read: Message(es: "Un servicio", en: "One service", pt: "Um serviço")
        case .change:
            Message(
                es: "Cambia el lugar, el contacto o el día de cobro", en: "Changes place, contact or billing day",
                pt: "Altera o lugar, o contato ou o dia de cobrança")
        case .activate: Message(es: "Activa un servicio", en: "Activates a service", pt: "Ativa um serviço")
        case .changePlan: Message(es: "Cambia el plan", en: "Changes the plan", pt: "Muda o plano")
        case .changePrice: Message(es: "Acuerda un precio", en: "Agrees on a price", pt: "Combina um preço")
        case .freeze: Message(es: "Congela un servicio", en: "Freezes a service", pt: "Congela um serviço")
        case .unfreeze: Message(es: "Descongela un servicio", en: "Unfreezes a service", pt: "Descongela um serviço")
        case .move:
            Message(es: "Muda un servicio de domicilio", en: "Moves a service", pt: "Muda um serviço de endereço")
        case .cancel: Message(es: "Cancela un servicio", en: "Cancels a service", pt: "Cancela um serviço")
        case .cut: Message(es: "Corta un servicio", en: "Cuts a service", pt: "Corta um serviço")
        case .reconnect: Message(es: "Reconecta un servicio", en: "Reconnects a service", pt: "Reconecta um serviço")
        case .charge: Message(es: "Agrega un cargo", en: "Adds a charge", pt: "Adiciona uma cobrança")
        case .credit:
            Message(
                es: "Descuenta una vez de la próxima factura", en: "Takes something off the next invoice, once",
                pt: "Desconta uma vez da próxima fatura")
        case .giveDays: Message(es: "Da días prepago", en: "Gives prepaid days", pt: "Dá dias pré-pagos")
        case .isPriceAgreed:
            Message(
                es: "Si el precio se acordó con el cliente; si no, es el del plan y sube con él.",
                en: "Whether the price was agreed with the customer; if not it is the plan's, and rises with it.",
                pt: "Se o preço foi combinado com o cliente; se não, é o do plano e sobe com ele.")
        case .prepaidThrough:
            Message(
                es: "El último día pagado, si se paga por días; null si no, o si una pausa guarda los que quedan.",
                en:
                    "The last day that is paid for, where it is paid by days; null if not, or while a pause keeps them.",
                pt: "O último dia pago, se é pago por dias; null se não, ou se uma pausa guarda os que restam.")
        case .promote: Message(es: "Agrega una promoción", en: "Adds a promotion", pt: "Adiciona uma promoção")
        case .profiles:
            Message(
                es: "Los datos fiscales de un cliente", en: "A customer's tax details",
                pt: "Os dados fiscais de um cliente")
        case .addProfile: Message(es: "Agrega datos fiscales", en: "Adds tax details", pt: "Adiciona dados fiscais")
        case .profile: Message(es: "Unos datos fiscales", en: "Tax details", pt: "Dados fiscais")
        case .changeProfile: Message(es: "Cambia datos fiscales", en: "Changes tax details", pt: "Altera dados fiscais")
        case .id: Message(es: "Identifica al servicio.", en: "Stands for the service.", pt: "Identifica o serviço.")
        case .customer: Message(es: "De qué cliente es.", en: "Whose it is.", pt: "De qual cliente é.")
        case .price:
            Message(
                es: "Su precio de hoy, en unidades mínimas de currency.",
                en: "Its price today, in minor units of currency.",
                pt: "Seu preço de hoje, em unidades mínimas de currency.")
        case .currency: Message(es: "La moneda del precio.", en: "The price's currency.", pt: "A moeda do preço.")
        case .profileID:
            Message(
                es: "Identifica a los datos fiscales.", en: "Stands for the tax details.",
                pt: "Identifica os dados fiscais.")
        case .ofCustomer:
            Message(es: "Solo los de este cliente.", en: "Only this customer's.", pt: "Só os deste cliente.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        }
    }
}
