import API
import Access
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time

/// Webhooks and their deliveries in the API.
package struct WebhookAPI: Sendable {
    private let acts: WebhookActs

    package init(_ acts: WebhookActs) { self.acts = acts }

    package func add(to routes: inout API.Routes) {
        addWebhooks(to: &routes)
        addDeliveries(to: &routes)
        routes.delete("/api/v1/webhooks/:id", .webhooksManage, WebhookAPIWords.remove) { (visit, id: Webhook.ID) in
            try await acts.delete(id, by: visit.principal, in: visit.database)
        }
    }

    private func addWebhooks(to routes: inout API.Routes) {
        routes.list("/api/v1/webhooks", .webhooksManage, WebhookAPIWords.list, by: NoInput.self) { visit, _, page in
            try await visit.database.webhooks(after: page.after, limit: page.limit).map { WebhookResource($0) }
        }
        routes.post("/api/v1/webhooks", .webhooksManage, WebhookAPIWords.create) { (visit, new: NewWebhook) in
            let (webhook, secret) = try await acts.add(new, by: visit.principal, in: visit.database)
            return WebhookResource(webhook, secret: secret)
        }
        routes.get("/api/v1/webhooks/:id", .webhooksManage, WebhookAPIWords.read) { (visit, id: Webhook.ID) in
            try await visit.database.webhook(id).map { WebhookResource($0) }
        }
        routes.patch(
            "/api/v1/webhooks/:id", .webhooksManage, WebhookAPIWords.change,
            of: { (visit, id: Webhook.ID) in
                try await visit.database.webhook(id, locked: true).map { WebhookResource($0) }
            }, change)
        routes.post("/api/v1/webhooks/:id/secrets", .webhooksManage, WebhookAPIWords.rotate) {
            (visit, _: NoInput, id: Webhook.ID) in
            let (webhook, secret) = try await acts.rotate(id, by: visit.principal, in: visit.database)
            return WebhookResource(webhook, secret: secret)
        }
    }

    private func addDeliveries(to routes: inout API.Routes) {
        routes.list(
            "/api/v1/webhooks/:id/deliveries", .webhooksManage, WebhookAPIWords.deliveries, by: DeliveryFilter.self
        ) { (visit, filter, page, id: Webhook.ID) in
            _ = try await acts.found(id, in: visit.database)
            return try await visit.database.deliveries(
                to: id, before: Int.max - page.after, in: filter.state, limit: page.limit
            ).map { DeliveryResource($0) }
        }
        routes.get("/api/v1/webhooks/:id/deliveries/:event", .webhooksManage, WebhookAPIWords.delivery) {
            (visit, id: Webhook.ID, event: UUID) -> DeliveryLog? in
            guard let delivery = try await visit.database.delivery(of: event, to: id) else { return nil }
            try acts.checkReading(delivery, by: visit.principal)
            return DeliveryLog(
                delivery: DeliveryResource(delivery), attempts: try await visit.database.attempts(of: delivery))
        }
        routes.post("/api/v1/webhooks/:id/deliveries/:event/replays", .webhooksManage, WebhookAPIWords.replay) {
            (visit, _: NoInput, id: Webhook.ID, event: UUID) in
            DeliveryResource(try await acts.replay(event, to: id, by: visit.principal, in: visit.database))
        }
        routes.post("/api/v1/webhooks/:id/tests", .webhooksManage, WebhookAPIWords.test) {
            (visit, _: NoInput, id: Webhook.ID) in
            DeliveryResource(try await acts.test(id, by: visit.principal, in: visit.database))
        }
    }

    private func change(
        _ visit: Visit, _ known: WebhookResource, _ changes: WebhookChanges
    ) async throws -> WebhookResource {
        var webhook = try await acts.change(
            known.webhook, name: changes.name, address: changes.address, kinds: changes.kinds, by: visit.principal,
            in: visit.database)
        if let isActive = changes.isActive {
            webhook = try await acts.set(webhook, isActive: isActive, by: visit.principal, in: visit.database)
        }
        return WebhookResource(webhook)
    }
}

struct WebhookResource: ListedResource, OneTimeResource {
    let webhook: Webhook
    private let secret: String?

    init(_ webhook: Webhook, secret: WebhookSecret? = nil) {
        self.webhook = webhook
        self.secret = secret?.text
    }

    var lasting: WebhookResource { WebhookResource(webhook) }

    static let schema = Schema.object(
        "Webhook",
        [
            .required("id", .id, WebhookAPIWords.id),
            .required("number", .integer(1...Int.max), WebhookAPIWords.number),
            .required("name", .text, WebhookAPIWords.name),
            .required("address", .text, WebhookAPIWords.address),
            .required("kinds", .list(of: .text), WebhookAPIWords.kinds),
            .required("state", .words(["active", "paused", "disabled"]), WebhookAPIWords.state),
            .required(
                "trouble", Schema.words(Webhook.Trouble.allCases.map(\.rawValue)).orNull, WebhookAPIWords.trouble),
            .required("failures", .integer(0...Int.max), WebhookAPIWords.failures),
            .required("failing_since", Schema.text.orNull, WebhookAPIWords.failingSince),
            .required("made_at", .text, WebhookAPIWords.madeAt),
            .required("old_secret_until", Schema.text.orNull, WebhookAPIWords.oldSecretUntil),
            .required("secret", Schema.text.orNull, WebhookAPIWords.secret),
        ])

    var path: String { "/api/v1/webhooks/\(webhook.id)" }
    var position: Int { webhook.number }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", webhook.id.description)
            json.member("number", webhook.number)
            json.member("name", webhook.name)
            json.member("address", webhook.address)
            json.member("kinds", webhook.kinds)
            json.member("state", webhook.state.word)
            if case .disabled(let trouble) = webhook.state {
                json.member("trouble", trouble.rawValue)
            } else {
                json.member("trouble", nil as String?)
            }
            json.member("failures", webhook.failures)
            json.member("failing_since", webhook.failingSince?.rfc3339)
            json.member("made_at", webhook.madeAt.rfc3339)
            json.member("old_secret_until", webhook.oldSecretUntil?.rfc3339)
            json.member("secret", secret)
        }
    }
}

struct DeliveryResource: ListedResource {
    let delivery: Delivery

    init(_ delivery: Delivery) { self.delivery = delivery }

    static let fields: [Schema.Field] = [
        .required("webhook", .id, WebhookAPIWords.id),
        .required("event", .id, WebhookAPIWords.event),
        .required("message", .text, WebhookAPIWords.messageID),
        .required("kind", .text, WebhookAPIWords.kind),
        .required("state", .words(Delivery.State.allCases.map(\.rawValue)), WebhookAPIWords.deliveryState),
        .required("attempts", .integer(0...Int.max), WebhookAPIWords.attempts),
        .required("made_at", .text, WebhookAPIWords.madeAt),
        .required("next_at", Schema.text.orNull, WebhookAPIWords.nextAt),
        .required("status", Schema.integer(0...999).orNull, WebhookAPIWords.status),
        .required("failure", Schema.text.orNull, WebhookAPIWords.failure),
    ]

    static let schema = Schema.object("Delivery", fields)

    var path: String { "/api/v1/webhooks/\(delivery.webhook)/deliveries/\(delivery.event)" }
    /// Newest first.
    var position: Int { Int.max - delivery.sequence }

    func write(to json: inout JSONWriter) { json.object { writeMembers(to: &$0) } }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("webhook", delivery.webhook.description)
        json.member("event", delivery.event.description)
        json.member("message", WebhookMessage.id(of: delivery.event))
        json.member("kind", delivery.kind)
        json.member("state", delivery.state.rawValue)
        json.member("attempts", delivery.attempts)
        json.member("made_at", delivery.madeAt.rfc3339)
        json.member("next_at", delivery.state == .pending ? delivery.nextAt.rfc3339 : nil)
        json.member("status", delivery.lastStatus)
        json.member("failure", delivery.lastFailure)
    }
}

/// A delivery with its attempts, newest first.
struct DeliveryLog: Resource {
    let delivery: DeliveryResource
    let attempts: [Attempt]

    static let schema = Schema.object(
        "DeliveryLog",
        DeliveryResource.fields + [
            .required(
                "log",
                .list(
                    of: .object(
                        "Attempt",
                        [
                            .required("at", .text, WebhookAPIWords.attemptAt),
                            .required("milliseconds", .integer(0...Int.max), WebhookAPIWords.milliseconds),
                            .required("status", Schema.integer(0...999).orNull, WebhookAPIWords.status),
                            .required("failure", Schema.text.orNull, WebhookAPIWords.failure),
                            .required("answer", .text, WebhookAPIWords.answer),
                        ])), WebhookAPIWords.log)
        ])

    var path: String { delivery.path }

    func write(to json: inout JSONWriter) {
        json.object { json in
            delivery.writeMembers(to: &json)
            json.array("log") { json in
                for attempt in attempts {
                    json.object { json in
                        json.member("at", attempt.at.rfc3339)
                        json.member("milliseconds", attempt.milliseconds)
                        json.member("status", attempt.status)
                        json.member("failure", attempt.failure)
                        json.member("answer", attempt.answer)
                    }
                }
            }
        }
    }
}
