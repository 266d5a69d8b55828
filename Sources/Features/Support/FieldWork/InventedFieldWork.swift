import Access
import Customers
import Declarations
import Identifiers
import Identity
import Postgres
import Roles
import Services
import Tenancy
import Tickets
import Time

/// Field work of invented customers, to be looked at by whoever tries the program: a technician with a day's work,
/// installations that wait, visits for open tickets, and equipment of somebody who left.
package enum InventedFieldWork {
    /// How many were made: none where there are some already.
    package static func fill(
        of tenant: Tenant, knowing catalogue: Catalogue, at now: Instant, in database: TenantDatabase
    ) async throws -> Int {
        let known: Bool? = try await database.value(
            "SELECT EXISTS (SELECT FROM field_jobs WHERE tenant_id = \(database.tenant))")
        guard known != true else { return 0 }
        let principal = Principal.commandLine(of: catalogue, at: now)
        let today = tenant.timeZone.day(at: now)
        let acts = FieldActs(randomness: .system)
        let technician = try await technician(of: tenant, by: principal, in: database)
        var made = 0
        func plan(_ new: NewFieldJob) async throws {
            _ = try await acts.plan(
                new, as: .make(milliseconds: now.milliseconds, from: .system), of: tenant, by: principal, in: database)
            made += 1
        }
        let waiting: [InventedErrand] = try await database.rows(
            """
            SELECT service_id AS id, customer_id FROM services
            WHERE tenant_id = \(database.tenant) AND state = 'pending' ORDER BY number LIMIT 4
            """)
        for (place, errand) in waiting.enumerated() {
            var new = NewFieldJob()
            (new.kind, new.service, new.customer, new.minutes) = (
                .installation, Service.ID(errand.id), errand.customer, 120
            )
            if place > 0 { (new.assignee, new.day, new.begins) = (technician, today + place - 1, "09:30") }
            try await plan(new)
        }
        let tickets: [InventedErrand] = try await database.rows(
            """
            SELECT ticket_id AS id, customer_id FROM tickets
            WHERE tenant_id = \(database.tenant) AND state IN ('new', 'in_progress') AND customer_id IS NOT NULL
                AND kind IN ('equipment', 'slow', 'no_internet')
            ORDER BY number DESC LIMIT 2
            """)
        for errand in tickets {
            var new = NewFieldJob()
            (new.kind, new.ticket, new.customer) = (.visit, Ticket.ID(errand.id), errand.customer)
            (new.assignee, new.day, new.begins) = (technician, today, made % 2 == 0 ? "12:00" : "16:00")
            try await plan(new)
        }
        let gone: [InventedErrand] = try await database.rows(
            """
            SELECT service_id AS id, customer_id FROM services
            WHERE tenant_id = \(database.tenant) AND state = 'cancelled' ORDER BY number DESC LIMIT 1
            """)
        for errand in gone {
            var new = NewFieldJob()
            (new.kind, new.service, new.customer) = (.recovery, Service.ID(errand.id), errand.customer)
            (new.assignee, new.day, new.begins) = (technician, today, "18:00")
            try await plan(new)
        }
        return made
    }

    /// Invited as an owner does; the staff's page gives them another link.
    private static func technician(
        of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> StaffMember.ID? {
        let email = "tecnica@\(tenant.slug).example"
        let roles = try await database.roles().filter { $0.readyMade == .technician }
        _ = try await StaffMember.invite(
            email: email, name: "Teresa Roldán", roles: Set(roles.map(\.id)), by: principal, from: .system,
            in: database)
        return try await database.staffMember(email: email)?.id
    }
}

private struct InventedErrand: RowReadable {
    let id: UUID
    let customer: Customer.ID

    init(row: Row) throws(DatabaseError) { (id, customer) = (try row.read("id"), try row.read("customer_id")) }
}
