import API
import Access
import Assembly
import Customers
import Declarations
import Jobs
import Locale
import Notices
import Nouns
import Panel
import Plans
import Postgres
import Tenancy
import Zones

extension Permission {
    package static let campaignsRead = Permission("campaigns.read")
    package static let campaignsManage = Permission("campaigns.manage")
}

extension EventKind {
    package static let campaignWritten = EventKind(
        "campaign.written", Message(es: "Escribió una campaña", en: "Wrote a campaign", pt: "Escreveu uma campanha"))
    package static let campaignChanged = EventKind(
        "campaign.changed", Message(es: "Cambió una campaña", en: "Changed a campaign", pt: "Alterou uma campanha"))
    package static let campaignStarted = EventKind(
        "campaign.started", Message(es: "Empezó una campaña", en: "Started a campaign", pt: "Começou uma campanha"),
        told: Message(es: "Campaña empezada", en: "Campaign started", pt: "Campanha começada"), to: .campaignsRead)
    package static let campaignPaused = EventKind(
        "campaign.paused", Message(es: "Pausó una campaña", en: "Paused a campaign", pt: "Pausou uma campanha"))
    package static let campaignFailing = EventKind(
        "campaign.failing",
        Message(
            es: "Pausó una campaña que fallaba", en: "Paused a failing campaign", pt: "Pausou uma campanha que falhava"),
        told: Message(
            es: "Campaña en pausa: los mensajes no salen", en: "Campaign paused: its messages fail",
            pt: "Campanha em pausa: as mensagens não saem"), to: .campaignsRead)
    package static let campaignContinued = EventKind(
        "campaign.continued",
        Message(es: "Siguió con una campaña", en: "Continued a campaign", pt: "Continuou uma campanha"))
    package static let campaignStopped = EventKind(
        "campaign.stopped", Message(es: "Detuvo una campaña", en: "Stopped a campaign", pt: "Parou uma campanha"),
        told: Message(es: "Campaña detenida", en: "Campaign stopped", pt: "Campanha parada"), to: .campaignsRead)
    package static let campaignFinished = EventKind(
        "campaign.finished", Message(es: "Terminó una campaña", en: "Finished a campaign", pt: "Terminou uma campanha"),
        told: Message(es: "Campaña terminada", en: "Campaign finished", pt: "Campanha terminada"), to: .campaignsRead)
}

extension Notice {
    package static let campaignStarted = Notice(
        "campaign_started",
        Message(
            es: "Campaña en curso: los mensajes salen poco a poco.",
            en: "Campaign under way: the messages leave little by little.",
            pt: "Campanha em andamento: as mensagens saem aos poucos."))
}

extension RoomDeclarations {
    package static let campaigns = RoomDeclarations(
        "Campaigns",
        permissions: [
            GrantablePermission(
                .campaignsRead, Message(es: "Ver campañas", en: "See campaigns", pt: "Ver campanhas"),
                heldBy: [.support], lent: .toReaders),
            GrantablePermission(
                .campaignsManage,
                Message(
                    es: "Escribir, empezar y detener campañas", en: "Write, start and stop campaigns",
                    pt: "Escrever, começar e parar campanhas"), heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.messages, 30), CampaignWords.campaigns.message, path: Campaign.path, permission: .campaignsRead,
                icon: .messages,
                synonyms: Message(
                    es: "difusiones masivos promociones avisos", en: "broadcasts bulk promotions",
                    pt: "difusões em massa promoções"))
        ],
        notices: [.campaignStarted],
        events: [
            .campaignWritten, .campaignChanged, .campaignStarted, .campaignPaused, .campaignFailing, .campaignContinued,
            .campaignStopped, .campaignFinished,
        ],
        details: Campaign.detailKinds + [DetailKind("customers", CampaignWords.recipients.message)],
        parts: [
            NoticeKind.campaign, NoticeKind.chatInvitation,
            CustomerRows(
                61, "campaigns", CampaignWords.campaigns.message, in: "campaign_recipients", by: "chosen_id"),
            NounUse<Zone>(75, "campaigns") { database, id in
                "FROM campaigns k WHERE k.tenant_id = \(database.tenant) AND k.zone_id = \(id)"
            },
            NounUse<Plan>(75, "campaigns") { database, id in
                "FROM campaigns k WHERE k.tenant_id = \(database.tenant) AND k.plan_id = \(id)"
            },
        ])
}

extension Room {
    package static let campaigns = Room(
        .campaigns,
        panel: { routes, context in
            CampaignRoutes(
                files: context.files, randomness: context.randomness,
                origin: { context.directory.address(of: $0) }, isMailed: context.mailing != nil
            ).add(to: &routes)
        },
        api: { routes, context in
            CampaignAPI(
                randomness: context.randomness, origin: { context.directory.address(of: $0) },
                isMailed: context.mailing != nil
            ).add(to: &routes)
        },
        jobs: { jobs, context in
            jobs.add(WriteToCampaign.self) { job, run in
                guard let tenant = try await run.database.lockedTenant() else { return }
                try await job.run(
                    of: tenant, by: .commandLine(of: context.catalogue, at: run.now), from: run.randomness,
                    in: run.database)
            }
        })
}
