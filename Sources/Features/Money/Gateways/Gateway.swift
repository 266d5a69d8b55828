import GatewayProtocol
import Identifiers
import Locale
import Postgres
import Time
import Vault

/// A company's account at a provider of on-line payments.
package struct Gateway: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Gateway>

    package let provider: GatewayProvider
    package let id: ID
    package let isOn: Bool
    /// The key's last characters, by which its owner recognises it.
    package let secretEnd: String
    package let hasNoticeSecret: Bool
    package let hook: String
    package let account: String
    package let isLive: Bool
    /// Currency codes; nil where the provider takes any.
    package let currencies: [String]?
    package let examinedAt: Instant
    package let noticedAt: Instant?
    package let forgedAt: Instant?

    package func takes(_ currency: Currency) -> Bool { currencies?.contains(currency.code) ?? true }

    /// Where the provider tells of events.
    package func noticePath() -> String { "/hooks/gateways/\(hook)" }

    static func secretField(of id: ID) -> SecretField { SecretField("secret", of: "gateways", row: id.uuid) }
    static func noticeField(of id: ID) -> SecretField { SecretField("notice_secret", of: "gateways", row: id.uuid) }
}

extension TenantDatabase {
    private var gatewaySelection: SQL {
        """
        SELECT g.provider, g.gateway_id, g.is_on, g.secret_end, g.notice_secret IS NOT NULL AS has_notice_secret, g.hook,
            g.account, g.is_live, g.currencies, g.examined_at, g.noticed_at, g.forged_at
        FROM gateways g WHERE g.tenant_id = \(tenant)
        """
    }

    package func gateways() async throws(DatabaseError) -> [Gateway] {
        try await rows("\(gatewaySelection) ORDER BY g.provider")
    }

    func gateway(_ provider: GatewayProvider) async throws(DatabaseError) -> Gateway? {
        try await first("\(gatewaySelection) AND g.provider = \(provider.rawValue)")
    }

    func gateway(at hook: String) async throws(DatabaseError) -> Gateway? {
        try await first("\(gatewaySelection) AND g.hook = \(hook)")
    }

    /// The enabled ways to pay that accept the company's currency.
    func waysToPay(in currency: Currency) async throws(DatabaseError) -> [GatewayWay] {
        try await gateways().filter { $0.isOn && $0.takes(currency) }.flatMap { gateway in
            gateway.provider.ways.map { GatewayWay(provider: gateway.provider, way: $0) }
        }
    }

    func put(
        _ gateway: Gateway, sealed secret: [UInt8], noticeSecret: [UInt8]?
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO gateways (
                tenant_id, provider, gateway_id, is_on, secret, secret_end, notice_secret, hook, account, is_live,
                currencies, examined_at)
            VALUES (
                \(tenant), \(gateway.provider.rawValue), \(gateway.id), \(gateway.isOn), \(secret),
                \(gateway.secretEnd), \(noticeSecret), \(gateway.hook), \(gateway.account), \(gateway.isLive),
                \(gateway.currencies), \(gateway.examinedAt))
            ON CONFLICT (tenant_id, provider) DO UPDATE SET is_on = excluded.is_on, secret = excluded.secret,
                secret_end = excluded.secret_end, notice_secret = excluded.notice_secret, account = excluded.account,
                is_live = excluded.is_live, currencies = excluded.currencies, examined_at = excluded.examined_at
            """)
    }

    func sealedSecrets(of provider: GatewayProvider) async throws(DatabaseError) -> SealedSecrets? {
        try await first(
            """
            SELECT gateway_id, secret, notice_secret FROM gateways
            WHERE tenant_id = \(tenant) AND provider = \(provider.rawValue)
            """)
    }

    func set(_ provider: GatewayProvider, isOn: Bool) async throws(DatabaseError) {
        try await execute(
            "UPDATE gateways SET is_on = \(isOn) WHERE tenant_id = \(tenant) AND provider = \(provider.rawValue)")
    }

    /// For the gateway's settings page. Written once a minute at most, so that forged requests cause few writes.
    func noteNotice(to provider: GatewayProvider, isGenuine: Bool, at now: Instant) async throws(DatabaseError) {
        let column: SQL = isGenuine ? "noticed_at" : "forged_at"
        try await execute(
            """
            UPDATE gateways SET \(column) = \(now)
            WHERE tenant_id = \(tenant) AND provider = \(provider.rawValue)
                AND coalesce(\(column) < \(now - .seconds(60)), true)
            """)
    }
}

/// One way to pay at a gateway.
struct GatewayWay: Sendable, Equatable {
    let provider: GatewayProvider
    let way: PaymentWay

    /// Its value in forms: "conekta-cash".
    var word: String { "\(provider.rawValue)-\(way.rawValue)" }

    func name(for reader: Reader) -> String {
        switch way {
        case .hosted:
            GatewayWords.byCard.text(for: reader, .name(provider.name))
        case .cash: GatewayWords.inShops.text(for: reader)
        case .transfer: GatewayWords.byTransfer.text(for: reader)
        }
    }
}

struct SealedSecrets: Sendable, RowReadable {
    let id: Gateway.ID
    let secret: [UInt8]
    let noticeSecret: [UInt8]?

    init(row: Row) throws(DatabaseError) {
        id = try row.read("gateway_id")
        secret = try row.read("secret")
        noticeSecret = try row.read("notice_secret")
    }
}

extension Gateway: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        provider = try row.word("provider")
        id = try row.read("gateway_id")
        isOn = try row.read("is_on")
        secretEnd = try row.read("secret_end")
        hasNoticeSecret = try row.read("has_notice_secret")
        hook = try row.read("hook")
        account = try row.read("account")
        isLive = try row.read("is_live")
        currencies = try row.read("currencies")
        examinedAt = try row.read("examined_at")
        noticedAt = try row.read("noticed_at")
        forgedAt = try row.read("forged_at")
    }
}
