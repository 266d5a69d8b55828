import Access
import Crypto
import Events
import Identifiers
import Postgres
import Time
import Vault

/// The kind of second factor used, for the record.
enum SecondProof: String, Sendable {
    case app
    case recoveryCode = "recovery_code"
    case trustedDevice = "trusted_device"
}

// One-time codes of an authenticator app (RFC 6238). The secret is only shown until confirmed.
extension SignIn {
    /// For one's own account: a secret that takes effect once a code confirms it.
    package func beginSecondFactor(
        of member: StaffMember, password: String, at address: String, now: Instant, in database: TenantDatabase
    ) async throws {
        try await verify(password, of: member, at: address, now: now, in: database)
        try await beginSecondFactor(of: member.id, at: now, in: database)
    }

    func beginSecondFactor(of staff: StaffMember.ID, at now: Instant, in database: TenantDatabase) async throws {
        let secret = TOTP.make(from: randomness).secret
        let sealed = try await vault.seal(secret, for: .secondFactor(of: staff), at: now, in: database)
        let begun = try await database.execute(
            """
            INSERT INTO second_factors AS f (tenant_id, staff_id, secret)
            VALUES (\(database.tenant), \(staff), \(sealed))
            ON CONFLICT (tenant_id, staff_id) DO UPDATE SET secret = excluded.secret WHERE f.confirmed_at IS NULL
            """)
        guard begun == 1 else { throw SecondFactorRefusal.isOn }
    }

    /// Nil when no set-up is in progress.
    package func unconfirmedSecret(of staff: StaffMember.ID, in database: TenantDatabase) async throws -> TOTP? {
        guard let stored = try await database.secondFactor(of: staff), !stored.isConfirmed else { return nil }
        return try await totp(stored, of: staff, in: database)
    }

    /// For one's own account. Other sessions were made without a code, so they end, and this one is replaced.
    package func confirmSecondFactor(
        of member: StaffMember, with code: String, at place: Session.Place, now: Instant, in database: TenantDatabase
    ) async throws -> (session: Session, codes: [RecoveryCode]) {
        let tries = CodeTries(of: member, from: nil)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        return try await database.transaction { database in
            let codes = try await acceptFirstCode(code, of: member, at: place, now: now, in: database)
            try await tries.forgive(in: database)
            try await Session.endAll(of: member.id, at: now, in: database)
            let session = try await Session.start(for: member.id, at: place, now: now, from: randomness, in: database)
            return (session, codes)
        }
    }

    func acceptFirstCode(
        _ code: String, of member: StaffMember, at place: Session.Place, now: Instant, in database: TenantDatabase
    ) async throws -> [RecoveryCode] {
        guard let stored = try await database.secondFactor(of: member.id), !stored.isConfirmed else {
            throw SecondFactorRefusal.isOn
        }
        let totp = try await totp(stored, of: member.id, in: database)
        guard let step = totp.matchedStep(of: Self.digits(code), at: now, after: nil) else {
            throw SignInRefusal.wrongCode
        }
        let confirmed = try await database.execute(
            """
            UPDATE second_factors SET confirmed_at = \(now), last_step = \(step)
            WHERE tenant_id = \(database.tenant) AND staff_id = \(member.id) AND confirmed_at IS NULL
                AND secret = \(stored.sealed)
            """)
        guard confirmed == 1 else { throw SecondFactorRefusal.isOn }
        try await KnownDevice.distrustAll(of: member.id, in: database)
        let codes = try await RecoveryCode.makeAll(for: member.id, from: randomness, in: database)
        try await database.record(Act(.staffSecondFactorOn, member.subject), by: member.actor(at: place), at: now)
        return codes
    }

    /// Requires password and code: a person at somebody else's desk has neither.
    package func makeRecoveryCodes(
        of member: StaffMember, password: String, code: String, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws -> [RecoveryCode] {
        try await proven(member, password, code, at: place, now: now, in: database) { database in
            let codes = try await RecoveryCode.makeAll(for: member.id, from: randomness, in: database)
            try await database.record(
                Act(.staffRecoveryCodesMade, member.subject), by: member.actor(at: place), at: now)
            return codes
        }
    }

    package func endSecondFactor(
        of member: StaffMember, password: String, code: String, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws {
        guard try await !database.secondFactorState(of: member.id, on: nil, at: now).isRequired else {
            throw SecondFactorRefusal.isRequired
        }
        try await proven(member, password, code, at: place, now: now, in: database) { database in
            try await database.deleteSecondFactor(of: member.id)
            try await database.record(
                Act(.staffSecondFactorOff, member.subject), by: member.actor(at: place), at: now)
        }
    }

    private func proven<Result: Sendable>(
        _ member: StaffMember, _ password: String, _ code: String, at place: Session.Place, now: Instant,
        in database: TenantDatabase, _ act: (TenantDatabase) async throws -> Result
    ) async throws -> Result {
        try await verify(password, of: member, at: place.address, now: now, in: database)
        let tries = CodeTries(of: member, from: nil)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        return try await database.transaction { database in
            _ = try await spend(code, of: member, at: place, now: now, in: database)
            try await tries.forgive(in: database)
            return try await act(database)
        }
    }

    /// Consumes a code: of two uses of one code, the second is refused.
    func spend(
        _ code: String, of member: StaffMember, at place: Session.Place, now: Instant, in database: TenantDatabase
    ) async throws -> SecondProof {
        if let paper = RecoveryCode(typed: code) {
            guard try await paper.use(of: member.id, at: now, in: database) else { throw SignInRefusal.wrongCode }
            try await database.record(
                Act(.staffRecoveryCodeUsed, member.subject), by: member.actor(at: place), at: now)
            return .recoveryCode
        }
        guard let stored = try await database.secondFactor(of: member.id), stored.isConfirmed else {
            throw SignInRefusal.stepIsOver
        }
        let totp = try await totp(stored, of: member.id, in: database)
        guard let step = totp.matchedStep(of: Self.digits(code), at: now, after: stored.lastStep) else {
            throw SignInRefusal.wrongCode
        }
        let spent = try await database.execute(
            """
            UPDATE second_factors SET last_step = \(step)
            WHERE tenant_id = \(database.tenant) AND staff_id = \(member.id) AND last_step < \(step)
            """)
        guard spent == 1 else { throw SignInRefusal.wrongCode }
        return .app
    }

    private func totp(
        _ stored: StoredSecondFactor, of staff: StaffMember.ID, in database: TenantDatabase
    ) async throws -> TOTP {
        TOTP(secret: try await vault.open(stored.sealed, for: .secondFactor(of: staff), in: database))
    }

    /// Apps show `123 456`, and people type it that way.
    private static func digits(_ code: String) -> String { code.filter { !$0.isWhitespace } }
}

extension SecretField {
    fileprivate static func secondFactor(of staff: StaffMember.ID) -> SecretField {
        SecretField("secret", of: "second_factors", row: staff.uuid)
    }
}
