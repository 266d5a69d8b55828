import Events
import Identifiers
import JSON
import Nouns
import Postgres
import Time
import Vault

/// A company's integration at PagerDuty, or at another service that takes its events.
package struct PagingAccount: Sendable, Equatable {
    package var isOn = true
    package var address = PagingAccount.standardAddress
    /// A key just typed; the stored one is sealed and never read back here.
    package var key: String?
    package internal(set) var keyEnd = ""
    package internal(set) var failure: String?
    package internal(set) var failedAt: Instant?

    package init() {}

    static let standardAddress = "https://events.pagerduty.com/v2/enqueue"

    static func field(of tenant: TenantID) -> SecretField {
        SecretField("key", of: "paging_accounts", row: tenant.uuid)
    }
}

extension PagingAccount: Fielded {
    package static let noun = "PagingAccount"

    package static let fields: [Field<PagingAccount>] = [
        .flag("paging_on", \.isOn, PagingWords.isOn.message),
        .line("paging_address", \.address, 1...300, PagingWords.address.message).hint(PagingWords.addressHint.message),
        .secret("paging_key", \.key, upTo: 100, PagingWords.key.message).hint(PagingWords.keyHint.message),
    ]
}

extension PagingAccount: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension TenantDatabase {
    func pagingAccount(locked: Bool = false) async throws(DatabaseError) -> PagingAccount? {
        try await first(
            """
            SELECT is_on, address, key_end, failure, failed_at FROM paging_accounts
            WHERE tenant_id = \(tenant) \(locked ? .forUpdate(of: "paging_accounts") : .nothing)
            """)
    }

    func sealedPagingKey() async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT key FROM paging_accounts WHERE tenant_id = \(tenant)")
    }

    func put(_ account: PagingAccount, key: [UInt8]) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO paging_accounts (tenant_id, is_on, address, key, key_end)
            VALUES (\(tenant), \(account.isOn), \(account.address), \(key), \(account.keyEnd))
            ON CONFLICT (tenant_id) DO UPDATE SET is_on = excluded.is_on, address = excluded.address,
                key = excluded.key, key_end = excluded.key_end, failure = NULL, failed_at = NULL
            """)
    }

    /// Nil forgets the last failure.
    func notePaging(_ failure: String?, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE paging_accounts SET failure = \(failure), failed_at = \(failure == nil ? nil : now)
            WHERE tenant_id = \(tenant) AND failure IS DISTINCT FROM \(failure)
            """)
    }
}

extension PagingAccount: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        isOn = try row.read("is_on")
        address = try row.read("address")
        keyEnd = try row.read("key_end")
        failure = try row.read("failure")
        failedAt = try row.read("failed_at")
    }
}
