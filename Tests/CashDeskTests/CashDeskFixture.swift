import Access
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Payments
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Time

@testable import CashDesk
@testable import Customers

/// Two companies with the rooms that tills need.
func withCashDesks(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(declaring: .customers, .ledger, .payments, .cashDesk, body: body)
}

extension TestTenant {
    var acts: ShiftActs { ShiftActs(randomness: site.randomness) }
    var payments: PaymentActs { PaymentActs(randomness: site.randomness) }

    func money(_ minor: Int64) -> Money { Money(minor: minor, tenant.currency) }
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func person(_ name: String, _ number: UInt64, _ permissions: Permission...) -> Principal {
        Principal(
            Actor(.staff, id: UUID(high: 2, low: number), name: name), permissions: Set(permissions),
            of: site.catalogue, at: now)
    }

    var caro: Principal { person("Caro", 1, .cashKeep, .paymentsRegister, .paymentsApply) }
    var beto: Principal { person("Beto", 2, .cashKeep, .paymentsRegister) }
    var owner: Principal { person("Ana", 3, .cashManage, .cashView, .paymentsApprove, .paymentsReverse) }

    func makeTill(_ name: String = "Caja 1") async throws -> Till {
        var till = Till(id: newID())
        till.name = name
        return try await till.add(by: owner, in: database)
    }

    func openShift(at till: Till? = nil, with float: Int64 = 0, by keeper: Principal) async throws -> Shift {
        var opening = ShiftOpening(in: tenant.currency)
        (opening.till, opening.float) = (till?.id, money(float))
        return try await acts.open(opening, of: tenant, by: keeper, in: database)
    }

    func makeCustomer(_ name: String = "Luis") async throws -> Customer.ID {
        let customer = Customer(id: newID(), name: name, state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        return customer.id
    }

    func take(
        _ minor: Int64, from customer: Customer.ID, by keeper: Principal, method: String = "cash",
        reference: String = ""
    ) async throws -> Payment {
        let new = NewPayment(
            id: newID(), customer: customer, method: method, amount: money(minor), day: tenant.timeZone.day(at: now),
            reference: reference)
        return try await payments.register(new, of: tenant, by: keeper, in: database)
    }

    func give(
        _ minor: Int64, to customer: Customer.ID, by keeper: Principal, method: String = "cash", reference: String = ""
    ) async throws -> Adjustment {
        let refund = NewAdjustment(
            .refund, of: money(minor), on: tenant.timeZone.day(at: now), by: method, reference: reference)
        return try await payments.adjust(refund, of: customer, of: tenant, by: keeper, in: database)
    }

    func count(_ minor: Int64, because reason: String = "", for receiver: Shift? = nil) -> ShiftCount {
        var count = ShiftCount(in: tenant.currency)
        (count.counted, count.reason, count.handedTo) = (money(minor), reason, receiver?.id)
        return count
    }

    func close(_ shift: Shift, _ count: ShiftCount, by keeper: Principal) async throws -> ShiftActs.Closing {
        try await acts.close(shift.id, count, by: keeper, in: database)
    }

    func move(
        _ kind: CashMovement.Kind, _ minor: Int64, in shift: Shift, by keeper: Principal
    ) async throws {
        var movement = CashMovement(in: tenant.currency)
        (movement.kind, movement.amount, movement.note) = (kind, money(minor), "Recibo 12")
        _ = try await acts.move(movement, in: shift.id, of: tenant, by: keeper, in: database)
    }
}
