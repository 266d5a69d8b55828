import Access
import Assembly
import Customers
import Declarations
import Events
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Services
import StaffChat
import Tenancy
import Tickets
import Time

/// Work in the field beside what other rooms show: a service that waits for its installation, a ticket, the first page.
enum FieldDoors {
    static let service: any RoomPart = ServicePart(60) { service, visit in
        guard visit.may(.fieldRead) else { return .nothing }
        let jobs = try await visit.database.fieldJobs(of: service.id)
        let kind: FieldJob.Kind =
            switch service.state {
            case .pending: .installation
            case .cancelled: .recovery
            default: .visit
            }
        return card(jobs, planning: kind, at: "service=\(service.id)", visit)
    }

    /// What a customer who asks is told: who comes when.
    static let customerCard: any RoomPart = CustomerCards(
        27, for: .fieldRead,
        reading: { visit, customer in [visit.database.openFieldJobsStatement(of: customer.id)] },
        { rows, visit, _ in
            let jobs: [FieldJob] = try rows[0].read()
            guard !jobs.isEmpty else { return nil }
            return CustomerCard(FieldWords.works.text(for: visit.reader), in: .side) {
                FieldLines(jobs: jobs, visit: visit)
            }
        })

    static let ticket: any RoomPart = TicketPart(10, for: .fieldRead) { ticket, visit in
        let jobs = try await visit.database.fieldJobs(of: ticket.id)
        let mayPlan = !ticket.isOver && ticket.customer != nil
        guard mayPlan || !jobs.isEmpty else { return .nothing }
        return card(jobs, planning: mayPlan ? .visit : nil, at: "ticket=\(ticket.id)", visit)
    }

    private static func card(
        _ jobs: [FieldJob], planning kind: FieldJob.Kind?, at query: String, _ visit: Visit
    ) -> Markup {
        let reader = visit.reader
        let mayPlan = kind != nil && visit.mayAct(with: .fieldPlan)
        guard mayPlan || !jobs.isEmpty else { return .nothing }
        return section(.class("card"), .aria("label", FieldWords.works.text(for: reader))) {
            h2 { FieldWords.works.text(for: reader) }
            if !jobs.isEmpty { FieldLines(jobs: jobs, visit: visit) }
            if mayPlan, let kind {
                a(.class("button"), .href("\(FieldJob.path)/new?kind=\(kind.rawValue)&\(query)")) {
                    words(for: kind).text(for: reader)
                }
            }
        }
    }

    private static func words(for kind: FieldJob.Kind) -> FieldWords {
        switch kind {
        case .installation: .planInstallation
        case .visit: .planVisit
        case .recovery: .planRecovery
        }
    }

    /// Told to whoever is to go.
    static let staffNotices: [any RoomPart] = [
        staffNotice(63, of: .fieldJobPlanned, .works), staffNotice(64, of: .fieldJobRescheduled, .rescheduledOnes),
    ]

    private static func staffNotice(_ number: Int, of event: EventKind, _ title: FieldWords) -> any RoomPart {
        StaffNotice(number, of: event, title.message, to: .fieldWork) { turn, subject in
            guard let job = try await turn.database.fieldJob(ID(subject)), !job.isOver,
                job.assignee?.uuid == turn.principal.actor.id
            else { return nil }
            return StaffReply(
                "\(job.named(for: turn.reader)) · \(job.moment(for: turn.reader)) · \(job.customerName)")
        }
    }

    /// A customer's own appointments, on the portal.
    static func portalParts(for visit: Visit, of subscriber: UUID) async throws -> [HomePart] {
        let today = visit.tenant.timeZone.day(at: visit.now)
        let jobs = try await visit.database.fieldAppointments(of: Customer.ID(subscriber), from: today)
        guard !jobs.isEmpty else { return [] }
        return [HomePart(.card, 30, FieldAppointments(jobs: jobs, reader: visit.reader))]
    }

    static func homeParts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.fieldRead) else { return [] }
        let found: FieldFigures? = try await visit.database.first(
            """
            SELECT count(*) FILTER (WHERE day = \(visit.tenant.timeZone.day(at: visit.now))) AS today,
                count(*) FILTER (WHERE day IS NULL) AS unscheduled
            FROM field_jobs
            WHERE tenant_id = \(visit.database.tenant) AND state IN ('new', 'scheduled', 'in_progress')
            """)
        guard let figures = found, figures.today + figures.unscheduled > 0 else { return [] }
        return [
            HomePart(
                .tile, 38,
                Tile(
                    FieldWords.figure.text(for: visit.reader), figures.today.text(for: visit.reader),
                    path: FieldRoutes.today,
                    note: FieldWords.figureNote.text(
                        for: visit.reader, .number("number", figures.unscheduled))))
        ]
    }
}

private struct FieldFigures: RowReadable {
    let today: Int
    let unscheduled: Int

    init(row: Row) throws(DatabaseError) {
        (today, unscheduled) = (try row.read("today"), try row.read("unscheduled"))
    }
}
