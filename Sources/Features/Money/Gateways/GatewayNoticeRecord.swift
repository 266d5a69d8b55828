import GatewayProtocol
import Identifiers
import Postgres
import Time

/// A genuine notice, kept for support: its content, time and number of deliveries.
struct KeptNotice: Sendable, RowReadable {
    let event: String
    let kind: String
    let receivedAt: Instant
    let times: Int
    let body: String

    /// The largest notice accepted.
    static let mostBytes = 262_144

    init(row: Row) throws(DatabaseError) {
        event = try row.read("event")
        kind = try row.read("kind")
        receivedAt = try row.read("received_at")
        times = try row.read("times")
        body = try row.read("body")
    }
}

extension TenantDatabase {
    /// Returns whether the notice is new.
    func keep(
        _ notice: GatewayNotice, of provider: GatewayProvider, about payment: OnlinePayment.ID?, body: [UInt8],
        at now: Instant
    ) async throws(DatabaseError) -> Bool {
        // PostgreSQL text cannot hold NUL.
        let text = String(decoding: body.filter { $0 != 0 }, as: UTF8.self)
        let kind = String(String.UnicodeScalarView(notice.kind.unicodeScalars.filter { $0 != "\0" }.prefix(200)))
        return try await value(
            """
            INSERT INTO gateway_notices AS n (
                tenant_id, provider, event, kind, reference, checkout, payment, online_payment_id, body, received_at)
            VALUES (
                \(tenant), \(provider.rawValue), \(notice.event), \(kind),
                \(notice.reference), \(notice.checkout), \(notice.payment), \(payment), \(text), \(now))
            ON CONFLICT (tenant_id, provider, event) DO UPDATE SET times = least(n.times + 1, 1000000)
            RETURNING n.times = 1
            """) ?? false
    }

    func notice(
        _ event: String, of provider: GatewayProvider
    ) async throws(DatabaseError) -> (notice: GatewayNotice, payment: OnlinePayment.ID?)? {
        let found: FoundNotice? = try await first(
            """
            SELECT kind, reference, checkout, payment, online_payment_id FROM gateway_notices
            WHERE tenant_id = \(tenant) AND provider = \(provider.rawValue) AND event = \(event)
            """)
        return found.map { found in
            (
                GatewayNotice(
                    event: event, kind: found.kind, reference: found.reference, checkout: found.checkout,
                    payment: found.payment), found.onlinePayment
            )
        }
    }

    func link(
        _ event: String, of provider: GatewayProvider, to payment: OnlinePayment.ID
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE gateway_notices SET online_payment_id = \(payment)
            WHERE tenant_id = \(tenant) AND provider = \(provider.rawValue) AND event = \(event)
            """)
    }

    func notices(about payment: OnlinePayment.ID) async throws(DatabaseError) -> [KeptNotice] {
        try await rows(
            """
            SELECT event, kind, received_at, times, body FROM gateway_notices
            WHERE tenant_id = \(tenant) AND online_payment_id = \(payment) ORDER BY received_at, event LIMIT 50
            """)
    }

    /// The provider's numbers of payments that notices about one of ours named.
    func paymentsNamed(about payment: OnlinePayment.ID) async throws(DatabaseError) -> [String] {
        let named: [NamedPayment] = try await rows(
            """
            SELECT payment FROM gateway_notices
            WHERE tenant_id = \(tenant) AND online_payment_id = \(payment) AND payment IS NOT NULL
            GROUP BY payment ORDER BY max(received_at) DESC LIMIT 20
            """)
        return named.map(\.number)
    }

    func forgetNotices(before moment: Instant) async throws(DatabaseError) {
        try await execute("DELETE FROM gateway_notices WHERE tenant_id = \(tenant) AND received_at < \(moment)")
    }

    /// Payments not checked for hours: their job was lost.
    func forgottenOnlinePayments(since moment: Instant) async throws(DatabaseError) -> [OnlinePayment.ID] {
        let found: [WaitingPayment] = try await rows(
            """
            SELECT online_payment_id FROM online_payments
            WHERE tenant_id = \(tenant) AND state IN ('opening', 'open', 'processing')
                AND coalesce(looked_at, made_at) < \(moment)
            ORDER BY made_at LIMIT 10000
            """)
        return found.map(\.id)
    }

    /// Money that came, which may have gone back without a word: read anew each night, the older the more seldom, for as
    /// long as a bank may still ask for it.
    func settledOnlinePayments(at now: Instant) async throws(DatabaseError) -> [OnlinePayment.ID] {
        let found: [WaitingPayment] = try await rows(
            """
            SELECT online_payment_id FROM online_payments
            WHERE tenant_id = \(tenant) AND state IN ('paid', 'review') AND made_at > \(now - .seconds(120 * 86_400))
                AND looked_at
                    < \(now)::timestamptz - greatest(interval '20 hours', (\(now)::timestamptz - settled_at) / 4)
            ORDER BY made_at LIMIT 10000
            """)
        return found.map(\.id)
    }
}

private struct NamedPayment: RowReadable {
    let number: String

    init(row: Row) throws(DatabaseError) { number = try row.read("payment") }
}

private struct WaitingPayment: RowReadable {
    let id: OnlinePayment.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("online_payment_id") }
}

private struct FoundNotice: RowReadable {
    let kind: String
    let reference: String?
    let checkout: String?
    let payment: String?
    let onlinePayment: OnlinePayment.ID?

    init(row: Row) throws(DatabaseError) {
        kind = try row.read("kind")
        reference = try row.read("reference")
        checkout = try row.read("checkout")
        payment = try row.read("payment")
        onlinePayment = try row.read("online_payment_id")
    }
}
