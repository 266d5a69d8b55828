import Access
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time
import Topology
import Zones

/// Announced work: from its first second to its last an outage of what it covers is recorded and nobody is told.
package struct Maintenance: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Maintenance>

    package let id: ID
    package internal(set) var number = 0
    package internal(set) var title = ""
    package internal(set) var site: Site.ID?
    package internal(set) var zone: Zone.ID?
    package internal(set) var startsAt: Instant
    package internal(set) var endsAt: Instant
    package internal(set) var note = ""
    package internal(set) var cancelledAt: Instant?

    package static let path = "/panel/maintenances"
    package var panelPath: String { "\(Self.path)/\(id)" }
    var subject: Act.Subject { Act.Subject("maintenance", id.uuid, named: "\(title) (\(number))") }

    package func isActive(at now: Instant) -> Bool { cancelledAt == nil && startsAt <= now && now < endsAt }

    /// Whether it covers what an incident took down: all, its zone, or a site that feeds it.
    package func covers(zone: Zone.ID?, above sites: [Site.ID]) -> Bool {
        if let site { return sites.contains(site) }
        if let covered = self.zone { return covered == zone }
        return true
    }
}

/// A maintenance as it is announced, by the company's clock.
package struct NewMaintenance: Sendable, Equatable {
    package var title = ""
    package var site: Site.ID?
    package var zone: Zone.ID?
    package var day: Day
    /// "2:30", "14:30" or "2:30 pm".
    package var time = ""
    package var minutes = 60
    package var note = ""

    package init(on day: Day) { self.day = day }
}

extension NewMaintenance: Fielded {
    package static let noun = "Maintenance"

    package static let fields: [Field<NewMaintenance>] = [
        .line("title", \.title, 1...100, IncidentWords.maintenanceTitle.message),
        .reference("site", \.site, IncidentWords.site.message),
        .reference("zone", \.zone, IncidentWords.zone.message).hint(IncidentWords.scopeHint.message),
        .day("day", \.day, IncidentWords.day.message),
        .line("time", \.time, 1...12, IncidentWords.time.message).hint(IncidentWords.timeHint.message),
        .count("minutes", \.minutes, 1...10_080, IncidentWords.minutes.message),
        .lines("note", \.note, 0...500, IncidentWords.note.message).hint(IncidentWords.noteHint.message),
    ]

    /// The beginning in seconds of its day; nil where it is no time. Also reads "2:30 a. m.".
    var second: Int? {
        var text = time.lowercased().filter { !$0.isWhitespace && $0 != "." }
        let half = ["am", "pm"].first { text.hasSuffix($0) }
        if half != nil { text.removeLast(2) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, 1...2 ~= parts[0].utf8.count, parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let typed = Int(parts[0]), let minute = Int(parts[1]), minute < 60
        else { return nil }
        guard let half else { return typed < 24 ? typed * 3600 + minute * 60 : nil }
        guard 1...12 ~= typed else { return nil }
        return (typed % 12 + (half == "pm" ? 12 : 0)) * 3600 + minute * 60
    }
}

extension NewMaintenance {
    package func announce(
        as id: Maintenance.ID, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Maintenance {
        guard let second else { throw IncidentRefusal.timeUnreadable }
        guard site == nil || zone == nil else { throw IncidentRefusal.scopeTwice }
        let today = tenant.timeZone.day(at: principal.now)
        guard day >= today - 1, day <= today + 366 else { throw IncidentRefusal.dayFarOff }
        let start = day.start(in: tenant.timeZone) + .seconds(second)
        guard start + .seconds(minutes * 60) > principal.now else { throw MaintenanceRefusal.overAlready }
        let new = self
        return try await database.transaction { database in
            try await Incident.check(site: new.site, zone: new.zone, in: database)
            try await database.execute(
                """
                WITH next AS (
                    INSERT INTO counters (tenant_id, name, last) VALUES (\(database.tenant), 'maintenance', 1)
                    ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last)
                INSERT INTO maintenances (
                    tenant_id, maintenance_id, number, title, site_id, zone_id, starts_at, ends_at, note, actor, made_at)
                SELECT \(database.tenant), \(id), n.last, \(new.title), \(new.site), \(new.zone), \(start),
                    \(start + .seconds(new.minutes * 60)), \(new.note), \(principal.actor.name), \(principal.now)
                FROM next n
                """)
            guard let made = try await database.maintenance(id) else { throw ZoneRefusal.required }
            try await database.record(
                Act(.maintenanceAnnounced, made.subject, after: new.details()), by: principal.actor, at: principal.now)
            return made
        }
    }
}

package enum MaintenanceRefusal: Refusal, MessageCatalogue {
    case overAlready

    package var status: Status { .unprocessableContent }
    package var code: String { "window_over" }

    package var message: Message {
        switch self {
        case .overAlready:
            Message(
                es: "A esa hora ya habría terminado: elija una que no haya pasado.",
                tu: "A esa hora ya habría terminado: elige una que no haya pasado.",
                vos: "A esa hora ya habría terminado: elegí una que no haya pasado.",
                en: "It would be over by now: choose a time that has not passed.",
                pt: "A essa hora já teria terminado: escolha uma que não tenha passado.")
        }
    }
}

extension Maintenance {
    package static func cancel(
        _ id: ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Maintenance {
        try await database.transaction { database in
            guard var found = try await database.maintenance(id, locked: true) else { throw AccessRefusal.notFound }
            guard found.cancelledAt == nil, found.endsAt > principal.now else { throw IncidentRefusal.overAlready }
            try await database.execute(
                """
                UPDATE maintenances SET cancelled_at = \(principal.now)
                WHERE tenant_id = \(database.tenant) AND maintenance_id = \(id)
                """)
            found.cancelledAt = principal.now
            try await database.record(
                Act(.maintenanceCancelled, found.subject), by: principal.actor, at: principal.now)
            return found
        }
    }
}

extension TenantDatabase {
    private var maintenanceSelection: SQL {
        """
        SELECT m.maintenance_id, m.number, m.title, m.site_id, m.zone_id, m.starts_at, m.ends_at, m.note, m.cancelled_at
        FROM maintenances m WHERE m.tenant_id = \(tenant)
        """
    }

    package func maintenance(_ id: Maintenance.ID, locked: Bool = false) async throws(DatabaseError) -> Maintenance? {
        try await first(
            "\(maintenanceSelection) AND m.maintenance_id = \(id) \(locked ? .forUpdate(of: "m") : .nothing)")
    }

    func maintenances(after number: Int, limit: Int) async throws(DatabaseError) -> [Maintenance] {
        try await rows("\(maintenanceSelection) AND m.number > \(number) ORDER BY m.number LIMIT \(limit)")
    }

    /// Those that are not over, the first to begin first.
    package func comingMaintenances(at now: Instant) async throws(DatabaseError) -> [Maintenance] {
        try await rows(
            """
            \(maintenanceSelection) AND m.cancelled_at IS NULL AND m.ends_at > \(now)
            ORDER BY m.starts_at, m.number LIMIT 200
            """)
    }
}

extension Maintenance: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("maintenance_id")
        startsAt = try row.read("starts_at")
        endsAt = try row.read("ends_at")
        number = try row.read("number")
        title = try row.read("title")
        site = try row.read("site_id")
        zone = try row.read("zone_id")
        note = try row.read("note")
        cancelledAt = try row.read("cancelled_at")
    }
}

extension Maintenance: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("title", title)
            json.member("site", site?.description)
            json.member("zone", zone?.description)
            json.member("starts_at", startsAt.rfc3339)
            json.member("ends_at", endsAt.rfc3339)
            json.member("note", note)
            json.member("cancelled_at", cancelledAt?.rfc3339)
        }
    }
}
