import Identifiers
import Ledger
import Locale
import Postgres
import Tenancy
import Time

extension TenantDatabase {
    package func platformPostings() async throws(DatabaseError) -> [PlatformPosting] {
        try await rows("\(PlatformPosting.selection) WHERE p.tenant_id = \(tenant)")
    }

    /// In one snapshot, so that what is open belongs to the postings that are read.
    package func platformAccounts(on today: Day) async throws -> [PlatformAccount] {
        try await transaction(isolation: .repeatableRead) { database in
            PlatformAccount.all(
                of: try await database.platformPostings(), owing: try await database.platformDebt(), on: today)
        }
    }

    package func platformPosting(_ id: PlatformPosting.ID) async throws(DatabaseError) -> PlatformPosting? {
        try await first("\(PlatformPosting.selection) WHERE p.tenant_id = \(tenant) AND p.posting_id = \(id)")
    }

    func lastBilledPeriod() async throws(DatabaseError) -> BillingPeriod? {
        try await first(
            """
            SELECT period_from, period_to, anchor_day FROM platform_bills
            WHERE tenant_id = \(tenant) ORDER BY period_to DESC LIMIT 1
            """)
    }

    /// False when already posted: by the same form, or as a reversal of the same posting.
    func post(_ posting: PlatformPosting, form: UUID? = nil, at now: Instant) async throws(DatabaseError) -> Bool {
        let (debit, credit) = posting.kind.accounts
        let count = try await execute(
            """
            INSERT INTO platform_postings (
                tenant_id, posting_id, kind, debit, credit, amount, currency, day, reverses, method, note, form_id,
                author, made_at)
            VALUES (\(tenant), \(posting.id), \(posting.kind.rawValue), \(debit.rawValue), \(credit.rawValue),
                \(posting.amount.minor), \(posting.amount.currency.rawValue), \(posting.day), \(posting.reverses),
                \(posting.method?.rawValue), \(posting.note), \(form), \(posting.author), \(now))
            ON CONFLICT DO NOTHING
            """)
        guard count == 1, let bill = posting.bill else { return count == 1 }
        try await execute(
            """
            INSERT INTO platform_bills (
                tenant_id, bill_id, number, plan, cycle, period_from, period_to, anchor_day, due_on)
            VALUES (\(tenant), \(posting.id), \(bill.number), \(bill.plan), \(bill.cycle.rawValue), \(bill.period.from),
                \(bill.period.to), \(Int32(bill.period.anchor)), \(bill.dueOn))
            """)
        return true
    }

    // In the platform's own tenant.

    /// Serialises billing until the commit.
    func lockBillNumbers() async throws(DatabaseError) -> Int {
        let last: Int? = try await value(
            "SELECT last FROM counters WHERE tenant_id = \(tenant) AND name = 'platform_bill' FOR UPDATE")
        guard let last else { throw .wrongColumn("The platform's bills are not counted") }
        return last
    }

    func putLastBillNumber(_ number: Int) async throws(DatabaseError) {
        try await execute(
            "UPDATE counters SET last = \(number) WHERE tenant_id = \(tenant) AND name = 'platform_bill'")
    }

    func platformBalances(of tenants: [Tenant], at now: Instant) async throws -> [Tenant.ID: [PlatformBalance]] {
        let month = TimeZone.utc.day(at: now).month.first
        let found: [AccountRow] = try await rows(
            """
            WITH accounts AS (
                SELECT * FROM platform_accounts(\(tenants.map(\.id)), \(tenants.map { $0.timeZone.day(at: now) }), \(month)))
            SELECT company, coin AS currency, balance, overdue, collected FROM accounts
            """)
        var balances: [Tenant.ID: [PlatformBalance]] = [:]
        for row in found { balances[row.company, default: []].append(row.balance) }
        return balances
    }
}

extension PlatformPosting: RowReadable {
    fileprivate static let selection: SQL = """
        SELECT p.posting_id, p.kind, p.amount, p.currency, p.day, p.reverses, p.method, p.note, p.author, b.number,
            b.plan, b.cycle, b.period_from, b.period_to, b.anchor_day, b.due_on
        FROM platform_postings p
        LEFT JOIN platform_bills b ON b.tenant_id = p.tenant_id AND b.bill_id = p.posting_id
        """

    package init(row: Row) throws(DatabaseError) {
        let (kind, currency, method): (String, String, String?) = (
            try row.read("kind"), try row.read("currency"), try row.read("method")
        )
        guard let kind = Kind(rawValue: kind), let currency = Currency(rawValue: currency) else {
            throw .wrongColumn("A posting says \(kind) \(currency)")
        }
        let minor: Int64 = try row.read("amount")
        let number: Int? = try row.read("number")
        self.init(
            id: try row.read("posting_id"), kind: kind, amount: Money(minor: minor, currency),
            day: try row.read("day"), reverses: try row.read("reverses"),
            method: method.map { PaymentMethod(rawValue: $0) ?? .other }, note: try row.read("note"),
            author: try row.read("author"),
            bill: try number.map { (number) throws(DatabaseError) in try PlatformBill(number, row) })
    }
}

extension PlatformBill {
    fileprivate init(_ number: Int, _ row: Row) throws(DatabaseError) {
        let cycle: String = try row.read("cycle")
        guard let cycle = PlatformPlan.Cycle(rawValue: cycle) else { throw .wrongColumn("A bill's cycle is \(cycle)") }
        self.init(
            number: number, plan: try row.read("plan"), cycle: cycle, period: try BillingPeriod(row: row),
            dueOn: try row.read("due_on"))
    }
}

extension BillingPeriod: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let anchor: Int32 = try row.read("anchor_day")
        self.init(from: try row.read("period_from"), to: try row.read("period_to"), anchor: Int(anchor))
    }
}

private struct AccountRow: RowReadable {
    let company: Tenant.ID
    let balance: PlatformBalance

    init(row: Row) throws(DatabaseError) {
        company = try row.read("company")
        let currency = try row.currency()
        balance = PlatformBalance(
            balance: Money(minor: try row.read("balance"), currency),
            overdue: Money(minor: try row.read("overdue"), currency),
            collected: Money(minor: try row.read("collected"), currency))
    }
}
