import Access
import Channels
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy
import Time
import Topology
import Zones

/// Incidents, maintenance and the policy of both, in the panel.
struct IncidentRoutes: Sendable {
    let files: ListFiles
    let randomness: Randomness

    static let policy = "/panel/incidents/policy"
    private static let mostShown = 500
    /// What was shown to be affected before the failure is declared.
    private static let seen = "seen"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/incidents", .networkRead, "Fallas", list)
        routes.get("/panel/incidents.csv", .networkRead, "Las fallas como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/incidents.xlsx", .networkRead, "Las fallas para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/incidents/new", .networkOperate, "Formulario para declarar una falla", ask)
        routes.post("/panel/incidents", .networkOperate, "Declara una falla", declare)
        routes.get("/panel/incidents/policy", .networkManage, "Política de fallas", askPolicy)
        routes.post("/panel/incidents/policy", .networkManage, "Cambia la política de fallas", putPolicy)
        routes.get("/panel/incidents/:id", .networkRead, "Una falla y a quién afecta", show)
        routes.post("/panel/incidents/:id/acknowledgement", .networkOperate, "Reconoce una falla", acknowledge)
        routes.get("/panel/incidents/:id/news", .networkOperate, "Formulario de novedades de una falla", askNews)
        routes.post("/panel/incidents/:id/news", .networkOperate, "Dice cuánto falta en una falla", tell)
        routes.get(
            "/panel/incidents/:id/resolution", .networkOperate, "Pregunta antes de dar por resuelta", askToResolve)
        routes.post("/panel/incidents/:id/resolution", .networkOperate, "Da por resuelta una falla", resolve)
        routes.get(
            "/panel/incidents/:id/mistake", .networkOperate, "Pregunta antes de retirar una falla", askToRetract)
        routes.post("/panel/incidents/:id/mistake", .networkOperate, "Retira una falla declarada por error", retract)
        routes.get("/panel/maintenances", .networkRead, "Mantenimientos programados", maintenances)
        routes.get("/panel/maintenances/new", .networkOperate, "Formulario de un mantenimiento", askMaintenance)
        routes.post("/panel/maintenances", .networkOperate, "Programa un mantenimiento", announce)
        routes.get("/panel/maintenances/:id/cancel", .networkOperate, "Pregunta antes de cancelarlo", askToCancel)
        routes.post("/panel/maintenances/:id/cancel", .networkOperate, "Cancela un mantenimiento", cancel)
    }

    // MARK: - Incidents

    private func query(_ visit: Visit) throws(RequestError) -> ListQuery<Incident> {
        var query = try ListQuery(Incident.list, visit.request.query)
        if visit.request.query["order"] == nil { query.isDescending = true }
        return query
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try query(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.incidents(query), counted: visit.database.incidentsCounted(query)
        ).part
        let new = (IncidentWords.declare.text(for: visit.reader), "\(Incident.path)/new")
        var links: [ListPage<Incident>.Act] = [
            .init(IncidentWords.maintenances.text(for: visit.reader), path: Maintenance.path)
        ]
        if visit.mayAct(with: .networkManage) {
            links.append(.init(IncidentWords.policy.text(for: visit.reader), path: Self.policy))
        }
        let page = ListPage(
            part, .init(.alert, none: IncidentWords.none.message, intro: IncidentWords.intro.message), links: links,
            new: visit.mayAct(with: .networkOperate) ? new : nil, files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try query(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.incidents(query))
        }
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: NewIncident()), .ok, visit)
    }

    private func declare(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<NewIncident>(sent, and: [Self.seen])
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let new = form.applied(to: NewIncident())
        do {
            guard sent[Self.seen] == new.scope else { return try await page(form, .ok, visit, foreseeing: new) }
            let (_, path) = try await visit.once(sent) { database in
                let incident = try await new.declare(
                    as: .make(milliseconds: visit.now.milliseconds, from: randomness), by: visit.principal,
                    in: database)
                return (incident, incident.panelPath)
            }
            return Panel.done(.incidentDeclared, at: path)
        } catch let refusal as any Refusal {
            try form.add(incidentRefusal: refusal)
            return try await page(form, refusal.status, visit)
        }
    }

    /// Its second step shows whom the failure affects and declares it.
    private func page(
        _ form: NounForm<NewIncident>, _ status: Status, _ visit: Visit, foreseeing new: NewIncident? = nil
    ) async throws -> Response {
        let title = IncidentWords.declare.text(for: visit.reader)
        var options = try await scopes(visit)
        let routers = try await visit.database.routers()
        if !routers.isEmpty {
            options["router"] = FieldOptions(
                routers.map { ($0.id.description, $0.name) }, none: IncidentWords.wholeNetwork.text(for: visit.reader))
        }
        var notice = try await warning(visit)
        if let new {
            let foreseen = try await new.foresee(at: visit.now, in: visit.database)
            let words: IncidentWords = foreseen.isTold ? .foreseen : .foreseenUntold
            notice = div(.class("notice notice-warn"), .role("status")) {
                p { words.text(for: visit.reader, .count(foreseen.customers)) }
                input(.type("hidden"), .name(Self.seen), .value(new.scope))
                if foreseen.isTold { notice }
            }
        }
        let page = NounFormPage(
            title, form, options: options, to: Incident.path, cancel: Incident.path,
            submit: (new == nil ? IncidentWords.seeAffected : .declare).message, notice: notice, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    /// Says so where WhatsApp has no template for outages.
    private func warning(_ visit: Visit) async throws -> Markup {
        guard try await visit.database.lacksTemplate(of: .outage) else { return .nothing }
        return p(.class("notice notice-warn")) { IncidentWords.noTemplate.text(for: visit.reader) }
    }

    private func show(_ visit: Visit, id: Incident.ID) async throws -> Response {
        let incident = try await found(id, visit)
        var site: Site?
        if let id = incident.site { site = try await visit.database.site(id) }
        let page = IncidentPage(
            incident: incident, standing: try await visit.database.standing(of: incident, at: visit.now), site: site,
            zone: try await visit.database.zone(incident.zone)?.name,
            affected: try await visit.database.affected(by: id, limit: Self.mostShown), visit: visit)
        return try await Panel.page(page, titled: incident.title, for: visit)
    }

    private func acknowledge(_ visit: Visit, id: Incident.ID) async throws -> Response {
        let incident = try await Incident.acknowledge(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: incident.panelPath)
    }

    private func askNews(_ visit: Visit, id: Incident.ID) async throws -> Response {
        let incident = try await found(id, visit)
        var news = IncidentNews()
        news.note = incident.note
        return try await page(NounForm(new: news), incident, .ok, visit)
    }

    private func tell(_ visit: Visit, id: Incident.ID) async throws -> Response {
        let incident = try await found(id, visit)
        let form = try NounForm<IncidentNews>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, incident, .unprocessableContent, visit) }
        _ = try await Incident.tell(
            form.applied(to: IncidentNews()), of: id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: incident.panelPath)
    }

    private func page(
        _ form: NounForm<IncidentNews>, _ incident: Incident, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let page = NounFormPage(
            IncidentWords.news.text(for: visit.reader), form, to: "\(incident.panelPath)/news",
            cancel: incident.panelPath, submit: IncidentWords.save.message, visit: visit)
        return try await Panel.page(page, titled: incident.title, status: status, for: visit)
    }

    private func askToResolve(_ visit: Visit, id: Incident.ID) async throws -> Response {
        let incident = try await found(id, visit)
        return try await Panel.confirm(
            IncidentWords.resolveTitle.text(for: visit.reader, .name(incident.title)),
            text: IncidentWords.resolveText.text(for: visit.reader),
            act: IncidentWords.resolve.text(for: visit.reader), action: "\(incident.panelPath)/resolution",
            back: incident.panelPath, for: visit)
    }

    private func resolve(_ visit: Visit, id: Incident.ID) async throws -> Response {
        let incident = try await Incident.resolve(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: incident.panelPath)
    }

    private func askToRetract(_ visit: Visit, id: Incident.ID) async throws -> Response {
        let incident = try await found(id, visit)
        return try await Panel.confirm(
            IncidentWords.mistakeTitle.text(for: visit.reader, .name(incident.title)),
            text: IncidentWords.mistakeText.text(for: visit.reader),
            act: IncidentWords.mistake.text(for: visit.reader), action: "\(incident.panelPath)/mistake",
            back: incident.panelPath, for: visit)
    }

    private func retract(_ visit: Visit, id: Incident.ID) async throws -> Response {
        let incident = try await Incident.retract(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: incident.panelPath)
    }

    private func found(_ id: Incident.ID, _ visit: Visit) async throws -> Incident {
        guard let incident = try await visit.database.incident(id) else { throw AccessRefusal.notFound }
        return incident
    }

    private func scopes(_ visit: Visit) async throws -> [String: FieldOptions] {
        let none = IncidentWords.wholeNetwork.text(for: visit.reader)
        let sites = try await visit.database.siteUses().map(\.site)
        let zones = try await visit.database.zones()
        var options: [String: FieldOptions] = [:]
        if !sites.isEmpty {
            options["site"] = FieldOptions(sites.map { ($0.id.description, $0.name) }, none: none)
        }
        if !zones.isEmpty {
            options["zone"] = FieldOptions(zones.map { ($0.id.description, $0.name) }, none: none)
        }
        return options
    }

    // MARK: - Policy

    private func askPolicy(_ visit: Visit) async throws -> Response {
        try await policyPage(NounForm(try await visit.database.outagePolicy()), .ok, visit)
    }

    private func putPolicy(_ visit: Visit) async throws -> Response {
        var form = try NounForm<OutagePolicy>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await policyPage(form, .unprocessableContent, visit) }
        let known = try await visit.database.outagePolicy()
        if let late = form.late(for: known) { return try await policyPage(late, .conflict, visit) }
        do {
            try await form.applied(to: known).put(by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.policy)
        } catch let refusal as IncidentRefusal {
            form.add(refusal, beside: refusal.field)
            return try await policyPage(form, refusal.status, visit)
        }
    }

    private func policyPage(_ form: NounForm<OutagePolicy>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = IncidentWords.policy.text(for: visit.reader)
        let warning = try await warning(visit)
        let page = NounFormPage(
            title, form, to: Self.policy, cancel: Incident.path, submit: nil,
            notice: .group([p(.class("hint")) { IncidentWords.policyIntro.text(for: visit.reader) }, warning]),
            visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    // MARK: - Maintenance

    private func maintenances(_ visit: Visit) async throws -> Response {
        let sites = try await visit.database.siteUses().map(\.site)
        let zones = try await visit.database.zones()
        let page = MaintenancesPage(
            maintenances: try await visit.database.comingMaintenances(at: visit.now),
            names: Dictionary(
                sites.map { ($0.id.uuid, $0.name) } + zones.map { ($0.id.uuid, $0.name) },
                uniquingKeysWith: { first, _ in first }), visit: visit)
        return try await Panel.page(page, titled: IncidentWords.maintenances.text(for: visit.reader), for: visit)
    }

    private func askMaintenance(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: NewMaintenance(on: visit.today)), .ok, visit)
    }

    private func announce(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 8192)
        var form = try NounForm<NewMaintenance>(sent)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let new = form.applied(to: NewMaintenance(on: visit.today))
        do {
            let (_, path) = try await visit.once(sent) { database in
                let made = try await new.announce(
                    as: .make(milliseconds: visit.now.milliseconds, from: randomness), of: visit.tenant,
                    by: visit.principal, in: database)
                return (made, Maintenance.path)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as any Refusal {
            try form.add(incidentRefusal: refusal)
            return try await page(form, refusal.status, visit)
        }
    }

    private func page(_ form: NounForm<NewMaintenance>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = IncidentWords.announce.text(for: visit.reader)
        let page = NounFormPage(
            title, form, options: try await scopes(visit), to: Maintenance.path, cancel: Maintenance.path,
            submit: IncidentWords.announce.message, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func askToCancel(_ visit: Visit, id: Maintenance.ID) async throws -> Response {
        guard let found = try await visit.database.maintenance(id) else { throw AccessRefusal.notFound }
        return try await Panel.confirm(
            IncidentWords.cancelTitle.text(for: visit.reader, .name(found.title)),
            text: IncidentWords.cancelText.text(for: visit.reader), act: IncidentWords.cancel.text(for: visit.reader),
            action: "\(found.panelPath)/cancel", back: Maintenance.path, for: visit)
    }

    private func cancel(_ visit: Visit, id: Maintenance.ID) async throws -> Response {
        _ = try await Maintenance.cancel(id, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Maintenance.path)
    }
}

extension NounForm {
    /// Shows the refusal beside its field; one without a field is thrown on.
    mutating func add(incidentRefusal refusal: any Refusal) throws {
        switch refusal {
        case let refusal as IncidentRefusal: add(refusal, beside: refusal.field)
        case let refusal as MaintenanceRefusal: add(refusal, beside: "time")
        case let refusal as SiteRefusal: add(refusal, beside: "site")
        case let refusal as RouterRefusal: add(refusal, beside: "router")
        case let refusal as ZoneRefusal: add(refusal, beside: "zone")
        default: throw refusal
        }
    }
}
