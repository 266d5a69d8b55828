import AccessProtocol
import Identifiers
import Postgres
import Time

extension TenantDatabase {
    /// Marks the router as up; returns whether it was down, so that this is reported once.
    @discardableResult
    package func note(
        _ identity: DeviceIdentity, of id: Router.ID, at now: Instant
    ) async throws(DatabaseError) -> Bool {
        let wasDown: Bool? = try await value(
            """
            UPDATE routers r SET health = 'up', identity = \(identity.name), version = \(identity.version),
                board = \(identity.board), seen_at = \(now), trouble = '', failures = 0, rests_until = NULL
            FROM (
                SELECT router_id, health FROM routers WHERE tenant_id = \(tenant) AND router_id = \(id) FOR UPDATE
            ) before
            WHERE r.tenant_id = \(tenant) AND r.router_id = before.router_id
            RETURNING before.health = 'down'
            """)
        return wasDown ?? false
    }

    /// Notes a failed contact and pauses the router; returns whether this, the third failure in a row, marks it as
    /// down.
    @discardableResult
    package func noteFailure(
        _ reason: String, of id: Router.ID, restingFor span: Duration, at now: Instant
    ) async throws(DatabaseError) -> Bool {
        let isNew: Bool? = try await value(
            """
            UPDATE routers r SET failures = r.failures + 1, trouble = \(String(reason.prefix(500))),
                rests_until = \(now + span), health = CASE WHEN r.failures >= 2 THEN 'down' ELSE r.health END
            FROM (
                SELECT router_id, health FROM routers WHERE tenant_id = \(tenant) AND router_id = \(id) FOR UPDATE
            ) before
            WHERE r.tenant_id = \(tenant) AND r.router_id = before.router_id
            RETURNING r.health = 'down' AND before.health <> 'down'
            """)
        return isNew ?? false
    }
}
