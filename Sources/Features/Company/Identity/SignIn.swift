import Access
import Crypto
import Events
import Identifiers
import Letters
import Postgres
import Time
import Vault

/// Signing in with a password, and choosing one. If a second factor exists or is required, a password or a link only
/// leads to the second step.
package struct SignIn: Sendable {
    let hashing: PasswordHashing
    let common: CommonPasswords
    let vault: Vault
    let randomness: Randomness
    let addresses = AddressQuota()
    /// Nil without a mail server.
    package var mailing: Mailing?

    package enum Outcome: Sendable {
        case entered(Session, KnownDevice)
        case owesSecondStep(PendingSignIn)
    }

    package init(
        hashing: PasswordHashing, common: CommonPasswords, vault: Vault, randomness: Randomness, mailing: Mailing? = nil
    ) {
        self.hashing = hashing
        self.common = common
        self.vault = vault
        self.randomness = randomness
        self.mailing = mailing
    }

    /// An unknown account takes as long, and gets the same answer, as a wrong password.
    package func start(
        email: String, password: String, from device: KnownDevice?, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws -> Outcome {
        let tries = SignInTries(of: email, from: device, at: place.address, within: addresses)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        let member = try await database.staffMember(email: email)
        var stored: String?
        if let member, member.state == .active { stored = try await database.password(of: member.id) }
        let verdict = try await hashing.verify(password, against: stored, for: database.tenant.uuid)
        guard let member, let stored, verdict.matches else { throw SignInRefusal.wrong }
        let rehashed = verdict.needsRehash ? try await hashing.hash(password, for: database.tenant.uuid) : nil
        return try await database.transaction { database in
            guard try await database.holdPassword(stored, of: member.id, rehashed: rehashed) else {
                throw SignInRefusal.wrong
            }
            try await tries.forgive(in: database)
            return try await proceed(member, from: device, at: place, now: now, in: database)
        }
    }

    /// With a link from the server's command line.
    package func start(
        with link: String, from device: KnownDevice?, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws -> Outcome {
        try await database.transaction { database in
            let staff = try await SignInLink.use(link, for: .signIn, at: now, in: database)
            guard let member = try await database.staffMember(staff), member.state == .active else {
                throw SignInRefusal.linkIsOver
            }
            return try await proceed(member, from: device, at: place, now: now, in: database)
        }
    }

    /// With the link of an invitation or a forgotten password: ends the account's other sessions and unlinks its
    /// external accounts.
    package func choosePassword(
        _ password: String, with link: String, company: String, from device: KnownDevice?, at place: Session.Place,
        now: Instant, in database: TenantDatabase
    ) async throws -> Outcome {
        let (purpose, owner) = try await SignInLink.look(at: link, now: now, in: database)
        guard purpose == .password else { throw SignInRefusal.linkIsOver }
        let chosen = try NewPassword(password, ownWords: ownWords(of: owner, company: company), common: common)
        let hash = try await hashing.hash(chosen.text, for: database.tenant.uuid)
        return try await database.transaction { database in
            let staff = try await SignInLink.use(link, for: .password, at: now, in: database)
            try await database.setPassword(hash, of: staff, at: now)
            try await Session.endAll(of: staff, at: now, in: database)
            // An intruder may have linked an account as a way back.
            try await owner.unlink(at: place, now: now, in: database)
            try await database.record(Act(.staffPasswordChosen, owner.subject), by: owner.actor(at: place), at: now)
            return try await proceed(owner, from: device, at: place, now: now, in: database)
        }
    }

    /// By the signed-in owner, who confirms a present password; sessions on other devices end.
    package func changePassword(
        of member: StaffMember, from present: String, to password: String, company: String, keeping session: UUID?,
        at address: String, now: Instant, in database: TenantDatabase
    ) async throws {
        let tries = SignInTries(of: member.email, from: nil, at: address, within: addresses)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        // An owner who came by a link from the server's command line may have no password yet.
        let stored = try await database.password(of: member.id)
        if let stored {
            guard try await hashing.verify(present, against: stored, for: database.tenant.uuid).matches else {
                throw SignInRefusal.wrong
            }
        }
        let chosen = try NewPassword(password, ownWords: ownWords(of: member, company: company), common: common)
        let hash = try await hashing.hash(chosen.text, for: database.tenant.uuid)
        try await database.transaction { database in
            if let stored {
                guard try await database.holdPassword(stored, of: member.id) else { throw SignInRefusal.wrong }
            }
            try await database.setPassword(hash, of: member.id, at: now)
            try await Session.endAll(of: member.id, besides: session, at: now, in: database)
            try await KnownDevice.forgetAll(of: member.id, in: database)
            try await tries.forgive(in: database)
            let place = Session.Place(device: "", address: address)
            try await database.record(
                Act(.staffPasswordChanged, member.subject), by: member.actor(at: place), at: now)
        }
    }

    /// Confirms the password before an act that a stranger at the desk must not do.
    func verify(
        _ password: String, of member: StaffMember, at address: String, now: Instant, in database: TenantDatabase
    ) async throws {
        let tries = SignInTries(of: member.email, from: nil, at: address, within: addresses)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        let stored = try await database.password(of: member.id)
        guard try await hashing.verify(password, against: stored, for: database.tenant.uuid).matches else {
            throw SignInRefusal.wrongPassword
        }
        try await tries.forgive(in: database)
    }

    /// Continues after the first factor.
    func proceed(
        _ member: StaffMember, from device: KnownDevice?, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws -> Outcome {
        let state = try await database.secondFactorState(of: member.id, on: device, at: now)
        switch (state.isOn, state.isRequired) {
        case (true, _) where !state.isTrusted, (false, true):
            if !state.isOn { try await beginSecondFactor(of: member.id, at: now, in: database) }
            return .owesSecondStep(try await .start(for: member.id, at: now, from: randomness, in: database))
        default:
            return try await enter(
                member, by: state.isOn ? .trustedDevice : nil, from: device, at: place, now: now, in: database)
        }
    }

    /// The browser is remembered, and keeps its trust. A new one is reported by mail, if the place has a letterhead.
    func enter(
        _ member: StaffMember, by proof: SecondProof?, from device: KnownDevice?, trustedUntil: Instant? = nil,
        at place: Session.Place, now: Instant, in database: TenantDatabase
    ) async throws -> Outcome {
        let isKnown = try await device?.isOf(email: member.email, at: now, in: database) ?? false
        let device = try await KnownDevice.remember(
            for: member.id, after: device, trustedUntil: trustedUntil, at: now, from: randomness, in: database)
        let session = try await Session.start(for: member.id, at: place, now: now, from: randomness, in: database)
        if let letterhead = place.letterhead, !isKnown {
            try await database.write(
                .newDevice, to: member.email, about: session.id, on: letterhead, at: now, from: randomness)
        }
        let details = proof.map { [Act.Detail("second_factor", $0.rawValue)] } ?? []
        try await database.record(
            Act(.sessionStarted, member.subject, after: details), by: member.actor(at: place), at: now)
        return .entered(session, device)
    }

    private func ownWords(of member: StaffMember, company: String) -> [String] {
        member.name.split(separator: " ").map(String.init)
            + member.email.split(separator: "@").prefix(1).map(String.init)
            + company.split(separator: " ").map(String.init)
    }
}

extension StaffMember {
    /// The person as actor of the sign-in.
    func actor(at place: Session.Place) -> Actor {
        Actor(.staff, id: id.uuid, name: name, address: place.address)
    }
}
