import Access
import Conversations
import Customers
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import Identity
import Incidents
import Locale
import Nouns
import Panel
import Postgres
import Sandbox
import Services
import Tenancy
import Time
import Vault

/// Tickets in the panel.
struct TicketRoutes: Sendable {
    let acts: TicketActs
    let files: ListFiles
    let vault: Vault
    let sandbox: Sandbox
    let randomness: Randomness

    static let policy = "/panel/tickets/policy"
    /// Room for a file and the other fields.
    static let limits = RouteLimits(body: TicketFile.mostBytes + 65_536)

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/tickets", .ticketsRead, "Tickets", list)
        routes.get("/panel/tickets.csv", .ticketsRead, "Los tickets como CSV") { visit in
            try await export(visit, as: .csv)
        }
        routes.get("/panel/tickets.xlsx", .ticketsRead, "Los tickets para Excel") { visit in
            try await export(visit, as: .xlsx)
        }
        routes.get("/panel/tickets/new", .ticketsWork, "Formulario de un ticket", ask)
        routes.post("/panel/tickets", .ticketsWork, "Crea un ticket", create)
        routes.get("/panel/tickets/policy", .ticketsManage, "Política de tickets", askPolicy)
        routes.post("/panel/tickets/policy", .ticketsManage, "Cambia la política de tickets", putPolicy)
        routes.get("/panel/tickets/:id", .ticketsRead, "Un ticket", show)
        routes.get("/panel/tickets/:id/edit", .ticketsWork, "Formulario para cambiar un ticket", askChange)
        routes.post("/panel/tickets/:id/edit", .ticketsWork, "Cambia un ticket", change)
        routes.post("/panel/tickets/:id/state", .ticketsWork, "Pasa un ticket a otro estado", move)
        routes.post("/panel/tickets/:id/assignee", .ticketsWork, "Asigna un ticket", assign)
        routes.post("/panel/tickets/:id/merge", .ticketsWork, "Une un ticket a otro", merge)
        routes.post(
            "/panel/tickets/:id/entries", .ticketsWork, "Responde o anota en un ticket", limits: Self.limits, write)
        routes.get("/panel/ticket-files/:id", .ticketsRead, "Un archivo de un ticket", file)
        routes.get("/panel/customers/:id/tickets", .ticketsRead, "Los tickets de un cliente", ofCustomer)
    }

    // MARK: - The list

    /// Without any filter those that are open, the next to be due for those who look for them.
    private func query(_ visit: Visit) throws(RequestError) -> ListQuery<Ticket> {
        let asked = visit.request.query
        let fields = asked.all.isEmpty ? Fields([("phase", Ticket.Phase.open.rawValue)]) : asked
        var query = try ListQuery(Ticket.list, fields)
        if asked["order"] == nil { query.isDescending = true }
        return query
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = try query(visit)
        let part = try await visit.part(
            of: query, rows: visit.database.tickets(query), counted: visit.database.ticketsCounted(query)
        ).part
        let reader = visit.reader
        let workers = try await visit.database.ticketStaff()
        var links: [ListPage<Ticket>.Act] = []
        func link(_ words: TicketWords, _ query: String) {
            links.append(.init(words.text(for: reader), path: "\(Ticket.path)?\(query)"))
        }
        if visit.admitted?.kind == .session, let me = visit.admitted?.id { link(.mine, "phase=open&assignee=\(me)") }
        link(.unassigned, "phase=open&holder=nobody")
        link(.overdueOnes, "phase=open&sla=overdue")
        if visit.mayAct(with: .ticketsManage) {
            links.append(.init(TicketWords.policy.text(for: reader), path: Self.policy))
        }
        var options: [String: FieldOptions] = [
            "assignee": FieldOptions(
                workers.map { ($0.id.description, $0.name) }, none: TicketWords.nobody.text(for: reader))
        ]
        let incidents = try await visit.database.openIncidents(limit: 100)
        options["incident"] = FieldOptions(
            incidents.map { ($0.id.description, $0.title) }, none: TicketWords.noIncident.text(for: reader))
        let mayWork = visit.mayAct(with: .ticketsWork)
        let new = (TicketWords.new.text(for: reader), "\(Ticket.path)/new")
        let page = ListPage(
            part, .init(.support, none: TicketWords.none.message, intro: TicketWords.intro.message), options: options,
            acts: mayWork
                ? [.init(TicketWords.changeState.text(for: reader), path: "\(TicketStateChange.path)/new")] : [],
            links: links, new: mayWork ? new : nil, files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(_ visit: Visit, as format: ListFiles.Format) async throws -> Response {
        try await files.answer(try query(visit), as: format, for: visit) { query in
            try await visit.database.rows(visit.database.tickets(query))
        }
    }

    // MARK: - Opening one

    /// From a customer's page or a conversation what is known stands there already.
    private func ask(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        var new = NewTicket()
        let asked = visit.request.query
        var customer = asked["customer"].flatMap { Customer.ID($0) }
        var conversation: Conversation?
        if let id = asked["conversation"].flatMap({ Conversation.ID($0) }), visit.may(.conversationsRead) {
            conversation = try await visit.database.conversation(id)
        }
        if let conversation {
            customer = conversation.customer ?? customer
            new.title = FormText.line(conversation.lastMessage, upTo: 100)
        }
        if let title = asked["title"] { new.title = FormText.line(title, upTo: 100) }
        if let kind = asked["kind"].flatMap(Ticket.Kind.init) { new.kind = kind }
        if let customer, let known = try await visit.database.customer(customer) {
            new.client = "\(known.number)"
            let services = try await visit.database.services(of: customer, on: visit.tenant.timeZone.day(at: visit.now))
                .filter { $0.state != .cancelled }
            if services.count == 1 { new.service = services[0].id }
            new.incident = try await visit.database.openIncidents(of: customer, service: new.service).first?.id
        }
        return try await page(NounForm(new: new), conversation?.id.uuid, .ok, visit)
    }

    private func create(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 32_768)
        try await visit.admit()
        var form = try NounForm<NewTicket>(sent, and: ["conversation"])
        let conversation = try sent["conversation"].map { try FormText.id($0) as Conversation.ID }
        guard form.faults.isEmpty else {
            return try await page(form, conversation?.uuid, .unprocessableContent, visit)
        }
        if let conversation {
            guard visit.may(.conversationsRead), try await visit.database.conversation(conversation) != nil else {
                throw AccessRefusal.notFound
            }
        }
        let new = form.applied(to: NewTicket())
        do {
            let (_, path) = try await visit.once(sent) { database in
                let ticket = try await acts.open(
                    new, as: .make(milliseconds: visit.now.milliseconds, from: randomness),
                    from: conversation == nil ? .panel : .conversation, about: conversation?.uuid, of: visit.tenant,
                    by: visit.principal, in: database)
                return (ticket, ticket.panelPath)
            }
            return Panel.done(.ticketOpened, at: path)
        } catch let refusal as TicketRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, conversation?.uuid, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<NewTicket>, _ conversation: UUID?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = TicketWords.new.text(for: visit.reader)
        let number = NewTicket.fields.first { $0.name == "client" }.map { form.typed(in: $0) } ?? ""
        let customer = Int(number) == nil ? nil : try await visit.database.ticketCustomer(number: Int(number) ?? 0)
        let options = try await options(of: customer?.id, with: nil, visit)
        let page = NounFormPage(
            title, form, options: options, to: Ticket.path,
            cancel: customer.map { "\($0.panelPath)/tickets" } ?? Ticket.path, submit: TicketWords.create.message,
            notice: .group([
                customer.map { known in p(.class("notice")) { "\(known.name) (\(known.number))" } } ?? .nothing,
                conversation.map { input(.type("hidden"), .name("conversation"), .value($0.description)) } ?? .nothing,
            ]), visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }

    /// The customer's services, and the incidents that are open, with the one that it has.
    private func options(
        of customer: Customer.ID?, with incident: Incident.ID?, _ visit: Visit
    ) async throws -> [String: FieldOptions] {
        var options: [String: FieldOptions] = [:]
        if let customer {
            let services = try await visit.database.services(
                of: customer, on: visit.tenant.timeZone.day(at: visit.now)
            ).filter { $0.state != .cancelled }
            if !services.isEmpty {
                options["service"] = FieldOptions(
                    services.map { ($0.id.description, $0.place) },
                    none: TicketWords.everyService.text(for: visit.reader))
            }
        }
        var incidents = try await visit.database.openIncidents(limit: 100)
        if let incident, !incidents.contains(where: { $0.id == incident }),
            let known = try await visit.database.incident(incident)
        {
            incidents.append(known)
        }
        if !incidents.isEmpty {
            options["incident"] = FieldOptions(
                incidents.map { ($0.id.description, $0.title) }, none: TicketWords.noIncident.text(for: visit.reader))
        }
        return options
    }

    // MARK: - One

    private func show(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        try await page(of: id, nil, .ok, visit)
    }

    /// `unsent` is what a form that was refused had, to be shown again.
    private func page(
        of id: Ticket.ID, _ unsent: (text: String, refusal: TicketRefusal)?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let ticket = try await found(id, visit)
        let database = visit.database
        var text = unsent?.text ?? ""
        if unsent == nil, let code = visit.request.query["reply"] {
            text =
                try await database.cannedReply(
                    FormText.line(code, upTo: 30), to: ticket.customerName, customer: ticket.customer,
                    from: visit.person ?? "", of: visit.tenant) ?? ""
        }
        var incident: Incident?
        var current: Incident?
        if let id = ticket.incident {
            incident = try await database.incident(id)
        } else if let customer = ticket.customer, !ticket.isOver {
            current = try await database.openIncidents(of: customer, service: ticket.service).first
        }
        var service: Service?
        if let id = ticket.service {
            service = try await database.service(id, on: visit.tenant.timeZone.day(at: visit.now))
        }
        var customer: Customer?
        if let id = ticket.customer { customer = try await database.customer(id) }
        let mayWork = visit.mayAct(with: .ticketsWork)
        let page = TicketPage(
            ticket: ticket, customer: customer, service: service, incident: incident, current: current,
            entries: try await database.entries(of: id), notices: try await database.answerNotices(of: id),
            files: try await database.files(of: id),
            workers: mayWork ? try await database.ticketStaff() : [],
            replies: mayWork ? try await database.cannedReplies() : [], text: text, refusal: unsent?.refusal,
            parts: try await TicketPart.all(of: ticket, for: visit), visit: visit)
        return try await Panel.page(page, titled: ticket.title, status: status, for: visit)
    }

    private func askChange(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        let ticket = try await found(id, visit)
        return try await page(NounForm(new: ticket.terms), ticket, .ok, visit)
    }

    private func change(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        let ticket = try await found(id, visit)
        var form = try NounForm<TicketTerms>(try await visit.request.body.form(upTo: 16_384))
        guard form.faults.isEmpty else { return try await page(form, ticket, .unprocessableContent, visit) }
        do {
            _ = try await acts.change(
                id, to: form.applied(to: ticket.terms), of: visit.tenant, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: ticket.panelPath)
        } catch let refusal as TicketRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, ticket, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<TicketTerms>, _ ticket: Ticket, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let page = NounFormPage(
            ticket.named(for: visit.reader), form,
            options: try await options(of: ticket.customer, with: ticket.incident, visit),
            to: "\(ticket.panelPath)/edit", cancel: ticket.panelPath, submit: nil, visit: visit)
        return try await Panel.page(page, titled: ticket.title, status: status, for: visit)
    }

    private func act(
        _ visit: Visit, _ id: Ticket.ID, _ work: () async throws -> Void
    ) async throws -> Response {
        try await visit.admit()
        do {
            try await work()
            return Panel.done(.saved, at: "\(Ticket.path)/\(id)")
        } catch let refusal as TicketRefusal {
            return try await page(of: id, ("", refusal), refusal.status, visit)
        }
    }

    private func move(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["state"])
        guard let state = sent["state"].flatMap(Ticket.State.init) else { throw BadRequest() }
        return try await act(visit, id) {
            _ = try await acts.move(id, to: state, of: visit.tenant, by: visit.principal, in: visit.database)
        }
    }

    private func assign(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["member"])
        return try await act(visit, id) {
            let principal = visit.principal
            switch sent["member"] ?? "" {
            case "load": _ = try await acts.assignByLoad(id, by: principal, in: visit.database)
            case "me":
                guard let me = principal.actor.id else { throw TicketRefusal.unknownStaff }
                _ = try await acts.assign(id, to: StaffMember.ID(me), by: principal, in: visit.database)
            case "": _ = try await acts.assign(id, to: nil, by: principal, in: visit.database)
            case let text:
                _ = try await acts.assign(id, to: try FormText.id(text), by: principal, in: visit.database)
            }
        }
    }

    private func merge(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["into"])
        return try await act(visit, id) {
            guard let number = sent["into"].flatMap({ Int($0) }) else { throw TicketRefusal.unknownTicket }
            _ = try await acts.merge(id, into: number, of: visit.tenant, by: visit.principal, in: visit.database)
        }
    }

    private func write(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        let sent = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 6, fieldBytes: 32_768, fileBytes: TicketFile.mostBytes))
        try sent.fields.allow([FormID.field, "text", "as"])
        let text = FormText.lines(sent.fields["text"], each: 2000).prefix(scalars: 4000)
        try await visit.admit()
        _ = try await found(id, visit)
        do {
            var files: [SealedTicketFile] = []
            for file in sent.files.prefix(1) where file.field == "file" && file.size > 0 {
                files.append(
                    try await SealedTicketFile(
                        try await file.bytes(), named: file.name, in: vault, with: sandbox, of: visit.database,
                        at: visit.now, from: randomness))
            }
            let entry = NewEntry(text, internal: sent.fields["as"] == "note", files: files)
            let (_, path) = try await visit.once(sent.fields) { database in
                _ = try await acts.write(entry, on: id, of: visit.tenant, by: visit.principal, in: database)
                return ((), "\(Ticket.path)/\(id)#write")
            }
            return .redirect(to: path)
        } catch let refusal as TicketRefusal {
            return try await page(of: id, (text, refusal), refusal.status, visit)
        }
    }

    private func file(_ visit: Visit, id: TicketFile.ID) async throws -> Response {
        try await visit.admit()
        guard let (file, content) = try await visit.database.ticketFile(id, from: vault) else {
            throw AccessRefusal.notFound
        }
        return .ticketFile(file, content)
    }

    private func ofCustomer(_ visit: Visit, id: Customer.ID) async throws -> Response {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let page = CustomerTicketsPage(
            heading: try await CustomerHeading(customer, for: visit), customer: customer,
            tickets: try await visit.database.tickets(of: id), visit: visit)
        return try await Panel.page(page, titled: customer.name, for: visit)
    }

    private func found(_ id: Ticket.ID, _ visit: Visit) async throws -> Ticket {
        guard let ticket = try await visit.database.ticket(id) else { throw AccessRefusal.notFound }
        return ticket
    }

    // MARK: - Policy

    private func askPolicy(_ visit: Visit) async throws -> Response {
        let policy = try await visit.database.ticketPolicy()
        guard visit.mayAct(with: .ticketsManage) else {
            let title = TicketWords.policy.text(for: visit.reader)
            return try await Panel.page(NounFactsPage(title, policy, for: visit.reader), titled: title, for: visit)
        }
        return try await policyPage(NounForm(policy), .ok, visit)
    }

    private func putPolicy(_ visit: Visit) async throws -> Response {
        var form = try NounForm<TicketPolicy>(try await visit.request.body.form(upTo: 8192))
        guard form.faults.isEmpty else { return try await policyPage(form, .unprocessableContent, visit) }
        let known = try await visit.database.ticketPolicy()
        if let late = form.late(for: known) { return try await policyPage(late, .conflict, visit) }
        do {
            try await form.applied(to: known).put(by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.policy)
        } catch let refusal as TicketRefusal {
            form.add(refusal, beside: refusal.field)
            return try await policyPage(form, refusal.status, visit)
        }
    }

    private func policyPage(_ form: NounForm<TicketPolicy>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = TicketWords.policy.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: Self.policy, cancel: Ticket.path, submit: nil,
            notice: p(.class("hint")) { TicketWords.policyIntro.text(for: visit.reader) }, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

extension Response {
    /// A picture as it was drawn; a paper only as a file.
    static func ticketFile(_ file: TicketFile, _ content: [UInt8]) -> Response {
        if file.isPicture { return Response(.ok, contentType: .png, body: .bytes(content)) }
        var response = Response(.ok, contentType: .binary, body: .bytes(content))
        response.headers["Content-Disposition"] = "attachment; filename=\"\(file.id).pdf\""
        return response
    }
}

extension Service {
    /// Its plan and its address, as people tell it from another.
    fileprivate var place: String { [planName, address].filter { !$0.isEmpty }.joined(separator: " · ") }
}

extension TenantDatabase {
    func ticketCustomer(number: Int) async throws -> Customer? {
        let id: Customer.ID? = try await value(
            """
            SELECT customer_id FROM customers
            WHERE tenant_id = \(tenant) AND number = \(number) AND merged_into IS NULL
            """)
        guard let id else { return nil }
        return try await customer(id)
    }
}
