import Customers
import Identifiers
import Locale
import Postgres
import Time

/// A customer's account statement in one currency between two days: estado de cuenta. Later postings than `moment` are
/// left out, so that a past statement is reproducible.
package struct Statement: Sendable {
    package struct Line: Sendable, Equatable {
        package let transaction: Transaction.ID
        package let kind: Transaction.Kind
        package let note: String
        package let day: Day
        package let due: Day
        package let isReversed: Bool
        /// Positive is a charge, negative a payment.
        package let change: Money
        package let balance: Money
    }

    package let from: Day
    package let to: Day
    package let opening: Money
    /// By day.
    package let lines: [Line]
    /// Truncated to the first lines.
    package let isCut: Bool
    /// The amount due before its last day and not paid by then.
    package let overdue: Money

    /// The limit of a page; longer statements need fewer days.
    package static let longestPage = 2000
    /// The limit of files and the API, which are complete or refused.
    static let longest = 50_000

    package var closing: Money { lines.last?.balance ?? opening }
    /// Less voided charges; voiding is not a payment.
    package var charged: Money { sum { $0.kind == .reversal ? min($0.change.minor, 0) : max($0.change.minor, 0) } }
    package var paid: Money { sum { $0.kind == .reversal ? min(-$0.change.minor, 0) : max(-$0.change.minor, 0) } }

    private func sum(_ part: (Line) -> Int64) -> Money {
        Money(minor: lines.reduce(0) { $0 + part($1) }, opening.currency)
    }
}

extension TenantDatabase {
    package func statement(
        of customer: Customer.ID, in currency: Currency, from: Day, to: Day, asOf moment: Instant,
        upTo longest: Int = Statement.longestPage
    ) async throws(DatabaseError) -> Statement {
        let own: SQL = """
            p.tenant_id = \(tenant) AND p.customer_id = \(customer) AND p.currency = \(currency.rawValue)
                AND p.made_at <= \(moment)
            """
        let results = try await batch([
            """
            SELECT coalesce(sum(p.amount), 0)::bigint FROM ledger_postings p WHERE \(own) AND p.day < \(from)
            """,
            """
            SELECT t.transaction_id, t.kind, t.note, t.day, t.due_on, sum(p.amount)::bigint AS change,
                EXISTS (
                    SELECT FROM ledger_transactions r
                    WHERE r.tenant_id = \(tenant) AND r.kind = 'reversal' AND r.source_id = t.transaction_id
                        AND r.made_at <= \(moment)) AS is_reversed
            FROM ledger_postings p
            JOIN ledger_transactions t ON t.tenant_id = p.tenant_id AND t.transaction_id = p.transaction_id
            WHERE \(own) AND p.day BETWEEN \(from) AND \(to)
            GROUP BY t.tenant_id, t.transaction_id HAVING sum(p.amount) <> 0
            ORDER BY t.day, t.made_at, t.transaction_id LIMIT \(longest + 1)
            """,
            """
            SELECT coalesce(sum(o.open), 0)::bigint FROM (
                SELECT coalesce(p.settles, p.transaction_id) AS charge_id, sum(p.amount) AS open
                FROM ledger_postings p WHERE \(own) AND p.account = 'receivable' AND p.day <= \(to) GROUP BY 1) o
            JOIN ledger_transactions t ON t.tenant_id = \(tenant) AND t.transaction_id = o.charge_id
            WHERE t.due_on < \(to)
            """,
        ])
        let opening: Int64 = try results[0].first?.readFirst() ?? 0
        let overdue: Int64 = try results[2].first?.readFirst() ?? 0
        let found: [StatementRow] = try results[1].read()
        var balance = opening
        let lines = found.prefix(longest).map { row in
            balance += row.change
            return Statement.Line(
                transaction: row.transaction, kind: row.kind, note: row.note, day: row.day, due: row.due,
                isReversed: row.isReversed, change: Money(minor: row.change, currency),
                balance: Money(minor: balance, currency))
        }
        return Statement(
            from: from, to: to, opening: Money(minor: opening, currency), lines: lines,
            isCut: found.count > longest, overdue: Money(minor: overdue, currency))
    }
}

extension TenantDatabase {
    /// The complete statement, or a refusal.
    func wholeStatement(
        of customer: Customer.ID, _ period: StatementPeriod, asOf moment: Instant
    ) async throws -> Statement {
        let statement = try await statement(
            of: customer, in: period.currency, from: period.from, to: period.to, asOf: moment, upTo: Statement.longest)
        guard !statement.isCut else { throw LedgerRefusal.tooManyLines }
        return statement
    }
}

private struct StatementRow: RowReadable {
    let transaction: Transaction.ID
    let kind: Transaction.Kind
    let note: String
    let day: Day
    let due: Day
    let change: Int64
    let isReversed: Bool

    init(row: Row) throws(DatabaseError) {
        transaction = try row.read("transaction_id")
        kind = try row.transactionKind()
        note = try row.read("note")
        day = try row.read("day")
        due = try row.read("due_on")
        change = try row.read("change")
        isReversed = try row.read("is_reversed")
    }
}
