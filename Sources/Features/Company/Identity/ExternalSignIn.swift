import Access
import Crypto
import Events
import Identifiers
import OpenID
import Postgres
import Time

/// Sign-in through an external identity provider. A matching e-mail address alone opens nothing: the account must first
/// be linked, by its signed-in owner or by an invitation to that verified address.
package struct ExternalSignIn: Sendable {
    package static let span = Duration.seconds(10 * 60)

    private let provider: OpenIDProvider
    let signIn: SignIn
    private let onFailure: @Sendable (OpenIDError) -> Void

    /// Visitors are told little; `onFailure` gets the reason, for the operator.
    package init(_ provider: OpenIDProvider, _ signIn: SignIn, onFailure: @escaping @Sendable (OpenIDError) -> Void) {
        self.provider = provider
        self.signIn = signIn
        self.onFailure = onFailure
    }

    package enum Purpose: Sendable {
        case signIn
        /// For a signed-in owner, confirmed by the password.
        case link(StaffMember, session: UUID, password: String)
        /// Accepts the invitation of this link.
        case invitation(String)
    }

    /// Returns the browser's secret and the redirect's URL.
    package func begin(
        _ purpose: Purpose, from address: String, next: String, back: String, now: Instant,
        in database: TenantDatabase
    ) async throws -> (attempt: OpenIDAttempt, address: String) {
        let rule = try await database.externalSignInRule()
        guard rule.isAllowed, let client = rule.client else { throw AccessRefusal.notFound }
        var session: UUID?
        var link: [UInt8]?
        if case .link(let member, let ofMember, let password) = purpose {
            try await signIn.verify(password, of: member, at: address, now: now, in: database)
            session = ofMember
        } else {
            let tries = SignInTries(of: "", from: nil, at: address, within: signIn.addresses)
            guard try await tries.countAddress(at: now, in: database) else { throw SignInRefusal.tooManyTries }
        }
        if case .invitation(let secret) = purpose {
            guard try await SignInLink.look(at: secret, now: now, in: database).purpose == .password else {
                throw SignInRefusal.linkIsOver
            }
            link = Token(secret)?.digest
        }
        let attempt = OpenIDAttempt.make(from: signIn.randomness)
        let address = try await told { () async throws(OpenIDError) in
            try await provider.address(for: attempt, of: client, back: back, domain: rule.domain, at: now)
        }
        try await database.execute(
            """
            INSERT INTO external_sign_ins (tenant_id, digest, session_id, link_digest, next, expires_at)
            VALUES (\(database.tenant), \(attempt.secret.digest), \(session), \(link), \(next), \(now + Self.span))
            """)
        return (attempt, address)
    }

    /// Handles the redirect back. The attempt is deleted first, so that it works once.
    package func finish(
        _ attempt: OpenIDAttempt?, state: String, code: String, back: String, from device: KnownDevice?,
        at place: Session.Place, now: Instant, in database: TenantDatabase
    ) async throws -> Return {
        guard let attempt, attempt.asked(state) else { throw ExternalRefusal.otherBrowser }
        let asked: AskedSignIn? = try await database.first(
            """
            DELETE FROM external_sign_ins
            WHERE tenant_id = \(database.tenant) AND digest = \(attempt.secret.digest) AND expires_at > \(now)
            RETURNING session_id, link_digest, next
            """)
        guard let asked else { throw ExternalRefusal.otherBrowser }
        let rule = try await database.externalSignInRule()
        guard rule.isAllowed, let client = try await client(in: database) else { throw AccessRefusal.notFound }
        let identity = try await told { () async throws(OpenIDError) in
            try await provider.identity(for: code, answering: attempt, of: client, back: back, at: now)
        }
        if let domain = rule.domain, identity.hostedDomain != domain { throw ExternalRefusal.otherDomain }
        guard identity.verifiedEmail != nil else { throw ExternalRefusal.unverified }
        return try await database.transaction { database in
            if let session = asked.session {
                // A session ended meanwhile must not link an account that would let its owner back in.
                guard let member = try await database.staffMember(signedIn: session, at: now) else {
                    throw AccessRefusal.signInRequired
                }
                try await link(identity, to: member, at: place, now: now, in: database)
                return .linked
            }
            let member: StaffMember
            if let link = asked.link {
                member = try await invited(by: link, identity, at: place, now: now, in: database)
            } else {
                member = try await owner(of: identity, in: database)
            }
            return .signedIn(
                try await signIn.proceed(member, from: device, at: place, now: now, in: database), next: asked.next)
        }
    }

    package enum Return: Sendable {
        case signedIn(SignIn.Outcome, next: String)
        case linked
    }

    private func told<Result>(_ ask: () async throws(OpenIDError) -> Result) async throws -> Result {
        do {
            return try await ask()
        } catch {
            onFailure(error)
            switch error {
            case .unavailable: throw ExternalRefusal.unavailable
            case .refused: throw ExternalRefusal.notBelieved
            }
        }
    }

    private func owner(of identity: OpenIDIdentity, in database: TenantDatabase) async throws -> StaffMember {
        let staff: UUID? = try await database.value(
            """
            SELECT staff_id FROM external_identities
            WHERE tenant_id = \(database.tenant) AND issuer = \(identity.issuer) AND subject = \(identity.subject)
            """)
        guard let staff, let member = try await database.staffMember(ID(staff)), member.state == .active else {
            throw ExternalRefusal.nobodys
        }
        return member
    }

    /// Only the invited address is accepted: the link may have reached somebody else.
    private func invited(
        by link: [UInt8], _ identity: OpenIDIdentity, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws -> StaffMember {
        let staff = try await SignInLink.use(digest: link, for: .password, at: now, in: database)
        guard let member = try await database.staffMember(staff), member.state != .disabled else {
            throw SignInRefusal.linkIsOver
        }
        guard identity.verifiedEmail == member.email else { throw ExternalRefusal.otherAddress }
        if member.state == .invited { try await database.setState(.active, of: staff) }
        try await self.link(identity, to: member, at: place, now: now, in: database)
        return member
    }

    private func link(
        _ identity: OpenIDIdentity, to member: StaffMember, at place: Session.Place, now: Instant,
        in database: TenantDatabase
    ) async throws {
        guard let email = identity.verifiedEmail else { throw ExternalRefusal.unverified }
        let linked = try await database.execute(
            """
            INSERT INTO external_identities AS i (tenant_id, issuer, subject, staff_id, email, linked_at)
            SELECT \(database.tenant), \(identity.issuer), \(identity.subject), \(member.id), \(email), \(now)
            WHERE NOT EXISTS (SELECT FROM external_identities
                WHERE tenant_id = \(database.tenant) AND staff_id = \(member.id) AND issuer = \(identity.issuer)
                    AND subject <> \(identity.subject))
            ON CONFLICT (tenant_id, issuer, subject) DO UPDATE SET email = excluded.email
                WHERE i.staff_id = excluded.staff_id
            """)
        guard linked == 1 else { throw ExternalRefusal.somebodyElses }
        try await database.record(
            Act(.staffIdentityLinked, member.subject, after: [Act.Detail("email", email)]),
            by: member.actor(at: place), at: now)
    }

    /// By the signed-in owner, with the password, which is the remaining way in.
    package func unlink(
        from member: StaffMember, password: String, at place: Session.Place, now: Instant, in database: TenantDatabase
    ) async throws {
        try await signIn.verify(password, of: member, at: place.address, now: now, in: database)
        try await database.transaction { try await member.unlink(at: place, now: now, in: $0) }
    }

    /// The linked account's address, if any.
    package func linkedEmail(of staff: StaffMember.ID, in database: TenantDatabase) async throws -> String? {
        try await database.value(
            """
            SELECT email FROM external_identities
            WHERE tenant_id = \(database.tenant) AND staff_id = \(staff) AND issuer = \(provider.issuer)
            """)
    }
}

extension StaffMember {
    /// Unlinks every external account.
    func unlink(at place: Session.Place, now: Instant, in database: TenantDatabase) async throws {
        let email: String? = try await database.value(
            """
            DELETE FROM external_identities WHERE tenant_id = \(database.tenant) AND staff_id = \(id) RETURNING email
            """)
        guard let email else { return }
        try await database.record(
            Act(.staffIdentityUnlinked, subject, before: [Act.Detail("email", email)]), by: actor(at: place), at: now
        )
    }
}

private struct AskedSignIn: RowReadable {
    let session: UUID?
    let link: [UInt8]?
    let next: String

    init(row: Row) throws(DatabaseError) {
        session = try row.read("session_id")
        link = try row.read("link_digest")
        next = try row.read("next")
    }
}
