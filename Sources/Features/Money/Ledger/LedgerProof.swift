import Events
import Identifiers
import Locale
import Postgres
import Time

/// The result of recounting the ledger in one currency.
package struct LedgerProof: Sendable, Equatable {
    package let currency: Currency
    package let transactions: Int
    package let debits: Money
    package let credits: Money
    /// Transactions that do not sum to zero.
    package let unbalanced: Int
    /// Customers whose stored balance differs from their postings.
    package let wrongBalances: Int
    /// Charges whose stored open amount differs from their postings.
    package let wrongCharges: Int
    package let madeAt: Instant

    package var holds: Bool { debits == credits && unbalanced == 0 && wrongBalances == 0 && wrongCharges == 0 }
}

extension TenantDatabase {
    /// Recounts everything from the postings, in one snapshot, and stores the result.
    package func proveLedger(as id: UUID, inCurrency currency: Currency, at now: Instant) async throws -> [LedgerProof]
    {
        try await transaction { database in
            let proofs: [LedgerProof] = try await database.rows(
                """
                WITH sums AS (
                    SELECT transaction_id, currency, sum(amount) AS sum, sum(amount) FILTER (WHERE amount > 0) AS debit,
                        sum(amount) FILTER (WHERE amount < 0) AS credit
                    FROM ledger_postings WHERE tenant_id = \(tenant) GROUP BY transaction_id, currency
                ), totals AS (
                    SELECT currency, count(*) AS transactions, coalesce(sum(debit), 0) AS debits,
                        coalesce(-sum(credit), 0) AS credits, count(*) FILTER (WHERE sum <> 0) AS unbalanced
                    FROM sums GROUP BY currency
                ), balances AS (
                    SELECT currency, count(*) AS wrong FROM (
                        SELECT customer_id, currency, sum(amount) FILTER (WHERE account = 'receivable') AS receivable,
                            sum(amount) FILTER (WHERE account = 'credit') AS credit
                        FROM ledger_postings WHERE tenant_id = \(tenant) AND customer_id IS NOT NULL
                        GROUP BY customer_id, currency) p
                    FULL JOIN (
                        SELECT customer_id, currency, receivable, credit FROM customer_balances
                        WHERE tenant_id = \(tenant)) b USING (customer_id, currency)
                    WHERE coalesce(p.receivable, 0) <> coalesce(b.receivable, 0)
                        OR coalesce(p.credit, 0) <> coalesce(b.credit, 0)
                    GROUP BY currency
                ), charges AS (
                    SELECT currency, count(*) AS wrong FROM (
                        -- One that was moved to another customer keeps its amount there.
                        SELECT coalesce(settles, transaction_id) AS charge_id, customer_id, currency,
                            sum(amount) AS open, max(sum(amount) FILTER (WHERE settles IS NULL)) OVER (
                                PARTITION BY coalesce(settles, transaction_id), currency) AS amount
                        FROM ledger_postings WHERE tenant_id = \(tenant) AND account = 'receivable'
                        GROUP BY 1, 2, 3) p
                    FULL JOIN (
                        SELECT charge_id, customer_id, currency, open, amount FROM ledger_charges
                        WHERE tenant_id = \(tenant)) c USING (charge_id, customer_id, currency)
                    WHERE p.open IS DISTINCT FROM c.open OR p.amount IS DISTINCT FROM c.amount
                    GROUP BY currency
                ), coins AS (
                    SELECT currency FROM totals UNION SELECT currency FROM balances UNION SELECT currency FROM charges
                    UNION SELECT \(currency.rawValue)
                )
                INSERT INTO ledger_proofs (
                    tenant_id, proof_id, currency, transactions, debits, credits, unbalanced, wrong_balances,
                    wrong_charges, made_at)
                SELECT \(tenant), \(id), c.currency, coalesce(t.transactions, 0),
                    least(coalesce(t.debits, 0), 9223372036854775807), least(coalesce(t.credits, 0), 9223372036854775807),
                    coalesce(t.unbalanced, 0), coalesce(b.wrong, 0), coalesce(g.wrong, 0), \(now)
                FROM coins c LEFT JOIN totals t USING (currency) LEFT JOIN balances b USING (currency)
                LEFT JOIN charges g USING (currency)
                RETURNING currency, transactions, debits, credits, unbalanced, wrong_balances, wrong_charges, made_at
                """)
            if !proofs.allSatisfy(\.holds) {
                try await database.record(
                    Act(.ledgerUnbalanced, after: proofs.filter { !$0.holds }.flatMap(\.details)),
                    by: .commandLine, at: now)
            }
            return proofs
        }
    }

    /// Newest first.
    func ledgerProofs(limit: Int) async throws(DatabaseError) -> [LedgerProof] {
        try await rows(
            """
            SELECT currency, transactions, debits, credits, unbalanced, wrong_balances, wrong_charges, made_at
            FROM ledger_proofs WHERE tenant_id = \(tenant) ORDER BY made_at DESC, proof_id DESC, currency LIMIT \(limit)
            """)
    }
}

extension LedgerProof: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        currency = try row.currency()
        let (debits, credits): (Int64, Int64) = (try row.read("debits"), try row.read("credits"))
        (self.debits, self.credits) = (Money(minor: debits, currency), Money(minor: credits, currency))
        transactions = try row.read("transactions")
        unbalanced = try row.read("unbalanced")
        wrongBalances = try row.read("wrong_balances")
        wrongCharges = try row.read("wrong_charges")
        madeAt = try row.read("made_at")
    }

    fileprivate var details: [Act.Detail] {
        [
            Act.Detail("currency", currency.code), Act.Detail("debits", "\(debits.minor)"),
            Act.Detail("credits", "\(credits.minor)"), Act.Detail("unbalanced", "\(unbalanced)"),
            Act.Detail("wrong_balances", "\(wrongBalances)"), Act.Detail("wrong_charges", "\(wrongCharges)"),
        ]
    }
}
