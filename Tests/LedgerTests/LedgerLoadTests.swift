import Access
import Glibc
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

/// Many at once on the books of two companies. More of it by hand: MASTIL_LEDGER_OPERATIONS=10000.
@Suite struct LedgerLoadTests {
    private static let operations = getenv("MASTIL_LEDGER_OPERATIONS").flatMap { Int(String(cString: $0)) } ?? 500
    private static let rounds = 5

    @Test func `random operations over fifty connections keep the books balanced and the past as it was`() async throws
    {
        try await withBooks { norte, sur in
            let crowd = try norte.site.test.another {
                $0.exclusiveConnections = 25
                $0.tenantShare = 1
            }
            do {
                try await run(norte, sur, over: crowd)
                await crowd.close()
            } catch {
                await crowd.close()
                throw error
            }
        }
    }

    private func run(_ norte: TestTenant, _ sur: TestTenant, over crowd: Database) async throws {
        var books: [Books] = []
        for tenant in [norte, sur] {
            var customers: [Customer.ID] = []
            for index in 0..<8 { customers.append(try await tenant.makeCustomer("C\(index)")) }
            books.append(Books(tenant: tenant, customers: customers, in: crowd.tenant(tenant.tenant.id.scope)))
        }
        var seen: [(books: Books, at: Instant, statements: [Statement])] = []
        for round in 0..<Self.rounds {
            let now = norte.now + .seconds(60 * Int64(round))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<50 {
                    group.addTask { [books] in
                        let randomness = Randomness(seed: UInt64(round * 50 + worker))
                        for _ in 0..<max(1, Self.operations / Self.rounds / 50) {
                            try await books[worker % 2].act(at: now, by: randomness)
                        }
                    }
                }
                try await group.waitForAll()
            }
            for book in books { seen.append((book, now, try await book.statements(asOf: now))) }
        }
        for book in books {
            let proofs = try await book.tenant.prove()
            #expect(proofs.allSatisfy { $0.holds && $0.transactions > 0 })
            for customer in book.customers {
                let kept = try await book.database.balance(of: customer, in: book.currency)
                let recounted = try await book.database.balance(of: customer, in: book.currency, at: .distantFuture)
                #expect(kept == recounted && kept.owed.minor >= 0 && kept.inFavour.minor >= 0)
                let open = try await book.database.openCharges(of: customer, in: book.currency)
                #expect(open.reduce(0) { $0 + $1.open.minor } == kept.owed.minor)
            }
        }
        // What a statement said of a moment it says of it for good.
        for (book, moment, statements) in seen {
            let again = try await book.statements(asOf: moment)
            #expect(zip(statements, again).allSatisfy { $0.lines == $1.lines && $0.overdue == $1.overdue })
        }
    }
}

extension Instant {
    fileprivate static let distantFuture = Instant(seconds: 4_000_000_000)
}

private struct Books: Sendable {
    let tenant: TestTenant
    let customers: [Customer.ID]
    let database: TenantDatabase

    init(tenant: TestTenant, customers: [Customer.ID], in database: TenantDatabase) {
        (self.tenant, self.customers, self.database) = (tenant, customers, database)
    }

    var currency: Currency { tenant.currency }
    private static let (first, last) = (Day(iso: "2026-01-01")!, Day(iso: "2026-12-31")!)

    func statements(asOf moment: Instant) async throws -> [Statement] {
        var statements: [Statement] = []
        for customer in customers {
            let statement = try await database.statement(
                of: customer, in: currency, from: Self.first, to: Self.last, asOf: moment)
            let balance = try await database.balance(of: customer, in: currency, at: moment)
            #expect(statement.closing == balance.balance)
            statements.append(statement)
        }
        return statements
    }

    /// What is in the way of another at that moment is refused in words, and nothing else fails.
    func act(at now: Instant, by randomness: Randomness) async throws {
        let customer = customers[Int(randomness.next() % UInt64(customers.count))]
        let minor = Int64(randomness.next() % 100_000) + 1
        let id: Transaction.ID = .make(milliseconds: now.milliseconds, from: .system)
        let day = Self.first + Int(randomness.next() % 300)
        func post(_ kind: Transaction.Kind, _ postings: [Posting]) async throws {
            let transaction = Transaction(id: id, kind, of: id.uuid, on: day, due: day + 10, postings)
            try await database.transaction { database in
                try await database.post(transaction, by: tenant.ana, at: now)
                let settlement: Transaction.ID = .make(milliseconds: now.milliseconds, from: .system)
                try await database.settleOldest(
                    [(customer, settlement, id.uuid)], in: currency, on: day, by: tenant.ana, at: now)
            }
        }
        let money = Money(minor: minor, currency)
        do {
            switch randomness.next() % 10 {
            case 0...3:
                try await post(.invoice, [Posting(.receivable(customer), money), Posting(.income("x"), try -money)])
            case 4...6:
                try await post(.payment, [Posting(.money("cash"), money), Posting(.credit(customer), try -money)])
            case 7:
                try await post(
                    .creditNote, [Posting(.income("x"), money), Posting(.credit(customer), try -money)])
            case 8:
                try await post(.refund, [Posting(.credit(customer), money), Posting(.money("cash"), try -money)])
            default:
                let some: Transaction.ID? = try await database.first(
                    """
                    SELECT t.transaction_id FROM ledger_transactions t
                    WHERE t.tenant_id = \(database.tenant) AND t.kind IN ('invoice', 'payment', 'credit_note')
                    ORDER BY hashtextextended(t.transaction_id::text, \(minor)) LIMIT 1
                    """, as: FoundTransaction.self)?.id
                guard let some else { return }
                try await database.undo(some, as: id, on: day, because: "Azar", by: tenant.ana, at: now)
            }
        } catch let refusal as LedgerRefusal {
            #expect([.balanceTooLarge, .moreThanOpen, .reversedAlready].contains(refusal))
        }
    }
}

private struct FoundTransaction: RowReadable {
    let id: Transaction.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("transaction_id") }
}
