import Customers
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import Tenancy
import Time

/// What the platform's ledger says of a company. There the company is a customer, whose id is the company's, and a bill
/// or payment is the transaction of the same id.
package struct PlatformDebt: Sendable {
    /// By currency: positive is debt, negative credit.
    package let balances: [Currency: Money]
    /// Of bills that are not settled.
    package let open: [PlatformPosting.ID: Money]
}

extension TenantDatabase {
    /// In the company's own context.
    package func platformDebt() async throws(DatabaseError) -> PlatformDebt {
        let balances: [DebtRow] = try await rows(
            """
            WITH debts AS (SELECT coin, balance FROM platform_debts(\(tenant)))
            SELECT coin AS currency, balance AS amount, NULL::uuid AS bill FROM debts
            """)
        let open: [DebtRow] = try await rows(
            """
            WITH bills AS (SELECT bill, coin, open FROM platform_open_bills(\(tenant)))
            SELECT coin AS currency, open AS amount, bill FROM bills
            """)
        return PlatformDebt(
            balances: Dictionary(uniqueKeysWithValues: balances.map { ($0.amount.currency, $0.amount) }),
            open: Dictionary(uniqueKeysWithValues: open.compactMap { row in row.bill.map { ($0, row.amount) } }))
    }

    /// Whether a bill that was due before this day is open. In the company's own context.
    func hasOverdueBills(on today: Day) async throws(DatabaseError) -> Bool {
        try await value(
            """
            WITH bills AS (SELECT due FROM platform_open_bills(\(tenant)))
            SELECT EXISTS (SELECT FROM bills WHERE due < \(today))
            """) ?? false
    }

    // In the platform's own tenant.

    /// Books a company's posting, and settles the oldest bills from what the company has in favour.
    func book(
        _ posting: PlatformPosting, of company: Tenant, by actor: Actor, at now: Instant, from randomness: Randomness
    ) async throws {
        func newID() -> Transaction.ID { .make(milliseconds: now.milliseconds, from: randomness) }
        let (customer, id) = (Customer.ID(company.id.uuid), Transaction.ID(posting.id.uuid))
        let note = posting.note.prefix(scalars: 500)
        if let undone = posting.reverses {
            // Payments from before amounts had a bound are not in the ledger.
            guard try await hasTransaction(Transaction.ID(undone.uuid)) else { return }
            return try await undo(
                Transaction.ID(undone.uuid), as: id, on: posting.day, because: note, by: actor, at: now,
                from: randomness)
        }
        try await keepCustomer(for: company, since: posting.day)
        let transaction =
            if let bill = posting.bill {
                Transaction(
                    id: id, .invoice, of: id.uuid, on: posting.day, due: bill.dueOn, note: "\(bill.number)",
                    [Posting(.receivable(customer), posting.amount), Posting(.income("plan"), try -posting.amount)])
            } else {
                Transaction(
                    id: id, .payment, of: id.uuid, on: posting.day, note: note,
                    [
                        Posting(.money(posting.method?.rawValue ?? ""), posting.amount),
                        Posting(.credit(customer), try -posting.amount),
                    ])
            }
        try await post(transaction, by: actor, at: now)
        try await settleOldest(
            [(customer, newID(), id.uuid)], in: posting.amount.currency, on: posting.day, by: actor, at: now)
    }

    private func hasTransaction(_ id: Transaction.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM ledger_transactions WHERE tenant_id = \(tenant) AND transaction_id = \(id))
            """) ?? false
    }

    private func keepCustomer(for company: Tenant, since day: Day) async throws(DatabaseError) {
        let isKnown: Bool? = try await value(
            "SELECT EXISTS (SELECT FROM customers WHERE tenant_id = \(tenant) AND customer_id = \(company.id))")
        if isKnown == true { return }
        try await execute(
            """
            WITH counter AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'customer', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1
                RETURNING last)
            INSERT INTO customers (tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)
            SELECT \(tenant), \(company.id), last, \(company.name.prefix(scalars: 200)), '', '', '', 'active', \(day)
            FROM counter
            ON CONFLICT (tenant_id, customer_id) DO NOTHING
            """)
    }
}

private struct DebtRow: RowReadable {
    let amount: Money
    let bill: PlatformPosting.ID?

    init(row: Row) throws(DatabaseError) {
        amount = Money(minor: try row.read("amount"), try row.currency())
        bill = try row.read("bill")
    }
}
