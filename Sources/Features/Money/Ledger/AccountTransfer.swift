import Customers
import Events
import Identifiers
import Jobs
import Postgres
import Time

/// When, why and by whom something is reversed.
struct Reversal {
    let day: Day
    let reason: String
    let actor: Actor
    let now: Instant
    let randomness: Randomness

    func newID() -> Transaction.ID { .make(milliseconds: now.milliseconds, from: randomness) }
}

// A merged customer's account is the remaining customer's: its balance moves by postings.
extension TenantDatabase {
    /// Moves a customer's debts and credit, and settles the oldest debts. Returns whether there was anything. Call in
    /// the caller's transaction.
    @discardableResult
    package func transferAccount(
        of giver: Customer.ID, to taker: Customer.ID, as id: Transaction.ID, on day: Day, because note: String,
        by actor: Actor, at now: Instant, from randomness: Randomness = .system
    ) async throws -> Bool {
        let isMoved = try await LedgerRefusal.translating { () throws(DatabaseError) in
            try await value(
                """
                WITH posted AS (
                    SELECT transfer_account(
                        \(tenant), \(giver), \(taker), \(id), \(day), \(note), \(actor.id), \(actor.name), \(now))
                        AS is_moved)
                SELECT is_moved FROM posted
                """, as: Bool.self)
        }
        guard isMoved == true else { return false }
        for currency in try await currencies(of: taker) {
            let settlement: Transaction.ID = .make(milliseconds: now.milliseconds, from: randomness)
            try await settleOldest([(taker, settlement, settlement.uuid)], in: currency, on: day, by: actor, at: now)
        }
        try await queue([LookAtCustomer(taker)], at: now)
        return true
    }

    /// Moves back everything moved from a customer who is still merged. What the other has paid of it meanwhile becomes
    /// the other's credit. Call in the caller's transaction.
    package func takeAccountBack(
        from merged: Customer.ID, on day: Day, because reason: String, by actor: Actor, at now: Instant,
        from randomness: Randomness = .system
    ) async throws {
        var emptied: [(merged: Customer.ID, into: Customer.ID)] = []
        try await takeBack(
            from: merged, Reversal(day: day, reason: reason, actor: actor, now: now, randomness: randomness), &emptied)
    }

    /// Collects the customers whose account must be moved again afterwards, each once.
    func takeBack(
        from customer: Customer.ID, _ reversal: Reversal, _ emptied: inout [(merged: Customer.ID, into: Customer.ID)]
    ) async throws {
        guard !emptied.contains(where: { $0.merged == customer }),
            let heir = try await mergedInto(customer)
        else { return }
        emptied.append((customer, heir))
        let transfers: [AccountTransfer] = try await rows(
            """
            SELECT t.transaction_id, o.customer_id AS taker
            FROM ledger_postings p
            JOIN ledger_transactions t ON t.tenant_id = p.tenant_id AND t.transaction_id = p.transaction_id
            JOIN ledger_postings o ON o.tenant_id = p.tenant_id AND o.transaction_id = p.transaction_id
                AND o.customer_id <> p.customer_id
            WHERE p.tenant_id = \(tenant) AND p.customer_id = \(customer) AND t.kind = 'transfer'
                AND (p.account = 'receivable') = (p.amount < 0) AND NOT EXISTS (
                    SELECT FROM ledger_transactions r
                    WHERE r.tenant_id = \(tenant) AND r.kind = 'reversal' AND r.source_id = t.transaction_id)
            GROUP BY t.transaction_id, t.made_at, o.customer_id ORDER BY t.made_at DESC, t.transaction_id DESC
            """)
        for transfer in transfers {
            // The recipient may have been merged since.
            try await takeBack(from: transfer.taker, reversal, &emptied)
            try await undo(transfer.id, as: reversal.newID(), reversal)
        }
    }
}

private struct AccountTransfer: RowReadable {
    let id: Transaction.ID
    let taker: Customer.ID

    init(row: Row) throws(DatabaseError) {
        id = try row.read("transaction_id")
        taker = try row.read("taker")
    }
}
