import Access
import Crypto
import Events
import Identifiers
import Postgres
import Time

/// Signing in with a password, and choosing one.
package struct SignIn: Sendable {
    private let hashing: PasswordHashing
    private let common: CommonPasswords
    private let randomness: Randomness

    package init(hashing: PasswordHashing, common: CommonPasswords, randomness: Randomness) {
        self.hashing = hashing
        self.common = common
        self.randomness = randomness
    }

    /// An account nobody has takes as long and reads the same as a wrong password.
    package func start(
        email: String, password: String, from device: KnownDevice?, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws -> (session: Session, device: KnownDevice) {
        let tries = SignInTries(of: email, from: device, at: place.address)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        let member = try await database.staffMember(email: email)
        var stored: String?
        if let member, member.state == .active { stored = try await database.password(of: member.id) }
        let verdict = try await hashing.verify(password, against: stored)
        guard let member, verdict.matches else { throw SignInRefusal.wrong }
        let rehashed = verdict.needsRehash ? try await hashing.hash(password) : nil
        return try await database.transaction { database in
            if let rehashed { try await database.setPassword(rehashed, of: member.id) }
            return try await enter(member, at: place, now: now, forgiving: tries, in: database)
        }
    }

    /// With a link from the server's command line.
    package func start(
        with link: String, at place: Session.Place, now: Instant, in database: TenantDatabase
    ) async throws -> Session {
        try await database.transaction { database in
            let staff = try await SignInLink.use(link, for: .signIn, at: now, in: database)
            guard let member = try await database.staffMember(staff), member.state == .active else {
                throw SignInRefusal.linkIsOver
            }
            let session = try await Session.start(for: staff, at: place, now: now, from: randomness, in: database)
            try await database.record(Act("session.started", member.subject), by: member.actor(at: place), at: now)
            return session
        }
    }

    /// With the link of an invitation or of a forgotten password: every other session of the account ends.
    package func choosePassword(
        _ password: String, with link: String, company: String, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws -> (session: Session, device: KnownDevice) {
        let (purpose, owner) = try await SignInLink.look(at: link, now: now, in: database)
        guard purpose == .password else { throw SignInRefusal.linkIsOver }
        let chosen = try NewPassword(password, ownWords: ownWords(of: owner, company: company), common: common)
        let hash = try await hashing.hash(chosen.text)
        return try await database.transaction { database in
            let staff = try await SignInLink.use(link, for: .password, at: now, in: database)
            try await database.setPassword(hash, of: staff)
            try await Session.endAll(of: staff, at: now, in: database)
            try await database.record(Act("staff.password_chosen", owner.subject), by: owner.actor(at: place), at: now)
            return try await enter(owner, at: place, now: now, forgiving: nil, in: database)
        }
    }

    /// By somebody signed in, who knows the present one where there is one; the sessions on other devices end.
    package func changePassword(
        of member: StaffMember, from present: String, to password: String, company: String, keeping session: UUID?,
        at address: String, now: Instant, in database: TenantDatabase
    ) async throws {
        let tries = SignInTries(of: member.email, from: nil, at: address)
        guard try await tries.count(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        // Who came by a link from the server's command line may have none yet.
        if let stored = try await database.password(of: member.id) {
            guard try await hashing.verify(present, against: stored).matches else { throw SignInRefusal.wrong }
        }
        let chosen = try NewPassword(password, ownWords: ownWords(of: member, company: company), common: common)
        let hash = try await hashing.hash(chosen.text)
        try await database.transaction { database in
            try await database.setPassword(hash, of: member.id)
            try await Session.endAll(of: member.id, besides: session, at: now, in: database)
            try await KnownDevice.forgetAll(of: member.id, in: database)
            try await tries.forgive(in: database)
            let place = Session.Place(device: "", address: address)
            try await database.record(
                Act("staff.password_changed", member.subject), by: member.actor(at: place), at: now)
        }
    }

    private func enter(
        _ member: StaffMember, at place: Session.Place, now: Instant, forgiving tries: SignInTries?,
        in database: TenantDatabase
    ) async throws -> (session: Session, device: KnownDevice) {
        try await tries?.forgive(in: database)
        let device = try await KnownDevice.remember(for: member.id, at: now, from: randomness, in: database)
        let session = try await Session.start(for: member.id, at: place, now: now, from: randomness, in: database)
        try await database.record(Act("session.started", member.subject), by: member.actor(at: place), at: now)
        return (session, device)
    }

    private func ownWords(of member: StaffMember, company: String) -> [String] {
        member.name.split(separator: " ").map(String.init)
            + member.email.split(separator: "@").prefix(1).map(String.init)
            + company.split(separator: " ").map(String.init)
    }
}

extension StaffMember {
    /// The person, at their own door.
    fileprivate func actor(at place: Session.Place) -> Actor {
        Actor(.staff, id: id.uuid, name: name, address: place.address)
    }
}
