import Events
import Identifiers
import JSON
import Jobs
import Loop
import Postgres
import Time

/// Sends one address's due messages, one after another. Only one job runs for each address, so that a slow receiver
/// delays only itself.
package struct DeliverWebhook: Job {
    package static let kind = Outbox.jobKind
    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = Outbox.jobAttempts
        rules.timeLimit = .seconds(120)
        // A limit, so that a tenant's silent addresses do not hold up its other jobs.
        rules.tenantLimit = 8
        return rules
    }

    let webhook: Webhook.ID

    package var key: String? { webhook.description }
    package var lane: String? { webhook.description }

    init(webhook: Webhook.ID) { self.webhook = webhook }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("webhook", as: String.self)
        guard let id = try fields.finish(text).flatMap(Webhook.ID.init) else {
            throw .expected("an id", at: pointer.appending("webhook"))
        }
        webhook = id
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("webhook", webhook.description) } }

    package func run(in context: JobContext, with sender: WebhookSender) async throws {
        let round = DeliveryRound(
            webhook: webhook, sender: sender, database: context.database, time: context.time,
            randomness: context.randomness)
        guard let next = try await round.run() else { return }
        try await context.database.transaction { database in
            try await database.queue(DeliverWebhook(webhook: webhook), at: max(next, context.now))
            try await context.complete(in: database)
        }
    }
}

/// One round for an address: until nothing is due, an attempt fails, or others should have their turn.
struct DeliveryRound: Sendable {
    let webhook: Webhook.ID
    let sender: WebhookSender
    let database: TenantDatabase
    let time: TimeSource
    let randomness: Randomness

    private static let span = Duration.seconds(30)

    /// Returns when the next message is due.
    func run() async throws -> Instant? {
        let end = Monotonic.read() + Self.span
        while Monotonic.read() < end, let due = try await database.dueDelivery(to: webhook, at: time.now()) {
            guard try await send(due) == .delivered else { break }
        }
        return try await database.nextDelivery(to: webhook)
    }

    private func send(_ due: DueDelivery) async throws -> Verdict {
        let result = try await sender.send(due, to: webhook, at: time.now(), in: database)
        let now = time.now()
        let verdict = result.verdict(attempt: due.attempts + 1, failures: due.failures + 1, at: now) {
            RetrySchedule.delay(after: $0, from: randomness)
        }
        try await database.note(result, of: due, to: webhook, verdict, at: now)
        return verdict
    }
}
