import Access
import Events
import Identifiers
import Jobs
import Postgres
import Time

// What people and programs do with deliveries.
extension WebhookActs {
    /// Sends an event of no meaning, to see whether the other side takes it.
    func test(_ id: Webhook.ID, by author: Author, in database: TenantDatabase) async throws -> Delivery {
        try await database.transaction { database in
            let webhook = try await found(id, in: database)
            try await database.record(Act("webhook.tested", webhook.subject), by: author.actor, at: author.now)
            guard let event = try await database.insertTest(to: id, of: id.uuid, at: author.now),
                let delivery = try await database.delivery(of: event, to: id)
            else { throw AccessRefusal.notFound }
            try await database.queue(DeliverWebhook(webhook: id), at: author.now)
            return delivery
        }
    }

    /// The same message once more, under the same id.
    func replay(
        _ event: UUID, to id: Webhook.ID, by author: Author, in database: TenantDatabase
    ) async throws -> Delivery {
        try await database.transaction { database in
            let webhook = try await found(id, in: database)
            guard let delivery = try await database.delivery(of: event, to: id) else { throw AccessRefusal.notFound }
            guard delivery.canBeSentAgain else { throw WebhookRefusal.notDelivered }
            try await database.sendAgain(delivery, at: author.now)
            try await database.queue(DeliverWebhook(webhook: id), at: author.now)
            try await database.record(
                Act(
                    "webhook.replayed", webhook.subject,
                    after: [Act.Detail("event", WebhookMessage.id(of: event))]), by: author.actor, at: author.now)
            guard let again = try await database.delivery(of: event, to: id) else { throw AccessRefusal.notFound }
            return again
        }
    }
}
