import Access
import Crypto
import HTTP
import Identifiers
import Locale
import Postgres
import Time

/// A link that signs one person in, once and soon: how the owner of a new tenant gets in the first time.
package struct SignInLink: Sendable {
    package let secret: Token
    package let expiresAt: Instant

    static let prefix = "msl"
    static let span = Duration.seconds(15 * 60)

    package static func make(
        for person: String, permissions: [Permission], at now: Instant, from randomness: Randomness,
        in database: TenantDatabase
    ) async throws -> SignInLink {
        let link = SignInLink(secret: .make(prefix: prefix, from: randomness), expiresAt: now + span)
        try await database.execute(
            """
            INSERT INTO sign_in_links (tenant_id, digest, person, permissions, made_at, expires_at)
            VALUES (\(database.tenant), \(link.secret.digest), \(person), \(permissions.map(\.rawValue)), \(now),
                \(link.expiresAt))
            """)
        return link
    }

    /// Turns the link into a session. A second use finds it used.
    package static func use(
        _ secret: String, at now: Instant, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> Session {
        guard let link = Token(secret), link.prefix == prefix else { throw SignInRefusal.linkIsOver }
        let session = Session(secret: .make(prefix: Session.prefix, from: randomness), expiresAt: now + Session.span)
        // One statement, so that of two who use the link at once only one gets in.
        let started = try await database.execute(
            """
            WITH used AS (
                UPDATE sign_in_links SET used_at = \(now)
                WHERE tenant_id = \(database.tenant) AND digest = \(link.digest) AND used_at IS NULL
                    AND expires_at > \(now)
                RETURNING person, permissions
            )
            INSERT INTO sessions (tenant_id, digest, person, permissions, made_at, expires_at)
            SELECT \(database.tenant), \(session.secret.digest), person, permissions, \(now), \(session.expiresAt)
            FROM used
            """)
        guard started == 1 else { throw SignInRefusal.linkIsOver }
        return session
    }
}

package enum SignInRefusal: Refusal, Equatable {
    case linkIsOver

    package var status: Status { .gone }
    package var code: String { "link_is_over" }
    package var message: Message { SignInWords.linkIsOver.message }
}

package enum SignInWords: MessageCatalogue {
    case linkIsOver

    package var message: Message {
        switch self {
        case .linkIsOver:
            Message(
                es: "Este enlace ya se usó o venció. Pida uno nuevo.",
                en: "This link was used or has expired. Ask for a new one.",
                pt: "Este link já foi usado ou expirou. Peça um novo.")
        }
    }
}
