import Access
import Events
import HTTP
import Identifiers
import Locale
import Panel
import Postgres
import Tenancy
import Time
import Zones

package struct CustomerRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers", .customersRead, "Lista de clientes", list)
        routes.get("/panel/customers/new", .customersWrite, "Formulario para crear un cliente", ask)
        routes.post("/panel/customers", .customersWrite, "Crea un cliente", create)
        routes.get("/panel/customers/:id", .customersRead, "Un cliente y su historial", show)
        routes.get("/panel/customers/:id/edit", .customersWrite, "Formulario para cambiar un cliente", edit)
        routes.post("/panel/customers/:id", .customersWrite, "Cambia un cliente", change)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let list = try CustomerList(visit.request.query)
        let (customers, zones) = try await visit.database.customers(list, limit: CustomerListPage.length + 1)
        return try await Panel.page(
            CustomerListPage(customers: customers, zones: zones, list: list, visit: visit),
            titled: CustomerWords.list.text(for: visit.reader), for: visit)
    }

    private func show(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let customer = try await found(id, visit)
        let events =
            visit.may(.auditRead)
            ? try await visit.database.events(before: nil, kind: nil, actor: nil, subject: id.uuid, limit: 10) : nil
        return try await Panel.page(
            CustomerPage(
                customer: customer, zone: try await visit.database.coverageZone(customer.zone), events: events,
                visit: visit), titled: customer.name, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(of: .empty(on: visit.tenant.zone.day(at: visit.now)), nil, .ok, visit)
    }

    private func edit(_ visit: Visit, id: Customer.ID) async throws -> Response {
        let customer = try await found(id, visit)
        return try await page(of: CustomerForm(customer), customer, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        var form = try CustomerForm(try await visit.request.body.form(upTo: 16_384))
        guard form.faults.isEmpty else { return try await page(of: form, nil, .unprocessableContent, visit) }
        do {
            let customer = try await Customer.add(
                form.content, to: visit.tenant, by: visit.author, from: randomness, in: visit.database)
            return Panel.done(.created, at: "/panel/customers/\(customer.id)")
        } catch let refusal as ZoneRefusal {
            form.faults.append(FormFault(name: "zone", message: refusal.message))
            return try await page(of: form, nil, refusal.status, visit)
        }
    }

    private func change(_ visit: Visit, id: Customer.ID) async throws -> Response {
        var form = try CustomerForm(try await visit.request.body.form(upTo: 16_384))
        guard form.faults.isEmpty else {
            return try await page(of: form, try await found(id, visit), .unprocessableContent, visit)
        }
        let (content, seen) = (form.content, form.seen)
        let newer: Customer?
        do {
            newer = try await visit.database.transaction { database in
                guard let customer = try await database.customer(id, locked: true) else { throw AccessRefusal.notFound }
                guard seen.isEmpty || seen == customer.mark else { return customer }
                _ = try await customer.change(
                    to: customer.with(content), of: visit.tenant, by: visit.author, in: database)
                return nil
            }
        } catch let refusal as ZoneRefusal {
            form.faults.append(FormFault(name: "zone", message: refusal.message))
            return try await page(of: form, try await found(id, visit), refusal.status, visit)
        }
        guard let newer else { return Panel.done(.saved, at: "/panel/customers/\(id)") }
        form.seen = newer.mark
        form.faults = [FormFault(name: "name", message: CustomerWords.changedMeanwhile.message)]
        return try await page(of: form, newer, .conflict, visit)
    }

    private func found(_ id: Customer.ID, _ visit: Visit) async throws -> Customer {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        return customer
    }

    private func page(
        of form: CustomerForm, _ customer: Customer?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        try await Panel.page(
            CustomerFormPage(
                form: form, customer: customer, zones: try await visit.database.coverageZones(), visit: visit),
            titled: customer?.name ?? CustomerWords.new.text(for: visit.reader), status: status, for: visit)
    }
}
