import Access
import Crypto
import Postgres
import Time

/// Rate limits on guesses, by account and by network. An attempt is counted before its password is checked, so that
/// concurrent ones all count; beyond the network's quota nothing is written.
struct SignInTries: Sendable {
    static let span = Duration.seconds(15 * 60)
    static let perAccount = 10
    /// A whole office may share one address and sign in in the morning.
    static let perAddress = 60

    private let email: String
    private let device: KnownDevice?
    private let address: String
    private let addresses: AddressQuota

    init(of email: String, from device: KnownDevice?, at address: String, within addresses: AddressQuota) {
        self.email = email
        self.device = device
        self.address = address
        self.addresses = addresses
    }

    /// Counts an attempt; false when it is over the limit.
    func count(at now: Instant, in database: TenantDatabase) async throws(DatabaseError) -> Bool {
        if let device, try await device.isOf(email: email, at: now, in: database) {
            return try await count(knownSubject, at: now, in: database) <= Self.perAccount
        }
        guard try await countAddress(at: now, in: database) else { return false }
        return try await count(accountSubject, at: now, in: database) <= Self.perAccount
    }

    /// For an attempt without an account.
    func countAddress(at now: Instant, in database: TenantDatabase) async throws(DatabaseError) -> Bool {
        guard addresses.take(address, at: now) else { return false }
        return try await count(addressSubject, at: now, in: database) <= Self.perAddress
    }

    /// A successful sign-in clears the account's attempts.
    func forgive(in database: TenantDatabase) async throws(DatabaseError) {
        try await database.execute(
            """
            DELETE FROM sign_in_tries
            WHERE tenant_id = \(database.tenant) AND subject = ANY (\([accountSubject, knownSubject]))
            """)
    }

    private var accountSubject: [UInt8] { SHA256.digest(of: "account \(email)".utf8) }
    private var knownSubject: [UInt8] { SHA256.digest(of: "device \(device?.secret.text ?? "")".utf8) }
    private var addressSubject: [UInt8] {
        SHA256.digest(of: "address \(AddressQuota.network(of: address))".utf8)
    }

    private func count(
        _ subject: [UInt8], at now: Instant, in database: TenantDatabase
    ) async throws(DatabaseError) -> Int {
        try await database.countTry(subject, within: Self.span, at: now)
    }
}

/// Rate limits on one-time codes, after a correct password. Guesses made elsewhere do not lock out a known browser of
/// the owner.
struct CodeTries: Sendable {
    static let span = Duration.seconds(15 * 60)
    static let limit = 5

    private let staff: StaffMember
    private let device: KnownDevice?

    init(of staff: StaffMember, from device: KnownDevice?) {
        self.staff = staff
        self.device = device
    }

    /// Counts an attempt; false when it is over the limit.
    func count(at now: Instant, in database: TenantDatabase) async throws(DatabaseError) -> Bool {
        let isKnown = try await device?.isOf(email: staff.email, at: now, in: database) ?? false
        return try await database.countTry(isKnown ? deviceSubject : accountSubject, within: Self.span, at: now)
            <= Self.limit
    }

    func forgive(in database: TenantDatabase) async throws(DatabaseError) {
        try await database.execute(
            """
            DELETE FROM sign_in_tries
            WHERE tenant_id = \(database.tenant) AND subject = ANY (\([accountSubject, deviceSubject]))
            """)
    }

    private var accountSubject: [UInt8] { SHA256.digest(of: "code \(staff.id)".utf8) }
    private var deviceSubject: [UInt8] { SHA256.digest(of: "code device \(device?.secret.text ?? "")".utf8) }
}

extension TenantDatabase {
    /// Counts an attempt, and returns its number within the span that the first one began.
    package func countTry(
        _ subject: [UInt8], within span: Duration, at now: Instant
    ) async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO sign_in_tries AS t (tenant_id, subject, count, ends_at)
            VALUES (\(tenant), \(subject), 1, \(now + span))
            ON CONFLICT (tenant_id, subject) DO UPDATE SET
                count = CASE WHEN t.ends_at <= \(now) THEN 1 ELSE t.count + 1 END,
                ends_at = CASE WHEN t.ends_at <= \(now) THEN excluded.ends_at ELSE t.ends_at END
            RETURNING count::bigint
            """) ?? 1
    }
}
