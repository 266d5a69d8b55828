import Access
import Events
import Identifiers
import Jobs
import Postgres
import Time

// Acts on deliveries, by people and programs.
extension WebhookActs {
    /// Sends a test event, to see whether the receiver accepts it.
    func test(_ id: Webhook.ID, by principal: Principal, in database: TenantDatabase) async throws -> Delivery {
        try await database.transaction { database in
            let webhook = try await found(id, in: database)
            let event = try await database.record(
                Act(.webhookTested, webhook.subject), by: principal.actor, at: principal.now)
            // Sealing queues it for delivery, to this address only.
            try await database.sealEvents(atMost: .max)
            guard let delivery = try await database.delivery(of: event, to: id) else { throw AccessRefusal.notFound }
            return delivery
        }
    }

    /// Sends the same message again, under the same id.
    func replay(
        _ event: UUID, to id: Webhook.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Delivery {
        try await database.transaction { database in
            let webhook = try await found(id, in: database)
            guard let delivery = try await database.delivery(of: event, to: id) else { throw AccessRefusal.notFound }
            guard delivery.canBeSentAgain else { throw WebhookRefusal.notDelivered }
            try await database.sendAgain(delivery, at: principal.now)
            try await database.queue(DeliverWebhook(webhook: id), at: principal.now)
            try await database.record(
                Act(
                    .webhookReplayed, webhook.subject,
                    after: [Act.Detail("event", WebhookMessage.id(of: event))]), by: principal.actor, at: principal.now)
            guard let again = try await database.delivery(of: event, to: id) else { throw AccessRefusal.notFound }
            return again
        }
    }
}
