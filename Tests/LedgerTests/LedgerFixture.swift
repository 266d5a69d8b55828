import Access
import Declarations
import Events
import Identifiers
import Locale
import Postgres
import Tenancy
import TenantSupport
import Time
import Zones

@testable import Customers
@testable import Ledger

/// Two companies with the rooms that the ledger needs.
func withBooks(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .zones, .ledger, body: body)
}

extension TestTenant {
    var ana: Actor { Actor(.staff, id: UUID(high: 1, low: 1), name: "Ana") }
    var currency: Currency { tenant.currency }

    func money(_ minor: Int64) -> Money { Money(minor: minor, currency) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func makeCustomer(_ name: String = "Beto", in zone: UUID? = nil) async throws -> Customer.ID {
        let customer = Customer(
            id: newID(), name: name, state: .active, zone: zone.map { ID($0) }, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }

    func invoice(
        _ minor: Int64, to customer: Customer.ID, on day: String = "2026-11-01", due: String = "2026-11-10",
        note: String = "F-1"
    ) -> Transaction {
        let id: Transaction.ID = newID()
        return Transaction(
            id: id, .invoice, of: id.uuid, on: Day(iso: day)!, due: Day(iso: due)!, note: note,
            [Posting(.receivable(customer), money(minor)), Posting(.income("internet"), money(-minor))])
    }

    func payment(_ minor: Int64, by customer: Customer.ID, on day: String = "2026-11-05") -> Transaction {
        let id: Transaction.ID = newID()
        return Transaction(
            id: id, .payment, of: id.uuid, on: Day(iso: day)!,
            [Posting(.money("cash"), money(minor)), Posting(.credit(customer), money(-minor))])
    }

    func post(_ transactions: Transaction...) async throws {
        try await database.post(transactions, by: ana, at: now)
    }

    /// Pays and settles the oldest charges, as a payment does.
    @discardableResult
    func pay(_ minor: Int64, by customer: Customer.ID, on day: String = "2026-11-05") async throws -> Transaction {
        let payment = payment(minor, by: customer, on: day)
        try await database.transaction { database in
            try await database.post(payment, by: ana, at: now)
            try await database.settleOldest(
                [(customer, newID(), payment.source)], in: currency, on: payment.day, by: ana, at: now)
        }
        return payment
    }

    func undo(_ transaction: Transaction, on day: String = "2026-11-20") async throws {
        try await database.undo(
            transaction.id, as: newID(), on: Day(iso: day)!, because: "Error", by: ana, at: now,
            from: site.randomness)
    }

    func balance(of customer: Customer.ID) async throws -> (owed: Int64, inFavour: Int64) {
        let balance = try await database.balance(of: customer, in: currency)
        return (balance.owed.minor, balance.inFavour.minor)
    }

    func open(_ customer: Customer.ID) async throws -> [Int64] {
        try await database.openCharges(of: customer, in: currency).map(\.open.minor)
    }

    func prove() async throws -> [LedgerProof] {
        try await database.proveLedger(
            as: UUID.v7(milliseconds: now.milliseconds, from: site.randomness), inCurrency: currency, at: now)
    }
}
