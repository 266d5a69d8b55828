import Access
import Declarations
import Events
import Identifiers
import Jobs
import Postgres
import Time
import Vault
import WebClient

/// Acts on webhooks, by people and programs.
package struct WebhookActs: Sendable {
    let vault: Vault
    /// Limits the addresses that webhooks may have.
    let egress: Egress
    let randomness: Randomness

    package init(vault: Vault, egress: Egress, randomness: Randomness) {
        self.vault = vault
        self.egress = egress
        self.randomness = randomness
    }

    func add(
        _ new: NewWebhook, by principal: Principal, in database: TenantDatabase
    ) async throws -> (webhook: Webhook, secret: WebhookSecret) {
        try check(new.address)
        try Self.check(new.kinds, besides: [], principal)
        let id = Webhook.ID.make(milliseconds: principal.now.milliseconds, from: randomness)
        let secret = WebhookSecret.make(from: randomness)
        let webhook = try await database.transaction { database in
            let sealed = try await vault.seal(
                secret.bytes, for: WebhookSecret.field(of: id), at: principal.now, in: database)
            let number = try await database.takeWebhookNumber()
            guard try await database.countOfWebhooks() < Webhook.most else { throw WebhookRefusal.tooMany }
            try await database.insert(new, as: id, number, sealed, at: principal.now)
            let webhook = try await found(id, in: database)
            try await database.record(
                Act(.webhookCreated, webhook.subject, after: webhook.details), by: principal.actor, at: principal.now)
            return webhook
        }
        return (webhook, secret)
    }

    /// Returns the changed webhook. A change without effect is not recorded.
    func change(
        _ webhook: Webhook, name: String?, address: String?, kinds: [String]?, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Webhook {
        // A new address is a new recipient, so every kind is checked again.
        let isElsewhere = address.map { $0 != webhook.address } ?? false
        if isElsewhere, let address { try check(address) }
        try Self.check(kinds ?? webhook.kinds, besides: isElsewhere ? [] : webhook.kinds, principal)
        return try await database.transaction { database in
            try await database.update(
                webhook.id, name: name ?? webhook.name, address: address ?? webhook.address,
                kinds: kinds?.ordered ?? webhook.kinds)
            let changed = try await found(webhook.id, in: database)
            let different = zip(webhook.details, changed.details).filter { $0 != $1 }
            guard !different.isEmpty else { return changed }
            try await database.record(
                Act(.webhookChanged, changed.subject, before: different.map(\.0), after: different.map(\.1)),
                by: principal.actor, at: principal.now)
            return changed
        }
    }

    /// Resuming resets the failures and delivers what has waited.
    func set(
        _ webhook: Webhook, isActive: Bool, by principal: Principal, in database: TenantDatabase
    ) async throws -> Webhook {
        if isActive == (webhook.state == .active) || (!isActive && webhook.state != .active) { return webhook }
        return try await database.transaction { database in
            if isActive {
                try await database.resumeWebhook(webhook.id, at: principal.now)
                try await database.queue(DeliverWebhook(webhook: webhook.id), at: principal.now)
            } else {
                try await database.pauseWebhook(webhook.id)
            }
            try await database.record(
                Act(isActive ? .webhookResumed : .webhookPaused, webhook.subject), by: principal.actor,
                at: principal.now)
            return try await found(webhook.id, in: database)
        }
    }

    /// Creates a new secret; for a day messages carry the previous one's signature as well. The secret's holder can
    /// forge any of the webhook's messages.
    func rotate(
        _ id: Webhook.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> (webhook: Webhook, secret: WebhookSecret) {
        let secret = WebhookSecret.make(from: randomness)
        let webhook = try await database.transaction { database in
            let webhook = try await found(id, in: database)
            try Self.check(webhook.kinds, besides: [], principal)
            let sealed = try await vault.seal(
                secret.bytes, for: WebhookSecret.field(of: id), at: principal.now, in: database)
            try await database.rotateSecret(of: id, to: sealed, oldUntil: principal.now + Webhook.rotationSpan)
            try await database.record(
                Act(.webhookSecretRotated, webhook.subject), by: principal.actor, at: principal.now)
            return try await found(id, in: database)
        }
        return (webhook, secret)
    }

    func delete(_ id: Webhook.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let webhook = try await found(id, in: database)
            try await database.execute(
                "DELETE FROM webhooks WHERE tenant_id = \(database.tenant) AND webhook_id = \(id)")
            try await database.record(
                Act(.webhookDeleted, webhook.subject, before: webhook.details), by: principal.actor, at: principal.now
            )
        }
    }

    func found(_ id: Webhook.ID, in database: TenantDatabase) async throws -> Webhook {
        guard let webhook = try await database.webhook(id) else { throw AccessRefusal.notFound }
        return webhook
    }

    /// Only https to a public address.
    func check(_ address: String) throws(WebhookRefusal) {
        guard address.hasPrefix("https://") else { throw .addressRefused }
        do {
            try egress.check(address)
        } catch {
            throw .addressRefused
        }
    }

    /// A delivery's contents may be read by holders of its event kind's permission.
    func checkReading(_ delivery: Delivery, by principal: Principal) throws(WebhookRefusal) {
        guard principal.catalogue.event(delivery.kind)?.publication != nil else { return }
        try Self.check([delivery.kind], besides: [], principal)
    }

    private static func check(_ kinds: [String], besides known: [String], _ principal: Principal) throws(WebhookRefusal)
    {
        let visible = principal.catalogue.publishedEvents(to: principal.permissions).map(\.name)
        guard kinds.allSatisfy({ known.contains($0) || visible.contains($0) }) else { throw .beyondOwn }
    }
}

extension Webhook {
    var subject: Act.Subject { Act.Subject("webhook", id.uuid, named: name) }

    var details: [Act.Detail] {
        [
            Act.Detail("name", name), Act.Detail("address", address),
            Act.Detail("kinds", kinds.joined(separator: ", ")),
        ]
    }
}

extension [String] {
    /// Without duplicates and sorted, so that equal choices are equal.
    var ordered: [String] { Set(self).sorted() }
}
