import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Portal
import Postgres
import Sandbox
import Subscribers
import Tenancy
import Time
import Vault

/// A subscriber's own reports: sent with a picture, answered, and rated once. The customer comes from the session alone.
struct PortalTicketRoutes: Sendable {
    let acts: TicketActs
    let vault: Vault
    let sandbox: Sandbox
    let randomness: Randomness

    static let path = "/portal/tickets"

    func add(to routes: inout Portal.Routes) {
        routes.get("/portal/tickets", .portal, "Los reportes del cliente") { visit in
            try await list(PortalReport(), .ok, visit)
        }
        routes.post(
            "/portal/tickets", .portal, "El cliente reporta algo", limits: TicketRoutes.limits, open)
        routes.get("/portal/tickets/:id", .portal, "Un reporte del cliente") { (visit, id: Ticket.ID) in
            try await page(of: id, nil, .ok, visit)
        }
        routes.post(
            "/portal/tickets/:id/entries", .portal, "El cliente escribe en su reporte", limits: TicketRoutes.limits,
            write)
        routes.post("/portal/tickets/:id/rating", .portal, "El cliente califica cómo se le atendió", rate)
        routes.get("/portal/ticket-files/:id", .portal, "Un archivo de un reporte del cliente", file)
    }

    private func open(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let sent = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 8, fieldBytes: 16_384, fileBytes: TicketFile.mostBytes))
        try sent.fields.allow([FormID.field, "title", "kind", "text"])
        var report = PortalReport()
        report.title = FormText.line(sent.fields["title"], upTo: 100)
        report.text = FormText.lines(sent.fields["text"], each: 2000).prefix(scalars: 4000)
        if let kind = sent.fields["kind"].flatMap(Ticket.Kind.init) { report.kind = kind }
        do {
            guard !report.title.isEmpty else { throw TicketRefusal.empty }
            let files = try await sealed(sent, visit)
            let new = report.ticket(of: subscriber.id)
            let (_, path) = try await visit.once(sent.fields) { database in
                let ticket = try await acts.open(
                    new, as: .make(milliseconds: visit.now.milliseconds, from: randomness), from: .portal, with: files,
                    of: visit.tenant, by: visit.principal, in: database)
                return ((), "\(Self.path)/\(ticket.id)")
            }
            return Portal.done(.reportSent, at: path)
        } catch let refusal as TicketRefusal {
            report.refusal = refusal
            return try await list(report, refusal.status, visit)
        }
    }

    private func sealed(_ sent: MultipartForm, _ visit: Visit) async throws -> [SealedTicketFile] {
        guard let file = sent.files.first, file.field == "file", file.size > 0 else { return [] }
        return [
            try await SealedTicketFile(
                try await file.bytes(), named: file.name, in: vault, with: sandbox, of: visit.database, at: visit.now,
                from: randomness)
        ]
    }

    private func write(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        _ = try await own(id, visit)
        let sent = try await visit.request.body.multipart(
            limits: MultipartLimits(parts: 6, fieldBytes: 16_384, fileBytes: TicketFile.mostBytes))
        try sent.fields.allow([FormID.field, "text"])
        let text = FormText.lines(sent.fields["text"], each: 2000).prefix(scalars: 4000)
        do {
            let entry = NewEntry(text, files: try await sealed(sent, visit))
            let (_, path) = try await visit.once(sent.fields) { database in
                _ = try await acts.write(entry, on: id, of: visit.tenant, by: visit.principal, in: database)
                return ((), "\(Self.path)/\(id)#write")
            }
            return .redirect(to: path)
        } catch let refusal as TicketRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    private func rate(_ visit: Visit, id: Ticket.ID) async throws -> Response {
        _ = try await own(id, visit)
        let sent = try await visit.request.body.form(upTo: 8192)
        try sent.allow(["rating", "note"])
        do {
            _ = try await acts.rate(
                id, sent["rating"].flatMap { Int($0) } ?? 0, note: FormText.line(sent["note"], upTo: 500),
                by: visit.principal, in: visit.database)
            return .redirect(to: "\(Self.path)/\(id)")
        } catch let refusal as TicketRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    private func file(_ visit: Visit, id: TicketFile.ID) async throws -> Response {
        guard let (file, content) = try await visit.database.ticketFile(id, from: vault) else {
            throw AccessRefusal.notFound
        }
        _ = try await own(file.ticket, visit)
        if let entry = file.entry, try await visit.database.entry(entry)?.isInternal != false {
            throw AccessRefusal.notFound
        }
        return .ticketFile(file, content)
    }

    /// Another customer's is not found.
    private func own(_ id: Ticket.ID, _ visit: Visit) async throws -> Ticket {
        let subscriber = try await visit.subscriber()
        guard let ticket = try await visit.database.ticket(id), ticket.customer == subscriber.id else {
            throw AccessRefusal.notFound
        }
        return ticket
    }

    private func list(_ report: PortalReport, _ status: Status, _ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let page = PortalTicketsPage(
            tickets: try await visit.database.tickets(of: subscriber.id, limit: 50), report: report, visit: visit)
        return try await Portal.page(page, on: .help, status: status, for: visit)
    }

    private func page(
        of id: Ticket.ID, _ refusal: TicketRefusal?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let ticket = try await own(id, visit)
        let entries = try await visit.database.entries(of: id, toCustomer: true)
        let shown = Set(entries.map(\.id))
        let page = PortalTicketPage(
            ticket: ticket, entries: entries,
            files: try await visit.database.files(of: id).filter { $0.entry.map(shown.contains) ?? true },
            refusal: refusal, isRated: try await visit.database.ticketPolicy().isRated, visit: visit)
        return try await Portal.page(page, on: .help, status: status, for: visit)
    }
}

/// What a customer is about to report.
struct PortalReport: Sendable {
    var title = ""
    var kind = Ticket.Kind.noInternet
    var text = ""
    var refusal: TicketRefusal?

    func ticket(of customer: Customer.ID) -> NewTicket {
        var new = NewTicket()
        (new.customer, new.title, new.kind, new.text) = (customer, title, kind, text)
        return new
    }
}

private struct PortalTicketsPage: View {
    let tickets: [Ticket]
    let report: PortalReport
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { TicketWords.portalButton.text(for: reader) }
        form(.class("card"), .method(.post), .multipart, .action(PortalTicketRoutes.path)) {
            h2 { TicketWords.portalNew.text(for: reader) }
            if let refusal = report.refusal {
                p(.class("notice error"), .role("alert")) { refusal.message.text(for: reader) }
            }
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            FormField(TicketWords.kind.text(for: reader), name: "kind") { wiring in
                select(wiring) {
                    for kind in Ticket.Kind.allCases {
                        option(.value(kind.rawValue), .selected(kind == report.kind)) { kind.text(for: reader) }
                    }
                }
            }
            FormField(TicketWords.portalSubject.text(for: reader), name: "title") { wiring in
                input(wiring, .required(), .maxlength(100), .autocomplete("off"), .value(report.title))
            }
            FormField(TicketWords.portalText.text(for: reader), name: "text") { wiring in
                textarea(wiring, .rows(4), .maxlength(4000), text: report.text)
            }
            FormField(TicketWords.portalFile.text(for: reader), name: "file") { wiring in
                input(wiring, .type("file"), .accept(TicketFile.accepted))
            }
            button(.type("submit"), .class("primary")) { TicketWords.portalSend.text(for: reader) }
        }
        if tickets.isEmpty {
            p(.class("hint")) { TicketWords.portalNone.text(for: reader, .text("company", visit.tenant.name)) }
        } else {
            ul(.class("cards")) { for ticket in tickets { item(ticket) } }
        }
    }

    private func item(_ ticket: Ticket) -> Markup {
        li(.class("card")) {
            p {
                a(.href("\(PortalTicketRoutes.path)/\(ticket.id)")) { strong { ticket.title } }
                " "
                StateMark(ticket.state, for: reader)
            }
            p(.class("hint")) {
                "\(TicketWords.number.text(for: reader)) \(ticket.number) · "
                    + visit.tenant.timeZone.day(at: ticket.madeAt).text(.long, for: reader)
            }
        }
    }
}

private struct PortalTicketPage: View {
    let ticket: Ticket
    let entries: [TicketEntry]
    let files: [TicketFile]
    let refusal: TicketRefusal?
    let isRated: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(PortalTicketRoutes.path)/\(ticket.id)" }
    private static let files = "/portal/ticket-files"

    var body: Markup {
        Crumb(TicketWords.portalButton.text(for: reader), path: PortalTicketRoutes.path)
        h1 { ticket.title }
        p(.class("subject")) {
            "\(TicketWords.number.text(for: reader)) \(ticket.number) "
            StateMark(ticket.state, for: reader)
        }
        if let refusal { p(.class("notice error"), .role("alert")) { refusal.message.text(for: reader) } }
        if ticket.isOver, isRated || ticket.rating != nil { rating }
        ol(.class("messages")) {
            li(.class("message"), .data("direction", ticket.source == .portal ? "out" : "in")) {
                p(.class("hint author")) { moment(ticket.madeAt) }
                p(.class("words")) { ticket.body.isEmpty ? ticket.title : ticket.body }
                TicketFiles(files: files.filter { $0.entry == nil }, path: Self.files, reader: reader)
            }
            for entry in entries { line(entry) }
        }
        if ticket.state != .closed { writing }
    }

    /// One's own words stand at the end of the line, as in any chat.
    private func line(_ entry: TicketEntry) -> Markup {
        let isOwn = entry.authorKind == .customer
        let author = isOwn ? TicketWords.you.text(for: reader) : visit.tenant.name
        return li(.class("message"), .data("direction", isOwn ? "out" : "in")) {
            p(.class("hint author")) { "\(author) · \(moment(entry.madeAt))" }
            p(.class("words")) { entry.body }
            TicketFiles(files: files.filter { $0.entry == entry.id }, path: Self.files, reader: reader)
        }
    }

    private var writing: Markup {
        form(.id("write"), .class("card"), .method(.post), .multipart, .action("\(path)/entries")) {
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            FormField(TicketWords.portalComment.text(for: reader), name: "text") { wiring in
                textarea(wiring, .rows(3), .maxlength(4000), text: "")
            }
            FormField(TicketWords.portalFile.text(for: reader), name: "file") { wiring in
                input(wiring, .type("file"), .accept(TicketFile.accepted))
            }
            button(.type("submit"), .class("primary")) { TicketWords.portalWrite.text(for: reader) }
        }
    }

    @MarkupBuilder private var rating: Markup {
        if let rating = ticket.rating {
            p(.class("notice")) { TicketWords.portalRated.text(for: reader, .number("number", rating)) }
        } else {
            form(.class("card"), .method(.post), .action("\(path)/rating")) {
                FormField(TicketWords.portalRate.text(for: reader), name: "rating") { wiring in
                    select(wiring) {
                        for (stars, words) in Self.stars {
                            option(.value("\(stars)")) { words.text(for: reader) }
                        }
                    }
                }
                FormField(TicketWords.portalRateNote.text(for: reader), name: "note") { wiring in
                    input(wiring, .maxlength(500), .autocomplete("off"))
                }
                button(.type("submit"), .class("primary")) { TicketWords.portalRateSend.text(for: reader) }
            }
        }
    }

    private static let stars: [(Int, TicketWords)] = [
        (5, .star5), (4, .star4), (3, .star3), (2, .star2), (1, .star1),
    ]

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }
}
