import Access
import Declarations
import Fleet
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Tickets
import Time

/// Antennas, and what is done with many of them, in the panel.
struct AntennaRoutes: Sendable {
    private let acts: AntennaActs
    private let files: ListFiles

    init(_ acts: AntennaActs, files: ListFiles) { (self.acts, self.files) = (acts, files) }

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/antennas", .fleetRead, "Antenas con su firmware y su agente", list)
        routes.get("/panel/antennas.csv", .fleetRead, "Las antenas, en CSV") { try await file(.csv, $0) }
        routes.get("/panel/antennas.xlsx", .fleetRead, "Las antenas, en Excel") { try await file(.xlsx, $0) }
        routes.get("/panel/antennas/access", .antennasManage, "Cómo se entra a las antenas", showAccess)
        routes.post("/panel/antennas/access", .antennasManage, "Guarda cómo se entra a las antenas", saveAccess)
        routes.get("/panel/antennas/jobs", .fleetRead, "Trabajos en antenas", jobs)
        routes.get("/panel/antennas/jobs/new", .antennasManage, "Formulario de un trabajo en antenas", ask)
        routes.post("/panel/antennas/jobs", .antennasManage, "Empieza un trabajo en antenas", start)
        routes.get("/panel/antennas/jobs/:id", .fleetRead, "Un trabajo, con una línea por antena", show)
        routes.post("/panel/antennas/jobs/:id/work", .antennasManage, "Aplica un trabajo en antenas") {
            (visit: Visit, id: AntennaJob.ID) in
            try await turn(id, visit) { try await acts.apply(id, by: visit.principal, in: visit.database) }
        }
        routes.post("/panel/antennas/jobs/:id/stop", .antennasManage, "Detiene un trabajo en antenas") {
            (visit: Visit, id: AntennaJob.ID) in
            try await turn(id, visit) { try await acts.stop(id, by: visit.principal, in: visit.database) }
        }
        routes.post("/panel/antennas/jobs/:id/retry", .antennasManage, "Reintenta lo que falló en un trabajo") {
            (visit: Visit, id: AntennaJob.ID) in
            try await turn(id, visit) { try await acts.retry(id, by: visit.principal, in: visit.database) }
        }
        routes.post("/panel/antennas/jobs/:id/keys", .antennasManage, "Acepta las claves SSH nuevas") {
            (visit: Visit, id: AntennaJob.ID) in
            try await turn(id, visit) {
                try await acts.retry(id, acceptingKeys: true, by: visit.principal, in: visit.database)
            }
        }
        routes.post("/panel/antennas/jobs/:id/tickets", .ticketsWork, "Crea una visita por antena que falló") {
            (visit: Visit, id: AntennaJob.ID) in
            try await turn(id, visit) {
                _ = try await acts.openTickets(
                    of: id, for: visit.tenant, by: visit.principal, in: visit.database)
            }
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let reader = visit.reader
        let query = try ListQuery(Antenna.list, visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.antennaRows(query), counted: visit.database.countedAntennas(query))
        var links: [ListPage<Antenna>.Act] = [
            .init(AntennaWords.jobs.text(for: reader), path: AntennaJob.path),
            .init(FleetGap.Kind.missing.text(for: reader), path: "\(FleetGapInList.path)?kind=missing"),
        ]
        if visit.mayAct(with: .antennasManage) {
            links.append(.init(AntennaWords.access.text(for: reader), path: AntennaAccess.path))
        }
        let new = (AntennaWords.newJob.text(for: reader), "\(AntennaJob.path)/new")
        let page = AntennasPage(
            totals: try await visit.database.findingTotals(), missing: try await visit.database.missingAntennas(),
            list: ListPage(
                part,
                .init(
                    .network, none: AntennaWords.none.message, intro: AntennaWords.intro.message,
                    search: AntennaWords.search.message), links: links,
                new: visit.mayAct(with: .antennasManage) ? new : nil, files: ListFiles.Format.allCases, visit: visit),
            visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func file(_ format: ListFiles.Format, _ visit: Visit) async throws -> Response {
        let query = try ListQuery(Antenna.list, visit.request.query)
        return try await files.answer(query, as: format, for: visit) { part in
            try await visit.database.rows(visit.database.antennaRows(part))
        }
    }

    // MARK: - Access

    private func showAccess(_ visit: Visit) async throws -> Response {
        let known = try await visit.database.antennaAccess()
        let title = AntennaWords.access.text(for: visit.reader)
        guard visit.mayAct(with: .antennasManage) else {
            return try await Panel.page(
                NounFactsPage(title, known ?? AntennaAccess(), for: visit.reader), titled: title, for: visit)
        }
        return try await page(NounForm(known ?? AntennaAccess()), known, .ok, visit)
    }

    private func saveAccess(_ visit: Visit) async throws -> Response {
        var form = try NounForm<AntennaAccess>(try await visit.request.body.form(upTo: 16_384))
        let known = try await visit.database.antennaAccess()
        guard form.faults.isEmpty else { return try await page(form, known, .unprocessableContent, visit) }
        if let late = form.late(for: known ?? AntennaAccess()) {
            return try await page(late, known, .conflict, visit)
        }
        do {
            try await acts.save(
                form.applied(to: known ?? AntennaAccess()), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: AntennaAccess.path)
        } catch let refusal as AntennaRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, known, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<AntennaAccess>, _ known: AntennaAccess?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let (title, reader) = (AntennaWords.access.text(for: visit.reader), visit.reader)
        let server = known?.server ?? ""
        let page = NounFormPage(
            title, form, to: AntennaAccess.path, cancel: Antenna.path, submit: nil,
            notice: .group([
                p(.class("hint")) { AntennaWords.accessIntro.text(for: reader) },
                server.isEmpty
                    ? .nothing
                    : p { AntennaWords.connectionKept.text(for: reader, .text("server", server)) },
            ]), visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    // MARK: - Jobs

    private func jobs(_ visit: Visit) async throws -> Response {
        let query = try ListQuery(AntennaJobInList.list, visit.request.query)
        let (part, _) = try await visit.part(
            of: query, rows: visit.database.antennaJobRows(query),
            counted: visit.database.countedAntennaJobs(query))
        let new = (AntennaWords.newJob.text(for: visit.reader), "\(AntennaJob.path)/new")
        let page = ListPage(
            part,
            .init(.network, none: AntennaWords.noJobs.message, intro: AntennaWords.jobsIntro.message),
            links: [.init(AntennaWords.title.text(for: visit.reader), path: Antenna.path)],
            new: visit.mayAct(with: .antennasManage) ? new : nil, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        try await page(NounForm(new: NewAntennaJob()), .ok, visit)
    }

    private func start(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<NewAntennaJob>(sent)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let new = form.applied(to: NewAntennaJob())
        do {
            let (_, path) = try await visit.once(sent) { database in
                let job = try await acts.start(new, by: visit.principal, in: database)
                return (job, job.panelPath)
            }
            return Panel.done(.antennasBeingRead, at: path)
        } catch let refusal as AntennaRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, refusal.status, visit)
        }
    }

    private func page(_ form: NounForm<NewAntennaJob>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = AntennaWords.newJob.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: AntennaJob.path, cancel: AntennaJob.path, submit: AntennaWords.start.message,
            notice: p(.class("hint")) { AntennaWords.newJobHint.text(for: visit.reader) }, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func show(_ visit: Visit, id: AntennaJob.ID) async throws -> Response {
        guard let job = try await visit.database.antennaJob(id) else { throw AccessRefusal.notFound }
        let page = AntennaJobPage(
            job: job, totals: try await visit.database.lineTotals(of: id),
            lines: try await visit.database.antennaLines(of: id, limit: AntennaJobPage.most), visit: visit)
        let title = AntennaWords.job.text(for: visit.reader, .text("number", "\(job.number)"))
        return try await Panel.page(page, titled: title, for: visit)
    }

    private func turn(_ id: AntennaJob.ID, _ visit: Visit, _ act: () async throws -> Void) async throws -> Response {
        try await act()
        return Panel.done(.saved, at: "\(AntennaJob.path)/\(id)")
    }
}
