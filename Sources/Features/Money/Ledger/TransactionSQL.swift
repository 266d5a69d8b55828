import Customers
import Events
import Identifiers
import Jobs
import Locale
import Postgres
import Time

extension TenantDatabase {
    /// Posts transactions, all or none, in one statement. Idempotent: one whose id or source is posted is skipped.
    /// Returns how many were new.
    @discardableResult
    package func post(_ transactions: [Transaction], by actor: Actor, at now: Instant) async throws -> Int {
        guard !transactions.isEmpty else { return 0 }
        let lines = transactions.enumerated().flatMap { place, transaction in
            transaction.postings.map { (place: Int32(place + 1), posting: $0) }
        }
        let paying = transactions.filter { $0.kind.changesDebt }.flatMap { $0.postings.compactMap(\.account.customer) }
        if !paying.isEmpty {
            return try await transaction { database in
                let added = try await database.add(transactions, lines, by: actor, at: now)
                try await database.queue(Set(paying).map { LookAtCustomer($0) }, at: now)
                return added
            }
        }
        return try await add(transactions, lines, by: actor, at: now)
    }

    private func add(
        _ transactions: [Transaction], _ lines: [(place: Int32, posting: Posting)], by actor: Actor, at now: Instant
    ) async throws -> Int {
        try await LedgerRefusal.translating { () throws(DatabaseError) in
            try await value(
                """
                WITH posted AS (
                    SELECT post_transactions(
                        \(tenant), \(transactions.map(\.id)), \(transactions.map(\.kind.rawValue)),
                        \(transactions.map(\.source)), \(transactions.map(\.day)), \(transactions.map(\.due)),
                        \(transactions.map(\.note)), \(actor.id), \(actor.name), \(now),
                        \(lines.map(\.place)), \(lines.map(\.posting.account.kind)),
                        \(lines.map(\.posting.account.name)), \(lines.map(\.posting.account.customer)),
                        \(lines.map(\.posting.amount.currency.rawValue)), \(lines.map(\.posting.amount.minor)),
                        \(lines.map(\.posting.settles))) AS count)
                SELECT count FROM posted
                """, as: Int32.self)
        }.map(Int.init) ?? 0
    }

    /// False when already posted.
    @discardableResult
    package func post(_ transaction: Transaction, by actor: Actor, at now: Instant) async throws -> Bool {
        try await post([transaction], by: actor, at: now) > 0
    }

    /// Reverses a transaction, once. Settlements of a charge must be reversed before the charge. False when this
    /// reversal is already posted.
    @discardableResult
    package func reverse(
        _ undone: Transaction.ID, as id: Transaction.ID, on day: Day, because reason: String, by actor: Actor,
        at now: Instant
    ) async throws -> Bool {
        try await LedgerRefusal.translating { () throws(DatabaseError) in
            try await value(
                """
                WITH posted AS (
                    SELECT reverse_transaction(
                        \(tenant), \(undone), \(id), \(day), \(reason), \(actor.id), \(actor.name), \(now)) AS is_new)
                SELECT is_new FROM posted
                """, as: Bool.self)
        } ?? false
    }

    /// Settles debts from credit, the oldest charge first. Each settlement names the customer, its own id, and its
    /// source: a payment or an invoice. Returns how many had something to settle.
    @discardableResult
    package func settleOldest(
        _ settlements: [(customer: Customer.ID, id: Transaction.ID, source: UUID)], in currency: Currency,
        on day: Day, by actor: Actor, at now: Instant
    ) async throws -> Int {
        guard !settlements.isEmpty else { return 0 }
        return try await LedgerRefusal.translating { () throws(DatabaseError) in
            try await value(
                """
                WITH posted AS (
                    SELECT settle_oldest(
                        \(tenant), \(settlements.map(\.customer)), \(settlements.map(\.id)),
                        \(settlements.map(\.source)), \(currency.rawValue), \(day), \(actor.id), \(actor.name),
                        \(now)) AS count)
                SELECT count FROM posted
                """, as: Int32.self)
        }.map(Int.init) ?? 0
    }
}

extension TenantDatabase {
    /// Undoes a transaction with everything that builds on it: a charge's settlements, or a payment's. Freed credit
    /// settles the oldest charges anew. A merged customer's part is moved back to their account, undone there, and the
    /// rest moved again. It is undone by a reversal, or by booking `other` instead. Call in the caller's transaction.
    package func undo(
        _ undone: Transaction.ID, as id: Transaction.ID, booking other: Transaction? = nil, on day: Day,
        because reason: String, by actor: Actor, at now: Instant, from randomness: Randomness = .system
    ) async throws {
        try await transaction { database in
            let reversal = Reversal(day: day, reason: reason, actor: actor, now: now, randomness: randomness)
            var emptied: [(merged: Customer.ID, into: Customer.ID)] = []
            for customer in Set(try await database.sides(of: undone).map(\.customer)) {
                try await database.takeBack(from: customer, reversal, &emptied)
            }
            try await database.undo(undone, as: id, booking: other, reversal)
            for (merged, heir) in emptied {
                try await database.transferAccount(
                    of: merged, to: heir, as: reversal.newID(), on: day, because: reason, by: actor, at: now)
            }
        }
    }

    /// On the accounts as booked, regardless of merges.
    func undo(
        _ undone: Transaction.ID, as id: Transaction.ID, booking other: Transaction? = nil, _ reversal: Reversal
    ) async throws {
        let (day, reason, actor, now) = (reversal.day, reversal.reason, reversal.actor, reversal.now)
        let sides = try await sides(of: undone)
        for side in sides {
            try await hold(side.customer)
            var inFavour = try await balance(of: side.customer, in: side.currency).inFavour.minor
            for settlement in try await settlements(of: side, concerning: undone) {
                guard settlement.settlesCharge || inFavour < side.credit else { continue }
                try await reverse(
                    settlement.id, as: reversal.newID(), on: day, because: reason, by: actor, at: now)
                inFavour += settlement.amount
            }
            // Credit already refunded becomes a debt.
            if inFavour < side.credit {
                let missing = Money(minor: side.credit - inFavour, side.currency)
                try await post(
                    Transaction(
                        id: reversal.newID(), .charge, of: reversal.newID().uuid, on: day, note: reason,
                        [Posting(.receivable(side.customer), missing), Posting(.credit(side.customer), try -missing)]),
                    by: actor, at: now)
            }
        }
        if let other {
            try await post(other, by: actor, at: now)
        } else {
            try await reverse(undone, as: id, on: day, because: reason, by: actor, at: now)
        }
        try await queue(Set(sides.map(\.customer)).map { LookAtCustomer($0) }, at: now)
        for side in sides {
            try await settleOldest(
                [(side.customer, reversal.newID(), reversal.newID().uuid)], in: side.currency, on: day, by: actor,
                at: now)
        }
    }

    /// A transaction's effects on customers.
    private func sides(of transaction: Transaction.ID) async throws(DatabaseError) -> [CustomerSide] {
        try await rows(
            """
            SELECT customer_id, currency, coalesce(-sum(amount) FILTER (WHERE account = 'credit'), 0)::bigint AS credit
            FROM ledger_postings
            WHERE tenant_id = \(tenant) AND transaction_id = \(transaction) AND customer_id IS NOT NULL
            GROUP BY customer_id, currency ORDER BY customer_id, currency
            """)
    }

    /// Posts a charge that takes precedence over everything not yet due: settlements of later charges are reversed as
    /// far as needed. Call in the caller's transaction.
    package func chargeFirst(
        _ charge: Transaction, to customer: Customer.ID, _ amount: Money, by actor: Actor, at now: Instant,
        from randomness: Randomness = .system
    ) async throws {
        try await transaction { database in
            func newID() -> Transaction.ID { .make(milliseconds: now.milliseconds, from: randomness) }
            let currency = amount.currency
            try await database.hold(customer)
            var inFavour = try await database.balance(of: customer, in: currency).inFavour.minor
            let due = try await database.openCharges(of: customer, in: currency).filter { $0.due < charge.day }
            let needed = due.reduce(amount.minor) { $0 + $1.open.minor }
            if inFavour < needed {
                for settlement in try await database.settlements(of: customer, in: currency, dueFrom: charge.day)
                where inFavour < needed {
                    try await database.reverse(
                        settlement.id, as: newID(), on: charge.day, because: charge.note, by: actor, at: now)
                    inFavour += settlement.amount
                }
            }
            try await database.post(charge, by: actor, at: now)
            try await database.settleOldest(
                [(customer, newID(), newID().uuid)], in: currency, on: charge.day, by: actor, at: now)
        }
    }

    /// Settlements in force of charges due on that day or later, newest first.
    private func settlements(
        of customer: Customer.ID, in currency: Currency, dueFrom day: Day
    ) async throws(DatabaseError) -> [Settlement] {
        try await rows(
            """
            SELECT t.transaction_id, sum(p.amount) FILTER (WHERE p.account = 'credit')::bigint AS amount,
                FALSE AS settles_charge
            FROM ledger_postings p
            JOIN ledger_transactions t ON t.tenant_id = \(tenant) AND t.transaction_id = p.transaction_id
            LEFT JOIN ledger_transactions c ON c.tenant_id = \(tenant) AND c.transaction_id = p.settles
            WHERE p.tenant_id = \(tenant) AND p.customer_id = \(customer) AND p.currency = \(currency.rawValue)
                AND t.kind = 'settlement' AND NOT EXISTS (
                    SELECT FROM ledger_transactions r
                    WHERE r.tenant_id = \(tenant) AND r.kind = 'reversal' AND r.source_id = t.transaction_id)
            GROUP BY t.tenant_id, t.transaction_id HAVING bool_or(c.due_on >= \(day))
            ORDER BY t.made_at DESC, t.transaction_id DESC
            """)
    }

    /// Locks the customer's balance until the transaction ends.
    package func hold(_ customer: Customer.ID) async throws(DatabaseError) {
        _ = try await results(
            "WITH held AS (SELECT hold_customer_balance(\(tenant), \(customer)) AS done) SELECT done FROM held")
    }

    /// Settlements in force: those of the undone charge first, then those of the same source, then the newest.
    private func settlements(
        of side: CustomerSide, concerning undone: Transaction.ID
    ) async throws(DatabaseError) -> [Settlement] {
        try await rows(
            """
            SELECT t.transaction_id, sum(p.amount) FILTER (WHERE p.account = 'credit')::bigint AS amount,
                coalesce(bool_or(p.settles IN (
                    SELECT coalesce(u.settles, u.transaction_id) FROM ledger_postings u
                    WHERE u.tenant_id = \(tenant) AND u.transaction_id = \(undone) AND u.customer_id = \(side.customer)
                        AND u.account = 'receivable' AND u.amount > 0)), false) AS settles_charge
            FROM ledger_postings p
            JOIN ledger_transactions t ON t.tenant_id = p.tenant_id AND t.transaction_id = p.transaction_id
            WHERE p.tenant_id = \(tenant) AND p.customer_id = \(side.customer)
                AND p.currency = \(side.currency.rawValue) AND t.kind = 'settlement'
                AND NOT EXISTS (
                    SELECT FROM ledger_transactions r
                    WHERE r.tenant_id = \(tenant) AND r.kind = 'reversal' AND r.source_id = t.transaction_id)
            GROUP BY t.tenant_id, t.transaction_id
            ORDER BY settles_charge DESC, t.source_id = (
                SELECT u.source_id FROM ledger_transactions u
                WHERE u.tenant_id = \(tenant) AND u.transaction_id = \(undone)) DESC, t.made_at DESC, t.transaction_id DESC
            """)
    }
}

/// A transaction's effect on a customer in one currency, and the credit it gave.
private struct CustomerSide: RowReadable {
    let customer: Customer.ID
    let currency: Currency
    let credit: Int64

    init(row: Row) throws(DatabaseError) {
        customer = try row.read("customer_id")
        currency = try row.currency()
        credit = try row.read("credit")
    }
}

private struct Settlement: RowReadable {
    let id: Transaction.ID
    let amount: Int64
    let settlesCharge: Bool

    init(row: Row) throws(DatabaseError) {
        id = try row.read("transaction_id")
        amount = try row.read("amount")
        settlesCharge = try row.read("settles_charge")
    }
}
