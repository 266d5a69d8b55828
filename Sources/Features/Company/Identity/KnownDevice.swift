import Crypto
import Identifiers
import Postgres
import Time

/// A browser that signed in before, recognised by a secret of its own, so that guesses made elsewhere do not count
/// against it.
package struct KnownDevice: Sendable {
    package let secret: Token

    static let prefix = "msd"
    package static let span = Duration.seconds(90 * 86_400)

    init(secret: Token) { self.secret = secret }

    /// Nil when malformed.
    package init?(_ text: String) {
        guard let token = Token(text), token.prefix == Self.prefix else { return nil }
        secret = token
    }

    /// Rotates the secret. Its trust keeps its original expiry.
    static func remember(
        for staff: StaffMember.ID, after earlier: KnownDevice?, trustedUntil: Instant?, at now: Instant,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws(DatabaseError) -> KnownDevice {
        let device = KnownDevice(secret: .make(prefix: prefix, from: randomness))
        try await database.execute(
            """
            INSERT INTO known_devices (tenant_id, staff_id, digest, expires_at, trusted_until)
            VALUES (\(database.tenant), \(staff), \(device.secret.digest), \(now + span), coalesce(\(trustedUntil), (
                SELECT trusted_until FROM known_devices
                WHERE tenant_id = \(database.tenant) AND staff_id = \(staff)
                    AND digest = \(earlier?.secret.digest ?? []))))
            """)
        return device
    }

    static func distrustAll(of staff: StaffMember.ID, in database: TenantDatabase) async throws(DatabaseError) {
        try await database.execute(
            """
            UPDATE known_devices SET trusted_until = NULL
            WHERE tenant_id = \(database.tenant) AND staff_id = \(staff) AND trusted_until IS NOT NULL
            """)
    }

    func isOf(email: String, at now: Instant, in database: TenantDatabase) async throws(DatabaseError) -> Bool {
        try await database.value(
            """
            SELECT EXISTS (
                SELECT FROM known_devices d JOIN staff p ON p.tenant_id = d.tenant_id AND p.staff_id = d.staff_id
                WHERE d.tenant_id = \(database.tenant) AND d.digest = \(secret.digest) AND d.expires_at > \(now)
                    AND p.email = \(email))
            """) ?? false
    }

    static func forgetAll(of staff: StaffMember.ID, in database: TenantDatabase) async throws(DatabaseError) {
        try await database.execute(
            "DELETE FROM known_devices WHERE tenant_id = \(database.tenant) AND staff_id = \(staff)")
    }
}
