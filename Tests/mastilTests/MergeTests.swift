import Access
import Assembly
import Collection
import Contracts
import Customers
import Events
import HTTP
import Identifiers
import Invoices
import Ledger
import Locale
import Nouns
import Panel
import Payments
import Portal
import Postgres
import ShellSupport
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Plans
@testable import Services
@testable import mastil

/// Two records of one person, with everything that the program knows of a customer.
@Suite struct MergeTests {
    @Test func `all that the duplicate had is the other's, as the preview said, and the books do not change by a cent`()
        async throws
    {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            let kept = try await norte.person("Ana")
            let twin = try await norte.person("Ana P")
            // Ana has 300 in favour; her duplicate owes 1,000 of an invoice, of which 200 are paid.
            _ = try await norte.pays(30_000, kept)
            let invoice = try await norte.bills(100_000, twin)
            let paid = try await norte.pays(20_000, twin)
            let service = try await norte.sells(to: twin)
            _ = try await PaymentPromise.make(
                NewPromise(amount: norte.money(80_000), until: norte.day + 2), by: .staff, for: twin, of: norte.tenant,
                by: norte.commandLine, from: norte.site.randomness, in: norte.database)
            let before = try await norte.books()
            #expect(try await norte.owed(kept) == -30_000)
            #expect(try await norte.owed(twin) == 80_000)

            let foreseen = try await CustomerMerge.preview(
                of: twin, into: kept, of: norte.tenant, by: norte.commandLine, from: norte.site.randomness,
                in: norte.database)
            #expect(try await norte.books() == before)
            #expect(try await norte.database.customer(twin) != nil)
            let merge = try await norte.merge(twin, into: kept)
            #expect(merge.moved == foreseen.moved && merge.filled == foreseen.filled)
            #expect(
                Set(merge.moved.map(\.kind)).isSuperset(
                    of: ["invoices", "payments", "account_transfers", "services", "promises"]))

            #expect(try await norte.books() == before)
            #expect(try await norte.proves())
            #expect(try await norte.owed(kept) == 50_000)
            #expect(try await norte.owed(twin) == 0)
            // The invoice keeps its name and due day on the other's account, and 300 of it are paid by what was in favour.
            let charges = try await norte.database.openCharges(of: kept, in: norte.tenant.currency)
            #expect(charges.map(\.note) == [invoice.folio] && charges.map(\.open.minor) == [50_000])
            let moved = try #require(try await norte.database.invoice(invoice.id, on: norte.day))
            #expect(moved.customer == kept && moved.open.minor == 50_000)
            #expect(try await norte.database.service(service, on: norte.day)?.customer == kept)
            #expect(try await norte.database.payment(paid.id)?.customer == kept)
            #expect(try await norte.database.promises(of: kept, limit: 9).map(\.state) == [.open])
            #expect(try await norte.database.customer(twin) == nil)
            // Nothing more is written down for one who is gone.
            await #expect(throws: AccessRefusal.notFound) { try await norte.pays(100, twin) }
            #expect(try await sur.database.customer(kept) == nil)

            // What was paid to the duplicate is undone where it was booked, and is owed by the other.
            try await norte.reverses(paid)
            #expect(try await norte.owed(kept) == 70_000)
            #expect(try await norte.owed(twin) == 0)
            #expect(try await norte.proves())
            _ = try await InvoiceActs(randomness: norte.site.randomness).void(
                invoice.id, because: "Error", issuingAnew: false, of: norte.tenant, by: norte.commandLine,
                in: norte.database)
            #expect(try await norte.owed(kept) == -30_000)
            #expect(try await norte.proves())
        }
    }

    @Test func `separated, the duplicate has what it had, and what came since stays with the other`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let kept = try await norte.person("Ana")
            let twin = try await norte.person("Ana P", email: "ana@example.com")
            let invoice = try await norte.bills(100_000, twin)
            let service = try await norte.sells(to: twin)
            let merge = try await norte.merge(twin, into: kept)
            #expect(merge.filled == ["email"])
            #expect(try await norte.database.customer(kept)?.email == "ana@example.com")
            let since = try await norte.pays(40_000, kept)
            #expect(try await norte.owed(kept) == 60_000)

            let undone = try await CustomerMerge.undo(
                merge.id, of: norte.tenant, by: norte.commandLine, from: norte.site.randomness, in: norte.database)
            #expect(undone.undoneAt != nil)
            #expect(try await norte.owed(twin) == 100_000)
            #expect(try await norte.owed(kept) == -40_000)
            #expect(try await norte.proves())
            #expect(try await norte.database.invoice(invoice.id, on: norte.day)?.customer == twin)
            #expect(try await norte.database.service(service, on: norte.day)?.customer == twin)
            #expect(try await norte.database.payment(since.id)?.customer == kept)
            #expect(try await norte.database.customer(kept)?.email == "")
            #expect(try await norte.database.customer(twin)?.email == "ana@example.com")
            await #expect(throws: MergeRefusal.undoneAlready) {
                try await CustomerMerge.undo(
                    merge.id, of: norte.tenant, by: norte.commandLine, from: norte.site.randomness,
                    in: norte.database)
            }
            // Once more: the same charge moves again.
            _ = try await norte.merge(twin, into: kept)
            #expect(try await norte.owed(kept) == 60_000)
            #expect(try await norte.proves())
        }
    }

    @Test func `whoever signed in with the duplicate's address sees the other's pages`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let (kept, _) = try await SubscriberIsolationTests.customer("Ana", at: norte)
            let (twin, cookie) = try await SubscriberIsolationTests.customer("Anita", at: norte)
            let merge = try await norte.merge(twin, into: kept)
            let sessions = try await norte.database.openSessions(of: kept, at: norte.now)
            #expect(sessions.count == 2)
            let gate = norte.gate(
                norte.site.context(of: Rooms.list).portalRoutes, credential: Portal.credential, refuse: Portal.refuse)
            let page = try await norte.ask(gate, "/portal", headers: ["Cookie": cookie])
            #expect(page.status == .ok && page.text.contains("Ana") && !page.text.contains("Anita"))
            _ = try await CustomerMerge.undo(
                merge.id, of: norte.tenant, by: norte.commandLine, from: norte.site.randomness, in: norte.database)
            #expect(try await norte.ask(gate, "/portal", headers: ["Cookie": cookie]).text.contains("Anita"))
        }
    }

    /// Charges, payments, reversals, merges, merges of merged ones and separations, as chance has it.
    @Test(arguments: [3, 8, 21] as [UInt64])
    func `whatever is merged, paid, reversed and separated, every cent stands where it should`(seed: UInt64)
        async throws
    {
        try await withTenants(in: Rooms.declarations) { norte, _ in
            let chance = Randomness(seed: seed)
            func one<Element>(of elements: [Element]) -> Element {
                elements[Int(chance.next() % UInt64(elements.count))]
            }
            var people: [Customer.ID] = []
            for number in 0..<4 { people.append(try await norte.person("Cliente \(number)")) }
            var (merges, payments): ([CustomerMerge], [Payment]) = ([], [])
            var owed: Int64 = 0
            for step in 0..<40 {
                let amount = Int64(1 + chance.next() % 50_000)
                switch chance.next() % 6 {
                case 0, 1:
                    _ = try await norte.bills(amount, one(of: people))
                    owed += amount
                case 2:
                    payments.append(try await norte.pays(amount, one(of: people)))
                    owed -= amount
                case 3 where people.count > 1:
                    let twin = people.remove(at: Int(chance.next() % UInt64(people.count)))
                    merges.append(try await norte.merge(twin, into: one(of: people)))
                case 4 where !payments.isEmpty:
                    let payment = payments.remove(at: Int(chance.next() % UInt64(payments.count)))
                    try await norte.reverses(payment)
                    owed += payment.amount.minor
                case 5 where !merges.isEmpty:
                    let merge = merges.removeLast()
                    _ = try await CustomerMerge.undo(
                        merge.id, of: norte.tenant, by: norte.commandLine, from: norte.site.randomness,
                        in: norte.database)
                    people.append(merge.duplicate)
                default: break
                }
                var sum: Int64 = 0
                for person in people { sum += try await norte.owed(person) }
                #expect(sum == owed, "step \(step)")
            }
            #expect(try await norte.proves())
        }
    }

    @Test func `duplicates are found by name, telephone and address, compared, merged and separated in the panel`()
        async throws
    {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            let kept = try await norte.person("Ana Pérez Ruiz", phone: "+525511112222")
            let twin = try await norte.person("Ruiz Perez, Ana", phone: "55 1111 2222")
            let other = try await norte.person("Luz Vela", phone: "55 9999 0000")
            _ = try await norte.bills(50_000, twin)
            let program = try await norte.program()
            let found = try await program.ask("/api/v1/likely-duplicates").text
            #expect(found.contains("\(twin)") && found.contains("\(kept)") && !found.contains("\(other)"))
            #expect(found.contains(#""alike":["name","phone"]"#))

            let gate = norte.gate(
                norte.site.context(of: Rooms.list).panelRoutes, credential: Panel.credential, refuse: Panel.refuse)
            let cookie = try await norte.signIn(norte.everything, as: "Olga")
            func see(_ path: String) async throws -> Answer {
                try await norte.ask(gate, path, headers: ["Cookie": cookie])
            }
            #expect(try await see("/panel/customers/duplicates").text.contains("mismo nombre, mismo teléfono"))
            #expect(try await see("/panel/customers/\(kept)/merges/new").text.contains("Ruiz Perez, Ana"))
            let page = try await see("/panel/customers/\(kept)/merges/new?duplicate=\(twin)").text
            #expect(page.contains("Traspaso del saldo") && page.contains("$500.00") && page.contains("Facturas"))
            let merge = try await norte.merge(twin, into: kept)
            #expect(try await see("/panel/customers/\(twin)").headers["Location"] == "/panel/customers/\(kept)")
            let after = try await see("/panel/customers/\(kept)").text
            #expect(after.contains("Ruiz Perez, Ana") && after.contains("/panel/merges/\(merge.id)/separations/new"))
            #expect(!(try await see("/panel/customers").text).contains("Ruiz Perez"))
            #expect(!(try await see("/panel/search?q=Ruiz").text).contains("\(twin)"))
            #expect(try await program.ask("/api/v1/likely-duplicates").text.contains(#""items":[]"#))
            #expect(try await sur.database.customer(kept) == nil)
        }
    }
}

extension TestTenant {
    fileprivate var day: Day { tenant.timeZone.day(at: now) }
    fileprivate func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }
    fileprivate func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    fileprivate func program() async throws -> ShellSupport.Program {
        try await ShellSupport.Program(self, everything) { routes, _ in
            routes = site.context(of: Rooms.list).apiRoutes
        }
    }

    fileprivate func person(_ name: String, phone: String = "", email: String = "") async throws -> Customer.ID {
        let made = try await program().create(
            "/api/v1/customers", #"{"name":"\#(name)","phone":"\#(phone)","email":"\#(email)","distinct":true}"#)
        return try #require(made.headers["Location"].flatMap { Customer.ID(String($0.suffix(36))) })
    }

    fileprivate func bills(_ minor: Int64, _ customer: Customer.ID) async throws -> Invoice {
        try await InvoiceActs(randomness: site.randomness).issue(
            [.init(name: "Visita", price: money(minor), isExempt: true)], to: customer, in: nil, note: "", of: tenant,
            by: commandLine, in: database)
    }

    fileprivate func pays(_ minor: Int64, _ customer: Customer.ID) async throws -> Payment {
        let acts = PaymentActs(randomness: site.randomness)
        let payment = try await acts.register(
            NewPayment(id: newID(), customer: customer, method: "cash", amount: money(minor), day: day), of: tenant,
            by: commandLine, in: database)
        return payment.state == .applied ? payment : try await acts.approve(payment.id, by: commandLine, in: database)
    }

    fileprivate func reverses(_ payment: Payment) async throws {
        _ = try await PaymentActs(randomness: site.randomness).reverse(
            payment.id, of: tenant, because: "Error", by: commandLine, in: database)
    }

    fileprivate func sells(to customer: Customer.ID) async throws -> Service.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = ("Básico \(site.randomness.next())", money(30_000))
        (plan.download, plan.upload) = (Speed(kilobits: 8000), Speed(kilobits: 3000))
        let sold = try await plan.add(by: commandLine, in: database).id
        let person = try #require(try await database.customer(customer))
        var service = Service.blank(of: person, for: tenant, at: now, from: site.randomness)
        service.plan = sold
        return try await service.add(of: tenant, by: commandLine, in: database).id
    }

    fileprivate func merge(_ duplicate: Customer.ID, into customer: Customer.ID) async throws -> CustomerMerge {
        try await CustomerMerge.make(
            of: duplicate, into: customer, of: tenant, by: commandLine, from: site.randomness, in: database)
    }

    fileprivate func owed(_ customer: Customer.ID) async throws -> Int64 {
        try await database.balance(of: customer, in: tenant.currency).balance.minor
    }

    /// What all customers owe together, and what the house earned and holds.
    fileprivate func books() async throws -> [String] {
        let rows: String? = try await database.value(
            """
            SELECT string_agg(a.account || ' ' || a.sum, ',' ORDER BY a.account) FROM (
                SELECT CASE WHEN customer_id IS NULL THEN account || name ELSE 'customers' END AS account,
                    sum(amount)::text AS sum
                FROM ledger_postings WHERE tenant_id = \(database.tenant) GROUP BY 1) a
            """)
        return rows?.split(separator: ",").map(String.init) ?? []
    }

    fileprivate func proves() async throws -> Bool {
        try await database.proveLedger(
            as: UUID.v7(milliseconds: now.milliseconds, from: site.randomness), inCurrency: tenant.currency, at: now
        ).allSatisfy(\.holds)
    }
}
