import Customers
import Identifiers
import Locale
import Postgres
import Time

/// A customer's debt and credit in one currency.
package struct CustomerBalance: Sendable, Equatable {
    package let owed: Money
    package let inFavour: Money

    /// Positive is debt, negative credit.
    package var balance: Money { Money(minor: owed.minor - inFavour.minor, owed.currency) }

    fileprivate init(owed: Int64, inFavour: Int64, _ currency: Currency) {
        self.owed = Money(minor: owed, currency)
        self.inFavour = Money(minor: inFavour, currency)
    }
}

/// A customer's charge, and its open amount.
package struct Charge: Sendable, Equatable {
    package let id: Transaction.ID
    package let kind: Transaction.Kind
    package let note: String
    package let day: Day
    package let due: Day
    package let amount: Money
    package let open: Money
}

extension TenantDatabase {
    /// At present.
    package func balance(of customer: Customer.ID, in currency: Currency) async throws(DatabaseError) -> CustomerBalance
    {
        try await balance(balanceStatement(of: customer, in: currency), currency)
    }

    package func balanceStatement(of customer: Customer.ID, in currency: Currency) -> SQL {
        """
        SELECT receivable, credit FROM customer_balances
        WHERE tenant_id = \(tenant) AND customer_id = \(customer) AND currency = \(currency.rawValue)
        """
    }

    /// As posted until that moment.
    package func balance(
        of customer: Customer.ID, in currency: Currency, at moment: Instant
    ) async throws(DatabaseError) -> CustomerBalance {
        try await balance(sums(of: customer, in: currency, "made_at <= \(moment)"), currency)
    }

    /// By business days up to this one.
    package func balance(
        of customer: Customer.ID, in currency: Currency, on day: Day
    ) async throws(DatabaseError) -> CustomerBalance {
        try await balance(sums(of: customer, in: currency, "day <= \(day)"), currency)
    }

    /// The balance of a company account, by business days up to this one.
    package func balance(of account: Account, in currency: Currency, on day: Day) async throws(DatabaseError) -> Money {
        let minor: Int64? = try await value(
            """
            SELECT least(greatest(coalesce(sum(amount), 0), -9223372036854775807), 9223372036854775807)::bigint
            FROM ledger_postings
            WHERE tenant_id = \(tenant) AND customer_id IS NULL AND account = \(account.kind) AND name = \(account.name)
                AND currency = \(currency.rawValue) AND day <= \(day)
            """)
        return Money(minor: minor ?? 0, currency)
    }

    /// In the order in which payments settle them.
    package func openCharges(of customer: Customer.ID, in currency: Currency) async throws(DatabaseError) -> [Charge] {
        try await rows(openChargesStatement(of: customer, in: currency))
    }

    func openChargesStatement(of customer: Customer.ID, in currency: Currency) -> SQL {
        """
        SELECT c.charge_id, t.kind, t.note, c.day, c.due_on, c.amount, c.open, c.currency
        FROM ledger_charges c
        JOIN ledger_transactions t ON t.tenant_id = c.tenant_id AND t.transaction_id = c.charge_id
        WHERE c.tenant_id = \(tenant) AND c.customer_id = \(customer) AND c.currency = \(currency.rawValue)
            AND c.open > 0
        ORDER BY c.due_on, c.day, c.charge_id
        """
    }

    /// These customers, if they have a debt.
    package func owing(among customers: [Customer.ID]) async throws(DatabaseError) -> Set<Customer.ID> {
        let found: [OwingCustomer] = try await rows(
            """
            SELECT DISTINCT customer_id FROM customer_balances
            WHERE tenant_id = \(tenant) AND customer_id = ANY (\(customers)) AND balance > 0
            """)
        return Set(found.map(\.id))
    }

    private func sums(of customer: Customer.ID, in currency: Currency, _ until: SQL) -> SQL {
        """
        SELECT coalesce(sum(amount) FILTER (WHERE account = 'receivable'), 0)::bigint AS receivable,
            coalesce(sum(amount) FILTER (WHERE account = 'credit'), 0)::bigint AS credit
        FROM ledger_postings
        WHERE tenant_id = \(tenant) AND customer_id = \(customer) AND currency = \(currency.rawValue) AND \(until)
        """
    }

    private func balance(_ sums: SQL, _ currency: Currency) async throws(DatabaseError) -> CustomerBalance {
        try CustomerBalance(try await batch([sums])[0], currency)
    }
}

extension CustomerBalance {
    /// From a balance statement's result; without a row the balance is zero.
    package init(_ rows: Rows, _ currency: Currency) throws(DatabaseError) {
        let found: [Sums] = try rows.read()
        self.init(owed: found.first?.receivable ?? 0, inFavour: -(found.first?.credit ?? 0), currency)
    }
}

private struct Sums: RowReadable {
    let receivable: Int64
    let credit: Int64

    init(row: Row) throws(DatabaseError) {
        receivable = try row.read("receivable")
        credit = try row.read("credit")
    }
}

private struct OwingCustomer: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

extension Charge: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let currency = try row.currency()
        let (amount, open): (Int64, Int64) = (try row.read("amount"), try row.read("open"))
        self.init(
            id: try row.read("charge_id"), kind: try row.transactionKind(), note: try row.read("note"),
            day: try row.read("day"), due: try row.read("due_on"), amount: Money(minor: amount, currency),
            open: Money(minor: open, currency))
    }
}

extension Row {
    package func currency() throws(DatabaseError) -> Currency {
        let code: String = try read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("There is no currency \(code)") }
        return currency
    }

    func transactionKind() throws(DatabaseError) -> Transaction.Kind {
        let word: String = try read("kind")
        guard let kind = Transaction.Kind(rawValue: word) else {
            throw .wrongColumn("The ledger has a transaction of kind \(word)")
        }
        return kind
    }
}
