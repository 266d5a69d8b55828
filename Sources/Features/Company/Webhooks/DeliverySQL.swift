import Access
import Events
import Identifiers
import Postgres
import Time

/// A due message with everything needed to send it.
struct DueDelivery: Sendable, RowReadable {
    let sequence: Int
    let attempts: Int
    let failures: Int
    let address: String
    let message: WebhookMessage
    let secret: [UInt8]
    let oldSecret: [UInt8]?
    let oldSecretUntil: Instant?

    init(row: Row) throws(DatabaseError) {
        sequence = try row.read("sequence")
        attempts = try row.read("attempts")
        failures = try row.read("failures")
        address = try row.read("address")
        secret = try row.read("secret")
        oldSecret = try row.read("old_secret")
        oldSecretUntil = try row.read("old_secret_until")
        message = try WebhookMessage(event: try row.read("event_id"), content: try row.read("content"))
    }
}

// For delivering.
extension TenantDatabase {
    /// The first due message, unless the address is resting.
    func dueDelivery(to webhook: Webhook.ID, at now: Instant) async throws(DatabaseError) -> DueDelivery? {
        try await first(
            """
            SELECT d.sequence, d.attempts, w.failures, w.address, w.secret, w.old_secret, w.old_secret_until,
                e.event_id, e.content
            FROM webhooks w
            JOIN webhook_deliveries d ON d.tenant_id = w.tenant_id AND d.webhook_id = w.webhook_id
            JOIN events e ON e.tenant_id = d.tenant_id AND e.sequence = d.sequence
            WHERE w.tenant_id = \(tenant) AND w.webhook_id = \(webhook) AND w.state = 'active'
                AND coalesce(w.rests_until <= \(now), true) AND d.state = 'pending' AND d.next_at <= \(now)
            ORDER BY d.next_at, d.sequence LIMIT 1
            """)
    }

    /// When the next message is due.
    func nextDelivery(to webhook: Webhook.ID) async throws(DatabaseError) -> Instant? {
        let next: Instant?? = try await value(
            """
            SELECT greatest(min(d.next_at), min(w.rests_until)) FROM webhooks w
            JOIN webhook_deliveries d ON d.tenant_id = w.tenant_id AND d.webhook_id = w.webhook_id
            WHERE w.tenant_id = \(tenant) AND w.webhook_id = \(webhook) AND w.state = 'active' AND d.state = 'pending'
            """)
        return next ?? nil
    }

    /// Logs the attempt and its consequence. Need not be flushed to disk: after a crash the message is sent again,
    /// which may happen at any time.
    func note(
        _ result: AttemptResult, of due: DueDelivery, to webhook: Webhook.ID, _ verdict: Verdict, at now: Instant
    ) async throws {
        let attempt = attemptStatement(result, of: due, to: webhook, at: now)
        func settle(_ state: Delivery.State, nextAt: Instant? = nil) -> SQL {
            """
            UPDATE webhook_deliveries
            SET state = \(state.rawValue), attempts = attempts + 1, next_at = coalesce(\(nextAt), next_at)
            WHERE tenant_id = \(tenant) AND webhook_id = \(webhook) AND sequence = \(due.sequence)
            """
        }
        switch verdict {
        case .delivered:
            // The usual case, in one round trip.
            _ = try await batch([
                attempt, settle(.delivered),
                """
                UPDATE webhooks SET failures = 0, failing_since = NULL, rests_until = NULL
                WHERE tenant_id = \(tenant) AND webhook_id = \(webhook) AND failures > 0
                """,
            ])
        case .gone:
            try await transaction { database in
                _ = try await database.batch([attempt, settle(.failed)])
                try await database.disable(webhook, for: .gone, at: now)
            }
        case .again(let moment, let rest):
            try await transaction { database in
                _ = try await database.batch([attempt, settle(.pending, nextAt: moment)])
                try await database.noteFailure(of: webhook, restsUntil: rest, at: now)
            }
        case .givenUp(let rest):
            try await transaction { database in
                _ = try await database.batch([attempt, settle(.failed)])
                try await database.noteFailure(of: webhook, restsUntil: rest, at: now)
            }
        }
    }

    private func attemptStatement(
        _ result: AttemptResult, of due: DueDelivery, to webhook: Webhook.ID, at now: Instant
    ) -> SQL {
        let milliseconds = Int32(
            clamping: result.took.components.seconds * 1000
                + result.took.components.attoseconds / 1_000_000_000_000_000)
        return """
            WITH noted AS (
                INSERT INTO webhook_attempts (
                    tenant_id, webhook_id, sequence, attempt, at, milliseconds, status, failure, answer)
                SELECT \(tenant), \(webhook), \(due.sequence), coalesce(max(attempt), 0) + 1, \(now),
                    \(milliseconds), \(result.status.map { Int32($0) }), \(result.failure), \(result.answer)
                FROM webhook_attempts
                WHERE tenant_id = \(tenant) AND webhook_id = \(webhook) AND sequence = \(due.sequence))
            SELECT \(LiveTopic.webhooks.change(of: tenant)), need_not_wait_for_disk()
            """
    }

    private func noteFailure(of webhook: Webhook.ID, restsUntil rest: Instant, at now: Instant) async throws {
        let since: Instant? = try await value(
            """
            UPDATE webhooks SET failures = failures + 1, failing_since = coalesce(failing_since, \(now)),
                rests_until = \(rest)
            WHERE tenant_id = \(tenant) AND webhook_id = \(webhook) AND state = 'active' RETURNING failing_since
            """)
        if let since, now - since >= Webhook.patience { try await disable(webhook, for: .failing, at: now) }
    }

    private func disable(_ webhook: Webhook.ID, for trouble: Webhook.Trouble, at now: Instant) async throws {
        let disabled = try await execute(
            """
            UPDATE webhooks SET state = 'disabled', trouble = \(trouble.rawValue)
            WHERE tenant_id = \(tenant) AND webhook_id = \(webhook) AND state <> 'disabled'
            """)
        guard disabled == 1, let webhook = try await self.webhook(webhook) else { return }
        try await record(
            Act(.webhookDisabled, webhook.subject, after: [Act.Detail("reason", trouble.rawValue)]),
            by: .commandLine, at: now)
    }
}

// For viewing and resending.
extension TenantDatabase {
    private var deliveryColumns: SQL {
        """
        d.webhook_id, d.sequence, e.event_id, e.kind, d.state, d.attempts, d.made_at, d.next_at,
            last.status AS last_status, last.failure AS last_failure
        FROM webhook_deliveries d
        JOIN events e ON e.tenant_id = d.tenant_id AND e.sequence = d.sequence
        LEFT JOIN LATERAL (
            SELECT a.status, a.failure FROM webhook_attempts a
            WHERE a.tenant_id = d.tenant_id AND a.webhook_id = d.webhook_id AND a.sequence = d.sequence
            ORDER BY a.attempt DESC LIMIT 1) last ON true
        """
    }

    /// Newest first, before a position.
    func deliveries(
        to webhook: Webhook.ID, before sequence: Int, in state: Delivery.State? = nil, limit: Int
    ) async throws(DatabaseError) -> [Delivery] {
        let filter: SQL = state.map { "AND d.state = \($0.rawValue)" } ?? .nothing
        return try await rows(
            """
            SELECT \(deliveryColumns)
            WHERE d.tenant_id = \(tenant) AND d.webhook_id = \(webhook) AND d.sequence < \(sequence) \(filter)
            ORDER BY d.sequence DESC LIMIT \(limit)
            """)
    }

    func delivery(of event: UUID, to webhook: Webhook.ID) async throws(DatabaseError) -> Delivery? {
        try await first(
            """
            SELECT \(deliveryColumns)
            WHERE d.tenant_id = \(tenant) AND d.webhook_id = \(webhook) AND e.event_id = \(event)
            """)
    }

    func attempts(of delivery: Delivery) async throws(DatabaseError) -> [Attempt] {
        try await rows(
            """
            SELECT attempt, at, milliseconds, status, failure, answer FROM webhook_attempts
            WHERE tenant_id = \(tenant) AND webhook_id = \(delivery.webhook) AND sequence = \(delivery.sequence)
            ORDER BY attempt DESC LIMIT 100
            """)
    }

    func message(of delivery: Delivery) async throws(DatabaseError) -> WebhookMessage? {
        let content: String? = try await value(
            "SELECT content FROM events WHERE tenant_id = \(tenant) AND sequence = \(delivery.sequence)")
        guard let content else { return nil }
        return try WebhookMessage(event: delivery.event, content: content)
    }

    /// Restarts the retry schedule; the address is tried at once, even if resting.
    func sendAgain(_ delivery: Delivery, at now: Instant) async throws(DatabaseError) {
        _ = try await batch([
            """
            UPDATE webhook_deliveries SET state = 'pending', attempts = 0, next_at = \(now)
            WHERE tenant_id = \(tenant) AND webhook_id = \(delivery.webhook) AND sequence = \(delivery.sequence)
            """,
            """
            UPDATE webhooks SET rests_until = NULL
            WHERE tenant_id = \(tenant) AND webhook_id = \(delivery.webhook)
            """,
        ])
    }
}

extension Delivery: RowReadable {
    init(row: Row) throws(DatabaseError) {
        webhook = try row.read("webhook_id")
        sequence = try row.read("sequence")
        event = try row.read("event_id")
        kind = try row.read("kind")
        let word: String = try row.read("state")
        state = State(rawValue: word) ?? .failed
        attempts = try row.read("attempts")
        madeAt = try row.read("made_at")
        nextAt = try row.read("next_at")
        lastStatus = try row.read("last_status")
        lastFailure = try row.read("last_failure")
    }
}

extension Attempt: RowReadable {
    init(row: Row) throws(DatabaseError) {
        number = try row.read("attempt")
        at = try row.read("at")
        milliseconds = try row.read("milliseconds")
        status = try row.read("status")
        failure = try row.read("failure")
        answer = try row.read("answer")
    }
}
