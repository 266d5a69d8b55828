import Crypto
import Postgres
import Time

/// What a request shows to be let in, reduced to the digest that is stored.
package struct Credential: Sendable, Equatable {
    package enum Kind: Sendable { case session, token }

    package let kind: Kind
    package let digest: [UInt8]

    package init(_ kind: Kind, secret: Token) {
        self.kind = kind
        digest = secret.digest
    }

    /// The statement that ends a transaction when the credential does not grant the permission at this moment. Only then
    /// is the function called: a function would cost every request more than the row it asks about.
    func check(_ permission: Permission, of tenant: TenantID, at now: Instant) -> SQL {
        switch kind {
        case .session:
            """
            SELECT coalesce(
                (SELECT person FROM sessions
                    WHERE tenant_id = \(tenant) AND digest = \(digest) AND ended_at IS NULL AND expires_at > \(now)
                        AND \(permission.rawValue) = ANY (permissions)),
                refuse_session(\(tenant), \(digest), \(permission.rawValue), \(now))) AS person
            """
        case .token:
            """
            SELECT coalesce(
                (SELECT name FROM api_tokens
                    WHERE tenant_id = \(tenant) AND digest = \(digest) AND revoked_at IS NULL AND expires_at > \(now)
                        AND \(permission.rawValue) = ANY (permissions)),
                refuse_token(\(tenant), \(digest), \(permission.rawValue), \(now))) AS person
            """
        }
    }
}
