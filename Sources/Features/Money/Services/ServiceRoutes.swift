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
import Search
import Tenancy
import Zones

package struct ServiceRoutes: Sendable {
    private let randomness: Randomness
    private let files: ListFiles

    package init(randomness: Randomness, files: ListFiles) {
        self.randomness = randomness
        self.files = files
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/services", .servicesRead, "Lista de servicios", list)
        routes.get("/panel/services/:id", .servicesRead, "Un servicio y su historial", show)
        routes.get("/panel/services/:id/edit", .servicesManage, "Formulario para cambiar un servicio", edit)
        routes.post("/panel/services/:id", .servicesManage, "Cambia el lugar y el contacto de un servicio", change)
        routes.post("/panel/services/:id/charges/:charge/end", .servicesPrice, "Quita un cargo", endCharge)
        routes.get("/panel/customers/:id/services", .servicesRead, "Los servicios de un cliente", ofCustomer)
        routes.get("/panel/customers/:id/services/new", .servicesManage, "Formulario para crear un servicio", ask)
        routes.post("/panel/customers/:id/services", .servicesManage, "Crea un servicio", create)
        routes.get("/panel/services.csv", .customersExport, "La lista de servicios como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/services.xlsx", .customersExport, "La lista de servicios para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        ServiceEventRoutes.add(to: &routes)
        PriceRiseRoutes.add(to: &routes)
        FiscalRoutes(randomness: randomness).add(to: &routes)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(ServiceRow.list(for: visit), visit.request.query)
        let zones = try await visit.database.zones()
        var part = try await visit.database.finding(query.text, for: visit.reader) { found, database in
            try await visit.part(
                of: query, rows: database.serviceRows(query, found, on: visit.today),
                counted: """
                    FROM services s JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
                    WHERE s.tenant_id = \(database.tenant) \(query.restriction) \(found)
                    """, in: database
            ).part
        }
        part.rows = try await ServiceRow.seen(part.rows, for: visit)
        let page = ListPage(
            part, .init(.billing, none: ServiceWords.none.message, search: ServiceWords.search.message),
            options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
            files: visit.may(.customersExport) ? ListFiles.Format.allCases : [], visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        let zones = Zone.options(try await visit.database.zones(), for: visit)
        let query = try ListQuery(ServiceRow.list(for: visit), visit.request.query)
        return try await files.answer(query, as: format, options: ["zone": zones], for: visit) { query in
            let rows = try await visit.database.finding(query.text, for: visit.reader) { found, database in
                try await database.rows(database.serviceRows(query, found, on: visit.today)) as [ServiceRow]
            }
            return try await ServiceRow.seen(rows, for: visit)
        }
    }

    private func show(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        guard let customer = try await visit.database.customer(service.customer) else { throw AccessRefusal.notFound }
        let (lines, charges) = try await visit.database.serviceHistory(id, in: visit.tenant.timeZone)
        let life = try await visit.database.serviceLife(id)
        let page = ServicePage(
            service: service, customer: customer, options: try await options(of: service, visit, isNew: false),
            lines: lines, charges: charges, isFrozen: life.freezes.contains { $0.contains(visit.today) },
            seen: try await ServiceSight.seen("s.service_id = \(id)", for: visit)[id],
            parts: try await ServicePart.all(of: service, visit), visit: visit)
        return try await Panel.page(page, titled: service.title, for: visit)
    }

    private func ofCustomer(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let customer = try await customer(id, visit)
        let page = CustomerServicesPage(
            heading: try await CustomerHeading(customer, for: visit), customer: customer,
            services: try await visit.database.services(of: id, on: visit.today),
            seen: try await ServiceSight.seen("s.customer_id = \(id)", for: visit),
            profiles: try await visit.database.fiscalProfiles(of: id), visit: visit)
        return try await Panel.page(page, titled: customer.name, for: visit)
    }

    private func ask(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let blank = try await blank(of: id, visit)
        return try await page(NounForm(new: blank, in: visit.notation), blank, isNew: true, .ok, visit)
    }

    private func create(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let blank = try await blank(of: id, visit)
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<Service>(sent, in: visit.notation)
        guard form.faults.isEmpty else {
            return try await page(form, blank, isNew: true, .unprocessableContent, visit)
        }
        let service = form.applied(to: blank)
        do {
            let (_, path) = try await visit.once(sent) { database in
                let added = try await service.add(of: visit.tenant, by: visit.principal, in: database)
                return (added, added.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(serviceRefusal: refusal)
            return try await page(form, blank, isNew: true, refusal.status, visit)
        }
    }

    private func edit(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        return try await page(NounForm(service, in: visit.notation(of: service)), service, isNew: false, .ok, visit)
    }

    private func change(_ visit: Visit, id: Service.ID) async throws -> Response {
        let service = try await found(id, visit)
        var form = try NounForm<Service>(
            try await visit.request.body.form(upTo: 8192), in: visit.notation(of: service))
        guard form.faults.isEmpty else {
            return try await page(form, service, isNew: false, .unprocessableContent, visit)
        }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let service = try await database.lockedService(id, on: visit.today)
                if let late = sent.late(for: service) { return NounForm<Service>?.some(late) }
                var changed = sent.applied(to: service)
                changed.plan = service.plan
                _ = try await service.change(to: changed, of: visit.tenant, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, service, isNew: false, .conflict, visit) }
            return Panel.done(.saved, at: service.panelPath)
        } catch let refusal as any Refusal {
            try form.add(serviceRefusal: refusal)
            return try await page(form, service, isNew: false, refusal.status, visit)
        }
    }

    private func endCharge(_ visit: Visit, id: Service.ID, charge: ServiceCharge.ID) async throws -> Response {
        let service = try await found(id, visit)
        try await ServiceCharge.end(charge, of: id, on: visit.today, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: service.panelPath)
    }

    private func customer(_ id: Customer.ID, _ visit: Visit) async throws -> Customer {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        return customer
    }

    private func blank(of id: Customer.ID, _ visit: Visit) async throws -> Service {
        .blank(of: try await customer(id, visit), for: visit.tenant, at: visit.now, from: randomness)
    }

    private func found(_ id: Service.ID, _ visit: Visit) async throws -> Service {
        guard let service = try await visit.database.service(id, on: visit.today) else { throw AccessRefusal.notFound }
        return service
    }

    private func options(of service: Service, _ visit: Visit, isNew: Bool) async throws -> [String: FieldOptions] {
        let reader = visit.reader
        let profiles = try await visit.database.fiscalProfiles(of: service.customer)
        var options = [
            "zone": Zone.options(try await visit.database.zones(), for: visit),
            "profile": FieldOptions(
                profiles.map { ($0.id.description, "\($0.legalName) · \($0.taxID)") },
                none: ServiceWords.noFiscal.text(for: reader)),
        ]
        if isNew { options["plan"] = .plans(try await visit.database.plans(), for: reader) }
        return options
    }

    private func page(
        _ form: NounForm<Service>, _ service: Service, isNew: Bool, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = isNew ? ServiceWords.new.text(for: visit.reader) : service.title
        let ofCustomer = "\(Customer.list.path)/\(service.customer)/services"
        return try await Panel.page(
            NounFormPage(
                title, form, options: try await options(of: service, visit, isNew: isNew),
                to: isNew ? ofCustomer : service.panelPath, cancel: isNew ? ofCustomer : service.panelPath,
                submit: isNew ? ServiceWords.new.message : nil, visit: visit),
            titled: title, status: status, for: visit)
    }
}

extension NounForm<Service> {
    /// Adds the refusal as a fault of its field; rethrows one that no field can correct.
    fileprivate mutating func add(serviceRefusal refusal: any Refusal) throws {
        switch refusal {
        case let refusal as ServiceRefusal: add(refusal, beside: refusal.field)
        case let refusal as PlanRefusal: add(refusal, beside: "plan")
        case let refusal as ZoneRefusal: add(refusal, beside: "zone")
        default: throw refusal
        }
    }
}

extension TenantDatabase {
    /// Searches by customer in a transaction of its own, since it may take longer than callers of a shared connection
    /// should wait.
    func finding<Result: Sendable>(
        _ text: String, for reader: Reader,
        _ read: @Sendable (_ found: SQL, _ database: TenantDatabase) async throws -> Result
    ) async throws -> Result {
        guard !text.isEmpty else { return try await read(.nothing, self) }
        return try await transaction { database in
            let words = SearchQuery(text, in: reader.region)
            return try await read(try await database.matching(words, .customer, number: "c.number"), database)
        }
    }
}
