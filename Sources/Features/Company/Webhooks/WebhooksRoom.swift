import API
import Assembly
import Declarations
import Locale
import Panel

extension Permission {
    package static let webhooksManage = Permission("webhooks.manage")
}

extension Notice {
    package static let queued = Notice(
        "queued",
        Message(
            es: "Se enviará en unos segundos.", en: "It will be sent in a few seconds.",
            pt: "Será enviado em alguns segundos."))
}

extension EventKind {
    package static let webhookCreated = EventKind(
        "webhook.created", Message(es: "Creó un webhook", en: "Created a webhook", pt: "Criou um webhook"))
    package static let webhookChanged = EventKind(
        "webhook.changed", Message(es: "Cambió un webhook", en: "Changed a webhook", pt: "Alterou um webhook"))
    package static let webhookPaused = EventKind(
        "webhook.paused", Message(es: "Pausó un webhook", en: "Paused a webhook", pt: "Pausou um webhook"))
    package static let webhookResumed = EventKind(
        "webhook.resumed", Message(es: "Reanudó un webhook", en: "Resumed a webhook", pt: "Retomou um webhook"))
    package static let webhookDeleted = EventKind(
        "webhook.deleted", Message(es: "Eliminó un webhook", en: "Deleted a webhook", pt: "Excluiu um webhook"))
    package static let webhookSecretRotated = EventKind(
        "webhook.secret_rotated",
        Message(
            es: "Cambió el secreto de un webhook", en: "Changed a webhook's secret",
            pt: "Trocou o segredo de um webhook"))
    package static let webhookTested = EventKind(
        "webhook.tested", Message(es: "Probó un webhook", en: "Tested a webhook", pt: "Testou um webhook"))
    package static let webhookReplayed = EventKind(
        "webhook.replayed",
        Message(
            es: "Reenvió un evento a un webhook", en: "Sent an event to a webhook again",
            pt: "Reenviou um evento a um webhook"))
    package static let webhookDisabled = EventKind(
        "webhook.disabled",
        Message(
            es: "Desactivó un webhook que no responde", en: "Disabled a webhook that does not answer",
            pt: "Desativou um webhook que não responde"))
}

extension RoomDeclarations {
    package static let webhooks = RoomDeclarations(
        "Webhooks",
        permissions: [
            GrantablePermission(
                .webhooksManage,
                Message(es: "Administrar los webhooks", en: "Manage webhooks", pt: "Administrar os webhooks"),
                heldBy: .ownerOnly, lent: .never)
        ],
        menu: [
            MenuEntry(
                .settings(.integrations, 20), Message(es: "Webhooks", en: "Webhooks", pt: "Webhooks"),
                path: "/panel/webhooks",
                permission: .webhooksManage, icon: .webhooks,
                synonyms: Message(es: "integraciones avisos", en: "integrations notices", pt: "integrações avisos"))
        ],
        notices: [.queued],
        events: [
            .webhookCreated, .webhookChanged, .webhookPaused, .webhookResumed, .webhookDeleted, .webhookSecretRotated,
            .webhookTested, .webhookReplayed, .webhookDisabled,
        ],
        details: [
            .list("kinds", Message(es: "Eventos", en: "Events", pt: "Eventos")) { $1.event($0)?.words },
            DetailKind("event", Message(es: "Evento", en: "Event", pt: "Evento")),
        ])
}

extension Crew {
    static let webhooks = Crew("webhooks", places: 64)
}

extension Room {
    package static let webhooks = Room(
        .webhooks, panel: { routes, context in WebhookRoutes(WebhookActs(context)).add(to: &routes) },
        api: { routes, context in WebhookAPI(WebhookActs(context)).add(to: &routes) },
        jobs: { jobs, context in
            jobs.add(ForgetDeliveries.self) { try await $0.run(in: $1) }
            let sender = WebhookSender(
                client: context.web.client, egress: context.web.egress, trust: context.web.trust, vault: context.vault)
            jobs.add(DeliverWebhook.self, to: .webhooks) { try await $0.run(in: $1, with: sender) }
        },
        nightly: [ForgetDeliveries.self])
}

extension WebhookActs {
    fileprivate init(_ context: RoomContext) {
        self.init(vault: context.vault, egress: context.web.egress, randomness: context.randomness)
    }
}
