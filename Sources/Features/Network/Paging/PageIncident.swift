import Events
import Identifiers
import Incidents
import JSON
import Jobs
import Locale
import Postgres
import Tenancy
import Time

/// Makes the alert at PagerDuty what the incident is: open, acknowledged or resolved. It may run twice and end the same.
package struct PageIncident: Job {
    package static let kind = "network.page-incident"

    let incident: Incident.ID

    package var key: String? { incident.description }
    package var lane: String? { "page \(incident)" }

    init(_ incident: Incident.ID) { self.incident = incident }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("incident", as: String.self)
        guard let id = Incident.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("incident"))
        }
        incident = id
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("incident", incident.description) } }

    func run(in context: JobContext, by acts: PagingActs, reachedAt origin: (Tenant) -> String) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await acts.page(
            incident, of: tenant, reachedAt: origin(tenant), at: context.now, in: context.database)
    }
}

extension PagingActs {
    /// Throws what sending again may mend.
    package func page(
        _ id: Incident.ID, of tenant: Tenant, reachedAt origin: String, at now: Instant, in database: TenantDatabase
    ) async throws {
        guard let account = try await database.pagingAccount(), account.isOn,
            let page = try await database.page(of: id), !page.isRefused,
            let incident = try await database.incident(id)
        else { return }
        let key = try await key(in: database)
        for action in page.due(for: incident) {
            let words = PagingWords.summary.text(
                for: tenant.reader, .text("place", incident.title),
                .text("customers", PagingWords.customers.text(for: tenant.reader, .count(incident.customers))))
            let event = PagerEvent(
                action, deduplication: "mastil-\(id)", summary: words, source: incident.title,
                severity: incident.customers > 0 ? "critical" : "error", at: incident.startedAt,
                link: "\(origin)\(incident.panelPath)")
            do throws(PagingFailure) {
                try await line.send(event, to: account.address, with: key)
            } catch {
                try await database.notePaging(error.text, at: now)
                if error.isPassing { throw error }
                return try await database.refusePage(of: id, at: now)
            }
            try await database.note(action, in: id, at: now)
        }
        try await database.notePaging(nil, at: now)
    }

    /// Notes that an incident's alert goes out, and looks again at each that did.
    static func follow(
        _ incident: Incident, _ change: IncidentFollower.Change, at now: Instant, in database: TenantDatabase
    ) async throws {
        if change == .alerted {
            guard try await database.pagingAccount()?.isOn == true else { return }
            try await database.beginPage(of: incident.id, at: now)
        } else if try await database.page(of: incident.id) == nil {
            return
        }
        try await database.queue(PageIncident(incident.id), at: now)
    }
}

/// What PagerDuty was told of an incident.
struct PagedIncident: RowReadable, Sendable {
    let told: PagerEvent.Action?
    let isRefused: Bool

    init(row: Row) throws(DatabaseError) {
        told = (try row.read("told") as String?).flatMap(PagerEvent.Action.init)
        isRefused = try row.read("is_refused")
    }

    /// What is to be told, in order. An alert that never opened is not closed either.
    func due(for incident: Incident) -> [PagerEvent.Action] {
        switch (told, incident.state) {
        case (nil, .open): [.trigger]
        case (nil, .acknowledged): [.trigger, .acknowledge]
        case (nil, .resolved), (.resolve, _): []
        case (.trigger, .acknowledged): [.acknowledge]
        case (_, .resolved): [.resolve]
        case (.trigger, .open), (.acknowledge, _): []
        }
    }
}

extension TenantDatabase {
    func page(of incident: Incident.ID) async throws(DatabaseError) -> PagedIncident? {
        try await first(
            """
            SELECT told, refused_at IS NOT NULL AS is_refused FROM incident_pages
            WHERE tenant_id = \(tenant) AND incident_id = \(incident)
            """)
    }

    fileprivate func beginPage(of incident: Incident.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO incident_pages (tenant_id, incident_id, made_at) VALUES (\(tenant), \(incident), \(now))
            ON CONFLICT DO NOTHING
            """)
    }

    fileprivate func note(
        _ action: PagerEvent.Action, in incident: Incident.ID, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE incident_pages SET told = \(action.rawValue), told_at = \(now)
            WHERE tenant_id = \(tenant) AND incident_id = \(incident)
            """)
    }

    fileprivate func refusePage(of incident: Incident.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE incident_pages SET refused_at = \(now) WHERE tenant_id = \(tenant) AND incident_id = \(incident)
            """)
    }
}
