import Crypto
import Customers
import Identifiers
import Postgres
import Time

/// A browser that a subscriber signed in from before. Guesses made elsewhere do not count against it.
package struct PortalDevice: Sendable {
    package let secret: Token

    static let prefix = "mpd"
    package static let span = Duration.seconds(180 * 86_400)

    private init(secret: Token) { self.secret = secret }

    /// Nil when malformed.
    package init?(_ text: String) {
        guard let token = Token(text), token.prefix == Self.prefix else { return nil }
        secret = token
    }

    static func remember(
        for customer: Customer.ID, at now: Instant, from randomness: Randomness, in database: TenantDatabase
    ) async throws(DatabaseError) -> PortalDevice {
        let device = PortalDevice(secret: .make(prefix: prefix, from: randomness))
        try await database.execute(
            """
            INSERT INTO portal_devices (tenant_id, customer_id, digest, expires_at)
            VALUES (\(database.tenant), \(customer), \(device.secret.digest), \(now + span))
            """)
        return device
    }

    func isOf(_ contact: Contact, at now: Instant, in database: TenantDatabase) async throws(DatabaseError) -> Bool {
        try await database.value(
            """
            SELECT EXISTS (
                SELECT FROM portal_devices d JOIN customers USING (tenant_id, customer_id)
                WHERE tenant_id = \(database.tenant) AND d.digest = \(secret.digest) AND d.expires_at > \(now)
                    AND \(contact.condition))
            """) ?? false
    }
}
