import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Postgres
import Sandbox
import Services
import Tenancy
import Tickets
import Time
import Vault

/// Work in the field, in the panel: the agenda, and a technician's day on a telephone.
struct FieldRoutes: Sendable {
    let acts: FieldActs
    let files: ListFiles
    let vault: Vault
    let sandbox: Sandbox
    let randomness: Randomness

    static let today = "/panel/agenda/today"
    static let checklists = "/panel/agenda/checklists"
    /// Room for a picture and the other fields.
    private static let limits = RouteLimits(body: FieldPhoto.mostBytes + 65_536)

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/agenda", .fieldRead, "Agenda de técnicos", list)
        routes.get("/panel/agenda.csv", .fieldRead, "La agenda como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/agenda.xlsx", .fieldRead, "La agenda para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/agenda/today", .fieldRead, "Los trabajos de un día", showDay)
        routes.get("/panel/agenda/new", .fieldPlan, "Formulario de un trabajo de campo", ask)
        routes.post("/panel/agenda", .fieldPlan, "Agenda un trabajo de campo", create)
        routes.get("/panel/agenda/checklists", .fieldManage, "Listas de revisión", askChecklists)
        routes.post("/panel/agenda/checklists", .fieldManage, "Cambia las listas de revisión", putChecklists)
        FieldRescheduling(acts: acts).add(to: &routes)
        routes.get("/panel/agenda/:id", .fieldRead, "Un trabajo de campo", show)
        routes.get("/panel/agenda/:id/appointment", .fieldPlan, "Formulario para reagendar", askAppointment)
        routes.post("/panel/agenda/:id/appointment", .fieldPlan, "Reagenda un trabajo de campo", reschedule)
        routes.post("/panel/agenda/:id/start", .fieldWork, "Comienza un trabajo de campo", start)
        routes.post(
            "/panel/agenda/:id/report", .fieldWork, "Finaliza un trabajo de campo", limits: Self.limits, finish)
        routes.post("/panel/agenda/:id/cancel", .fieldPlan, "Cancela un trabajo de campo", cancel)
        routes.get("/panel/field-photos/:id", .fieldRead, "Una foto de un trabajo de campo", photo)
    }

    // MARK: - The agenda

    private func query(_ visit: Visit) throws(RequestError) -> ListQuery<FieldJob> {
        let asked = visit.request.query
        let fields = asked.all.isEmpty ? Fields([("phase", FieldJob.Phase.open.rawValue)]) : asked
        var query = try ListQuery(FieldJob.list, fields)
        if asked["order"] == nil { query.isDescending = true }
        return query
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try query(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.fieldJobs(query), counted: visit.database.fieldJobsCounted(query)
        ).part
        let reader = visit.reader
        let technicians = try await visit.database.technicians()
        var links: [ListPage<FieldJob>.Act] = [.init(FieldWords.today.text(for: reader), path: Self.today)]
        if visit.mayAct(with: .fieldManage) {
            links.append(.init(FieldWords.checklists.text(for: reader), path: Self.checklists))
        }
        let new = (FieldWords.new.text(for: reader), "\(FieldJob.path)/new")
        let page = ListPage(
            part, .init(.calendar, none: FieldWords.none.message, intro: FieldWords.intro.message),
            options: ["assignee": Self.options(technicians, reader)],
            acts: visit.mayAct(with: .fieldPlan)
                ? [
                    .init(FieldWords.rescheduleSome.text(for: reader), path: "\(FieldRescheduling.path)/new")
                ] : [],
            links: links,
            new: visit.mayAct(with: .fieldPlan) ? new : nil, files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private static func options(_ technicians: [Technician], _ reader: Reader) -> FieldOptions {
        FieldOptions(
            technicians.map { ($0.id.description, $0.name) }, none: FieldWords.nobody.text(for: reader))
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try query(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.fieldJobs(query))
        }
    }

    /// One's own for those who go out; everybody's for those who plan.
    private func showDay(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        let today = visit.tenant.timeZone.day(at: visit.now)
        let day = visit.request.query["day"].flatMap { Day(iso: $0) } ?? today
        guard abs(day - today) <= 400 else { throw BadRequest() }
        var isMine = visit.admitted?.kind == .session && visit.may(.fieldWork) && visit.request.query["all"] == nil
        let member = isMine ? visit.admitted.map { StaffMember.ID($0.id) } : nil
        var jobs = try await visit.database.fieldJobs(on: day, of: member, withEarlier: day == today)
        // Somebody without work of their own, such as the owner, sees everybody's.
        if isMine, jobs.isEmpty {
            isMine = false
            jobs = try await visit.database.fieldJobs(on: day, of: nil, withEarlier: day == today)
        }
        let customers = try await visit.database.customers(Array(Set(jobs.map(\.customer))))
        let page = FieldDayPage(
            day: day, today: today, isMine: isMine, jobs: jobs,
            customers: Dictionary(customers.map { ($0.id, $0) }) { first, _ in first },
            spots: try await visit.database.fieldSpots(of: jobs.compactMap(\.service)), visit: visit)
        return try await Panel.page(page, titled: FieldWords.today.text(for: visit.reader), for: visit)
    }

    // MARK: - Planning

    private func ask(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        var new = NewFieldJob()
        let asked = visit.request.query
        var customer = asked["customer"].flatMap { Customer.ID($0) }
        if let id = asked["ticket"].flatMap({ Ticket.ID($0) }), visit.may(.ticketsRead),
            let ticket = try await visit.database.ticket(id)
        {
            (new.ticket, new.service, customer) = (id, ticket.service, ticket.customer)
            new.note = ticket.title
        }
        if let id = asked["service"].flatMap({ Service.ID($0) }),
            let service = try await visit.database.service(id, on: visit.tenant.timeZone.day(at: visit.now))
        {
            (new.service, customer) = (id, service.customer)
        }
        if let kind = asked["kind"].flatMap(FieldJob.Kind.init) { new.kind = kind }
        if let customer, let known = try await visit.database.customer(customer) { new.client = "\(known.number)" }
        if new.kind == .installation { new.minutes = 120 }
        return try await page(NounForm(new: new), .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        var form = try NounForm<NewFieldJob>(sent)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let new = form.applied(to: NewFieldJob())
        do {
            let (_, path) = try await visit.once(sent) { database in
                let job = try await acts.plan(
                    new, as: .make(milliseconds: visit.now.milliseconds, from: randomness), of: visit.tenant,
                    by: visit.principal, in: database)
                return (job, job.panelPath)
            }
            return Panel.done(.created, at: path)
        } catch let refusal as FieldRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, refusal.status, visit)
        }
    }

    private func page(_ form: NounForm<NewFieldJob>, _ status: Status, _ visit: Visit) async throws -> Response {
        let (title, reader) = (FieldWords.new.text(for: visit.reader), visit.reader)
        var options = ["assignee": Self.options(try await visit.database.technicians(), reader)]
        let typed = NewFieldJob.fields.first { $0.name == "client" }.map { form.typed(in: $0) } ?? ""
        var customer: Customer?
        if let number = Int(typed) { customer = try await visit.database.fieldCustomer(number: number) }
        if let customer {
            let services = try await visit.database.services(
                of: customer.id, on: visit.tenant.timeZone.day(at: visit.now))
            if !services.isEmpty {
                options["service"] = FieldOptions(
                    services.map { ($0.id.description, "\($0.planName) · \($0.address)") },
                    none: FieldWords.noService.text(for: reader))
            }
            let tickets = visit.may(.ticketsRead) ? try await visit.database.tickets(of: customer.id) : []
            if tickets.contains(where: { !$0.isOver }) {
                options["ticket"] = FieldOptions(
                    tickets.filter { !$0.isOver }.map { ($0.id.description, "\($0.number) · \($0.title)") },
                    none: FieldWords.noTicket.text(for: reader))
            }
        }
        let known = customer.map { one in p(.class("notice")) { "\(one.name) (\(one.number))" } } ?? .nothing
        let page = NounFormPage(
            title, form, options: options, to: FieldJob.path, cancel: FieldJob.path, submit: FieldWords.create.message,
            notice: known, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    private func askAppointment(_ visit: Visit, id: FieldJob.ID) async throws -> Response {
        let job = try await found(id, visit)
        return try await page(NounForm(new: job.plan), job, .ok, visit)
    }

    private func reschedule(_ visit: Visit, id: FieldJob.ID) async throws -> Response {
        let job = try await found(id, visit)
        var form = try NounForm<FieldAppointment>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await page(form, job, .unprocessableContent, visit) }
        do {
            _ = try await acts.reschedule(
                id, to: form.applied(to: job.plan), of: visit.tenant, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: job.panelPath)
        } catch let refusal as FieldRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, job, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<FieldAppointment>, _ job: FieldJob, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let page = NounFormPage(
            job.named(for: visit.reader), form,
            options: ["assignee": Self.options(try await visit.database.technicians(), visit.reader)],
            to: "\(job.panelPath)/appointment", cancel: job.panelPath, submit: nil, visit: visit)
        return try await Panel.page(page, titled: job.named(for: visit.reader), status: status, for: visit)
    }

    // MARK: - One

    private func show(_ visit: Visit, id: FieldJob.ID) async throws -> Response {
        try await page(of: id, FieldDraft(), .ok, visit)
    }

    private func page(
        of id: FieldJob.ID, _ draft: FieldDraft, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let job = try await found(id, visit)
        var service: Service?
        if let id = job.service {
            service = try await visit.database.service(id, on: visit.tenant.timeZone.day(at: visit.now))
        }
        guard let customer = try await visit.database.customer(job.customer) else { throw AccessRefusal.notFound }
        var ticket: Ticket?
        if let id = job.ticket, visit.may(.ticketsRead) { ticket = try await visit.database.ticket(id) }
        let page = FieldJobPage(
            job: job, customer: customer, service: service, ticket: ticket,
            photos: try await visit.database.photos(of: id),
            equipment: try await FieldEquipment.all(of: job, for: visit), draft: draft, visit: visit)
        return try await Panel.page(page, titled: job.named(for: visit.reader), status: status, for: visit)
    }

    private func start(_ visit: Visit, id: FieldJob.ID) async throws -> Response {
        try await visit.admit()
        do {
            let job = try await acts.start(id, of: visit.tenant, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: job.panelPath)
        } catch let refusal as FieldRefusal {
            return try await page(of: id, FieldDraft(refusal: refusal), refusal.status, visit)
        }
    }

    /// With `as` = photo only a picture is added, and the work goes on.
    private func finish(_ visit: Visit, id: FieldJob.ID) async throws -> Response {
        let sent = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 160, fieldBytes: 16_384, fileBytes: FieldPhoto.mostBytes))
        try sent.fields.allow(
            [FormID.field, "report", "serials", "fetched", "as"], repeated: ["checked", "put", "taken"])
        try await visit.admit()
        let job = try await found(id, visit)
        let (put, taken) = (sent.fields.values("put"), sent.fields.values("taken"))
        let draft = FieldDraft(
            report: FormText.lines(sent.fields["report"], each: 1000),
            serials: FormText.lines(sent.fields["serials"], each: 100),
            fetched: FormText.lines(sent.fields["fetched"], each: 100), checked: Set(sent.fields.values("checked")),
            pieces: Set(put + taken))
        do {
            var photos: [SealedPhoto] = []
            for file in sent.files.prefix(1) where file.field == "photo" && file.size > 0 {
                photos.append(
                    try await SealedPhoto(
                        try await file.bytes(), named: file.name, in: vault, with: sandbox, of: visit.database,
                        at: visit.now, from: randomness))
            }
            if sent.fields["as"] == "photo" {
                _ = try await visit.once(sent.fields) { database in
                    try await acts.add(photos, to: id, at: visit.now, in: database)
                    return ((), job.panelPath)
                }
                return try await page(of: id, draft, .ok, visit)
            }
            let report = FieldReport(
                checked: draft.checked, draft.report, serials: Self.serials(put, draft.serials),
                fetched: Self.serials(taken, draft.fetched), photos: photos)
            let (_, path) = try await visit.once(sent.fields) { database in
                _ = try await acts.finish(id, report, of: visit.tenant, by: visit.principal, in: database)
                return ((), Panel.address(.saved, at: job.panelPath))
            }
            return .redirect(to: path)
        } catch let refusal as any Refusal where !(refusal is AccessRefusal) {
            return try await page(of: id, draft.refused(refusal), refusal.status, visit)
        }
    }

    /// The ticked and the typed, a line each.
    private static func serials(_ ticked: [String], _ typed: String) -> String {
        (ticked.map { FormText.line($0, upTo: 60) } + [typed]).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func cancel(_ visit: Visit, id: FieldJob.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason"])
        try await visit.admit()
        do {
            let job = try await acts.cancel(
                id, because: FormText.line(sent["reason"], upTo: 300), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: job.panelPath)
        } catch let refusal as FieldRefusal {
            return try await page(of: id, FieldDraft(refusal: refusal), refusal.status, visit)
        }
    }

    private func photo(_ visit: Visit, id: FieldPhoto.ID) async throws -> Response {
        try await visit.admit()
        guard let content = try await visit.database.photo(id, from: vault) else { throw AccessRefusal.notFound }
        return Response(.ok, contentType: .png, body: .bytes(content))
    }

    private func found(_ id: FieldJob.ID, _ visit: Visit) async throws -> FieldJob {
        guard let job = try await visit.database.fieldJob(id) else { throw AccessRefusal.notFound }
        return job
    }

    // MARK: - Checklists

    private func askChecklists(_ visit: Visit) async throws -> Response {
        let lists = try await visit.database.fieldChecklists()
        guard visit.mayAct(with: .fieldManage) else {
            let title = FieldWords.checklists.text(for: visit.reader)
            return try await Panel.page(NounFactsPage(title, lists, for: visit.reader), titled: title, for: visit)
        }
        return try await checklistPage(NounForm(lists), .ok, visit)
    }

    private func putChecklists(_ visit: Visit) async throws -> Response {
        let form = try NounForm<FieldChecklists>(try await visit.request.body.form(upTo: 32_768))
        guard form.faults.isEmpty else { return try await checklistPage(form, .unprocessableContent, visit) }
        let known = try await visit.database.fieldChecklists()
        if let late = form.late(for: known) { return try await checklistPage(late, .conflict, visit) }
        try await form.applied(to: known).put(by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: Self.checklists)
    }

    private func checklistPage(
        _ form: NounForm<FieldChecklists>, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = FieldWords.checklists.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: Self.checklists, cancel: FieldJob.path, submit: nil,
            notice: p(.class("hint")) { FieldWords.checklistsIntro.text(for: visit.reader) }, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// What stands in a technician's form.
struct FieldDraft: Sendable {
    var report = ""
    var serials = ""
    var fetched = ""
    var checked: Set<String> = []
    /// Serial numbers of ticked equipment.
    var pieces: Set<String> = []
    var refusal: (any Refusal)?

    func refused(_ refusal: any Refusal) -> FieldDraft {
        var draft = self
        draft.refusal = refusal
        return draft
    }
}

extension TenantDatabase {
    func fieldCustomer(number: Int) async throws -> Customer? {
        let id: Customer.ID? = try await value(
            """
            SELECT customer_id FROM customers
            WHERE tenant_id = \(tenant) AND number = \(number) AND merged_into IS NULL
            """)
        guard let id else { return nil }
        return try await customer(id)
    }
}
