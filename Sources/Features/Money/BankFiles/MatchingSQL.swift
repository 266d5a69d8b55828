import BankAccounts
import BankStatements
import Customers
import Identifiers
import Ledger
import Locale
import Payments
import Postgres
import Search
import Tenancy
import Time

extension TenantDatabase {
    /// Reads everything needed to match these lines, in a fixed number of queries.
    func matchingFacts(
        for lines: [(statement: StatementLine, fingerprint: [UInt8])], of account: BankAccount.ID, broken: Set<Int>,
        in tenant: Tenant, on today: Day
    ) async throws(DatabaseError) -> MatchingFacts {
        var facts = MatchingFacts(today: today)
        facts.broken = broken
        let held: [HeldFingerprint] = try await rows(
            """
            SELECT l.fingerprint FROM bank_lines l
            WHERE l.tenant_id = \(self.tenant) AND l.account_id = \(account) AND l.is_held
                AND l.fingerprint = ANY (\(lines.map(\.fingerprint)))
            """)
        facts.held = Set(held.map(\.fingerprint))
        let incoming = lines.map(\.statement).filter { $0.minor > 0 && !$0.isReversal }
        let clues = incoming.map(LineClues.init)
        if let first = incoming.map(\.day).min(), let last = incoming.map(\.day).max() {
            facts.claims = try await claims(
                from: first - LineMatching.sameTransfer, to: last + LineMatching.sameTransfer, in: tenant)
        }
        for known in try await numberedCustomers(Set(clues.flatMap(\.numbers))) {
            facts.accounts[known.number] = known.account
            facts.names[known.account, default: []].formUnion(SearchText.words(known.name))
        }
        for known in try await aliases(of: Set(clues.compactMap(\.alias))) {
            facts.aliases[known.key, default: []].insert(known.account)
        }
        let concerned = Set(facts.accounts.values).union(facts.aliases.values.joined())
        for debt in try await debts(of: concerned, in: tenant.currency) {
            facts.owed[debt.customer, default: []].insert(debt.minor)
        }
        return facts
    }

    /// Payments not yet linked to a bank line, of methods that arrive at the bank.
    func claims(from first: Day, to last: Day, in tenant: Tenant) async throws(DatabaseError) -> [PaymentClaim] {
        let methods = try await paymentMethods(of: tenant).filter { $0.kind != .cash && $0.kind != .card }
        return try await rows(
            """
            SELECT p.payment_id, p.customer_id, p.amount, p.day, p.reference, p.state FROM payments p
            WHERE p.tenant_id = \(self.tenant) AND p.day BETWEEN \(first) AND \(last)
                AND p.state IN ('pending', 'applied') AND p.currency = \(tenant.currency.rawValue)
                AND p.method = ANY (\(methods.map(\.word))) AND NOT EXISTS (
                    SELECT FROM bank_lines l
                    WHERE l.tenant_id = p.tenant_id AND l.payment_id = p.payment_id AND l.state = 'applied')
            """)
    }

    /// The customers with these numbers, followed through merges, and the accounts they pay on.
    func numberedCustomers(_ numbers: Set<Int>) async throws(DatabaseError) -> [NumberedCustomer] {
        guard !numbers.isEmpty else { return [] }
        return try await rows(
            """
            SELECT c.number, coalesce(h.payer_id, h.customer_id) AS account, h.name
            FROM customers c
            JOIN customers h ON h.tenant_id = \(tenant) AND h.customer_id = coalesce(c.merged_into, c.customer_id)
            WHERE c.tenant_id = \(tenant) AND c.number = ANY (\(numbers.map { Int64($0) })) AND h.state <> 'cancelled'
            """)
    }

    func debts(of customers: Set<Customer.ID>, in currency: Currency) async throws(DatabaseError) -> [Debt] {
        guard !customers.isEmpty else { return [] }
        return try await rows(
            """
            SELECT b.customer_id, b.balance AS minor FROM customer_balances b
            WHERE b.tenant_id = \(tenant) AND b.customer_id = ANY (\(Array(customers)))
                AND b.currency = \(currency.rawValue) AND b.balance > 0
            UNION
            SELECT g.customer_id, g.open AS minor FROM ledger_charges g
            WHERE g.tenant_id = \(tenant) AND g.customer_id = ANY (\(Array(customers)))
                AND g.currency = \(currency.rawValue) AND g.open > 0
            """)
    }
}

private struct HeldFingerprint: RowReadable {
    let fingerprint: [UInt8]

    init(row: Row) throws(DatabaseError) { fingerprint = try row.read("fingerprint") }
}

struct NumberedCustomer: Sendable, RowReadable {
    let number: Int
    let account: Customer.ID
    let name: String

    init(row: Row) throws(DatabaseError) {
        (number, account, name) = (try row.read("number"), try row.read("account"), try row.read("name"))
    }
}

struct Debt: Sendable, RowReadable {
    let customer: Customer.ID
    let minor: Int64

    init(row: Row) throws(DatabaseError) {
        (customer, minor) = (try row.read("customer_id"), try row.read("minor"))
    }
}

extension PaymentClaim: RowReadable {
    init(row: Row) throws(DatabaseError) {
        let state: Payment.State = try row.word("state")
        payment = try row.read("payment_id")
        customer = try row.read("customer_id")
        minor = try row.read("amount")
        day = try row.read("day")
        reference = try row.read("reference")
        isPending = state == .pending
    }
}
