import Access
import Declarations
import HTML
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Zones

/// Moves several customers to another zone: previewed first, and undoable for ten minutes.
enum CustomerZoneChange {
    static let kind = "customer.zone"
    static let path = "\(Customer.list.path)/zone-change"

    static func add(to routes: inout Panel.Routes) {
        routes.post("/panel/customers/zone-change/new", .customersWrite, "Pregunta a qué zona pasan unos clientes", ask)
        routes.post("/panel/customers/zone-change", .customersWrite, "Pasa unos clientes a una zona", move)
        routes.post("/panel/customers/zone-change/undo", .customersWrite, "Devuelve unos clientes a su zona", undo)
    }

    private static func ask(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow([], repeated: [Selection.field])
        return try await page(try Selection.ids(in: sent), [], .ok, visit)
    }

    private static func move(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try sent.allow(["zone", FormID.field], repeated: [Selection.field])
        let ids: [Customer.ID] = try Selection.ids(in: sent)
        let zone: Zone.ID? = try sent["zone"].flatMap { $0.isEmpty ? nil : try FormText.id($0) }
        do {
            let (_, path) = try await visit.once(sent) { database in
                let undo = try await Customer.move(ids, to: zone, of: visit.tenant, by: visit.principal, in: database)
                return ((), Panel.address(.zoneChanged, at: Customer.list.path, undo: undo))
            }
            return .redirect(to: path)
        } catch let refusal as ZoneRefusal {
            return try await page(ids, [FormFault(name: "zone", message: refusal.message)], refusal.status, visit)
        }
    }

    private static func undo(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow([Undo.field])
        guard let id = sent[Undo.field].flatMap({ UUID($0) }) else { throw BadRequest() }
        try await Customer.moveBack(id, of: visit.tenant, by: visit.principal, in: visit.database)
        return Panel.done(.undone, at: Customer.list.path)
    }

    private static func page(
        _ ids: [Customer.ID], _ faults: [FormFault], _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let reader = visit.reader
        let customers = try await visit.database.customers(ids)
        let options = Zone.options(try await visit.database.zones(), for: visit)
        let title = CustomerWords.changeZone.text(for: reader)
        let page = SelectionPage(
            title, of: customers.map { ($0.id.uuid, "\($0.name) (\($0.number))") }, to: path, submit: title,
            back: Customer.list.path, faults: faults, visit: visit
        ) {
            FormField(ZoneWords.newZone.text(for: reader), name: "zone", error: faults.first?.text(for: reader)) {
                options.select($0)
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

extension Customer {
    /// Changes each customer as by itself. Returns the undo's id, or nil when nobody moved.
    static func move(
        _ ids: [ID], to zone: Zone.ID?, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> UUID? {
        try await database.transaction { database in
            var moved: [Move] = []
            for customer in try await database.customers(ids, locked: true) where customer.zone != zone {
                var changed = customer
                changed.zone = zone
                _ = try await customer.change(to: changed, of: tenant, by: principal, in: database)
                moved.append(Move(customer: customer.id, from: customer.zone, to: zone))
            }
            guard !moved.isEmpty else { return nil }
            return try await Undo.offer(
                CustomerZoneChange.kind, moved.map(\.text).joined(separator: "\n"), by: principal, in: database)
        }
    }

    /// Customers moved elsewhere since stay there.
    static func moveBack(
        _ undo: UUID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let text = try await Undo.take(undo, CustomerZoneChange.kind, by: principal, in: database)
            let moves = text.split(separator: "\n").compactMap { Move($0) }
            for customer in try await database.customers(moves.map(\.customer), locked: true) {
                guard let move = moves.first(where: { $0.customer == customer.id }), customer.zone == move.to else {
                    continue
                }
                var changed = customer
                changed.zone = move.from
                _ = try await customer.change(to: changed, of: tenant, by: principal, in: database)
            }
        }
    }

    /// Stored as `customer from to`; a hyphen is no zone.
    private struct Move: Sendable {
        let customer: ID
        let from: Zone.ID?
        let to: Zone.ID?

        init(customer: ID, from: Zone.ID?, to: Zone.ID?) {
            (self.customer, self.from, self.to) = (customer, from, to)
        }

        init?(_ text: Substring) {
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 3, let customer = ID(words[0]) else { return nil }
            self.init(customer: customer, from: Zone.ID(words[1]), to: Zone.ID(words[2]))
        }

        var text: String { "\(customer) \(from.map { "\($0)" } ?? "-") \(to.map { "\($0)" } ?? "-")" }
    }
}
