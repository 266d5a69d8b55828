import Identifiers
import Postgres
import Time

extension TenantDatabase {
    private var webhookColumns: SQL {
        """
        webhook_id, number, name, address, kinds, state, trouble, failures, failing_since, made_at, old_secret_until
        """
    }

    func webhook(_ id: Webhook.ID, locked: Bool = false) async throws(DatabaseError) -> Webhook? {
        try await first(
            """
            SELECT \(webhookColumns) FROM webhooks
            WHERE tenant_id = \(tenant) AND webhook_id = \(id) \(locked ? .forUpdate(of: "webhooks") : .nothing)
            """)
    }

    func webhooks(after number: Int = 0, limit: Int = Webhook.most) async throws(DatabaseError) -> [Webhook] {
        try await rows(
            """
            SELECT \(webhookColumns) FROM webhooks WHERE tenant_id = \(tenant) AND number > \(number)
            ORDER BY number LIMIT \(limit)
            """)
    }

    func countOfWebhooks() async throws(DatabaseError) -> Int {
        try await value("SELECT count(*) FROM webhooks WHERE tenant_id = \(tenant)") ?? 0
    }

    /// Locks the counter's row, which serialises concurrent calls.
    func takeWebhookNumber() async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'webhook', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 1
    }

    func insert(
        _ new: NewWebhook, as id: Webhook.ID, _ number: Int, _ secret: [UInt8], at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO webhooks (tenant_id, webhook_id, number, name, address, kinds, state, secret, made_at)
            VALUES (\(tenant), \(id), \(number), \(new.name), \(new.address), \(new.kinds.ordered), 'active',
                \(secret), \(now))
            """)
    }

    func update(_ id: Webhook.ID, name: String, address: String, kinds: [String]) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE webhooks SET name = \(name), address = \(address), kinds = \(kinds)
            WHERE tenant_id = \(tenant) AND webhook_id = \(id)
            """)
    }

    func pauseWebhook(_ id: Webhook.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE webhooks SET state = 'paused' WHERE tenant_id = \(tenant) AND webhook_id = \(id)")
    }

    func resumeWebhook(_ id: Webhook.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            WITH resumed AS (
                UPDATE webhooks
                SET state = 'active', trouble = NULL, failures = 0, failing_since = NULL, rests_until = NULL
                WHERE tenant_id = \(tenant) AND webhook_id = \(id))
            UPDATE webhook_deliveries SET next_at = \(now)
            WHERE tenant_id = \(tenant) AND webhook_id = \(id) AND state = 'pending' AND next_at > \(now)
            """)
    }

    func rotateSecret(of id: Webhook.ID, to sealed: [UInt8], oldUntil end: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE webhooks SET secret = \(sealed), old_secret = secret, old_secret_until = \(end)
            WHERE tenant_id = \(tenant) AND webhook_id = \(id)
            """)
    }
}

extension Webhook: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("webhook_id")
        number = try row.read("number")
        name = try row.read("name")
        address = try row.read("address")
        kinds = try row.read("kinds")
        let word: String = try row.read("state")
        let trouble: String? = try row.read("trouble")
        if let trouble = trouble.flatMap(Trouble.init) {
            state = .disabled(trouble)
        } else {
            state = word == "active" ? .active : .paused
        }
        failures = try row.read("failures")
        failingSince = try row.read("failing_since")
        madeAt = try row.read("made_at")
        oldSecretUntil = try row.read("old_secret_until")
    }
}
