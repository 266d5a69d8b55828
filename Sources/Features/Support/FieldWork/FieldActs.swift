import Access
import Customers
import Declarations
import Events
import Identifiers
import Locale
import Notices
import Nouns
import Postgres
import Services
import Tenancy
import Tickets
import Time

/// What is done with work in the field, from whichever door.
package struct FieldActs: Sendable {
    let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    private var tickets: TicketActs { TicketActs(randomness: randomness) }

    // MARK: - Planning

    package func plan(
        _ new: NewFieldJob, as id: FieldJob.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> FieldJob {
        try await database.transaction { database in
            let customer = try await whose(new, in: database)
            var job = FieldJob(
                id: id, customer: customer.id, appointment: newID(at: principal.now), madeAt: principal.now)
            (job.kind, job.service, job.ticket, job.note) = (new.kind, new.service, new.ticket, new.note)
            job.author = principal.actor.name
            if let service = new.service {
                let today = tenant.timeZone.day(at: principal.now)
                guard let found = try await database.service(service, on: today), found.customer == customer.id,
                    found.state != .cancelled || new.kind == .recovery
                else {
                    throw FieldRefusal.unknownService
                }
            }
            if let ticket = new.ticket {
                guard let found = try await database.ticket(ticket), found.customer == customer.id, !found.isOver else {
                    throw FieldRefusal.unknownTicket
                }
            }
            var plan = FieldAppointment()
            (plan.assignee, plan.day, plan.begins, plan.minutes) = (new.assignee, new.day, new.begins, new.minutes)
            try await appoint(&job, by: plan, with: customer, of: tenant, principal, database)
            job.checklist = try await database.fieldChecklists().items(of: new.kind, for: tenant.reader)
            try await database.insert(job)
            guard let made = try await database.fieldJob(id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(.fieldJobPlanned, made.subject, after: made.details()), by: principal.actor, at: principal.now)
            try await tell(made, of: tenant, at: principal.now, in: database)
            return made
        }
    }

    private func newID(at now: Instant) -> UUID { .v7(milliseconds: now.milliseconds, from: randomness) }

    private func whose(_ new: NewFieldJob, in database: TenantDatabase) async throws -> Customer {
        if let id = new.customer, let customer = try await database.customer(id) { return customer }
        if new.customer == nil, let number = Int(new.client),
            let customer = try await database.fieldCustomer(number: number)
        {
            return customer
        }
        throw FieldRefusal.unknownCustomer
    }

    private func appoint(
        _ job: inout FieldJob, by plan: FieldAppointment, with customer: Customer, of tenant: Tenant,
        anyDay: Bool = false, _ principal: Principal, _ database: TenantDatabase
    ) async throws {
        let today = tenant.timeZone.day(at: principal.now)
        if let day = plan.day {
            guard anyDay || day == job.day || today - 1...today + 366 ~= day else { throw FieldRefusal.dayFarOff }
            guard TimeOfDay(written: plan.begins) != nil else { throw FieldRefusal.timeUnreadable }
        } else {
            guard plan.begins.isEmpty else { throw FieldRefusal.dayMissing }
        }
        (job.assignee, job.assigneeName) = (nil, "")
        if let member = plan.assignee {
            guard let found = try await database.technician(member, in: customer.zone?.uuid) else {
                throw FieldRefusal.unknownTechnician
            }
            (job.assignee, job.assigneeName) = (found.id, found.name)
        }
        (job.day, job.begins, job.minutes) = (plan.day, plan.begins, plan.minutes)
        if job.state != .inProgress { job.state = plan.day == nil ? .new : .scheduled }
    }

    /// Back to any day where it takes another rescheduling back.
    package func reschedule(
        _ id: FieldJob.ID, to plan: FieldAppointment, isUndoing: Bool = false, of tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws -> FieldJob {
        try await database.changing(id) { job, database in
            guard !job.isOver else { throw FieldRefusal.overAlready }
            guard plan != job.plan else { return job }
            guard let customer = try await database.customer(job.customer) else { throw AccessRefusal.notFound }
            var changed = job
            try await appoint(&changed, by: plan, with: customer, of: tenant, anyDay: isUndoing, principal, database)
            if (changed.day, changed.begins) != (job.day, job.begins) {
                changed.appointment = newID(at: principal.now)
            }
            try await database.update(changed)
            if let act = Act.change(.fieldJobRescheduled, changed.subject, from: job.details(), to: changed.details()) {
                try await database.record(act, by: principal.actor, at: principal.now)
            }
            try await tell(changed, of: tenant, at: principal.now, in: database)
            return changed
        }
    }

    /// Once for each appointment.
    private func tell(
        _ job: FieldJob, of tenant: Tenant, at now: Instant, in database: TenantDatabase
    ) async throws {
        guard job.state == .scheduled, let day = job.day else { return }
        let words = [
            Blank.text("kind", job.kind.text(for: tenant.reader)),
            .text("day", day.text(.full, for: tenant.reader)), .text("time", job.begins),
        ]
        try await database.notify(
            job.customer, of: .fieldAppointment, about: job.appointment,
            subject: FieldWords.appointmentSubject.message.text(for: tenant.reader, words),
            text: FieldWords.appointmentText.message.text(for: tenant.reader, words),
            blanks: [
                "kind": job.kind.text(for: tenant.reader), "day": day.text(.full, for: tenant.reader),
                "time": job.begins,
            ], at: now)
    }

    // MARK: - At the customer's

    package func start(
        _ id: FieldJob.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> FieldJob {
        try await database.changing(id) { job, database in
            guard !job.isOver else { throw FieldRefusal.overAlready }
            guard job.state != .inProgress else { return job }
            var changed = job
            (changed.state, changed.startedAt) = (.inProgress, principal.now)
            try await database.update(changed)
            try await database.record(
                Act(.fieldJobStarted, job.subject), by: principal.actor, at: principal.now)
            if let ticket = job.ticket, try await database.ticket(ticket)?.state == .new {
                _ = try await tickets.move(ticket, to: .inProgress, of: tenant, by: principal, in: database)
            }
            return changed
        }
    }

    /// While it goes on.
    package func add(
        _ photos: [SealedPhoto], to id: FieldJob.ID, at now: Instant, in database: TenantDatabase
    ) async throws {
        _ = try await database.changing(id) { job, database in
            guard !job.isOver else { throw FieldRefusal.overAlready }
            try await database.insert(photos, of: id, at: now)
            return job
        }
    }

    /// Everything on the list is seen to. An installation activates its service, and a ticket is resolved with what was
    /// done.
    package func finish(
        _ id: FieldJob.ID, _ done: FieldReport, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> FieldJob {
        try await database.changing(id) { job, database in
            guard !job.isOver else { throw FieldRefusal.overAlready }
            let checked = job.checklist.filter { done.checked.contains($0) }
            guard checked.count == job.checklist.count else { throw FieldRefusal.unchecked }
            guard !done.report.isEmpty else { throw FieldRefusal.reportMissing }
            var changed = job
            (changed.state, changed.endedAt) = (.done, principal.now)
            changed.startedAt = changed.startedAt ?? principal.now
            (changed.checked, changed.report) = (checked, done.report)
            (changed.serials, changed.fetched) = (done.serials, done.fetched)
            try await database.update(changed)
            try await database.insert(done.photos, of: id, at: principal.now)
            try await database.record(
                Act(
                    .fieldJobDone, job.subject,
                    after: [
                        Act.Detail("report", done.report), Act.Detail("serials", done.serials),
                        Act.Detail("fetched", done.fetched),
                    ].filter { !$0.value.isEmpty }), by: principal.actor, at: principal.now)
            let today = tenant.timeZone.day(at: principal.now)
            if job.kind == .installation, let service = job.service,
                try await database.service(service, on: today)?.state == .pending
            {
                _ = try await Activation(day: today).happen(
                    to: service, of: tenant, by: principal, in: database)
            }
            if let ticket = job.ticket, try await database.ticket(ticket)?.isOver == false {
                _ = try await tickets.write(
                    NewEntry(done.report, internal: true), on: ticket, of: tenant, by: principal, in: database)
                _ = try await tickets.move(ticket, to: .resolved, of: tenant, by: principal, in: database)
            }
            for part in principal.catalogue.parts(FieldFollower.self) {
                try await part.follow(changed, done, principal, randomness, database)
            }
            return changed
        }
    }

    package func cancel(
        _ id: FieldJob.ID, because reason: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> FieldJob {
        try await database.changing(id) { job, database in
            guard !job.isOver else { throw FieldRefusal.overAlready }
            guard !reason.isEmpty else { throw FieldRefusal.reasonMissing }
            var changed = job
            (changed.state, changed.endedAt, changed.report) = (.cancelled, principal.now, reason)
            try await database.update(changed)
            try await database.record(
                Act(.fieldJobCancelled, job.subject, after: [Act.Detail("reason", reason)]), by: principal.actor,
                at: principal.now)
            return changed
        }
    }
}

/// What a technician hands in.
package struct FieldReport: Sendable {
    package let checked: Set<String>
    package let report: String
    /// Serial numbers of what was put up.
    package let serials: String
    /// Serial numbers of what was taken away.
    package let fetched: String
    package let photos: [SealedPhoto]

    package init(
        checked: Set<String>, _ report: String, serials: String = "", fetched: String = "", photos: [SealedPhoto] = []
    ) {
        (self.checked, self.photos) = (checked, photos)
        self.report = report.prefix(scalars: 2000)
        (self.serials, self.fetched) = (serials.prefix(scalars: 2000), fetched.prefix(scalars: 2000))
    }
}

extension FieldJob {
    init(id: ID, customer: Customer.ID, appointment: UUID, madeAt: Instant) {
        (self.id, self.customer, self.appointment, self.madeAt) = (id, customer, appointment, madeAt)
    }

    fileprivate func details() -> [Act.Detail] {
        [
            Act.Detail("kind", kind.rawValue), Act.Detail("customer", customerName),
            Act.Detail("day", day?.iso ?? ""), Act.Detail("begins", begins), Act.Detail("technician", assigneeName),
        ]
    }
}

extension FieldChecklists {
    func put(by principal: Principal, in database: TenantDatabase) async throws {
        let lists = self
        try await database.transaction { database in
            let known = try await database.fieldChecklists()
            let company = try await database.lockedTenant()?.name ?? ""
            guard
                let act = Act.change(
                    .fieldChecklistsChanged, Act.Subject("tenant", database.tenant.uuid, named: company),
                    from: known.details(), to: lists.details())
            else { return }
            try await database.execute(
                """
                INSERT INTO field_checklists (tenant_id, installation, visit, recovery)
                VALUES (\(database.tenant), \(lists.installation), \(lists.visit), \(lists.recovery))
                ON CONFLICT (tenant_id) DO UPDATE SET installation = excluded.installation, visit = excluded.visit,
                    recovery = excluded.recovery
                """)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    fileprivate func changing(
        _ id: FieldJob.ID, _ change: (FieldJob, TenantDatabase) async throws -> FieldJob
    ) async throws -> FieldJob {
        try await transaction { database in
            guard let job = try await database.fieldJob(id, locked: true) else { throw AccessRefusal.notFound }
            return try await change(job, database)
        }
    }
}
