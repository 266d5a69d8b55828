import Postgres
import Time

extension TenantDatabase {
    private var columns: SQL {
        "account_id, bank, holder, account, card, interbank, note, is_shown"
    }

    /// In the order in which they were added.
    package func bankAccounts(shownOnly: Bool = false) async throws(DatabaseError) -> [BankAccount] {
        let shown: SQL = shownOnly ? "AND is_shown" : .nothing
        return try await rows(
            """
            SELECT \(columns) FROM bank_accounts WHERE tenant_id = \(tenant) \(shown) ORDER BY place, account_id
            """)
    }

    package func bankAccount(_ id: BankAccount.ID, locked: Bool = false) async throws(DatabaseError) -> BankAccount? {
        try await first(
            """
            SELECT \(columns) FROM bank_accounts WHERE tenant_id = \(tenant) AND account_id = \(id)
            \(locked ? .forUpdate(of: "bank_accounts") : .nothing)
            """)
    }

    func put(_ account: BankAccount, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO bank_accounts (
                tenant_id, account_id, bank, holder, account, card, interbank, note, is_shown, place, made_at)
            SELECT \(tenant), \(account.id), \(account.bank), \(account.holder), \(account.account), \(account.card),
                \(account.interbank), \(account.note), \(account.isShown), coalesce(max(place), 0) + 1, \(now)
            FROM bank_accounts WHERE tenant_id = \(tenant)
            ON CONFLICT (tenant_id, account_id) DO UPDATE SET bank = excluded.bank, holder = excluded.holder,
                account = excluded.account, card = excluded.card, interbank = excluded.interbank, note = excluded.note,
                is_shown = excluded.is_shown
            """)
    }

    func deleteBankAccount(_ id: BankAccount.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM bank_accounts WHERE tenant_id = \(tenant) AND account_id = \(id)")
    }
}

extension BankAccount: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("account_id"))
        bank = try row.read("bank")
        holder = try row.read("holder")
        account = try row.read("account")
        card = try row.read("card")
        interbank = try row.read("interbank")
        note = try row.read("note")
        isShown = try row.read("is_shown")
    }
}
