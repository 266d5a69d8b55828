import Access
import Events
import Identifiers
import Locale
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Customers
@testable import Ledger

@Suite struct LedgerTests {
    @Test func `what a company posts is nothing to its neighbour`() async throws {
        try await withBooks { norte, sur in
            let beto = try await norte.makeCustomer()
            let invoice = norte.invoice(50_000, to: beto)
            try await norte.post(invoice)
            #expect(try await norte.balance(of: beto) == (50_000, 0))
            #expect(try await sur.database.balance(of: beto, in: norte.currency).owed.isZero)
            #expect(try await sur.database.openCharges(of: beto, in: norte.currency).isEmpty)
            #expect(try await sur.prove().map(\.transactions) == [0])
            // Nor can it post about somebody else's customer.
            await #expect(throws: DatabaseError.self) { try await sur.post(sur.invoice(50_000, to: beto)) }
            await #expect(throws: DatabaseError.self) { try await sur.undo(invoice) }
            #expect(try await norte.balance(of: beto) == (50_000, 0))
        }
    }

    @Test func `a transaction that does not sum to zero in each currency is refused`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            for postings in [
                [Posting(.receivable(beto), norte.money(100)), Posting(.income("internet"), norte.money(-99))],
                [Posting(.receivable(beto), norte.money(100))],
                [Posting(.receivable(beto), norte.money(100)), Posting(.income("internet"), Money(minor: -100, .usd))],
                [],
            ] {
                let id: Transaction.ID = norte.newID()
                let transaction = Transaction(id: id, .charge, of: id.uuid, on: Day(iso: "2026-11-01")!, postings)
                await #expect(throws: DatabaseError.self) { try await norte.post(transaction) }
            }
            #expect(try await norte.balance(of: beto) == (0, 0))
        }
    }

    @Test func `PostgreSQL itself refuses to change, delete or add rows of the books`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.post(norte.invoice(50_000, to: beto))
            let tenant = norte.database.tenant
            let statements: [SQL] = [
                "UPDATE ledger_postings SET amount = 1 WHERE tenant_id = \(tenant)",
                "DELETE FROM ledger_postings WHERE tenant_id = \(tenant)",
                "UPDATE ledger_transactions SET note = '' WHERE tenant_id = \(tenant)",
                "DELETE FROM ledger_transactions WHERE tenant_id = \(tenant)",
                "UPDATE customer_balances SET credit = 0 WHERE tenant_id = \(tenant)",
                "DELETE FROM customer_balances WHERE tenant_id = \(tenant)",
                "UPDATE ledger_charges SET open = 0 WHERE tenant_id = \(tenant)",
                "DELETE FROM ledger_charges WHERE tenant_id = \(tenant)",
                "UPDATE ledger_books SET closed_through = '2000-01-01' WHERE tenant_id = \(tenant)",
                "UPDATE ledger_proofs SET debits = 0 WHERE tenant_id = \(tenant)",
                "INSERT INTO ledger_postings SELECT * FROM ledger_postings WHERE tenant_id = \(tenant)",
            ]
            for statement in statements {
                let error = await #expect(throws: DatabaseError.self) { try await norte.database.execute(statement) }
                #expect(error?.sqlState == "42501")
            }
            #expect(try await norte.balance(of: beto) == (50_000, 0))
        }
    }

    @Test func `a transaction that is sent again with more lines is another`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            let invoice = norte.invoice(50_000, to: beto)
            try await norte.post(invoice)
            let doubled = Transaction(
                id: invoice.id, invoice.kind, of: invoice.source, on: invoice.day, due: invoice.due,
                invoice.postings + invoice.postings)
            await #expect(throws: LedgerRefusal.postedOtherwise) { try await norte.post(doubled) }
            #expect(try await norte.balance(of: beto) == (50_000, 0))
        }
    }

    @Test func `a customer with several invoices in one run has their credit settled once`() async throws {
        try await withBooks { norte, _ in
            let (beto, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            for customer in [beto, eva] { try await norte.post(norte.payment(50_000, by: customer)) }
            let invoices = [norte.invoice(30_000, to: beto), norte.invoice(30_000, to: beto)]
            try await norte.database.post(invoices + [norte.invoice(20_000, to: eva)], by: norte.ana, at: norte.now)
            try await norte.database.settleOldest(
                [(beto, norte.newID(), invoices[0].source), (beto, norte.newID(), invoices[1].source)]
                    + [(eva, norte.newID(), norte.invoice(1, to: eva).source)],
                in: norte.currency, on: invoices[0].day, by: norte.ana, at: norte.now)
            #expect(try await norte.balance(of: beto) == (10_000, 0))
            #expect(try await norte.open(beto) == [10_000])
            #expect(try await norte.balance(of: eva) == (0, 30_000))
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `the same transaction again posts nothing, another under its id or source is refused`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            let (one, two) = (norte.invoice(50_000, to: beto), norte.invoice(30_000, to: beto))
            #expect(try await norte.database.post([one], by: norte.ana, at: norte.now) == 1)
            // A run that begins again after it was killed brings what it had posted, and the rest.
            #expect(try await norte.database.post([one, two], by: norte.ana, at: norte.now) == 1)
            #expect(try await norte.database.post([two, one], by: norte.ana, at: norte.now) == 0)
            #expect(try await norte.balance(of: beto) == (80_000, 0))
            // The same invoice under another id is the same.
            let again = Transaction(id: norte.newID(), .invoice, of: one.source, on: one.day, one.postings)
            #expect(try await norte.database.post([again], by: norte.ana, at: norte.now) == 0)
            let other = Transaction(
                id: one.id, .invoice, of: one.source, on: one.day, norte.invoice(49_999, to: beto).postings)
            await #expect(throws: LedgerRefusal.postedOtherwise) { try await norte.post(other) }
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `fifty identical posts at once are one`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            let payment = norte.payment(10_000, by: beto)
            let new = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await norte.database.post([payment], by: norte.ana, at: norte.now) }
                }
                return try await group.reduce(0, +)
            }
            #expect(new == 1)
            #expect(try await norte.balance(of: beto) == (0, 10_000))
        }
    }

    @Test func `a payment settles the oldest charges, and what is left stays in favour`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.post(
                norte.invoice(30_000, to: beto, on: "2026-11-01", due: "2026-11-30"),
                norte.invoice(50_000, to: beto, on: "2026-10-01", due: "2026-10-10"))
            try await norte.pay(60_000, by: beto)
            let open = try await norte.database.openCharges(of: beto, in: norte.currency)
            #expect(open.map(\.open.minor) == [20_000] && open[0].due.iso == "2026-11-30")
            try await norte.pay(25_000, by: beto)
            #expect(try await norte.balance(of: beto) == (0, 5_000))
            // What is in favour settles the next charge.
            let next = norte.invoice(50_000, to: beto)
            try await norte.post(next)
            let settled = try await norte.database.settleOldest(
                [(beto, norte.newID(), next.source)], in: norte.currency, on: next.day, by: norte.ana, at: norte.now)
            #expect(settled == 1)
            // The same again settles nothing.
            #expect(
                try await norte.database.settleOldest(
                    [(beto, norte.newID(), next.source)], in: norte.currency, on: next.day, by: norte.ana,
                    at: norte.now) == 0)
            #expect(try await norte.balance(of: beto) == (45_000, 0))
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `no charge is settled beyond what is open, and none of another customer's`() async throws {
        try await withBooks { norte, _ in
            let (beto, eva) = (try await norte.makeCustomer(), try await norte.makeCustomer("Eva"))
            let invoice = norte.invoice(10_000, to: beto)
            try await norte.post(
                invoice, norte.invoice(90_000, to: eva), norte.payment(90_000, by: beto), norte.payment(90_000, by: eva)
            )
            func settle(_ minor: Int64, of customer: Customer.ID) async throws {
                let id: Transaction.ID = norte.newID()
                try await norte.post(
                    Transaction(
                        id: id, .settlement, of: id.uuid, on: invoice.day,
                        [
                            Posting(.credit(customer), norte.money(minor)),
                            Posting(.receivable(customer), norte.money(-minor), settles: invoice.id),
                        ]))
            }
            await #expect(throws: (any Error).self) { try await settle(10_001, of: beto) }
            await #expect(throws: (any Error).self) { try await settle(10_000, of: eva) }
            try await settle(10_000, of: beto)
            #expect(try await norte.balance(of: beto) == (0, 80_000))
            #expect(try await norte.balance(of: eva) == (90_000, 90_000))
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `a transaction is reversed once, and a reversal is not reversed`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            let (invoice, id) = (norte.invoice(50_000, to: beto), norte.newID() as Transaction.ID)
            func reverse(_ undone: Transaction.ID, as id: Transaction.ID) async throws -> Bool {
                try await norte.database.reverse(
                    undone, as: id, on: invoice.day, because: "Error", by: norte.ana, at: norte.now)
            }
            try await norte.post(invoice)
            #expect(try await reverse(invoice.id, as: id))
            #expect(try await norte.balance(of: beto) == (0, 0))
            // A request that is sent again.
            #expect(try await !reverse(invoice.id, as: id))
            await #expect(throws: LedgerRefusal.reversedAlready) {
                try await reverse(invoice.id, as: norte.newID())
            }
            await #expect(throws: LedgerRefusal.reversalStays) { try await reverse(id, as: norte.newID()) }
            // Nor is one posted as if it were any other transaction.
            let forged = Transaction(
                id: norte.newID(), .reversal, of: invoice.source, on: invoice.day, invoice.postings)
            await #expect(throws: DatabaseError.self) { try await norte.post(forged) }
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `undoing a payment opens what it paid, though other payments came after it`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.post(
                norte.invoice(50_000, to: beto, due: "2026-11-10"), norte.invoice(50_000, to: beto, due: "2026-12-10"))
            let first = try await norte.pay(60_000, by: beto)
            try await norte.pay(20_000, by: beto)
            #expect(try await norte.open(beto) == [20_000])
            try await norte.undo(first)
            #expect(try await norte.balance(of: beto) == (80_000, 0))
            #expect(try await norte.open(beto) == [50_000, 30_000])
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `undoing a payment whose rest settled a later charge takes that back`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            let payment = try await norte.pay(70_000, by: beto)
            let invoice = norte.invoice(50_000, to: beto)
            try await norte.post(invoice)
            try await norte.database.settleOldest(
                [(beto, norte.newID(), invoice.source)], in: norte.currency, on: invoice.day, by: norte.ana,
                at: norte.now)
            #expect(try await norte.balance(of: beto) == (0, 20_000))
            try await norte.undo(payment)
            #expect(try await norte.balance(of: beto) == (50_000, 0))
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `undoing a charge that was paid leaves the payment in favour, and it settles the others`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            let (one, two) = (
                norte.invoice(50_000, to: beto, due: "2026-11-10"), norte.invoice(30_000, to: beto, due: "2026-12-10")
            )
            try await norte.post(one, two)
            let payment = try await norte.pay(60_000, by: beto)
            try await norte.undo(one)
            #expect(try await norte.balance(of: beto) == (0, 30_000))
            try await norte.undo(payment)
            #expect(try await norte.balance(of: beto) == (30_000, 0))
            await #expect(throws: LedgerRefusal.reversedAlready) { try await norte.undo(one) }
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `nothing is posted to a day that is closed, until it is opened again with a reason`() async throws {
        try await withBooks { norte, sur in
            let (beto, eva) = (try await norte.makeCustomer(), try await sur.makeCustomer("Eva"))
            func close(_ day: String, because reason: String = "") async throws {
                try await Closing.close(
                    through: Day(iso: day)!, because: reason, as: norte.newID(), of: norte.tenant,
                    by: norte.commandLine, in: norte.database)
            }
            let october = norte.invoice(50_000, to: beto, on: "2026-10-31")
            try await norte.post(october)
            await #expect(throws: LedgerRefusal.closesFuture) { try await close("2027-01-01") }
            try await close("2026-10-31")
            await #expect(throws: LedgerRefusal.dayClosed) {
                try await norte.post(norte.invoice(50_000, to: beto, on: "2026-10-31"))
            }
            await #expect(throws: LedgerRefusal.dayClosed) { try await norte.undo(october, on: "2026-10-31") }
            // What is there already, sent again, is no news; and a mistake is mended on an open day.
            #expect(try await norte.database.post([october], by: norte.ana, at: norte.now) == 0)
            try await norte.undo(october, on: "2026-11-01")
            try await sur.post(sur.invoice(50_000, to: eva, on: "2026-10-31"))
            await #expect(throws: LedgerRefusal.reasonMissing) { try await close("2026-09-30") }
            norte.site.clock.advance(by: .seconds(1))
            try await close("2026-09-30", because: "Faltó una factura")
            try await norte.post(norte.invoice(50_000, to: beto, on: "2026-10-31"))
            #expect(try await norte.database.closings(limit: 9).map(\.through.iso) == ["2026-09-30", "2026-10-31"])
            #expect(try await sur.database.closings(limit: 9).isEmpty)
        }
    }

    @Test func `the largest amounts are kept, and what is larger is refused in words`() async throws {
        try await withBooks { norte, _ in
            let beto = try await norte.makeCustomer()
            try await norte.post(norte.invoice(Money.most, to: beto))
            await #expect(throws: LedgerRefusal.balanceTooLarge) { try await norte.post(norte.invoice(1, to: beto)) }
            for minor in [Money.most + 1, Int64.max, Int64.min + 1] {
                await #expect(throws: LedgerRefusal.tooLarge) { try await norte.post(norte.invoice(minor, to: beto)) }
            }
            await #expect(throws: (any Error).self) { try await norte.post(norte.invoice(0, to: beto)) }
            #expect(try await norte.balance(of: beto) == (Money.most, 0))
            try await norte.pay(Money.most, by: beto)
            #expect(try await norte.balance(of: beto) == (0, 0))
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `somebody limited to zones posts and reads about the customers there only`() async throws {
        try await withBooks { norte, _ in
            let zone = UUID(high: 7, low: 7)
            try await norte.database.execute(
                "INSERT INTO coverage_zones (tenant_id, zone_id, name) VALUES (\(norte.database.tenant), \(zone), 'Loma')"
            )
            let (here, there) = (
                try await norte.makeCustomer("Aquí", in: zone), try await norte.makeCustomer("Allá")
            )
            let invoice = norte.invoice(50_000, to: here)
            try await norte.post(invoice, norte.invoice(70_000, to: there))
            try await norte.database.transaction { database in
                try await database.execute("SELECT stay_in_zones(\([zone]))")
                try await database.post(norte.payment(10_000, by: here), by: norte.ana, at: norte.now)
                #expect(try await database.balance(of: here, in: norte.currency).balance.minor == 40_000)
                #expect(try await database.balance(of: there, in: norte.currency).balance.isZero)
                let visible: Int? = try await database.value(
                    "SELECT count(*) FROM ledger_transactions WHERE tenant_id = \(norte.database.tenant)")
                #expect(visible == 2)
                try await database.undo(
                    invoice.id, as: norte.newID(), on: invoice.day, because: "Error", by: norte.ana, at: norte.now,
                    from: norte.site.randomness)
            }
            await #expect(throws: DatabaseError.self) {
                try await norte.database.transaction { database in
                    try await database.execute("SELECT stay_in_zones(\([zone]))")
                    try await database.post(norte.payment(10_000, by: there), by: norte.ana, at: norte.now)
                }
            }
            #expect(try await norte.balance(of: there) == (70_000, 0))
            #expect(try await norte.prove().allSatisfy(\.holds))
        }
    }

    @Test func `the nightly proof finds what was changed behind the ledger's back, and says so in the record`()
        async throws
    {
        try await withBooks { norte, sur in
            let beto = try await norte.makeCustomer()
            try await norte.post(norte.invoice(50_000, to: beto), norte.payment(20_000, by: beto))
            #expect(try await norte.prove().map(\.holds) == [true])
            norte.site.clock.advance(by: .seconds(1))
            let superuser = try norte.site.test.superuser()
            try superuser.execute("UPDATE customer_balances SET receivable = receivable - 1")
            try superuser.execute("UPDATE ledger_charges SET open = open - 2")
            try superuser.execute("UPDATE ledger_postings SET amount = amount + 3 WHERE account = 'income'")
            let proof = try await norte.prove()[0]
            #expect(proof.unbalanced == 1 && proof.wrongBalances == 1 && proof.wrongCharges == 1)
            #expect(proof.debits != proof.credits)
            #expect(try await norte.database.ledgerProofs(limit: 9).map(\.holds) == [false, true])
            #expect(try await norte.database.events(limit: 1).map(\.kind) == ["ledger.unbalanced"])
            #expect(try await sur.database.ledgerProofs(limit: 9).isEmpty)
        }
    }

    @Test func `every word is there in every language`() {
        #expect(LedgerRefusal.problems == [])
    }
}
