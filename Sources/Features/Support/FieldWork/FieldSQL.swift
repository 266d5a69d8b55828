import Customers
import Identifiers
import Identity
import Nouns
import Postgres
import Services
import Tickets
import Time

extension TenantDatabase {
    private var fieldJobSelection: SQL {
        """
        SELECT j.job_id, j.number, j.kind, j.state, j.customer_id, coalesce(c.name, '') AS customer_name, j.service_id,
            j.ticket_id, j.note, j.assignee_id, coalesce(s.name, '') AS assignee_name, j.day, j.begins, j.minutes,
            j.appointment_id, j.checklist, j.checked, j.report, j.serials, j.fetched, j.started_at, j.ended_at,
            j.actor, j.made_at
        FROM field_jobs j
        LEFT JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = j.customer_id
        LEFT JOIN staff s ON s.tenant_id = \(tenant) AND s.staff_id = j.assignee_id
        WHERE j.tenant_id = \(tenant)
        """
    }

    package func fieldJob(_ id: FieldJob.ID, locked: Bool = false) async throws(DatabaseError) -> FieldJob? {
        try await first("\(fieldJobSelection) AND j.job_id = \(id) \(locked ? .forUpdate(of: "j") : .nothing)")
    }

    func fieldJobs(_ ids: [FieldJob.ID], locked: Bool = false) async throws(DatabaseError) -> [FieldJob] {
        guard !ids.isEmpty else { return [] }
        return try await rows(
            """
            \(fieldJobSelection) AND j.job_id = ANY (\(ids)) ORDER BY j.number
            \(locked ? .forUpdate(of: "j") : .nothing)
            """)
    }

    func fieldJobs(_ query: ListQuery<FieldJob>) -> SQL {
        "\(fieldJobSelection) \(query.restriction) \(query.position) \(query.sorting)"
    }

    func fieldJobsCounted(_ query: ListQuery<FieldJob>) -> SQL {
        "FROM field_jobs j WHERE j.tenant_id = \(tenant) \(query.restriction)"
    }

    func fieldJobs(
        in state: FieldJob.State?, after number: Int, limit: Int
    ) async throws(DatabaseError) -> [FieldJob] {
        let wanted: SQL = state.map { "AND j.state = \($0.rawValue)" } ?? .nothing
        return try await rows(
            "\(fieldJobSelection) AND j.number > \(number) \(wanted) ORDER BY j.number LIMIT \(limit)")
    }

    /// A day's work, the earliest first: a person's, or everybody's. What was left open on earlier days comes first.
    func fieldJobs(
        on day: Day, of member: StaffMember.ID?, withEarlier: Bool
    ) async throws(DatabaseError) -> [FieldJob] {
        let whose: SQL = member.map { "AND j.assignee_id = \($0)" } ?? .nothing
        let earlier: SQL =
            withEarlier ? "OR (j.day < \(day) AND j.state IN ('scheduled', 'in_progress'))" : .nothing
        return try await rows(
            """
            \(fieldJobSelection) AND (j.day = \(day) \(earlier)) AND j.state <> 'cancelled' \(whose)
            ORDER BY j.day, j.begins, j.number LIMIT 300
            """)
    }

    func fieldJobs(of service: Service.ID) async throws(DatabaseError) -> [FieldJob] {
        try await rows("\(fieldJobSelection) AND j.service_id = \(service) ORDER BY j.number DESC LIMIT 20")
    }

    func fieldJobs(of ticket: Ticket.ID) async throws(DatabaseError) -> [FieldJob] {
        try await rows("\(fieldJobSelection) AND j.ticket_id = \(ticket) ORDER BY j.number DESC LIMIT 20")
    }

    /// Where services are.
    func fieldSpots(of services: [Service.ID]) async throws(DatabaseError) -> [Service.ID: FieldSpot] {
        guard !services.isEmpty else { return [:] }
        let spots: [FieldSpot] = try await rows(
            """
            SELECT service_id, address, neighbourhood, latitude, longitude FROM services
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(services))
            """)
        return Dictionary(spots.map { ($0.service, $0) }) { first, _ in first }
    }

    func openFieldJobsStatement(of customer: Customer.ID) -> SQL {
        """
        \(fieldJobSelection) AND j.customer_id = \(customer) AND j.state IN ('new', 'scheduled', 'in_progress')
        ORDER BY j.day, j.begins, j.number LIMIT 5
        """
    }

    /// Appointments that a customer can still expect, the next first.
    func fieldAppointments(of customer: Customer.ID, from today: Day) async throws(DatabaseError) -> [FieldJob] {
        try await rows(
            """
            \(fieldJobSelection) AND j.customer_id = \(customer) AND j.day >= \(today)
                AND j.state IN ('scheduled', 'in_progress')
            ORDER BY j.day, j.begins LIMIT 5
            """)
    }

    func isAppointed(_ appointment: UUID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM field_jobs
                WHERE tenant_id = \(tenant) AND appointment_id = \(appointment) AND state = 'scheduled')
            """) ?? false
    }

    func insert(_ job: FieldJob) async throws(DatabaseError) {
        try await execute(
            """
            WITH next AS (
                INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'field_job', 1)
                ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
            INSERT INTO field_jobs (
                tenant_id, job_id, number, kind, state, customer_id, service_id, ticket_id, note, assignee_id, day,
                begins, minutes, appointment_id, checklist, actor, made_at)
            SELECT \(tenant), \(job.id), n.last, \(job.kind.rawValue), \(job.state.rawValue), \(job.customer),
                \(job.service), \(job.ticket), \(job.note), \(job.assignee), \(job.day), \(job.begins),
                \(Int32(job.minutes)), \(job.appointment), \(job.checklist), \(job.author), \(job.madeAt)
            FROM next n
            """)
    }

    func update(_ job: FieldJob) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE field_jobs SET state = \(job.state.rawValue), assignee_id = \(job.assignee), day = \(job.day),
                begins = \(job.begins), minutes = \(Int32(job.minutes)), appointment_id = \(job.appointment),
                checked = \(job.checked), report = \(job.report), serials = \(job.serials),
                fetched = \(job.fetched), started_at = \(job.startedAt), ended_at = \(job.endedAt)
            WHERE tenant_id = \(tenant) AND job_id = \(job.id)
            """)
    }

    /// Those who go out.
    func technicians() async throws(DatabaseError) -> [Technician] {
        try await rows(
            """
            SELECT staff_id, name FROM staff
            WHERE tenant_id = \(tenant) AND state <> 'disabled' AND 'field.work' = ANY (permissions)
            ORDER BY name, staff_id LIMIT 300
            """)
    }

    func technician(_ id: StaffMember.ID, in zone: UUID?) async throws(DatabaseError) -> Technician? {
        let reach: SQL = zone.map { "AND (zones IS NULL OR \($0) = ANY (zones))" } ?? "AND zones IS NULL"
        return try await first(
            """
            SELECT staff_id, name FROM staff
            WHERE tenant_id = \(tenant) AND state <> 'disabled' AND 'field.work' = ANY (permissions)
                AND staff_id = \(id) \(reach)
            """)
    }

    package func fieldChecklists() async throws(DatabaseError) -> FieldChecklists {
        try await first(
            "SELECT installation, visit, recovery FROM field_checklists WHERE tenant_id = \(tenant)")
            ?? FieldChecklists()
    }
}

/// Where a service is.
struct FieldSpot: RowReadable, Sendable {
    let service: Service.ID
    let address: String
    let neighbourhood: String
    let coordinates: Coordinates?

    init(_ service: Service) {
        (self.service, address, neighbourhood) = (service.id, service.address, service.neighbourhood)
        coordinates = service.coordinates
    }

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        (address, neighbourhood) = (try row.read("address"), try row.read("neighbourhood"))
        let (latitude, longitude): (Int32?, Int32?) = (try row.read("latitude"), try row.read("longitude"))
        coordinates = latitude.flatMap { latitude in
            longitude.flatMap { Coordinates(latitude: Int(latitude), longitude: Int($0)) }
        }
    }
}

struct Technician: RowReadable, Sendable {
    let id: StaffMember.ID
    let name: String

    init(row: Row) throws(DatabaseError) { (id, name) = (try row.read("staff_id"), try row.read("name")) }
}
