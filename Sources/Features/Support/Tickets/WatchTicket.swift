import Access
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Letters
import Locale
import Postgres
import Tenancy
import Time

/// Looks at a ticket's clock at a moment: due soon, overdue, or resolved for long enough to be closed. Each is told once.
package struct WatchTicket: Job {
    package static let kind = "tickets.watch"

    let ticket: Ticket.ID
    /// Keeps one moment of a ticket apart from another.
    let moment: Int

    package init(_ ticket: Ticket.ID, at moment: Instant) {
        (self.ticket, self.moment) = (ticket, Int(moment.seconds))
    }

    package var key: String? { "\(ticket) \(moment)" }
    package var lane: String? { "ticket \(ticket)" }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("ticket", as: String.self)
        let moment = fields.required("moment", as: Int.self)
        guard let id = Ticket.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("ticket"))
        }
        (ticket, self.moment) = (id, moment ?? 0)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("ticket", ticket.description)
            json.member("moment", moment)
        }
    }

    func run(in context: JobContext, by watch: TicketWatch) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await watch.look(at: ticket, of: tenant, at: context.now, in: context.database)
    }
}

/// Watches tickets, with what it needs besides the database.
package struct TicketWatch: Sendable {
    let catalogue: Catalogue
    /// How to write to a company's people; nil without a mail server.
    let letterhead: @Sendable (Tenant) -> Letterhead?
    let randomness: Randomness

    package init(
        _ catalogue: Catalogue, letterhead: @escaping @Sendable (Tenant) -> Letterhead?, randomness: Randomness
    ) {
        (self.catalogue, self.letterhead, self.randomness) = (catalogue, letterhead, randomness)
    }

    package func look(
        at id: Ticket.ID, of tenant: Tenant, at now: Instant, in database: TenantDatabase
    ) async throws {
        let principal = Principal.commandLine(of: catalogue, at: now)
        let policy = try await database.ticketPolicy()
        try await database.transaction { database in
            guard let ticket = try await database.ticket(id, locked: true) else { return }
            if let dueAt = ticket.dueAt {
                try await judge(ticket, dueAt, by: policy, of: tenant, principal, database)
            } else if ticket.state == .resolved, let resolvedAt = ticket.resolvedAt, policy.closeDays > 0,
                now >= resolvedAt + .seconds(policy.closeDays * 86_400)
            {
                _ = try await TicketActs(randomness: randomness).move(
                    id, to: .closed, of: tenant, by: principal, in: database)
            }
        }
    }

    private func judge(
        _ ticket: Ticket, _ dueAt: Instant, by policy: TicketPolicy, of tenant: Tenant, _ principal: Principal,
        _ database: TenantDatabase
    ) async throws {
        var sla = ticket.sla
        if principal.now >= dueAt {
            sla = .overdue
        } else if principal.now >= dueAt - .seconds(policy.soonMinutes * 60), sla == .onTime {
            sla = .dueSoon
        }
        guard sla != ticket.sla else { return }
        var changed = ticket
        changed.sla = sla
        try await database.update(changed)
        try await database.record(
            Act(sla == .overdue ? .ticketOverdue : .ticketDueSoon, ticket.subject), by: principal.actor,
            at: principal.now)
        guard let head = letterhead(tenant) else { return }
        var addresses = policy.addresses
        if let assignee = ticket.assignee, let worker = try await database.ticketWorker(assignee) {
            addresses.append(worker.email)
        }
        for address in Set(addresses).sorted() {
            try await database.write(
                .ticketAlert, to: address, about: ticket.id.uuid, on: head, at: principal.now, from: randomness)
        }
    }
}

package enum TicketLetters {
    package static func add(to office: inout LetterSender) {
        office.add(.ticketAlert) { letter, desk in
            guard let about = letter.about, let ticket = try await desk.database.ticket(Ticket.ID(about)),
                !ticket.isOver
            else { return nil }
            let words = [
                Blank.text("number", "\(ticket.number)"), .text("title", ticket.title),
                .text("customer", ticket.customerName.isEmpty ? desk.tenant.name : ticket.customerName),
            ]
            let isLate = ticket.sla == .overdue
            return LetterText(
                subject: (isLate ? TicketWords.overdueSubject : .soonSubject).message.text(for: desk.reader, words),
                paragraphs: [
                    (isLate ? TicketWords.overdueLetter : .soonLetter).message.text(for: desk.reader, words)
                ],
                link: (TicketWords.see.text(for: desk.reader), "\(letter.origin)\(ticket.panelPath)"), closing: [])
        }
    }
}
