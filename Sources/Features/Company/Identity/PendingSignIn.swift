import Access
import Crypto
import Events
import Identifiers
import Postgres
import Time

/// A sign-in that has passed a password or a link and owes the second step. The browser holds its secret, which opens
/// nothing but that step.
package struct PendingSignIn: Sendable {
    package let secret: Token

    static let prefix = "msp"
    package static let span = Duration.seconds(15 * 60)

    static func start(
        for staff: StaffMember.ID, at now: Instant, from randomness: Randomness, in database: TenantDatabase
    ) async throws(DatabaseError) -> PendingSignIn {
        let pending = PendingSignIn(secret: .make(prefix: prefix, from: randomness))
        try await database.execute(
            """
            INSERT INTO pending_sign_ins (tenant_id, digest, staff_id, expires_at)
            VALUES (\(database.tenant), \(pending.secret.digest), \(staff), \(now + span))
            """)
        return pending
    }

    static func owner(of secret: String, at now: Instant, in database: TenantDatabase) async throws -> StaffMember {
        guard let token = Token(secret), token.prefix == prefix else { throw SignInRefusal.stepIsOver }
        let staff: UUID? = try await database.value(
            """
            SELECT staff_id FROM pending_sign_ins
            WHERE tenant_id = \(database.tenant) AND digest = \(token.digest) AND expires_at > \(now)
            """)
        guard let staff, let member = try await database.staffMember(ID(staff)), member.state == .active else {
            throw SignInRefusal.stepIsOver
        }
        return member
    }

    /// Works once.
    static func use(_ secret: String, at now: Instant, in database: TenantDatabase) async throws {
        let used = try await database.execute(
            """
            DELETE FROM pending_sign_ins
            WHERE tenant_id = \(database.tenant) AND digest = \(Token(secret)?.digest ?? []) AND expires_at > \(now)
            """)
        guard used == 1 else { throw SignInRefusal.stepIsOver }
    }
}

/// What the second step asks for.
package enum SecondStep: Sendable {
    case code
    /// The company requires a second factor, and this person has none yet.
    case enrolment(TOTP, of: StaffMember)
}

extension SignIn {
    package static let trustSpan = Duration.seconds(30 * 86_400)

    package func secondStep(
        of pending: String, now: Instant, in database: TenantDatabase
    ) async throws -> SecondStep {
        let member = try await PendingSignIn.owner(of: pending, at: now, in: database)
        let state = try await database.secondFactorState(of: member.id, on: nil, at: now)
        if state.isOn { return .code }
        guard let secret = try await unconfirmedSecret(of: member.id, in: database) else {
            throw SignInRefusal.stepIsOver
        }
        return .enrolment(secret, of: member)
    }

    /// With a code from the app, or a recovery code.
    package func finish(
        _ pending: String, code: String, trusting: Bool, from device: KnownDevice?, at place: Session.Place,
        now: Instant, in database: TenantDatabase
    ) async throws -> Outcome {
        let member = try await PendingSignIn.owner(of: pending, at: now, in: database)
        let tries = CodeTries(of: member, from: device)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        return try await database.transaction { database in
            let proof = try await spend(code, of: member, at: place, now: now, in: database)
            try await PendingSignIn.use(pending, at: now, in: database)
            try await tries.forgive(in: database)
            return try await enter(
                member, by: proof, from: device, trustedUntil: trusting ? now + Self.trustSpan : nil, at: place,
                now: now, in: database)
        }
    }

    /// With the first code from an app that has the new secret.
    package func finishEnrolling(
        _ pending: String, code: String, from device: KnownDevice?, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws -> (outcome: Outcome, codes: [RecoveryCode]) {
        let member = try await PendingSignIn.owner(of: pending, at: now, in: database)
        let tries = CodeTries(of: member, from: device)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        return try await database.transaction { database in
            let codes = try await acceptFirstCode(code, of: member, at: place, now: now, in: database)
            try await PendingSignIn.use(pending, at: now, in: database)
            try await tries.forgive(in: database)
            return (try await enter(member, by: .app, from: device, at: place, now: now, in: database), codes)
        }
    }
}
