import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres

package struct WebhookRoutes: Sendable {
    private let acts: WebhookActs

    package init(_ acts: WebhookActs) { self.acts = acts }

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/webhooks", .webhooksManage, "Webhooks", list)
        routes.get("/panel/webhooks/new", .webhooksManage, "Formulario para crear un webhook", ask)
        routes.post("/panel/webhooks", .webhooksManage, "Crea un webhook", create)
        routes.get("/panel/webhooks/:id", .webhooksManage, "Un webhook y sus envíos", show)
        routes.post("/panel/webhooks/:id", .webhooksManage, "Cambia un webhook", change)
        routes.post("/panel/webhooks/:id/pause", .webhooksManage, "Pausa un webhook", pause)
        routes.post("/panel/webhooks/:id/resume", .webhooksManage, "Reanuda un webhook", resume)
        routes.post("/panel/webhooks/:id/secret", .webhooksManage, "Crea un secreto nuevo", rotate)
        routes.post("/panel/webhooks/:id/test", .webhooksManage, "Envía un evento de prueba", test)
        routes.get("/panel/webhooks/:id/delete", .webhooksManage, "Pregunta antes de eliminar un webhook", askToDelete)
        routes.post("/panel/webhooks/:id/delete", .webhooksManage, "Elimina un webhook", delete)
        routes.get("/panel/webhooks/:id/deliveries/:event", .webhooksManage, "Un envío y sus intentos", showDelivery)
        routes.post("/panel/webhooks/:id/deliveries/:event/replay", .webhooksManage, "Envía otra vez", replay)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = WebhookListPage(webhooks: try await visit.database.webhooks(), visit: visit)
        return try await Panel.page(page, titled: WebhookWords.webhooks.text(for: visit.reader), for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        return try await page(of: .empty, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        let form = try form(sent, visit)
        guard form.faults.isEmpty else { return try await page(of: form, .unprocessableContent, visit) }
        let (made, path) = try await visit.once(sent) { database in
            let made = try await acts.add(form.new, by: visit.principal, in: database)
            return (made, "/panel/webhooks/\(made.webhook.id)")
        }
        // A repeated form: the webhook was already created, and its secret shown.
        guard let made else { return .redirect(to: path) }
        return try await page(showing: made.secret, of: made.webhook, visit)
    }

    private func show(_ visit: Visit, id: Webhook.ID) async throws -> Response {
        let webhook = try await acts.found(id, in: visit.database)
        return try await page(of: webhook, WebhookForm(webhook), .ok, visit)
    }

    private func change(_ visit: Visit, id: Webhook.ID) async throws -> Response {
        let webhook = try await acts.found(id, in: visit.database)
        let form = try form(try await visit.request.body.form(upTo: 16_384), visit)
        guard form.faults.isEmpty else { return try await page(of: webhook, form, .unprocessableContent, visit) }
        _ = try await acts.change(
            webhook, name: form.name, address: form.address, kinds: Array(form.kinds), by: visit.principal,
            in: visit.database)
        return Panel.done(.saved, at: "/panel/webhooks/\(id)")
    }

    /// With all its errors.
    private func form(_ sent: Fields, _ visit: Visit) throws -> WebhookForm {
        var form = try WebhookForm(sent, of: visit.catalogue)
        do {
            try acts.check(form.address)
        } catch {
            form.refuseAddress()
        }
        return form
    }

    private func pause(_ visit: Visit, id: Webhook.ID) async throws -> Response {
        try await set(visit, id, isActive: false)
    }

    private func resume(_ visit: Visit, id: Webhook.ID) async throws -> Response {
        try await set(visit, id, isActive: true)
    }

    private func set(_ visit: Visit, _ id: Webhook.ID, isActive: Bool) async throws -> Response {
        let webhook = try await acts.found(id, in: visit.database)
        _ = try await acts.set(webhook, isActive: isActive, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "/panel/webhooks/\(id)")
    }

    private func rotate(_ visit: Visit, id: Webhook.ID) async throws -> Response {
        let (webhook, secret) = try await acts.rotate(id, by: visit.principal, in: visit.database)
        return try await page(showing: secret, of: webhook, visit)
    }

    private func test(_ visit: Visit, id: Webhook.ID) async throws -> Response {
        let delivery = try await acts.test(id, by: visit.principal, in: visit.database)
        return Panel.done(.queued, at: "/panel/webhooks/\(id)/deliveries/\(delivery.event)")
    }

    private func askToDelete(_ visit: Visit, id: Webhook.ID) async throws -> Response {
        let webhook = try await acts.found(id, in: visit.database)
        return try await Panel.confirm(
            WebhookWords.deleteTitle.text(for: visit.reader, .name(webhook.name)),
            text: WebhookWords.deleteText.text(for: visit.reader), act: WebhookWords.delete.text(for: visit.reader),
            action: "/panel/webhooks/\(id)/delete", back: "/panel/webhooks/\(id)", for: visit)
    }

    private func delete(_ visit: Visit, id: Webhook.ID) async throws -> Response {
        try await acts.delete(id, by: visit.principal, in: visit.database)
        return Panel.done(.deleted, at: "/panel/webhooks")
    }

    private func showDelivery(_ visit: Visit, id: Webhook.ID, event: UUID) async throws -> Response {
        let webhook = try await acts.found(id, in: visit.database)
        guard let delivery = try await visit.database.delivery(of: event, to: id),
            let message = try await visit.database.message(of: delivery)
        else { throw AccessRefusal.notFound }
        try acts.checkReading(delivery, by: visit.principal)
        let page = DeliveryPage(
            webhook: webhook, delivery: delivery, message: message,
            attempts: try await visit.database.attempts(of: delivery), visit: visit)
        return try await Panel.page(page, titled: WebhookWords.delivery.text(for: visit.reader), for: visit)
    }

    private func replay(_ visit: Visit, id: Webhook.ID, event: UUID) async throws -> Response {
        _ = try await acts.replay(event, to: id, by: visit.principal, in: visit.database)
        return Panel.done(.queued, at: "/panel/webhooks/\(id)/deliveries/\(event)")
    }
}

// Its pages.
extension WebhookRoutes {
    private func page(of form: WebhookForm, _ status: Status, _ visit: Visit) async throws -> Response {
        try await Panel.page(
            NewWebhookPage(form: form, visit: visit), titled: WebhookWords.newWebhook.text(for: visit.reader),
            status: status, for: visit)
    }

    private func page(
        of webhook: Webhook, _ form: WebhookForm, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let before = try visit.request.query.value("before", as: Int.self) ?? Int.max
        let deliveries = try await visit.database.deliveries(
            to: webhook.id, before: before, limit: WebhookPage.length + 1)
        return try await Panel.page(
            WebhookPage(webhook: webhook, form: form, deliveries: deliveries, isFirst: before == .max, visit: visit),
            titled: webhook.name, status: status, for: visit)
    }

    private func page(showing secret: WebhookSecret, of webhook: Webhook, _ visit: Visit) async throws -> Response {
        try await Panel.page(
            WebhookSecretPage(webhook: webhook, secret: secret, reader: visit.reader), titled: webhook.name, for: visit)
    }
}
