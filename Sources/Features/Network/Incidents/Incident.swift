import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Routers
import Time
import Topology
import Zones

/// An outage with one cause: una falla. What hangs on what is down belongs to it and has no incident of its own.
package struct Incident: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Incident>

    package let id: ID
    package internal(set) var number = 0
    package internal(set) var cause = Cause.reported
    package internal(set) var title = ""
    package internal(set) var site: Site.ID?
    package internal(set) var zone: Zone.ID?
    package internal(set) var device: UUID?
    package internal(set) var state = State.open
    package internal(set) var note = ""
    package internal(set) var startedAt: Instant
    /// When it should be over, as customers are told.
    package internal(set) var expectedAt: Instant?
    /// It began in an announced maintenance that is not over: nobody is told.
    package internal(set) var isQuiet = false
    package internal(set) var maintenance: Maintenance.ID?
    package internal(set) var acknowledgedAt: Instant?
    package internal(set) var acknowledger = ""
    package internal(set) var escalatedAt: Instant?
    package internal(set) var resolvedAt: Instant?
    package internal(set) var resolver = ""
    package internal(set) var partOf: ID?
    package internal(set) var author = ""
    /// Customers with a service that it took down.
    package internal(set) var customers = 0
    /// Of those, how many a notice reached.
    package internal(set) var told = 0

    package enum Cause: String, FieldChoice {
        case reported, device, sessions, fibre

        package var message: Message {
            switch self {
            case .reported: Message(es: "Reportada", en: "Reported", pt: "Relatada")
            case .sessions:
                Message(
                    es: "Sesiones que cayeron juntas", en: "Sessions that dropped together",
                    pt: "Sessões que caíram juntas")
            case .fibre: Message(es: "Fibra sin luz", en: "Fibre without light", pt: "Fibra sem luz")
            case .device: Message(es: "Vista por el monitor", en: "Seen by the monitor", pt: "Vista pelo monitor")
            }
        }
    }

    package enum State: String, FieldChoice {
        case open, acknowledged, resolved

        package var message: Message {
            switch self {
            case .open: Message(es: "Abierta", en: "Open", pt: "Aberta")
            case .acknowledged: Message(es: "Reconocida", en: "Acknowledged", pt: "Reconhecida")
            case .resolved: Message(es: "Resuelta", en: "Resolved", pt: "Resolvida")
            }
        }

        package var tone: Tone {
            switch self {
            case .open: .bad
            case .acknowledged: .warning
            case .resolved: .good
            }
        }
    }

    /// It was declared by mistake and ended so: quiet without a maintenance, which no other incident is.
    package var isMistake: Bool { state == .resolved && isQuiet && maintenance == nil }

    package static let path = "/panel/incidents"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var subject: Act.Subject { Act.Subject("incident", id.uuid, named: "\(title) (\(number))") }

    /// Whole minutes; until now where it goes on.
    package func minutes(at now: Instant) -> Int { Self.minutes(from: startedAt, to: resolvedAt ?? now) }

    static func minutes(from: Instant, to: Instant) -> Int {
        max(0, Int((to.milliseconds - from.milliseconds) / 60_000))
    }

    /// Only those that are in none of the spans, which come in order.
    static func minutes(from: Instant, to: Instant, without spans: [CreditedSpan]) -> Int {
        var (left, free) = (from, Duration.zero)
        for span in spans where left < to {
            if span.from > left { free += min(span.from, to) - left }
            left = max(left, span.to)
        }
        if left < to { free += to - left }
        return Int(free.components.seconds / 60)
    }
}

/// What somebody says of an outage that no monitor saw.
package struct NewIncident: Sendable, Equatable {
    package var title = ""
    package var site: Site.ID?
    package var zone: Zone.ID?
    package var router: Router.ID?
    /// Until it should be over; 0 where nobody knows.
    package var expectedMinutes = 0
    package var note = ""

    package init() {}
}

extension NewIncident: Fielded {
    package static let noun = "Incident"

    package static let fields: [Field<NewIncident>] = [
        .line("title", \.title, 1...100, IncidentWords.title.message).hint(IncidentWords.titleHint.message),
        .reference("site", \.site, IncidentWords.site.message),
        .reference("zone", \.zone, IncidentWords.zone.message),
        .reference("router", \.router, IncidentWords.router.message).hint(IncidentWords.scopeHint.message),
        .count("expected_minutes", \.expectedMinutes, 0...10_080, IncidentWords.expectedMinutes.message).hint(
            IncidentWords.expectedHint.message),
        .lines("note", \.note, 0...500, IncidentWords.note.message).hint(IncidentWords.noteHint.message),
    ]
}

/// What is known of an open incident: when it should be over, and a note for colleagues.
package struct IncidentNews: Sendable, Equatable {
    package var expectedMinutes = 0
    package var note = ""

    package init() {}
}

extension IncidentNews: Fielded {
    package static let noun = "IncidentNews"

    package static let fields: [Field<IncidentNews>] = [
        .count("expected_minutes", \.expectedMinutes, 0...10_080, IncidentWords.expectedMinutes.message).hint(
            IncidentWords.expectedFromNow.message),
        .lines("note", \.note, 0...500, IncidentWords.note.message).hint(IncidentWords.noteHint.message),
    ]
}

extension Incident {
    static let fields: [Field<Incident>] = [
        .counted("number", \.number, IncidentWords.number.message).sorted(by: "i.number"),
        Field("title", .line(0...100), IncidentWords.title.message) { .text($0.title) },
        .derived("state", \.state, IncidentWords.state.message).filtered(by: "i.state"),
        .derived("cause", \.cause, IncidentWords.cause.message).filtered(by: "i.cause").minor(),
        Field("started", .line(0...40), IncidentWords.started.message) { .text($0.startedAt.rfc3339) }
            .only(in: .record),
        Field("resolved", .line(0...40), IncidentWords.resolvedAt.message) { .text($0.resolvedAt?.rfc3339 ?? "") }
            .only(in: .record),
        .counted("customers", \.customers, IncidentWords.affected.message),
        .counted("told", \.told, IncidentWords.told.message).minor(),
    ]

    static let list = List<Incident>(
        "incidents", at: path, IncidentWords.incidents.message, of: fields, by: "number", id: \.id.uuid)
}

extension Incident: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("cause", cause.rawValue)
            json.member("title", title)
            json.member("site", site?.description)
            json.member("zone", zone?.description)
            json.member("device", device?.description)
            json.member("state", state.rawValue)
            json.member("note", note)
            json.member("started_at", startedAt.rfc3339)
            json.member("expected_at", expectedAt?.rfc3339)
            json.member("in_maintenance", isQuiet && !isMistake)
            json.member("acknowledged_at", acknowledgedAt?.rfc3339)
            json.member("resolved_at", resolvedAt?.rfc3339)
            json.member("part_of", partOf?.description)
            json.member("customers", customers)
            json.member("told", told)
        }
    }
}

extension Incident: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("incident_id")
        startedAt = try row.read("started_at")
        number = try row.read("number")
        cause = try row.word("cause")
        title = try row.read("title")
        site = try row.read("site_id")
        zone = try row.read("zone_id")
        device = try row.read("device_id")
        state = try row.word("state")
        note = try row.read("note")
        expectedAt = try row.read("expected_at")
        isQuiet = try row.read("is_quiet")
        maintenance = try row.read("maintenance_id")
        acknowledgedAt = try row.read("acknowledged_at")
        acknowledger = try row.read("acknowledger")
        escalatedAt = try row.read("escalated_at")
        resolvedAt = try row.read("resolved_at")
        resolver = try row.read("resolver")
        partOf = try row.read("part_of")
        author = try row.read("actor")
        customers = try row.read("customers")
        told = try row.read("told")
    }
}
