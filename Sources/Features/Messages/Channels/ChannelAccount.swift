import ChannelProtocol
import Identifiers
import Locale
import Postgres
import Time
import Vault

/// A company's number or bot at a channel.
package struct ChannelAccount: Sendable, Equatable {
    package typealias ID = Identifiers.ID<ChannelAccount>

    package let id: ID
    package let provider: ChannelProvider
    package let isOn: Bool
    /// The end of its token, by which its owner knows it.
    let tokenEnd: String
    package let verification: String
    let number: String
    /// The business account's identifier, which has the templates; empty while nobody gave it.
    let business: String
    let hook: String
    package let name: String
    package let handle: String
    let examinedAt: Instant
    let noticedAt: Instant?
    let forgedAt: Instant?
    /// Why nothing is sent, where the provider refused the account.
    package let stopped: ChannelFailure?

    /// Where the provider tells of messages.
    package var hookPath: String { "/hooks/channels/\(hook)" }

    static let most = 10
    /// A job waits so long for its turn; for later ones it makes room.
    static let longestWait = Duration.seconds(5)

    static func tokenField(of id: ID) -> SecretField { SecretField("token", of: "channel_accounts", row: id.uuid) }
    static func secretField(of id: ID) -> SecretField { SecretField("secret", of: "channel_accounts", row: id.uuid) }
}

extension TenantDatabase {
    private var accountSelection: SQL {
        """
        SELECT a.account_id, a.channel, a.is_on, a.token_end, a.verification, a.number, a.business, a.hook, a.name, a.handle,
            a.examined_at, a.noticed_at, a.forged_at, a.stopped_by, a.stopped_detail
        FROM channel_accounts a WHERE a.tenant_id = \(tenant)
        """
    }

    package func channelAccounts() async throws(DatabaseError) -> [ChannelAccount] {
        try await rows("\(accountSelection) ORDER BY a.channel, a.account_id LIMIT 50")
    }

    package func channelAccount(_ id: ChannelAccount.ID) async throws(DatabaseError) -> ChannelAccount? {
        try await first("\(accountSelection) AND a.account_id = \(id)")
    }

    func channelAccount(at hook: String) async throws(DatabaseError) -> ChannelAccount? {
        try await first("\(accountSelection) AND a.hook = \(hook)")
    }

    func channelAccount(
        _ provider: ChannelProvider, numbered number: String
    ) async throws(DatabaseError) -> ChannelAccount? {
        try await first("\(accountSelection) AND a.channel = \(provider.rawValue) AND a.number = \(number)")
    }

    func put(_ account: ChannelAccount, token: [UInt8], secret: [UInt8], at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO channel_accounts (
                tenant_id, account_id, channel, is_on, token, token_end, secret, verification, number, hook, name, handle,
                examined_at, next_at)
            VALUES (
                \(tenant), \(account.id), \(account.provider.rawValue), true, \(token), \(account.tokenEnd), \(secret),
                \(account.verification), \(account.number), \(account.hook), \(account.name), \(account.handle), \(now),
                \(now))
            ON CONFLICT (tenant_id, account_id) DO UPDATE SET is_on = true, token = excluded.token,
                token_end = excluded.token_end, secret = excluded.secret, number = excluded.number,
                name = excluded.name, handle = excluded.handle, examined_at = excluded.examined_at, stopped_at = NULL,
                stopped_by = NULL, stopped_detail = '', next_at = excluded.next_at
            """)
    }

    func set(_ id: ChannelAccount.ID, isOn: Bool) async throws(DatabaseError) {
        try await execute(
            "UPDATE channel_accounts SET is_on = \(isOn) WHERE tenant_id = \(tenant) AND account_id = \(id)")
    }

    func setBusiness(_ business: String, of id: ChannelAccount.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE channel_accounts SET business = \(business) WHERE tenant_id = \(tenant) AND account_id = \(id)")
    }

    func sealedKeys(of id: ChannelAccount.ID) async throws(DatabaseError) -> SealedKeys? {
        try await first(
            "SELECT token, secret FROM channel_accounts WHERE tenant_id = \(tenant) AND account_id = \(id)")
    }

    /// For the page where the account is set up. A minute is exact enough, and a stranger makes us write no more often.
    func noteNotice(to id: ChannelAccount.ID, isGenuine: Bool, at now: Instant) async throws(DatabaseError) {
        let column: SQL = isGenuine ? "noticed_at" : "forged_at"
        try await execute(
            """
            UPDATE channel_accounts SET \(column) = \(now)
            WHERE tenant_id = \(tenant) AND account_id = \(id) AND coalesce(\(column) < \(now - .seconds(60)), true)
            """)
    }

    /// The provider took the keys again.
    func release(_ id: ChannelAccount.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE channel_accounts SET stopped_at = NULL, stopped_by = NULL, stopped_detail = '', examined_at = \(now)
            WHERE tenant_id = \(tenant) AND account_id = \(id)
            """)
    }

    /// Whether it was not stopped before.
    func stop(_ id: ChannelAccount.ID, because failure: ChannelFailure, at now: Instant) async throws(DatabaseError)
        -> Bool
    {
        try await execute(
            """
            UPDATE channel_accounts SET stopped_at = \(now), stopped_by = \(failure.reason.rawValue),
                stopped_detail = \(failure.detail.filter { $0 != "\0" }.prefix(scalars: 300))
            WHERE tenant_id = \(tenant) AND account_id = \(id) AND stopped_at IS NULL
            """) > 0
    }

    /// The moment at which this account's next message may go out, which is then taken unless it is far off.
    func takeTurn(of account: ChannelAccount, at now: Instant) async throws(DatabaseError) -> Instant {
        let gap = 1000 / account.provider.pace
        let next: Instant? = try await value(
            """
            UPDATE channel_accounts SET next_at = CASE WHEN next_at > \(now + ChannelAccount.longestWait) THEN next_at
                ELSE greatest(next_at, \(now)) + \(gap) * interval '1 millisecond' END
            WHERE tenant_id = \(tenant) AND account_id = \(account.id) RETURNING next_at
            """)
        return next.map { $0 - .milliseconds(gap) } ?? now
    }

    /// The provider wants nothing before.
    func hold(_ id: ChannelAccount.ID, until moment: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE channel_accounts SET next_at = greatest(next_at, \(moment))
            WHERE tenant_id = \(tenant) AND account_id = \(id)
            """)
    }
}

struct SealedKeys: Sendable, RowReadable {
    let token: [UInt8]
    let secret: [UInt8]

    init(row: Row) throws(DatabaseError) {
        token = try row.read("token")
        secret = try row.read("secret")
    }
}

extension ChannelAccount: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("account_id")
        provider = try row.word("channel")
        isOn = try row.read("is_on")
        tokenEnd = try row.read("token_end")
        verification = try row.read("verification")
        number = try row.read("number")
        business = try row.read("business")
        hook = try row.read("hook")
        name = try row.read("name")
        handle = try row.read("handle")
        examinedAt = try row.read("examined_at")
        noticedAt = try row.read("noticed_at")
        forgedAt = try row.read("forged_at")
        let detail: String = try row.read("stopped_detail")
        stopped = (try row.read("stopped_by") as String?).map {
            ChannelFailure(ChannelFailure.Reason(rawValue: $0) ?? .notAllowed, detail)
        }
    }
}
