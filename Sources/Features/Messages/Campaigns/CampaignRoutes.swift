import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Notices
import Nouns
import Panel
import Plans
import Postgres
import Tenancy
import Time
import Zones

/// Campaigns in the panel: written, looked at, started, and what became of them.
struct CampaignRoutes: Sendable {
    let files: ListFiles
    let randomness: Randomness
    /// The company's address, for links in letters.
    let origin: @Sendable (Tenant) -> String
    let isMailed: Bool

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/campaigns", .campaignsRead, "Campañas de mensajes", list)
        routes.get("/panel/campaigns.csv", .campaignsRead, "Las campañas como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/campaigns.xlsx", .campaignsRead, "Las campañas para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/campaigns/new", .campaignsManage, "Formulario de una campaña", ask)
        routes.post("/panel/campaigns", .campaignsManage, "Guarda una campaña como borrador", create)
        routes.get("/panel/campaigns/:id", .campaignsRead, "Una campaña, su vista previa y sus resultados", show)
        routes.get("/panel/campaigns/:id/edit", .campaignsManage, "Formulario para cambiar una campaña", edit)
        routes.post("/panel/campaigns/:id", .campaignsManage, "Cambia una campaña que no empezó", change)
        routes.get("/panel/campaigns/:id/start", .campaignsManage, "Pregunta antes de empezar una campaña", askToStart)
        routes.post("/panel/campaigns/:id/start", .campaignsManage, "Empieza una campaña", start)
        routes.post("/panel/campaigns/:id/pause", .campaignsManage, "Pone una campaña en pausa", pause)
        routes.post("/panel/campaigns/:id/continue", .campaignsManage, "Sigue con una campaña en pausa", goOn)
        routes.get("/panel/campaigns/:id/stop", .campaignsManage, "Pregunta antes de detener una campaña", askToStop)
        routes.post("/panel/campaigns/:id/stop", .campaignsManage, "Detiene una campaña", stop)
        routes.get(
            "/panel/campaigns/:id/recipients", .campaignsRead, "A quién se envió una campaña y qué pasó", recipients)
        routes.get(
            "/panel/campaigns/:id/recipients.csv", .campaignsManage, "Los destinatarios de una campaña como CSV"
        ) { (visit, id: Campaign.ID) in try await exportRecipients(visit, id, as: .csv) }
        routes.get(
            "/panel/campaigns/:id/recipients.xlsx", .campaignsManage, "Los destinatarios de una campaña para Excel"
        ) { (visit, id: Campaign.ID) in try await exportRecipients(visit, id, as: .xlsx) }
    }

    private func query(_ visit: Visit) throws(RequestError) -> ListQuery<Campaign> {
        var query = try ListQuery(Campaign.list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try query(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.campaigns(query), counted: visit.database.campaignsCounted(query)
        ).part
        let new = (CampaignWords.new.text(for: visit.reader), "\(Campaign.path)/new")
        let invite = ListPage<Campaign>.Act(
            Campaign.Purpose.linking.text(for: visit.reader), path: "\(Campaign.path)/new?purpose=linking")
        let page = ListPage(
            part, .init(.messages, none: CampaignWords.none.message, intro: CampaignWords.intro.message),
            links: visit.mayAct(with: .campaignsManage) ? [invite] : [],
            new: visit.mayAct(with: .campaignsManage) ? new : nil, files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try query(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.campaigns(query))
        }
    }

    // MARK: - Writing

    private func blank(_ visit: Visit) -> Campaign {
        Campaign(id: .make(milliseconds: visit.now.milliseconds, from: randomness), at: visit.now)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        var campaign = blank(visit)
        if visit.request.query["purpose"] == Campaign.Purpose.linking.rawValue {
            campaign.purpose = .linking
            campaign.title = CampaignWords.linkingTitle.text(for: visit.reader)
            campaign.subject = CampaignWords.linkingSubject.text(for: visit.tenant.reader)
            campaign.text = CampaignWords.linkingText.text(for: visit.tenant.reader)
        }
        return try await page(NounForm(new: campaign), nil, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        var form = try NounForm<Campaign>(sent)
        guard form.faults.isEmpty else { return try await page(form, nil, .unprocessableContent, visit) }
        let campaign = form.applied(to: blank(visit))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let made = try await campaign.write(by: visit.principal, in: database)
                return (made, made.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(campaignRefusal: refusal)
            return try await page(form, nil, refusal.status, visit)
        }
    }

    private func edit(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        let campaign = try await found(id, visit)
        guard campaign.state == .draft else { throw CampaignRefusal.begunAlready }
        return try await page(NounForm(campaign), campaign, .ok, visit)
    }

    private func change(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        let campaign = try await found(id, visit)
        var form = try NounForm<Campaign>(try await visit.request.body.form(upTo: 16_384))
        guard form.faults.isEmpty else { return try await page(form, campaign, .unprocessableContent, visit) }
        do {
            if let late = form.late(for: campaign) { return try await page(late, campaign, .conflict, visit) }
            _ = try await campaign.change(
                to: form.applied(to: campaign), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: campaign.panelPath)
        } catch let refusal as any Refusal {
            try form.add(campaignRefusal: refusal)
            return try await page(form, campaign, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<Campaign>, _ campaign: Campaign?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = campaign?.title ?? CampaignWords.new.text(for: visit.reader)
        let nobody = CampaignWords.every.text(for: visit.reader)
        let zones = try await visit.database.zones()
        let plans = try await visit.database.plans()
        var options: [String: FieldOptions] = [:]
        if !zones.isEmpty {
            options["zone"] = FieldOptions(zones.map { ($0.id.description, $0.name) }, none: nobody)
        }
        if !plans.isEmpty {
            options["plan"] = FieldOptions(plans.map { ($0.id.description, $0.name) }, none: nobody)
        }
        let page = NounFormPage(
            title, form, options: options, to: campaign?.panelPath ?? Campaign.path,
            cancel: campaign?.panelPath ?? Campaign.path,
            submit: campaign == nil ? CampaignWords.keep.message : nil, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    // MARK: - One campaign

    private func show(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        let campaign = try await found(id, visit)
        var names: [CampaignWords: String] = [:]
        if let zone = try await visit.database.zone(campaign.zone) { names[.zone] = zone.name }
        if let plan = campaign.plan, let known = try await visit.database.plan(plan) { names[.plan] = known.name }
        let page = CampaignPage(
            campaign: campaign, names: names,
            forecast: campaign.state == .draft ? try await forecast(of: campaign, visit) : nil,
            fates: try await visit.database.campaignFates(of: campaign),
            failures: try await visit.database.campaignFailures(of: campaign),
            isFailing: campaign.state == .paused ? try await visit.database.failsInARow(campaign) : false, visit: visit)
        return try await Panel.page(page, titled: campaign.title, for: visit)
    }

    /// On a connection of its own, since it takes longer than callers of a shared one should wait.
    private func forecast(of campaign: Campaign, _ visit: Visit) async throws -> CampaignForecast {
        try await visit.database.transaction { database in
            try await CampaignForecast(
                of: campaign, by: visit.catalogue.noticeCarriers,
                at: NoticeDesk(
                    visit.tenant, in: database, at: visit.now, randomness: randomness, address: origin(visit.tenant),
                    isMailed: isMailed))
        }
    }

    private func askToStart(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        let campaign = try await found(id, visit)
        guard campaign.state == .draft else { throw CampaignRefusal.begunAlready }
        let forecast = try await forecast(of: campaign, visit)
        return try await Panel.confirm(
            CampaignWords.startTitle.text(for: visit.reader, .name(campaign.title)),
            text: CampaignWords.startText.text(
                for: visit.reader, .count(forecast.written),
                .text("cost", forecast.cost.exactText(for: visit.reader))),
            act: CampaignWords.start.text(for: visit.reader), action: "\(campaign.panelPath)/start",
            back: campaign.panelPath, for: visit)
    }

    private func start(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        let campaign = try await Campaign.start(id, of: visit.tenant, by: visit.principal, in: visit.database)
        return Panel.done(.campaignStarted, at: campaign.panelPath)
    }

    private func pause(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        Panel.done(.saved, at: try await Campaign.pause(id, by: visit.principal, in: visit.database).panelPath)
    }

    private func goOn(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        Panel.done(.saved, at: try await Campaign.goOn(id, by: visit.principal, in: visit.database).panelPath)
    }

    private func askToStop(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        let campaign = try await found(id, visit)
        guard campaign.state == .running || campaign.state == .paused else { throw CampaignRefusal.notRunning }
        return try await Panel.confirm(
            CampaignWords.stopTitle.text(for: visit.reader, .name(campaign.title)),
            text: CampaignWords.stopText.text(for: visit.reader, .count(campaign.waiting)),
            act: CampaignWords.stop.text(for: visit.reader), action: "\(campaign.panelPath)/stop",
            back: campaign.panelPath, for: visit)
    }

    private func stop(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        Panel.done(.saved, at: try await Campaign.stop(id, by: visit.principal, in: visit.database).panelPath)
    }

    // MARK: - Its customers

    private func recipients(_ visit: Visit, id: Campaign.ID) async throws -> Response {
        let campaign = try await found(id, visit)
        let query = try ListQuery(CampaignRecipient.list(of: campaign), visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.campaignRecipients(query, of: campaign),
            counted: visit.database.campaignRecipientsCounted(query, of: campaign)
        ).part
        let page = ListPage(
            part, .init(.messages, none: CampaignWords.noRecipients.message),
            links: [.init(campaign.title, path: campaign.panelPath)],
            files: visit.may(.campaignsManage) ? ListFiles.Format.allCases : [], visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func exportRecipients(
        _ visit: Visit, _ id: Campaign.ID, as format: ListFiles.Format
    ) async throws -> Response {
        let campaign = try await found(id, visit)
        let query = try ListQuery(CampaignRecipient.list(of: campaign), visit.request.query)
        return try await files.answer(query, as: format, for: visit) { query in
            try await visit.database.rows(visit.database.campaignRecipients(query, of: campaign))
        }
    }

    private func found(_ id: Campaign.ID, _ visit: Visit) async throws -> Campaign {
        guard let campaign = try await visit.database.campaign(id) else { throw AccessRefusal.notFound }
        return campaign
    }
}

extension NounForm {
    /// Shows the refusal beside its field; one without a field is thrown on.
    fileprivate mutating func add(campaignRefusal refusal: any Refusal) throws {
        switch refusal {
        case let refusal as CampaignRefusal: add(refusal, beside: refusal.field)
        case let refusal as ZoneRefusal: add(refusal, beside: "zone")
        case let refusal as PlanRefusal: add(refusal, beside: "plan")
        default: throw refusal
        }
    }
}
