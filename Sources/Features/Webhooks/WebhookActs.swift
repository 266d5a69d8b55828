import Access
import Events
import Identifiers
import Jobs
import Postgres
import Time
import Vault
import WebClient

/// What people and programs do with webhooks.
package struct WebhookActs: Sendable {
    let vault: Vault
    /// Where messages may go; nobody can name an address outside of it.
    let egress: Egress
    let randomness: Randomness

    package init(vault: Vault, egress: Egress, randomness: Randomness) {
        self.vault = vault
        self.egress = egress
        self.randomness = randomness
    }

    func add(
        _ new: NewWebhook, by author: Author, in database: TenantDatabase
    ) async throws -> (webhook: Webhook, secret: WebhookSecret) {
        try check(new.address)
        try Self.check(new.kinds, besides: [], author)
        let id = Webhook.ID.make(milliseconds: author.now.milliseconds, from: randomness)
        let secret = WebhookSecret.make(from: randomness)
        let webhook = try await database.transaction { database in
            let sealed = try await vault.seal(
                secret.bytes, for: WebhookSecret.field(of: id), at: author.now, in: database)
            let number = try await database.takeWebhookNumber()
            guard try await database.countOfWebhooks() < Webhook.most else { throw WebhookRefusal.tooMany }
            try await database.insert(new, as: id, number, sealed, at: author.now)
            let webhook = try await found(id, in: database)
            try await database.record(
                Act("webhook.created", webhook.subject, after: webhook.details), by: author.actor, at: author.now)
            return webhook
        }
        return (webhook, secret)
    }

    /// As it is then. What changes nothing leaves no trace.
    func change(
        _ webhook: Webhook, name: String?, address: String?, kinds: [String]?, by author: Author,
        in database: TenantDatabase
    ) async throws -> Webhook {
        if let address, address != webhook.address { try check(address) }
        if let kinds { try Self.check(kinds, besides: webhook.kinds, author) }
        return try await database.transaction { database in
            try await database.update(
                webhook.id, name: name ?? webhook.name, address: address ?? webhook.address,
                kinds: kinds?.ordered ?? webhook.kinds)
            let changed = try await found(webhook.id, in: database)
            let different = zip(webhook.details, changed.details).filter { $0 != $1 }
            guard !different.isEmpty else { return changed }
            try await database.record(
                Act("webhook.changed", changed.subject, before: different.map(\.0), after: different.map(\.1)),
                by: author.actor, at: author.now)
            return changed
        }
    }

    /// Resuming begins with a clean slate, and with what has waited.
    func set(
        _ webhook: Webhook, isActive: Bool, by author: Author, in database: TenantDatabase
    ) async throws -> Webhook {
        if isActive == (webhook.state == .active) || (!isActive && webhook.state != .active) { return webhook }
        return try await database.transaction { database in
            if isActive {
                try await database.resumeWebhook(webhook.id, at: author.now)
                try await database.queue(DeliverWebhook(webhook: webhook.id), at: author.now)
            } else {
                try await database.pauseWebhook(webhook.id)
            }
            try await database.record(
                Act(isActive ? "webhook.resumed" : "webhook.paused", webhook.subject), by: author.actor, at: author.now)
            return try await found(webhook.id, in: database)
        }
    }

    /// A new secret; for a day messages carry the signature of the one before as well.
    func rotate(
        _ id: Webhook.ID, by author: Author, in database: TenantDatabase
    ) async throws -> (webhook: Webhook, secret: WebhookSecret) {
        let secret = WebhookSecret.make(from: randomness)
        let webhook = try await database.transaction { database in
            let webhook = try await found(id, in: database)
            let sealed = try await vault.seal(
                secret.bytes, for: WebhookSecret.field(of: id), at: author.now, in: database)
            try await database.rotateSecret(of: id, to: sealed, oldUntil: author.now + Webhook.rotationSpan)
            try await database.record(
                Act("webhook.secret_rotated", webhook.subject), by: author.actor, at: author.now)
            return try await found(id, in: database)
        }
        return (webhook, secret)
    }

    func delete(_ id: Webhook.ID, by author: Author, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            let webhook = try await found(id, in: database)
            try await database.execute(
                "DELETE FROM webhooks WHERE tenant_id = \(database.tenant) AND webhook_id = \(id)")
            try await database.record(
                Act("webhook.deleted", webhook.subject, before: webhook.details), by: author.actor, at: author.now)
        }
    }

    func found(_ id: Webhook.ID, in database: TenantDatabase) async throws -> Webhook {
        guard let webhook = try await database.webhook(id) else { throw AccessRefusal.notFound }
        return webhook
    }

    /// Only over TLS, and only to where the public is.
    private func check(_ address: String) throws(WebhookRefusal) {
        guard address.hasPrefix("https://") else { throw .addressRefused }
        do {
            try egress.check(address)
        } catch {
            throw .addressRefused
        }
    }

    private static func check(_ kinds: [String], besides known: [String], _ author: Author) throws(WebhookRefusal) {
        let visible = PublishedEvent.visible(with: author.permissions).map(\.rawValue)
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
    /// Each once, in one order, so that equal choices are equal.
    var ordered: [String] { Set(self).sorted() }
}
