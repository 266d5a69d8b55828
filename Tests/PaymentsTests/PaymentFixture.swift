import Access
import Declarations
import Documents
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Time
import Zones

@testable import Customers
@testable import Payments

/// Two companies with the rooms that payments need.
func withTills(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .zones, .ledger, .payments, body: body)
}

extension TestTenant {
    var acts: PaymentActs { PaymentActs(randomness: site.randomness) }
    var today: Day { tenant.timeZone.day(at: now) }

    func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    /// Somebody of the staff who may do this and no more.
    func somebody(_ permissions: Permission..., id: UUID = UUID(high: 2, low: 2)) -> Principal {
        Principal(
            Actor(.staff, id: id, name: "Caro"), permissions: Set(permissions), of: site.catalogue, at: now)
    }

    var cashier: Principal { somebody(.paymentsView, .paymentsRegister, .paymentsApply) }
    var collector: Principal { somebody(.paymentsView, .paymentsRegister) }
    var owner: Principal { somebody(.paymentsApprove, .paymentsReverse, id: UUID(high: 3, low: 3)) }

    func makeCustomer(_ name: String = "Beto") async throws -> Customer.ID {
        let customer = Customer(id: newID(), name: name, state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }

    @discardableResult
    func charge(_ minor: Int64, to customer: Customer.ID, due: String = "2026-11-10", note: String = "F-1") async throws
        -> Transaction.ID
    {
        let id: Transaction.ID = newID()
        let transaction = Transaction(
            id: id, .charge, of: id.uuid, on: Day(iso: "2026-11-01")!, due: Day(iso: due)!, note: note,
            [Posting(.receivable(customer), money(minor)), Posting(.income("internet"), money(-minor))])
        try await database.post(transaction, by: .commandLine, at: now)
        return id
    }

    func new(
        _ minor: Int64, from customer: Customer.ID, by method: String = "cash", reference: String = "",
        chosen: [Transaction.ID] = [], folio: NewPayment.Folio? = nil, id: Payment.ID? = nil
    ) -> NewPayment {
        NewPayment(
            id: id ?? newID(), customer: customer, method: method, amount: money(minor), day: today,
            reference: reference, chosen: chosen, folio: folio)
    }

    func take(_ new: NewPayment, by principal: Principal? = nil) async throws -> Payment {
        try await acts.register(new, of: tenant, by: principal ?? cashier, in: database)
    }

    func balance(of customer: Customer.ID) async throws -> Int64 {
        try await database.balance(of: customer, in: tenant.currency).balance.minor
    }

    func proves() async throws -> Bool {
        try await database.proveLedger(
            as: UUID.v7(milliseconds: now.milliseconds, from: site.randomness), inCurrency: tenant.currency, at: now
        ).allSatisfy(\.holds)
    }
}
