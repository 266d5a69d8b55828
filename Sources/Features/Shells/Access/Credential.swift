import Addresses
import Crypto
import Declarations
import HTTP
import Postgres
import Time

/// A request's credential, reduced to the stored digest.
package struct Credential: Sendable, Equatable {
    package enum Kind: Sendable {
        case session, token, subscriber
        /// A platform employee's in a tenant's panel.
        case impersonation
    }

    /// The idle timeout of a session.
    package static let idleSpan = Duration.seconds(30 * 60)
    /// Subscribers come once a month, to pay.
    package static let subscriberIdleSpan = Duration.seconds(30 * 86_400)
    /// The precision of the last use: its row is not written on every request.
    package static let seenEvery = Duration.seconds(60)

    package let kind: Kind
    package let digest: [UInt8]

    package init(_ kind: Kind, secret: Token) {
        self.kind = kind
        digest = secret.digest
    }

    /// Fails the transaction unless the credential grants the permission now, and restricts a principal limited to
    /// zones to those for the rest of the transaction.
    /// The function is called only to fail: called always, it would cost more than the row it reads.
    func check(_ permission: String, of tenant: TenantID, from client: IPAddress, at now: Instant) -> SQL {
        switch kind {
        case .session:
            """
            SELECT coalesce(found.name, refuse_session(
                    \(tenant), \(digest), \(permission), \(now), make_interval(secs => \(Int(Self.idleSpan.components.seconds))))) AS person,
                found.staff_id AS id, found.session_id, found.permissions, found.seen_at, found.has_visit_to_see,
                found.zones,
                CASE WHEN found.zones IS NOT NULL THEN stay_in_zones(found.zones) END AS reach
            FROM (VALUES (1)) one LEFT JOIN (
                SELECT p.name, p.staff_id, s.session_id, p.permissions, s.seen_at, p.has_visit_to_see, p.zones
                FROM sessions s JOIN staff p ON p.tenant_id = s.tenant_id AND p.staff_id = s.staff_id
                WHERE s.tenant_id = \(tenant) AND s.digest = \(digest) AND s.ended_at IS NULL AND s.expires_at > \(now)
                    AND s.seen_at > \(now - Self.idleSpan) AND p.state = 'active'
                    AND (\(permission == Permission.signedIn.rawValue) OR \(permission) = ANY (p.permissions))) found ON true
            """
        case .subscriber:
            """
            SELECT coalesce(found.name, refuse_subscriber(
                    \(tenant), \(digest), \(permission), \(now), make_interval(secs => \(Int(Self.subscriberIdleSpan.components.seconds))))) AS person,
                found.customer_id AS id, found.session_id, found.permissions, found.seen_at
            FROM (VALUES (1)) one LEFT JOIN (
                SELECT c.name, c.customer_id, s.session_id, ARRAY['portal'] AS permissions, s.seen_at
                FROM portal_sessions s
                    JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
                WHERE s.tenant_id = \(tenant) AND s.digest = \(digest) AND s.ended_at IS NULL AND s.expires_at > \(now)
                    AND s.seen_at > \(now - Self.subscriberIdleSpan) AND \(permission == Permission.portal.rawValue)) found ON true
            """
        case .token:
            """
            SELECT coalesce(found.name, refuse_token(
                    \(tenant), \(digest), \(permission), \(now), \(client.description))) AS person,
                found.token_id AS id, found.permissions, found.used_at AS seen_at, found.zones,
                CASE WHEN found.zones IS NOT NULL THEN stay_in_zones(found.zones) END AS reach
            FROM (VALUES (1)) one LEFT JOIN (
                SELECT name, token_id, permissions, used_at, zones FROM api_tokens
                WHERE tenant_id = \(tenant) AND digest = \(digest) AND revoked_at IS NULL AND expires_at > \(now)
                    AND (\(permission == Permission.signedIn.rawValue) OR \(permission) = ANY (permissions))
                    AND (addresses = '{}' OR \(client.description)::inet <<= ANY (addresses))) found ON true
            """
        case .impersonation:
            """
            SELECT coalesce(found.name, refuse_impersonation(
                    \(tenant), \(digest), \(permission), \(now))) AS person,
                found.admin_id AS id, found.impersonation_id, found.permissions, found.reason, found.power,
                found.expires_at
            FROM (VALUES (1)) one LEFT JOIN (
                SELECT name, admin_id, impersonation_id, permissions, reason, power, expires_at FROM impersonations
                WHERE tenant_id = \(tenant) AND digest = \(digest) AND ended_at IS NULL AND expires_at > \(now)
                    AND (\(permission == Permission.signedIn.rawValue) OR \(permission) = ANY (permissions))) found ON true
            """
        }
    }
}
