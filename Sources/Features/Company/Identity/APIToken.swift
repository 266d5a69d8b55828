import Access
import Crypto
import Declarations
import Events
import Identifiers
import Postgres
import Roles
import Time

/// A program's API token. Its secret is shown once, on creation.
package struct APIToken: Sendable {
    package typealias ID = Identifiers.ID<APIToken>

    package let id: ID
    package let name: String
    /// The part of the secret that its owner may still see.
    package let lastFour: String
    package let permissions: Set<Permission>
    /// Allowed client addresses, as `192.0.2.0/24`; empty for any.
    package let addresses: [String]
    /// The zones of the customers within reach; nil for all.
    package let zones: Set<UUID>?
    package let madeAt: Instant
    package let expiresAt: Instant
    package let usedAt: Instant?

    static let prefix = "mst_live"

    /// Nobody can grant a token more than they may do themselves.
    package static func make(
        named name: String, permissions: Set<Permission>, from addresses: [String] = [], within zones: Set<UUID>? = nil,
        until end: Instant, by principal: Principal, randomness: Randomness, in database: TenantDatabase
    ) async throws -> Token {
        guard permissions.isSubset(of: principal.permissions) else { throw RoleRefusal.beyondOwn }
        // Permissions for the company as a whole cannot be limited to zones.
        guard zones == nil || permissions.isSubset(of: principal.catalogue.withinZones) else {
            throw RoleRefusal.beyondZones
        }
        let token = Token.make(prefix: prefix, from: randomness)
        let id = ID.make(milliseconds: principal.now.milliseconds, from: randomness)
        let words = permissions.map(\.rawValue).sorted()
        try await database.transaction { database in
            let reach = try await principal.reachText(zones, in: database)
            try await database.execute(
                """
                INSERT INTO api_tokens (
                    tenant_id, token_id, digest, name, last_four, permissions, addresses, zones, made_at, expires_at)
                VALUES (\(database.tenant), \(id), \(token.digest), \(name), \(token.lastFour), \(words),
                    \(addresses)::inet[], \(zones.map(Array.init)), \(principal.now), \(end))
                """)
            try await database.record(
                Act(
                    .tokenCreated, Act.Subject("api_token", id.uuid, named: name),
                    after: [
                        Act.Detail("permissions", words.joined(separator: ", ")),
                        Act.Detail("addresses", addresses.joined(separator: ", ")),
                        Act.Detail("zones", reach),
                        Act.Detail("expires", end.rfc3339),
                    ]), by: principal.actor, at: principal.now)
        }
        return token
    }

    /// Takes effect with the next request.
    package static func revoke(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let name: String? = try await database.value(
                """
                UPDATE api_tokens SET revoked_at = \(principal.now)
                WHERE tenant_id = \(database.tenant) AND token_id = \(id) AND revoked_at IS NULL
                RETURNING name
                """)
            guard let name else { throw AccessRefusal.notFound }
            try await database.record(
                Act(.tokenRevoked, Act.Subject("api_token", id.uuid, named: name)), by: principal.actor,
                at: principal.now)
        }
    }

    /// Revokes a leaked token by its secret.
    package static func revoke(_ token: Token, by principal: Principal, in database: TenantDatabase) async throws {
        let id: UUID? = try await database.value(
            """
            SELECT token_id FROM api_tokens
            WHERE tenant_id = \(database.tenant) AND digest = \(token.digest) AND revoked_at IS NULL
            """)
        guard let id else { throw AccessRefusal.notFound }
        try await revoke(ID(id), by: principal, in: database)
    }
}

extension TenantDatabase {
    /// Valid tokens, newest first.
    package func apiTokens(at now: Instant) async throws(DatabaseError) -> [APIToken] {
        try await rows(
            """
            SELECT token_id, name, last_four, permissions, addresses::text[] AS addresses, zones, made_at, expires_at,
                used_at
            FROM api_tokens WHERE tenant_id = \(tenant) AND revoked_at IS NULL AND expires_at > \(now)
            ORDER BY made_at DESC
            """)
    }
}

extension APIToken: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("token_id")
        name = try row.read("name")
        lastFour = try row.read("last_four")
        let words: [String] = try row.read("permissions")
        permissions = Set(words.map(Permission.init(rawValue:)))
        addresses = try row.read("addresses")
        let reach: [UUID]? = try row.read("zones")
        zones = reach.map(Set.init)
        madeAt = try row.read("made_at")
        expiresAt = try row.read("expires_at")
        usedAt = try row.read("used_at")
    }
}
