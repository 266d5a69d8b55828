import Access
import Customers
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Postgres
import Time

extension TenantDatabase {
    /// The total of the customer's pending payments.
    func pendingAmount(of customer: Customer.ID, in currency: Currency) async throws(DatabaseError) -> Money {
        let minor: Int64? = try await value(pendingStatement(of: customer, in: currency))
        return Money(minor: minor ?? 0, currency)
    }

    func pendingStatement(of customer: Customer.ID, in currency: Currency) -> SQL {
        """
        SELECT coalesce(sum(p.amount), 0)::bigint AS amount FROM payments p
        WHERE p.tenant_id = \(tenant) AND p.customer_id = \(customer) AND p.currency = \(currency.rawValue)
            AND p.state = 'pending'
        """
    }

    var paymentSelection: SQL {
        """
        SELECT p.payment_id, p.entry, p.series, p.number, p.customer_id, c.name AS customer_name, p.method, p.method_name, p.amount,
            p.currency, p.day, p.reference, p.note, p.state, p.held_for, p.actor_id, p.actor,
            p.made_at, p.decider, p.decided_at, p.reason, EXISTS (
                SELECT FROM payment_evidence e WHERE e.tenant_id = p.tenant_id AND e.payment_id = p.payment_id)
                AS has_evidence
        FROM payments p JOIN customers c ON c.tenant_id = p.tenant_id AND c.customer_id = p.customer_id
        WHERE p.tenant_id = \(tenant)
        """
    }

    package func payment(_ id: Payment.ID) async throws(DatabaseError) -> Payment? {
        try await first("\(paymentSelection) AND p.payment_id = \(id)")
    }

    /// Payments with the reference, including customers outside the reader's zones.
    func payments(named reference: String, by method: String) async throws(DatabaseError) -> [NamedPayment] {
        try await rows(
            "SELECT n.series, n.number, n.state FROM payments_named(\(tenant), \(method), \(reference)) n")
    }

    /// Whether there is a like payment that was not undone.
    func hasPayment(of customer: Customer.ID, like amount: Money, since moment: Instant) async throws(DatabaseError)
        -> Bool
    {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM payments p WHERE p.tenant_id = \(tenant) AND p.customer_id = \(customer)
                    AND p.made_at > \(moment) AND p.amount = \(amount.minor) AND p.currency = \(amount.currency.rawValue)
                    AND p.state IN ('pending', 'applied'))
            """) ?? false
    }

    /// Those who enter or decide payments of the same customer follow one another, until their commits.
    package func holdPayments(of customer: Customer.ID) async throws(DatabaseError) {
        try await execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('payments ' || \(tenant)::text || \(customer)::text, 0))")
    }

    /// Held until the commit, so that the numbers have no gaps.
    func takePaymentNumber() async throws(DatabaseError) -> Int { try await takeNumber(of: "payment") }

    func takeNumber(of counter: String) async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), \(counter), 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 0
    }

    func insert(
        _ new: NewPayment, by method: PaymentMethod, number: Int, hold: Payment.Hold, by principal: Principal
    ) async throws(DatabaseError) {
        let isApplied = hold == .none
        let state: Payment.State = isApplied ? .applied : .pending
        let entry = try await takeNumber(of: "payment_entry")
        try await execute(
            """
            INSERT INTO payments (
                tenant_id, payment_id, entry, series, number, customer_id, method, method_name, amount, currency, day, reference,
                note, chosen, state, held_for, actor_id, actor, made_at, decider_id, decider, decided_at)
            VALUES (
                \(tenant), \(new.id), \(entry), \(new.folio?.series ?? ""), \(number), \(new.customer), \(method.word),
                \(method.name), \(new.amount.minor), \(new.amount.currency.rawValue), \(new.day), \(new.reference),
                \(new.note), \(new.chosen), \(state.rawValue), \(hold.rawValue), \(principal.actor.id),
                \(principal.actor.name), \(principal.now), \(isApplied ? principal.actor.id : nil),
                \(isApplied ? principal.actor.name : ""), \(isApplied ? principal.now : nil))
            """)
    }

    func correct(
        _ id: Payment.ID, to right: NewPayment, by method: PaymentMethod
    ) async throws(DatabaseError) {
        try await execute(
            """
            SELECT correct_claim(
                \(tenant), \(id), \(right.amount.minor), \(right.day), \(right.reference), \(method.word), \(method.name))
            """)
    }

    func decide(
        _ id: Payment.ID, _ state: Payment.State, because reason: String, isFalse: Bool, by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE payments SET state = \(state.rawValue), held_for = '', decider_id = \(principal.actor.id),
                decider = \(principal.actor.name), decided_at = \(principal.now), reason = \(reason),
                is_false = \(isFalse)
            WHERE tenant_id = \(tenant) AND payment_id = \(id)
            """)
    }

    /// Whether anybody else may approve payments.
    func mayBeApproved(withoutTheHelpOf author: UUID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM staff WHERE tenant_id = \(tenant) AND staff_id <> \(author) AND state = 'active'
                    AND \(Permission.paymentsApprove.rawValue) = ANY (permissions))
            """) ?? false
    }

    /// Whether the number is free and the device's series is held by this principal. The first user of a series keeps
    /// it until they leave or their token ends.
    func counts(in folio: NewPayment.Folio, _ principal: Principal) async throws(DatabaseError) -> Bool {
        guard let holder = principal.actor.id else { return true }
        try await execute(
            """
            INSERT INTO payment_series AS n (tenant_id, series, holder_id, holder, made_at)
            VALUES (\(tenant), \(folio.series), \(holder), \(principal.actor.name), \(principal.now))
            ON CONFLICT (tenant_id, series) DO UPDATE
            SET holder_id = excluded.holder_id, holder = excluded.holder, made_at = excluded.made_at
            WHERE NOT EXISTS (
                    SELECT FROM staff s
                    WHERE s.tenant_id = \(tenant) AND s.staff_id = n.holder_id AND s.state = 'active')
                AND NOT EXISTS (
                    SELECT FROM api_tokens t WHERE t.tenant_id = \(tenant) AND t.token_id = n.holder_id
                        AND t.revoked_at IS NULL AND t.expires_at > \(principal.now))
            """)
        return try await value(
            """
            SELECT EXISTS (
                SELECT FROM payment_series
                WHERE tenant_id = \(tenant) AND series = \(folio.series) AND holder_id = \(holder))
            AND NOT EXISTS (
                SELECT FROM payments
                WHERE tenant_id = \(tenant) AND series = \(folio.series) AND number = \(folio.number))
            """) ?? false
    }

    func chosenCharges(of id: Payment.ID) async throws(DatabaseError) -> [Transaction.ID] {
        let found: [ChosenCharge] = try await rows(
            """
            SELECT g.charge FROM payments p CROSS JOIN LATERAL unnest(p.chosen) WITH ORDINALITY g(charge, place)
            WHERE p.tenant_id = \(tenant) AND p.payment_id = \(id) ORDER BY g.place
            """)
        return found.map(\.id)
    }

    func payments(of customer: Customer.ID, limit: Int) async throws(DatabaseError) -> [Payment] {
        try await rows(paymentsStatement(of: customer, limit: limit))
    }

    func paymentsStatement(of customer: Customer.ID, limit: Int) -> SQL {
        """
        \(paymentSelection) AND p.customer_id = \(customer) ORDER BY p.made_at DESC, p.payment_id DESC LIMIT \(limit)
        """
    }

    /// Those to be checked, the oldest first, and how many there are in all.
    package func pendingPayments(limit: Int) async throws(DatabaseError) -> (payments: [Payment], count: Int) {
        let payments: [Payment] = try await rows(
            "\(paymentSelection) AND p.state = 'pending' ORDER BY p.entry LIMIT \(limit)")
        let count: Int? = try await value(
            "SELECT count(*) FROM payments p WHERE p.tenant_id = \(tenant) AND p.state = 'pending'")
        return (payments, count ?? 0)
    }

    /// In the order received, for programs.
    func payments(
        after entry: Int, in state: Payment.State?, of customer: Customer.ID?, limit: Int
    ) async throws(DatabaseError) -> [Payment] {
        let state: SQL = state.map { "AND p.state = \($0.rawValue)" } ?? .nothing
        let customer: SQL = customer.map { "AND p.customer_id = \($0)" } ?? .nothing
        return try await rows(
            """
            \(paymentSelection) AND p.entry > \(entry) \(state) \(customer)
            ORDER BY p.entry LIMIT \(limit)
            """)
    }

    /// Charged once the payment had come, and settled as they were charged: what a promise brought about is not. As far as
    /// they stand.
    func reconnectionFees(broughtAboutBy payment: Payment.ID) async throws(DatabaseError) -> [StandingFee] {
        try await rows(
            """
            SELECT f.fee_id, f.customer_id, f.amount, f.currency, f.announced_on
            FROM payments y
            JOIN standing_fees f ON f.tenant_id = y.tenant_id AND f.customer_id = y.customer_id
                AND f.ended_as = 'charged' AND f.ended_at >= y.decided_at
            WHERE y.tenant_id = \(tenant) AND y.payment_id = \(payment) AND y.state = 'applied'
                AND EXISTS (
                    SELECT FROM ledger_postings g
                    WHERE g.tenant_id = \(tenant) AND g.settles = f.fee_id AND g.made_at = f.ended_at)
                AND NOT EXISTS (
                    SELECT FROM payments n
                    WHERE n.tenant_id = \(tenant) AND n.customer_id = y.customer_id AND n.state = 'applied'
                        AND n.decided_at > y.decided_at AND n.decided_at <= f.ended_at)
                AND NOT EXISTS (
                    SELECT FROM ledger_transactions r
                    WHERE r.tenant_id = \(tenant) AND r.kind = 'reversal' AND r.source_id = f.fee_id)
            """)
    }

    /// The charges that a payment's settlements name, as far as those stand.
    /// Also the fee of a reconnection that it brought about, which is charged behind it.
    func charges(settledBy payment: Payment.ID) async throws(DatabaseError) -> [SettledCharge] {
        try await rows(
            """
            SELECT c.kind, c.note, -sum(p.amount)::bigint AS settled, p.currency
            FROM (
                SELECT s.transaction_id FROM ledger_transactions s
                WHERE s.tenant_id = \(tenant) AND s.kind = 'settlement' AND s.source_id = \(payment.uuid)
                UNION
                SELECT g.transaction_id
                FROM payments y
                JOIN ledger_postings g ON g.tenant_id = y.tenant_id AND g.customer_id = y.customer_id AND g.day >= y.day
                    AND g.made_at >= y.decided_at
                JOIN ledger_transactions f ON f.tenant_id = g.tenant_id AND f.transaction_id = g.settles
                WHERE y.tenant_id = \(tenant) AND y.payment_id = \(payment) AND y.state = 'applied' AND f.kind = 'fee'
                    AND f.made_at >= y.decided_at AND NOT EXISTS (
                        SELECT FROM payments n
                        WHERE n.tenant_id = \(tenant) AND n.customer_id = y.customer_id AND n.state = 'applied'
                            AND n.decided_at > y.decided_at AND n.decided_at <= g.made_at)
            ) own
            JOIN ledger_transactions t ON t.tenant_id = \(tenant) AND t.transaction_id = own.transaction_id
            JOIN ledger_postings p ON p.tenant_id = t.tenant_id AND p.transaction_id = t.transaction_id
            JOIN ledger_transactions c ON c.tenant_id = p.tenant_id AND c.transaction_id = p.settles
            WHERE t.tenant_id = \(tenant) AND (t.source_id = \(payment.uuid) OR c.kind = 'fee')
                AND NOT EXISTS (
                    SELECT FROM ledger_transactions r
                    WHERE r.tenant_id = \(tenant) AND r.kind = 'reversal' AND r.source_id = t.transaction_id)
            GROUP BY c.tenant_id, c.transaction_id, p.currency ORDER BY c.due_on, c.transaction_id
            """)
    }
}

/// A payment with a given reference, limited to what everybody may know.
struct NamedPayment: Sendable, RowReadable {
    let folio: String
    let state: Payment.State

    init(row: Row) throws(DatabaseError) {
        let word: String = try row.read("state")
        guard let state = Payment.State(rawValue: word) else { throw .wrongColumn("A payment is \(word)") }
        self.state = state
        folio = Payment.folio(series: try row.read("series"), number: try row.read("number"))
    }
}

/// The part of a charge settled by a payment.
struct SettledCharge: Sendable, RowReadable {
    let kind: Transaction.Kind
    let note: String
    let settled: Money

    init(row: Row) throws(DatabaseError) {
        let (word, code): (String, String) = (try row.read("kind"), try row.read("currency"))
        guard let kind = Transaction.Kind(rawValue: word), let currency = Currency(rawValue: code) else {
            throw .wrongColumn("A charge is \(word) in \(code)")
        }
        let minor: Int64 = try row.read("settled")
        (self.kind, note, settled) = (kind, try row.read("note"), Money(minor: minor, currency))
    }
}

extension Payment {
    /// The remainder of the payment: the part for an announced reconnection fee, and the customer's credit.
    func rests(after settled: [SettledCharge], announced fee: Money?) -> [(PaymentWords, Money)] {
        let rest = amount.minor - settled.reduce(0) { $0 + $1.settled.minor }
        let forFee = max(0, min(rest, fee?.minor ?? 0))
        return [(PaymentWords.reconnectionFee, forFee), (.inFavour, rest - forFee)].filter { $0.1 > 0 }
            .map { ($0.0, Money(minor: $0.1, amount.currency)) }
    }
}

private struct ChosenCharge: RowReadable {
    let id: Transaction.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("charge") }
}

extension Payment: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (code, state, hold): (String, String, String) = (
            try row.read("currency"), try row.read("state"), try row.read("held_for")
        )
        guard let currency = Currency(rawValue: code), let state = State(rawValue: state),
            let hold = Hold(rawValue: hold)
        else { throw .wrongColumn("A payment is \(state) in \(code)") }
        let minor: Int64 = try row.read("amount")
        self.init(
            id: try row.read("payment_id"), entry: try row.read("entry"), series: try row.read("series"),
            number: try row.read("number"),
            customer: try row.read("customer_id"), customerName: try row.read("customer_name"),
            method: try row.read("method"), methodName: try row.read("method_name"),
            amount: Money(minor: minor, currency), day: try row.read("day"), reference: try row.read("reference"),
            note: try row.read("note"), state: state, hold: hold,
            authorID: try row.read("actor_id"), author: try row.read("actor"), madeAt: try row.read("made_at"),
            decider: try row.read("decider"), decidedAt: try row.read("decided_at"),
            reason: try row.read("reason"), hasEvidence: try row.read("has_evidence"))
    }
}
