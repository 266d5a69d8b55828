import Access
import Collection
import Customers
import Events
import Identifiers
import Identity
import Incidents
import Jobs
import Locale
import Notices
import Nouns
import Postgres
import Services
import Tenancy
import Time

/// What is done with tickets, from whichever door.
package struct TicketActs: Sendable {
    let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    static let source = "ticket"
    /// Open ones of one customer.
    static let mostOpen = 20
    /// Entries on one ticket.
    static let mostEntries = 500

    // MARK: - Opening

    package func open(
        _ new: NewTicket, as id: Ticket.ID, from source: Ticket.Source, about conversation: UUID? = nil,
        with files: [SealedTicketFile] = [], of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Ticket {
        try await database.transaction { database in
            let customer = try await whose(new, in: database)
            try await check(
                service: new.service, incident: new.incident, of: customer?.id, on: tenant, principal, database)
            if let customer, try await database.openTicketsCounted(of: customer.id) >= Self.mostOpen {
                throw TicketRefusal.tooManyOpen
            }
            guard customer != nil || !new.isHolding else { throw TicketRefusal.nobodyToHold }
            let policy = try await database.ticketPolicy()
            var ticket = Ticket(id: id, at: principal.now)
            (ticket.title, ticket.body, ticket.kind, ticket.priority) = (new.title, new.text, new.kind, new.priority)
            (ticket.customer, ticket.service, ticket.source) = (customer?.id, new.service, source)
            (ticket.conversation, ticket.isHolding, ticket.author) = (conversation, new.isHolding, principal.actor.name)
            ticket.incident = new.incident
            if ticket.incident == nil, let customer, ticket.kind.isOfConnection {
                ticket.incident = try await database.openIncidents(of: customer.id, service: new.service).first?.id
            }
            ticket.dueAt = due(policy.seconds(for: new.priority), after: principal.now, by: policy, of: tenant)
            if policy.isAssigned {
                ticket.assignee = try await database.leastBurdened(in: customer?.zone?.uuid)?.id
            }
            try await database.insert(ticket)
            try await database.insert(files, of: id, with: nil, at: principal.now)
            guard let made = try await database.ticket(id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(
                    .ticketOpened, made.subject,
                    after: made.terms.details(naming: ["service": "", "incident": ""]).filter { !$0.value.isEmpty }
                        + [Act.Detail("customer", made.customerName), Act.Detail("source", source.rawValue)]),
                by: principal.actor, at: principal.now)
            if made.assignee != nil { try await recordAssignment(of: made, principal, database) }
            try await watch(made, by: policy, in: database)
            if made.isHolding { try await hold(made, of: tenant, principal, database) }
            if principal.actor.kind != .subscriber { try await tellOpened(made, of: tenant, principal, database) }
            return made
        }
    }

    private func whose(_ new: NewTicket, in database: TenantDatabase) async throws -> Customer? {
        if let id = new.customer {
            guard let customer = try await database.customer(id) else { throw TicketRefusal.unknownCustomer }
            return customer
        }
        guard !new.client.isEmpty else { return nil }
        guard let number = Int(new.client), let customer = try await database.ticketCustomer(number: number) else {
            throw TicketRefusal.unknownCustomer
        }
        return customer
    }

    private func check(
        service: Service.ID?, incident: Incident.ID?, of customer: Customer.ID?, on tenant: Tenant,
        _ principal: Principal, _ database: TenantDatabase
    ) async throws {
        if let service {
            let found = try await database.service(service, on: tenant.timeZone.day(at: principal.now))
            guard let customer, found?.customer == customer else { throw TicketRefusal.unknownService }
        }
        if let incident, try await database.incident(incident) == nil { throw TicketRefusal.unknownIncident }
    }

    // MARK: - Its clock

    private func due(_ seconds: Int, after now: Instant, by policy: TicketPolicy, of tenant: Tenant) -> Instant {
        guard let hours = policy.hours else { return now + .seconds(seconds) }
        return hours.moment(seconds, after: now, in: tenant.timeZone)
    }

    private func left(of ticket: Ticket, at now: Instant, by policy: TicketPolicy, of tenant: Tenant) -> Int {
        guard let dueAt = ticket.dueAt else { return ticket.secondsLeft ?? 0 }
        guard let hours = policy.hours else { return Int(max(0, min(dueAt.seconds - now.seconds, 1 << 30))) }
        return hours.seconds(from: now, to: dueAt, in: tenant.timeZone)
    }

    /// Looks again when it is due soon and when it is due, or to be closed.
    private func watch(_ ticket: Ticket, by policy: TicketPolicy, in database: TenantDatabase) async throws {
        if let dueAt = ticket.dueAt {
            if policy.soonMinutes > 0 {
                let soon = max(ticket.changedAt, dueAt - .seconds(policy.soonMinutes * 60))
                try await database.queue(WatchTicket(ticket.id, at: soon), at: soon)
            }
            try await database.queue(WatchTicket(ticket.id, at: dueAt), at: dueAt)
        } else if ticket.state == .resolved, let resolvedAt = ticket.resolvedAt, policy.closeDays > 0 {
            let closing = resolvedAt + .seconds(policy.closeDays * 86_400)
            try await database.queue(WatchTicket(ticket.id, at: closing), at: closing)
        }
    }

    /// Takes a ticket to another state, with its clock: it runs while it is new or in progress.
    private func turn(
        _ ticket: inout Ticket, to state: Ticket.State, by policy: TicketPolicy, of tenant: Tenant, at now: Instant
    ) {
        if ticket.state.isRunning, !state.isRunning {
            ticket.secondsLeft = left(of: ticket, at: now, by: policy, of: tenant)
            if let dueAt = ticket.dueAt, now >= dueAt { ticket.sla = .overdue }
            ticket.dueAt = nil
        } else if !ticket.state.isRunning, state.isRunning {
            ticket.dueAt = due(ticket.secondsLeft ?? 0, after: now, by: policy, of: tenant)
            ticket.secondsLeft = nil
        }
        switch state {
        case .resolved:
            ticket.resolvedAt = now
            if ticket.sla == .dueSoon { ticket.sla = .onTime }
        case .closed: ticket.resolvedAt = ticket.resolvedAt ?? now
        default: ticket.resolvedAt = nil
        }
        (ticket.state, ticket.changedAt) = (state, now)
    }

    // MARK: - What becomes of it

    package func move(
        _ id: Ticket.ID, to state: Ticket.State, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Ticket {
        try await database.changing(id) { ticket, database in
            guard ticket.state != state else { return ticket }
            guard ticket.mergedInto == nil else { throw TicketRefusal.merged }
            return try await move(ticket, to: state, of: tenant, principal, database)
        }
    }

    /// The ticket must be locked.
    private func move(
        _ ticket: Ticket, to state: Ticket.State, of tenant: Tenant, _ principal: Principal,
        _ database: TenantDatabase
    ) async throws -> Ticket {
        let policy = try await database.ticketPolicy()
        var changed = ticket
        turn(&changed, to: state, by: policy, of: tenant, at: principal.now)
        if changed.isOver, changed.isHolding {
            changed.isHolding = false
            try await release(changed, principal, database)
        } else if let resolvedAt = ticket.resolvedAt, let customer = ticket.customer, !changed.isOver {
            // What was taken for resolved holds collection as it did before.
            changed.isHolding = try await CollectionHold.ended(
                at: resolvedAt, source: Self.source, ticket.id.uuid, of: customer, in: database)
        }
        try await database.update(changed)
        if changed.isHolding, !ticket.isHolding { try await hold(changed, of: tenant, principal, database) }
        try await database.record(
            Act(
                .ticketMoved, changed.subject, before: [Act.Detail("ticket_state", ticket.state.rawValue)],
                after: [Act.Detail("ticket_state", state.rawValue)]), by: principal.actor, at: principal.now)
        try await watch(changed, by: policy, in: database)
        if state == .resolved { try await tellResolved(changed, by: policy, of: tenant, principal, database) }
        return changed
    }

    package func assign(
        _ id: Ticket.ID, to member: StaffMember.ID?, by principal: Principal, in database: TenantDatabase
    ) async throws -> Ticket {
        try await database.changing(id) { ticket, database in
            guard ticket.assignee != member else { return ticket }
            guard !ticket.isOver else { throw TicketRefusal.overAlready }
            let zone = try await database.zone(of: ticket)
            var changed = ticket
            if let member {
                guard let worker = try await database.ticketWorker(member, in: zone) else {
                    throw TicketRefusal.unknownStaff
                }
                (changed.assignee, changed.assigneeName) = (worker.id, worker.name)
            } else {
                (changed.assignee, changed.assigneeName) = (nil, "")
            }
            return try await assigned(changed, principal, database)
        }
    }

    /// To whoever has the fewest in its zone.
    package func assignByLoad(
        _ id: Ticket.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Ticket {
        try await database.changing(id) { ticket, database in
            guard !ticket.isOver else { throw TicketRefusal.overAlready }
            guard let worker = try await database.leastBurdened(in: try await database.zone(of: ticket)) else {
                throw TicketRefusal.nobodyFree
            }
            guard ticket.assignee != worker.id else { return ticket }
            var changed = ticket
            (changed.assignee, changed.assigneeName) = (worker.id, worker.name)
            return try await assigned(changed, principal, database)
        }
    }

    private func assigned(
        _ ticket: Ticket, _ principal: Principal, _ database: TenantDatabase
    ) async throws -> Ticket {
        var changed = ticket
        changed.changedAt = principal.now
        try await database.update(changed)
        try await recordAssignment(of: changed, principal, database)
        return changed
    }

    private func recordAssignment(
        of ticket: Ticket, _ principal: Principal, _ database: TenantDatabase
    ) async throws {
        try await database.record(
            Act(.ticketAssigned, ticket.subject, after: [Act.Detail("assignee", ticket.assigneeName)]),
            by: principal.actor, at: principal.now)
    }

    package func change(
        _ id: Ticket.ID, to terms: TicketTerms, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Ticket {
        try await database.changing(id) { ticket, database in
            guard terms != ticket.terms else { return ticket }
            guard !terms.isHolding || ticket.customer != nil else { throw TicketRefusal.nobodyToHold }
            guard !terms.isHolding || !ticket.isOver else { throw TicketRefusal.overAlready }
            let (newService, newIncident) = (
                terms.service == ticket.service ? nil : terms.service,
                terms.incident == ticket.incident ? nil : terms.incident
            )
            try await check(
                service: newService, incident: newIncident, of: ticket.customer, on: tenant, principal, database)
            var changed = ticket
            (changed.title, changed.kind, changed.service) = (terms.title, terms.kind, terms.service)
            (changed.incident, changed.isHolding) = (terms.incident, terms.isHolding)
            changed.changedAt = principal.now
            if terms.priority != ticket.priority {
                try await reprioritise(&changed, to: terms.priority, of: tenant, at: principal.now, in: database)
            }
            try await database.update(changed)
            let names: KeyValuePairs = ["service": "", "incident": ""]
            if let act = Act.change(
                .ticketChanged, changed.subject, from: ticket.terms.details(naming: names),
                to: terms.details(naming: names))
            {
                try await database.record(act, by: principal.actor, at: principal.now)
            }
            if changed.isHolding != ticket.isHolding || changed.service != ticket.service {
                if ticket.isHolding { try await release(ticket, principal, database) }
                if changed.isHolding { try await hold(changed, of: tenant, principal, database) }
            }
            return changed
        }
    }

    /// The time that it has used counts against its new priority.
    private func reprioritise(
        _ ticket: inout Ticket, to priority: Ticket.Priority, of tenant: Tenant, at now: Instant,
        in database: TenantDatabase
    ) async throws {
        let policy = try await database.ticketPolicy()
        let used = policy.seconds(for: ticket.priority) - left(of: ticket, at: now, by: policy, of: tenant)
        let remaining = max(0, policy.seconds(for: priority) - max(0, used))
        ticket.priority = priority
        guard ticket.state.isRunning else {
            ticket.secondsLeft = remaining
            return
        }
        let dueAt = due(remaining, after: now, by: policy, of: tenant)
        ticket.dueAt = dueAt
        if dueAt > now { ticket.sla = .onTime }
        try await watch(ticket, by: policy, in: database)
    }

    /// Two of one matter: the other goes on, and this one is closed into it.
    package func merge(
        _ id: Ticket.ID, into number: Int, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Ticket {
        try await database.transaction { database in
            guard let found = try await database.ticket(number: number), found.id != id else {
                throw TicketRefusal.unknownTicket
            }
            // Always in one order, so that two who merge them into each other do not wait for ever.
            let both = try await database.tickets([id, found.id], locked: true)
            guard let ticket = both.first(where: { $0.id == id }), let other = both.first(where: { $0.id == found.id })
            else { throw AccessRefusal.notFound }
            guard ticket.mergedInto == nil else { throw TicketRefusal.merged }
            guard !other.isOver else { throw TicketRefusal.overAlready }
            guard ticket.customer == other.customer || ticket.customer == nil else {
                throw TicketRefusal.anothersTicket
            }
            var changed = ticket
            turn(&changed, to: .closed, by: try await database.ticketPolicy(), of: tenant, at: principal.now)
            changed.mergedInto = other.id
            if changed.isHolding {
                changed.isHolding = false
                try await release(changed, principal, database)
                try await takeOver(from: ticket, by: other, of: tenant, principal, database)
            }
            try await database.update(changed)
            let note = TicketWords.mergedNote.text(
                for: tenant.reader, .text("number", "\(ticket.number)"), .text("title", ticket.title),
                .text("text", ticket.body))
            try await database.insert(
                .make(milliseconds: principal.now.milliseconds, from: randomness), of: other.id,
                note.prefix(scalars: 4000), isInternal: true, by: principal)
            try await database.record(
                Act(.ticketMerged, changed.subject, after: [Act.Detail("ticket", other.title)]), by: principal.actor,
                at: principal.now)
            return changed
        }
    }

    /// What collection waits for goes on in the other ticket; where they are of two services, it waits for all.
    private func takeOver(
        from ticket: Ticket, by other: Ticket, of tenant: Tenant, _ principal: Principal, _ database: TenantDatabase
    ) async throws {
        var kept = other
        if kept.service != ticket.service { kept.service = nil }
        guard !other.isHolding || kept.service != other.service else { return }
        if other.isHolding { try await release(other, principal, database) }
        (kept.isHolding, kept.changedAt) = (true, principal.now)
        try await database.update(kept)
        try await hold(kept, of: tenant, principal, database)
    }

    // MARK: - What is written

    package func write(
        _ new: NewEntry, on id: Ticket.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> TicketEntry {
        guard !new.text.isEmpty || !new.files.isEmpty else { throw TicketRefusal.empty }
        return try await database.transaction { database in
            guard let ticket = try await database.ticket(id, locked: true) else { throw AccessRefusal.notFound }
            guard new.isInternal || ticket.state != .closed else { throw TicketRefusal.overAlready }
            guard try await database.entriesCounted(of: id) < Self.mostEntries else { throw TicketRefusal.tooLong }
            let entry = TicketEntry.ID.make(milliseconds: principal.now.milliseconds, from: randomness)
            let text = new.text.prefix(scalars: 4000)
            try await database.insert(entry, of: id, text, isInternal: new.isInternal, by: principal)
            try await database.insert(new.files, of: id, with: entry, at: principal.now)
            try await database.record(
                Act(
                    new.isInternal ? .ticketNoted : .ticketAnswered, ticket.subject,
                    after: [Act.Detail("text", text.prefix(scalars: 300))].filter { !$0.value.isEmpty }),
                by: principal.actor, at: principal.now)
            if !new.isInternal { try await follow(ticket, entry, text, of: tenant, principal, database) }
            guard let written = try await database.entry(entry) else { throw AccessRefusal.notFound }
            return written
        }
    }

    /// A customer who writes sets the clock going again; a colleague who answers has begun.
    private func follow(
        _ ticket: Ticket, _ entry: TicketEntry.ID, _ text: String, of tenant: Tenant, _ principal: Principal,
        _ database: TenantDatabase
    ) async throws {
        let isCustomers = principal.actor.kind == .subscriber
        if isCustomers ? (ticket.state == .waiting || ticket.state == .resolved) : ticket.state == .new {
            _ = try await move(ticket, to: .inProgress, of: tenant, principal, database)
        }
        guard !isCustomers, let customer = ticket.customer else { return }
        let reader = tenant.reader
        try await database.notify(
            customer, of: .ticketAnswer, about: entry.uuid,
            subject: TicketWords.answerSubject.text(for: reader, .text("number", "\(ticket.number)")),
            text: text.isEmpty ? TicketWords.answerFile.text(for: reader) : text,
            blanks: ["numero": "\(ticket.number)", "titulo": ticket.title, "texto": text],
            link: "\(PortalTicketRoutes.path)/\(ticket.id)", at: principal.now)
    }

    /// Once: what was said stays.
    package func rate(
        _ id: Ticket.ID, _ rating: Int, note: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> Ticket {
        guard 1...5 ~= rating else { throw TicketRefusal.ratingWrong }
        return try await database.changing(id) { ticket, database in
            guard ticket.isOver else { throw TicketRefusal.notOver }
            guard ticket.rating == nil else { throw TicketRefusal.ratedAlready }
            var changed = ticket
            (changed.rating, changed.ratingNote) = (rating, note.prefix(scalars: 500))
            try await database.update(changed)
            try await database.record(
                Act(
                    .ticketRated, ticket.subject,
                    after: [Act.Detail("rating", "\(rating)"), Act.Detail("note", changed.ratingNote)].filter {
                        !$0.value.isEmpty
                    }), by: principal.actor, at: principal.now)
            return changed
        }
    }

    // MARK: - What others are told

    private func hold(
        _ ticket: Ticket, of tenant: Tenant, _ principal: Principal, _ database: TenantDatabase
    ) async throws {
        guard let customer = ticket.customer else { return }
        _ = try await CollectionHold.make(
            for: customer, ticket.service, source: Self.source, ticket.id.uuid,
            because: TicketWords.holdReason.text(for: tenant.reader, .text("number", "\(ticket.number)")),
            from: tenant.timeZone.day(at: principal.now), to: nil, by: principal, from: randomness, in: database)
    }

    private func release(_ ticket: Ticket, _ principal: Principal, _ database: TenantDatabase) async throws {
        try await CollectionHold.end(source: Self.source, ticket.id.uuid, by: principal, in: database)
    }

    private func tellOpened(
        _ ticket: Ticket, of tenant: Tenant, _ principal: Principal, _ database: TenantDatabase
    ) async throws {
        guard let customer = ticket.customer else { return }
        let number = [Blank.text("number", "\(ticket.number)"), .text("title", ticket.title)]
        try await database.notify(
            customer, of: .ticketOpened, about: ticket.id.uuid,
            subject: TicketWords.openedSubject.message.text(for: tenant.reader, number),
            text: TicketWords.openedText.message.text(for: tenant.reader, number),
            blanks: ["numero": "\(ticket.number)", "titulo": ticket.title],
            link: "\(PortalTicketRoutes.path)/\(ticket.id)", at: principal.now)
    }

    private func tellResolved(
        _ ticket: Ticket, by policy: TicketPolicy, of tenant: Tenant, _ principal: Principal,
        _ database: TenantDatabase
    ) async throws {
        guard let customer = ticket.customer else { return }
        let number = [Blank.text("number", "\(ticket.number)"), .text("title", ticket.title)]
        try await database.notify(
            customer, of: .ticketResolved, about: ticket.id.uuid,
            subject: TicketWords.resolvedSubject.message.text(for: tenant.reader, number),
            text: (policy.isRated ? TicketWords.resolvedTextRated : .resolvedText).message.text(
                for: tenant.reader, number),
            blanks: ["numero": "\(ticket.number)", "titulo": ticket.title],
            link: "\(PortalTicketRoutes.path)/\(ticket.id)", at: principal.now)
    }
}

extension Ticket.Kind {
    /// What an outage would explain.
    var isOfConnection: Bool { self == .noInternet || self == .slow }
}

extension TenantDatabase {
    fileprivate func changing(
        _ id: Ticket.ID, _ change: (Ticket, TenantDatabase) async throws -> Ticket
    ) async throws -> Ticket {
        try await transaction { database in
            guard let ticket = try await database.ticket(id, locked: true) else { throw AccessRefusal.notFound }
            return try await change(ticket, database)
        }
    }

    /// That of its customer.
    fileprivate func zone(of ticket: Ticket) async throws -> UUID? {
        guard let id = ticket.customer else { return nil }
        return try await customer(id)?.zone?.uuid
    }
}
