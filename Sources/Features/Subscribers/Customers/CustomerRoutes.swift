import Access
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time
import Zones

package struct CustomerRoutes: Sendable {
    private let randomness: Randomness
    private let files: ListFiles

    package init(randomness: Randomness, files: ListFiles) {
        self.randomness = randomness
        self.files = files
    }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers", .customersRead, "Lista de clientes", list)
        routes.get("/panel/customers/new", .customersWrite, "Formulario para crear un cliente", ask)
        routes.post("/panel/customers", .customersWrite, "Crea un cliente", create)
        routes.get("/panel/customers/:id", .customersRead, "Un cliente y su historial", show)
        routes.get("/panel/customers/:id/edit", .customersWrite, "Formulario para cambiar un cliente", edit)
        routes.post("/panel/customers/:id", .customersWrite, "Cambia un cliente", change)
        routes.get("/panel/customers.csv", .customersExport, "La lista de clientes como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/customers.xlsx", .customersExport, "La lista de clientes para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        CustomerZoneChange.add(to: &routes)
        MergeRoutes(randomness: randomness).add(to: &routes)
        PayerRoutes.add(to: &routes)
    }

    private func list(_ visit: Visit) async throws -> Response {
        // The columns depend on permissions, so the visitor is admitted first.
        try await visit.admit()
        let (part, zones) = try await visit.database.customers(
            try ListQuery(CustomerRow.list(for: visit), visit.request.query), for: visit)
        let mayWrite = visit.mayAct(with: .customersWrite)
        let new = (CustomerWords.new.text(for: visit.reader), "\(Customer.list.path)/new")
        return try await Panel.page(
            ListPage(
                part, .init(.customers, none: CustomerWords.noneYet.message, search: CustomerWords.search.message),
                options: zones.isEmpty ? [:] : ["zone": Zone.options(zones, for: visit)],
                acts: mayWrite && !zones.isEmpty
                    ? [.init(CustomerWords.changeZone.text(for: visit.reader), path: "\(CustomerZoneChange.path)/new")]
                    : [],
                links: visit.mayAct(with: .customersImport)
                    ? [.init(ListWords.importing.text(for: visit.reader), path: "/panel/imports/new")] : [],
                new: mayWrite ? new : nil, files: visit.may(.customersExport) ? ListFiles.Format.allCases : [],
                visit: visit), of: part,
            for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        let zones = Zone.options(try await visit.database.zones(), for: visit)
        try await visit.admit()
        let query = try ListQuery(CustomerRow.list(for: visit), visit.request.query)
        return try await files.answer(query, as: format, options: ["zone": zones], for: visit) { query in
            try await visit.database.exportedCustomers(query, for: visit)
        }
    }

    private func show(_ visit: Visit, id: Customer.ID) async throws -> Response {
        if let heir = try await visit.database.mergedInto(id) {
            return .redirect(to: "\(Customer.list.path)/\(heir)")
        }
        let customer = try await found(id, in: visit.database)
        return try await Panel.page(CustomerPage(customer, for: visit), titled: customer.name, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: .blank(for: visit, from: randomness), in: visit.notation), nil, .ok, visit)
    }

    private func edit(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let customer = try await found(id, in: visit.database)
        return try await page(NounForm(customer, in: visit.notation), customer, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        var form = try NounForm<Customer>(sent, and: [LikelyDuplicates.field], in: visit.notation)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let customer = form.applied(to: .blank(for: visit, from: randomness))
        do {
            let (_, path) = try await visit.once(sent) { database in
                _ = try await Customer.add(
                    [customer], distinct: sent[LikelyDuplicates.field] == "yes", to: visit.tenant, by: visit.principal,
                    in: database)
                return (customer.id, "\(Customer.list.path)/\(customer.id)")
            }
            return Panel.done(.customerCreated, at: path)
        } catch let alike as LikelyDuplicates {
            return try await page(form, nil, .conflict, visit, alike: alike)
        } catch let refusal as ZoneRefusal {
            form.add(refusal, beside: "zone")
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func change(_ visit: Visit, id: Customer.ID) async throws -> Response {
        var form = try NounForm<Customer>(try await visit.request.body.form(upTo: 16_384), in: visit.notation)
        let customer = try await found(id, in: visit.database)
        guard form.faults.isEmpty else { return try await page(form, customer, .unprocessableContent, visit) }
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                let customer = try await found(id, locked: true, in: database)
                if let late = sent.late(for: customer) { return NounForm<Customer>?.some(late) }
                _ = try await customer.change(
                    to: sent.applied(to: customer), of: visit.tenant, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, customer, .conflict, visit) }
            return Panel.done(.saved, at: "\(Customer.list.path)/\(id)")
        } catch let refusal as ZoneRefusal {
            form.add(refusal, beside: "zone")
            return try await page(form, customer, refusal.status, visit)
        }
    }

    private func found(_ id: Customer.ID, locked: Bool = false, in database: TenantDatabase) async throws -> Customer {
        guard let customer = try await database.customer(id, locked: locked) else { throw AccessRefusal.notFound }
        return customer
    }

    private func page(
        _ form: NounForm<Customer>, _ customer: Customer?, _ status: Status, _ visit: Visit,
        alike: LikelyDuplicates? = nil
    ) async throws -> Response {
        let zones = try await visit.database.zones()
        let title = customer?.name ?? CustomerWords.new.text(for: visit.reader)
        let path = customer.map { "\(Customer.list.path)/\($0.id)" } ?? Customer.list.path
        return try await Panel.page(
            NounFormPage(
                title, form,
                options: zones.isEmpty && visit.admitted?.zones == nil
                    ? [:] : ["zone": Zone.options(zones, for: visit)],
                to: path, cancel: path, submit: customer == nil ? CustomerWords.new.message : nil,
                notice: alike?.notice(for: visit.reader) ?? .nothing, visit: visit),
            titled: title, status: status, for: visit)
    }
}
