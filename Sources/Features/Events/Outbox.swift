import Postgres
import Time

/// Where an event leaves its transaction: to the addresses that are to be told, and to the open pages.
package enum Outbox {
    /// The job that looks at an address's deliveries; the room of webhooks does it.
    package static let jobKind = "webhooks.deliver"
    package static let jobAttempts: Int32 = 20
    /// Says `<tenant> <sequence>` of every event, `<tenant> 0` when somebody's session ended, and `<tenant> <topic>` of
    /// changes that are no events.
    package static let channel = "events"

    /// To follow the CTE `head`, which brings the sequence: a delivery for each address that wants the kind.
    static func deliveries(of kind: String, at now: Instant, of tenant: TenantID) -> SQL {
        """
        outbox AS (
            INSERT INTO webhook_deliveries (tenant_id, webhook_id, sequence, state, next_at, made_at)
            SELECT w.tenant_id, w.webhook_id, head.sequence, 'pending', \(now), \(now)
            FROM webhooks w CROSS JOIN head
            WHERE w.tenant_id = \(tenant) AND w.state = 'active' AND \(kind) = ANY (w.kinds)
            RETURNING webhook_id
        ), queued AS (
            SELECT queue_jobs(
                \(tenant), \(jobKind), array_agg(gen_random_uuid()), array_agg(jsonb_build_object('webhook', webhook_id)),
                array_agg(webhook_id::text), array_agg(webhook_id::text), array_agg(1), \(now), \(jobAttempts)) AS count, pg_notify(\(channel), \(tenant)::text || ' webhooks')
            FROM outbox HAVING count(*) > 0
        )
        """
    }

    /// Has the open pages of the tenant look once more whether their credentials are good, when the transaction commits.
    package static func credentialsChanged(of tenant: TenantID) -> SQL {
        "WITH told AS (SELECT pg_notify(\(channel), \(tenant)::text || ' 0')) SELECT FROM told"
    }
}
