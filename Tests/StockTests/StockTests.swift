import API
import Access
import Conversations
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Incidents
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Services
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Tickets
import Time

@testable import Customers
@testable import FieldWork
@testable import Stock

/// Stock: what there is and where, and every way that it went.
@Suite struct StockTests {
    static func withStores(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
        try await withTenants(
            declaring: .customers, .services, .conversations, .notices, .incidents, .tickets, .fieldWork, .stock,
            body: body)
    }

    @Test func `a piece is bought, carried, put up and fetched, and its trail is whole`() async throws {
        try await Self.withStores { norte, sur in
            let (product, warehouse) = try await norte.store("Antena", isSerial: true, minimum: 3)
            let ana = try await norte.keeper("Ana", [.stockRead, .stockMove, .fieldRead, .fieldWork])
            let path = "/panel/stock/\(product)"
            let form = try await ana.see("\(path)/receipts/new")
            let buy =
                "form=\(try #require(form.hidden("form")))&warehouse=\(warehouse)&quantity=0&serials=aa1%0D%0Aaa2&note=F-1"
            for _ in 0..<2 { #expect(try await ana.send("\(path)/receipts", buy).status == .seeOther) }
            #expect(
                try await ana.send("\(path)/receipts", "warehouse=\(warehouse)&quantity=0&serials=AA2&note=").status
                    == .conflict)
            #expect(try await norte.database.stockProduct(product)?.inWarehouses == 2)
            #expect(try await ana.see("/panel/stock?supply=low").text.contains("Antena"))
            let unit = try #require(try await norte.database.stockUnit(serial: "AA1"))
            let member: UUID = try #require(
                try await norte.database.value(
                    "SELECT staff_id FROM staff WHERE tenant_id = \(norte.database.tenant) AND name = 'Ana'"))
            let moves = "\(unit.panelPath)/moves"
            #expect(try await ana.send(moves, "to=technician:\(member)&customer=&note=").status == .seeOther)
            // What a technician ticks as put up is the customer's, and what they ticked as fetched is theirs to bring.
            let beto = try await norte.makeCustomer("Beto")
            let work = FieldActs(randomness: norte.site.randomness)
            for kind in [FieldJob.Kind.visit, .recovery] {
                var new = NewFieldJob()
                (new.customer, new.kind, new.assignee) = (beto, kind, StaffMember.ID(member))
                let job = try await work.plan(
                    new, as: norte.newID(), of: norte.tenant, by: norte.commandLine, in: norte.database)
                let name = kind == .visit ? "put" : "taken"
                #expect(try await ana.see(job.panelPath).text.contains(#"name="\#(name)" value="AA1""#))
                let ticks: KeyValuePairs =
                    kind == .visit
                    ? [
                        "put": "AA1", "serials": "aa1 otra", "report": "Listo", "checked": job.checklist[0],
                        "checked": job.checklist[1], "checked": job.checklist[2],
                    ]
                    : [
                        "taken": "AA1", "report": "Listo", "checked": job.checklist[0], "checked": job.checklist[1],
                    ]
                #expect(try await ana.upload("\(job.panelPath)/report", "photo", [], with: ticks).status == .seeOther)
                let there = try #require(try await norte.database.stockUnit(serial: "AA1"))
                #expect(there.place == (kind == .visit ? .customer(beto) : .technician(StaffMember.ID(member))))
            }
            // One that is another customer's is not taken from them by a slip.
            let carla = try await norte.makeCustomer("Carla")
            let second = try #require(try await norte.database.stockUnit(serial: "AA2"))
            let number = try #require(try await norte.database.customer(carla)?.number)
            #expect(
                try await ana.send("\(second.panelPath)/moves", "to=lost&customer=\(number)&note=").status == .seeOther)
            var slip = NewFieldJob()
            slip.customer = beto
            let job = try await work.plan(
                slip, as: norte.newID(), of: norte.tenant, by: norte.commandLine, in: norte.database)
            await #expect(throws: StockRefusal.atAnother) {
                try await work.finish(
                    job.id, FieldReport(checked: Set(job.checklist), "Listo", serials: "AA2"), of: norte.tenant,
                    by: norte.commandLine, in: norte.database)
            }
            #expect(try await norte.database.fieldJob(job.id)?.state == .new)
            #expect(try await ana.send(moves, "to=warehouse:\(warehouse)&customer=&note=").status == .seeOther)
            let trail = try await norte.database.stockMovements(of: unit.id)
            #expect(trail.map(\.to) == [.warehouse, .technician, .customer, .technician, .warehouse])
            #expect(try await ana.see(unit.panelPath).text.contains("Beto"))
            #expect(try await ana.see("\(unit.panelPath)/label").text.contains("<path"))
            #expect(try await ana.download("/panel/stock-units.csv").text.contains("AA2"))
            #expect(try await !ana.see("/panel/stock-units?recovery=due").text.contains("AA1"))
            #expect(try await ana.see("/panel/stock-movements").text.contains("AA1"))
            // The same number is another piece at the neighbour's.
            let (theirs, store) = try await sur.store("Antena", isSerial: true, minimum: 0)
            var receipt = StockReceipt()
            (receipt.warehouse, receipt.serials) = (store, "AA1")
            try await sur.acts.receive(receipt, of: theirs, by: sur.commandLine, in: sur.database)
            let eva = try await sur.keeper("Eva", [.stockRead, .stockMove])
            #expect(try await eva.see(unit.panelPath).status == .notFound)
            #expect(try await eva.send(moves, "to=lost&customer=&note=").status == .notFound)
            await #expect(throws: StockRefusal.unknownPlace) {
                let own = try #require(try await sur.database.stockUnit(serial: "AA1"))
                return try await sur.acts.move(own.id, to: .warehouse(warehouse), by: sur.commandLine, in: sur.database)
            }
        }
    }

    @Test func `what has no serial numbers is counted, and nobody takes more than there is`() async throws {
        try await Self.withStores { norte, _ in
            let (product, warehouse) = try await norte.store("Conector", isSerial: false, minimum: 10)
            var receipt = StockReceipt()
            (receipt.warehouse, receipt.quantity) = (warehouse, 100)
            try await norte.acts.receive(receipt, of: product, by: norte.commandLine, in: norte.database)
            let member = try await norte.staff([.stockRead], as: "Caro")
            let beto = try await norte.makeCustomer("Beto")
            func move(_ count: Int, _ from: StockPlace, _ to: StockPlace) async throws {
                try await norte.acts.move(
                    count, of: product, from: from, to: to, by: norte.commandLine, in: norte.database)
            }
            try await move(30, .warehouse(warehouse), .technician(member))
            try await move(4, .technician(member), .customer(beto))
            await #expect(throws: StockRefusal.notEnough) { try await move(27, .technician(member), .lost) }
            await #expect(throws: StockRefusal.notEnough) { try await move(1, .customer(beto), .warehouse(warehouse)) }
            await #expect(throws: StockRefusal.quantityMissing) { try await move(0, .technician(member), .lost) }
            let known = try #require(try await norte.database.stockProduct(product))
            #expect(known.inWarehouses == 70 && known.withTechnicians == 26 && known.supply == .enough)
            let owner = try await norte.keeper("Olga", [.stockRead, .stockMove, .stockManage])
            #expect(
                try await owner.send(
                    "/panel/stock/\(product)/moves",
                    "from=warehouse:\(warehouse)&to=lost&customer=&quantity=65&note=Mojados"
                ).status == .seeOther)
            #expect(try await owner.see("/panel/stock/\(product)").text.contains("Mojados"))
            #expect(try await norte.database.stockProduct(product)?.supply == .low)
            let program = try await Program(norte, [.stockRead]) { routes, randomness in
                StockAPI(acts: StockActs(randomness: randomness)).add(to: &routes)
            }
            #expect(try await program.ask("/api/v1/stock-products").text.contains(#""in_warehouses":5"#))
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(StockWords.problems == [] && StockAPIWords.problems == [] && StockRefusal.problems == [])
        #expect(StockUnit.fields.flatMap(\.problems) == [] && StockMovement.fields.flatMap(\.problems) == [])
    }
}

extension TestTenant {
    var acts: StockActs { StockActs(randomness: site.randomness) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func makeCustomer(_ name: String) async throws -> Customer.ID {
        let customer = Customer(
            id: newID(), name: name, state: .active, since: tenant.timeZone.day(at: now))
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }

    func store(
        _ name: String, isSerial: Bool, minimum: Int
    ) async throws -> (StockProduct.ID, Warehouse.ID) {
        var product = StockProduct(id: newID())
        (product.name, product.isSerial, product.minimum) = (name, isSerial, minimum)
        _ = try await acts.add(product, by: commandLine, in: database)
        var warehouse = Warehouse(id: newID())
        warehouse.name = "Central"
        _ = try await acts.add(warehouse, by: commandLine, in: database)
        return (product.id, warehouse.id)
    }

    func keeper(_ name: String, _ permissions: [Permission]) async throws -> Person {
        let vault = site.vault
        return try await Person(self, permissions, as: name) { routes, randomness in
            FieldRoutes(
                acts: FieldActs(randomness: randomness), files: .tests, vault: vault, sandbox: .tests,
                randomness: randomness
            ).add(to: &routes)
            StockRoutes(acts: StockActs(randomness: randomness), files: .tests, randomness: randomness)
                .add(to: &routes)
        }
    }
}
