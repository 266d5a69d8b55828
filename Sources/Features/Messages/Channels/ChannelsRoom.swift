import Access
import Assembly
import ChannelProtocol
import Conversations
import Declarations
import Events
import Identifiers
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Tenancy

extension Permission {
    package static let channelsManage = Permission("channels.manage")
}

extension EventKind {
    package static let channelChanged = EventKind(
        "channel.changed",
        Message(
            es: "Cambió un canal de mensajes", en: "Changed a channel of messages", pt: "Alterou um canal de mensagens")
    )
    package static let channelStopped = EventKind(
        "channel.stopped",
        Message(
            es: "Dejó de enviar por un canal", en: "Stopped sending by a channel", pt: "Parou de enviar por um canal"),
        told: Message(
            es: "Un canal dejó de enviar", en: "A channel stopped sending", pt: "Um canal parou de enviar"),
        to: .channelsManage)
}

extension RoomDeclarations {
    package static let channels = RoomDeclarations(
        "Channels",
        permissions: [
            GrantablePermission(
                .channelsManage,
                Message(
                    es: "Conectar canales de mensajes", en: "Connect channels of messages",
                    pt: "Conectar canais de mensagens"),
                heldBy: .ownerOnly, lent: .never)
        ],
        menu: [
            MenuEntry(
                .settings(.channels, 10), ChannelWords.channels.message, path: ChannelRoutes.path,
                permission: .channelsManage, icon: .messages,
                synonyms: Message(
                    es: "whatsapp telegram número bot token webhook", en: "whatsapp telegram number bot token webhook",
                    pt: "whatsapp telegram número bot token webhook")),
            MenuEntry(
                .settings(.channels, 15), TemplateWords.templates.message, path: TemplateRoutes.path,
                permission: .channelsManage, icon: .messages,
                synonyms: Message(
                    es: "plantillas whatsapp costo tope", en: "templates whatsapp cost cap",
                    pt: "modelos whatsapp custo limite")),
        ],
        events: [.channelChanged, .channelStopped],
        details: [
            DetailKind("channel_account", Message(es: "Cuenta", en: "Account", pt: "Conta")),
            DetailKind(
                "channel_keys", Message(es: "Claves", en: "Keys", pt: "Chaves"),
                values: ["changed": Message(es: "Cambiadas", en: "Changed", pt: "Alteradas")]),
            .flag("channel_on", Message(es: "Conectado", en: "Connected", pt: "Conectado")),
            DetailKind("template", Message(es: "Plantilla", en: "Template", pt: "Modelo")),
            .money("message_cap", Message(es: "Tope de gasto", en: "Cap", pt: "Limite de gasto")),
            .flag("asks_consent", TemplateWords.askConsent.message),
            DetailKind("quiet_hours", Message(es: "Horas de silencio", en: "Quiet hours", pt: "Horas de silêncio")),
            DetailKind(
                "channel_failure", Message(es: "Motivo", en: "Reason", pt: "Motivo"),
                values: Dictionary(
                    uniqueKeysWithValues: ChannelFailure.Reason.allCases.map {
                        ($0.rawValue, $0.ofMessage.message)
                    })),
        ],
        parts: [
            NoticeCarrier.chat(.whatsapp, rank: 10), NoticeCarrier.chat(.telegram, rank: 20),
            TemplateAnswerRoutes.offer,
        ])
}

extension Crew {
    /// Providers may be slow, and so may their files.
    static let channels = Crew("channels", places: 32)
}

extension Room {
    package static let channels = Room(
        .channels,
        panel: { routes, context in
            let acts = ChannelActs(context)
            ChannelRoutes(acts).add(to: &routes)
            TemplateRoutes(acts).add(to: &routes)
            TemplateAnswerRoutes().add(to: &routes)
            HookRoutes(acts, randomness: context.randomness).add(to: &routes)
        },
        jobs: { jobs, context in
            let acts = ChannelActs(context)
            jobs.add(ReadNotice.self) { try await $0.run(in: $1, by: acts) }
            jobs.add(SendMessage.self, to: .channels) { try await SendAtChannel(acts: acts).run($0, in: $1) }
            jobs.add(FetchFiles.self, to: .channels) { try await $0.run(in: $1, by: acts, with: context.sandbox) }
            jobs.add(AnswerPress.self, to: .channels) { try await $0.run(in: $1, by: acts) }
            jobs.add(ForgetNotices.self) { try await $0.run(in: $1) }
            jobs.add(RefreshTemplates.self, to: .channels) { try await $0.run(in: $1, by: acts) }
        },
        nightly: [ForgetNotices.self, RefreshTemplates.self])
}

extension ChannelActs {
    package init(_ context: RoomContext) {
        self.init(context.channels, vault: context.vault, randomness: context.randomness)
    }
}
