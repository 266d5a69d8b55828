import Access
import Declarations
import Events
import HTTP
import Identifiers
import Jobs
import Locale
import Nouns
import Plans
import Postgres
import Tenancy
import Time
import Zones

extension Campaign {
    func check(in database: TenantDatabase) async throws {
        try CampaignText(text).check(for: purpose)
        guard !CampaignText(subject).blanks.contains(CampaignText.Blank.code.rawValue) else {
            throw CampaignRefusal.codeInSubject
        }
        guard CampaignText(subject).blanks.allSatisfy({ CampaignText.Blank(rawValue: $0) != nil }) else {
            throw CampaignRefusal.subjectBlankUnknown
        }
        if let zone, try await database.zone(zone) == nil { throw ZoneRefusal.unknown }
        if let plan, try await database.plan(plan) == nil { throw PlanRefusal.unknown }
    }

    /// For the record, with the names of its zone and its plan.
    private func named(in database: TenantDatabase) async throws -> [Act.Detail] {
        let zone = try await database.zone(zone)?.name ?? ""
        var plan = ""
        if let id = self.plan { plan = try await database.plan(id)?.name ?? "" }
        return details(naming: ["zone": zone, "plan": plan])
    }

    /// Keeps a new one as a draft: nobody is written to before it is started.
    package func write(by principal: Principal, in database: TenantDatabase) async throws -> Campaign {
        var new = self
        (new.state, new.author) = (.draft, principal.actor.name)
        let campaign = new
        return try await database.transaction { database in
            try await campaign.check(in: database)
            try await database.insert(campaign)
            guard let made = try await database.campaign(campaign.id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(.campaignWritten, made.eventSubject, after: made.named(in: database)), by: principal.actor,
                at: principal.now)
            return made
        }
    }

    /// Changes a draft.
    package func change(
        to changed: Campaign, by principal: Principal, in database: TenantDatabase
    ) async throws -> Campaign {
        try await database.changing(id) { known, database in
            guard known.state == .draft else { throw CampaignRefusal.begunAlready }
            try await changed.check(in: database)
            guard
                let act = try await Act.change(
                    .campaignChanged, changed.eventSubject, from: known.named(in: database),
                    to: changed.named(in: database))
            else { return known }
            try await database.update(changed)
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    /// Chooses its customers as they are now, and begins to write to them.
    package static func start(
        _ id: ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Campaign {
        try await database.changing(id) { known, database in
            guard known.state == .draft else { throw CampaignRefusal.begunAlready }
            try await known.check(in: database)
            let chosen = try await database.choose(for: known, on: tenant.timeZone.day(at: principal.now))
            guard chosen > 0 else { throw CampaignRefusal.nobody }
            var begun = known
            (begun.state, begun.startedAt, begun.nextAt) = (.running, principal.now, principal.now)
            return try await begun.put(
                .campaignStarted, [Act.Detail("customers", "\(chosen)")], by: principal, in: database)
        }
    }

    /// Writes to nobody else until it goes on.
    package static func pause(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws -> Campaign {
        try await database.changing(id) { known, database in
            guard known.state == .running else { throw CampaignRefusal.notRunning }
            var changed = known
            (changed.state, changed.nextAt) = (.paused, nil)
            return try await changed.put(.campaignPaused, by: principal, in: database)
        }
    }

    package static func goOn(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws -> Campaign {
        try await database.changing(id) { known, database in
            guard known.state == .paused else { throw CampaignRefusal.notPaused }
            var changed = known
            (changed.state, changed.nextAt, changed.resumedAt) = (.running, principal.now, principal.now)
            return try await changed.put(.campaignContinued, by: principal, in: database)
        }
    }

    /// Ends it for those it has not written to; what a channel holds back for now is withdrawn as well.
    package static func stop(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws -> Campaign {
        try await database.changing(id) { known, database in
            guard known.state == .running || known.state == .paused else { throw CampaignRefusal.notRunning }
            var changed = known
            (changed.state, changed.nextAt, changed.endedAt) = (.stopped, nil, principal.now)
            try await database.stopWaiting(in: id)
            return try await changed.put(
                .campaignStopped, [Act.Detail("customers", "\(known.waiting)")], by: principal, in: database)
        }
    }

    /// Stores its state, records it, and wakes the job that writes.
    func put(
        _ event: EventKind, _ details: [Act.Detail] = [], by principal: Principal, in database: TenantDatabase
    ) async throws -> Campaign {
        try await database.update(self)
        try await database.record(Act(event, eventSubject, after: details), by: principal.actor, at: principal.now)
        if let nextAt { try await database.queue(WriteToCampaign(id, at: nextAt), at: nextAt) }
        return try await database.campaign(id) ?? self
    }
}

extension TenantDatabase {
    fileprivate func changing(
        _ id: Campaign.ID, _ change: (Campaign, TenantDatabase) async throws -> Campaign
    ) async throws -> Campaign {
        try await transaction { database in
            guard let known = try await database.campaign(id, locked: true) else { throw AccessRefusal.notFound }
            return try await change(known, database)
        }
    }
}

package enum CampaignRefusal: Refusal, MessageCatalogue {
    case blankUnknown, subjectBlankUnknown, codeMissing, codeNotHere, codeInSubject, nobody
    case begunAlready, notRunning, notPaused

    package var status: Status {
        switch self {
        case .begunAlready, .notRunning, .notPaused, .nobody: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .blankUnknown: "campaign_blank_unknown"
        case .subjectBlankUnknown: "campaign_subject_blank_unknown"
        case .codeMissing: "campaign_code_missing"
        case .codeNotHere: "campaign_code_not_here"
        case .codeInSubject: "campaign_code_in_subject"
        case .nobody: "campaign_without_customers"
        case .begunAlready: "campaign_begun"
        case .notRunning: "campaign_not_running"
        case .notPaused: "campaign_not_paused"
        }
    }

    var field: String {
        switch self {
        case .subjectBlankUnknown, .codeInSubject: "subject"
        case .blankUnknown, .codeMissing, .codeNotHere: "text"
        case .nobody, .begunAlready, .notRunning, .notPaused: "title"
        }
    }

    package var message: Message {
        switch self {
        case .blankUnknown, .subjectBlankUnknown:
            Message(
                es: "Entre corchetes van solo [nombre], [empresa], [saldo] y, para vincular, [codigo].",
                en: "Only [nombre], [empresa], [saldo] and, for linking, [codigo] stand in brackets.",
                pt: "Entre colchetes vão só [nombre], [empresa], [saldo] e, para vincular, [codigo].")
        case .codeMissing:
            Message(
                es: "El texto necesita [codigo]: es lo que el cliente escribe para vincular su chat.",
                en: "The text needs [codigo]: customers write it to link their chat.",
                pt: "O texto precisa de [codigo]: é o que o cliente escreve para vincular o chat.")
        case .codeNotHere, .codeInSubject:
            Message(
                es: "[codigo] va solo en el texto de las invitaciones a vincular el chat.",
                en: "[codigo] stands only in the text of invitations to link the chat.",
                pt: "[codigo] vai só no texto dos convites para vincular o chat.")
        case .nobody:
            Message(
                es: "Ningún cliente cumple los filtros.", en: "No customer passes the filters.",
                pt: "Nenhum cliente atende aos filtros.")
        case .begunAlready:
            Message(
                es: "Ya empezó: no se puede cambiar ni volver a empezar.",
                en: "It has begun: it can be neither changed nor started again.",
                pt: "Já começou: não pode ser alterada nem recomeçada.")
        case .notRunning:
            Message(es: "No está en curso.", en: "It is not under way.", pt: "Não está em andamento.")
        case .notPaused: Message(es: "No está en pausa.", en: "It is not paused.", pt: "Não está em pausa.")
        }
    }
}
