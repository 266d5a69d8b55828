import Access
import Declarations
import Identifiers
import Locale
import Monitoring
import Nouns
import Postgres
import Routers
import StaffChat
import Tenancy
import Time
import Topology
import Zones

/// What the staff ask and do about the network from their chats.
enum NocCommands {
    static let all: [any RoomPart] = [
        StaffCommand(
            32, "devices", NocCommandTitles.devices.message, typed: ["dispositivos", "equipos"], for: .networkRead,
            work: devices),
        StaffCommand(
            33, "outages", NocCommandTitles.outages.message, typed: ["caidas"], for: .networkRead, work: outages),
        StaffCommand(34, "zones", NocCommandTitles.zones.message, typed: ["zonas"], for: .networkRead, work: zones),
        StaffCommand(
            35, "incidents", NocCommandTitles.incidents.message, typed: ["incidentes"], for: .networkRead,
            work: incidents),
        StaffCommand(36, "incident", NocCommandTitles.incident.message, for: .networkRead, work: incident),
        StaffCommand(
            37, "acknowledge", NocCommandTitles.acknowledge.message, for: .networkOperate, work: acknowledge),
        StaffCommand(
            38, "monitor", NocCommandTitles.monitor.message, typed: ["monitor"], for: .networkRead, work: monitor),
        StaffCommand(39, "turn_monitor", NocCommandTitles.monitor.message, for: .networkManage, work: turnMonitor),
        StaffCommand(
            40, "maintenance", NocCommandTitles.maintenance.message, typed: ["mantenimiento"], for: .networkRead,
            work: maintenance),
        StaffCommand(
            41, "announce_maintenance", NocCommandTitles.announce.message, for: .networkOperate, work: announce),
    ]

    private static let most = 20

    // MARK: - Devices

    @Sendable private static func devices(_ turn: StaffTurn) async throws -> StaffReply {
        let reader = turn.reader
        let all = try await turn.database.devices().filter(\.device.isWatched)
        guard !all.isEmpty else { return StaffReply(NocCommandWords.noDevices.text(for: reader)) }
        let asked = turn.about.lowercased()
        let shown =
            asked.isEmpty
            ? all.filter { $0.state.standing == .down }
            : all.filter { $0.device.name.lowercased().contains(asked) || $0.device.address.hasPrefix(asked) }
        let head =
            asked.isEmpty
            ? NocCommandWords.devicesUp.text(
                for: reader, .number("up", all.count { $0.state.standing == .up }), .number("total", all.count))
            : NocCommandWords.devicesFound.text(for: reader, .count(shown.count))
        return StaffReply(lines(head, shown.map { line(of: $0, turn) }, reader))
    }

    private static func line(of one: DeviceInState, _ turn: StaffTurn) -> String {
        let since = one.state.since.map { moment($0, turn) } ?? ""
        let latency = one.state.latencyText
        return [one.device.name, one.state.standing.text(for: turn.reader), since, latency].filter { !$0.isEmpty }
            .joined(separator: " · ")
    }

    // MARK: - Incidents

    @Sendable private static func outages(_ turn: StaffTurn) async throws -> StaffReply {
        let open = try await turn.database.openIncidents(limit: 100)
        guard !open.isEmpty else { return StaffReply(NocWords.allFine.text(for: turn.reader)) }
        let head = NocCommandWords.openIncidents.text(for: turn.reader, .count(open.count))
        return list(open, head, turn)
    }

    @Sendable private static func incidents(_ turn: StaffTurn) async throws -> StaffReply {
        let newest = try await turn.database.newestIncidents(limit: 10)
        guard !newest.isEmpty else { return StaffReply(IncidentWords.none.text(for: turn.reader)) }
        return list(newest, NocCommandWords.newest.text(for: turn.reader), turn)
    }

    private static func list(_ incidents: [Incident], _ head: String, _ turn: StaffTurn) -> StaffReply {
        StaffReply(
            lines(head, incidents.map { line(of: $0, turn) }, turn.reader),
            incidents.prefix(8).map { .open("incident", $0.id.description, $0.title) })
    }

    private static func line(of incident: Incident, _ turn: StaffTurn) -> String {
        let affected = IncidentWords.all.text(for: turn.reader, .count(incident.customers))
        return "\(incident.title) · \(incident.state.text(for: turn.reader)) · \(moment(incident.startedAt, turn)) · "
            + "\(incident.duration(at: turn.now, for: turn.reader)) · \(affected)"
    }

    @Sendable private static func incident(_ turn: StaffTurn) async throws -> StaffReply {
        guard let id = Incident.ID(turn.about), let incident = try await turn.database.incident(id) else {
            return StaffReply(NocCommandWords.unknownIncident.text(for: turn.reader))
        }
        return reply(about: incident, turn)
    }

    @Sendable private static func acknowledge(_ turn: StaffTurn) async throws -> StaffReply {
        guard let id = Incident.ID(turn.about) else { throw AccessRefusal.notFound }
        let incident = try await Incident.acknowledge(id, by: turn.principal, in: turn.database)
        return StaffReply(NocCommandWords.acknowledged.text(for: turn.reader, .text("place", incident.title)))
    }

    private static func reply(about incident: Incident, _ turn: StaffTurn) -> StaffReply {
        let reader = turn.reader
        var text = [line(of: incident, turn)]
        if incident.isQuiet, incident.state != .resolved { text.append(IncidentWords.quiet.text(for: reader)) }
        if let expected = incident.expectedAt, incident.state != .resolved {
            text.append("\(IncidentWords.expected.text(for: reader)): \(moment(expected, turn))")
        }
        if !incident.acknowledger.isEmpty {
            text.append("\(IncidentWords.acknowledgedBy.text(for: reader)): \(incident.acknowledger)")
        }
        if !incident.note.isEmpty { text.append(incident.note) }
        let mayAcknowledge = incident.state == .open && turn.may(.networkOperate)
        return StaffReply(
            text.joined(separator: "\n"),
            mayAcknowledge
                ? [
                    .act(
                        "acknowledge", incident.id.description,
                        NocCommandTitles.acknowledge.text(for: reader))
                ] : [])
    }

    // MARK: - Zones

    @Sendable private static func zones(_ turn: StaffTurn) async throws -> StaffReply {
        let zones = try await turn.database.zoneStandings()
        guard !zones.isEmpty else { return StaffReply(NocCommandWords.noZones.text(for: turn.reader)) }
        let head = NocCommandTitles.zones.text(for: turn.reader)
        return StaffReply(
            lines(
                head,
                zones.map { zone in
                    NocCommandWords.zone.text(
                        for: turn.reader, .name(zone.name), .number("down", zone.down),
                        .number("watched", zone.watched),
                        .number("services", zone.services), .number("incidents", zone.incidents))
                }, turn.reader))
    }

    // MARK: - The monitor

    @Sendable private static func monitor(_ turn: StaffTurn) async throws -> StaffReply {
        try await state(of: try await turn.database.monitorSwitch(), turn)
    }

    private static func state(of monitor: MonitorSwitch, _ turn: StaffTurn) async throws -> StaffReply {
        let reader = turn.reader
        var text = [monitor.isOn ? NocCommandWords.monitorOn.text(for: reader) : NocWords.monitorOff.text(for: reader)]
        if let changedAt = monitor.changedAt { text.append("\(monitor.changedBy) · \(moment(changedAt, turn))") }
        if let polledAt = try await turn.database.lastPoll() {
            text.append(NocWords.polled.text(for: reader, .text("moment", moment(polledAt, turn))))
        }
        guard turn.may(.networkManage) else { return StaffReply(text.joined(separator: "\n")) }
        let wanted = monitor.isOn ? "off" : "on"
        let title: NocCommandTitles = monitor.isOn ? .turnOff : .turnOn
        return StaffReply(text.joined(separator: "\n"), [.act("turn_monitor", wanted, title.text(for: reader))])
    }

    @Sendable private static func turnMonitor(_ turn: StaffTurn) async throws -> StaffReply {
        guard ["on", "off"].contains(turn.about) else { throw AccessRefusal.notFound }
        try await DeviceActs.turn(
            isOn: turn.about == "on", of: turn.company, by: turn.principal, in: turn.database)
        return try await state(of: try await turn.database.monitorSwitch(), turn)
    }

    // MARK: - Maintenance

    @Sendable private static func maintenance(_ turn: StaffTurn) async throws -> StaffReply {
        let reader = turn.reader
        let coming = try await turn.database.comingMaintenances(at: turn.now)
        let head =
            coming.isEmpty
            ? IncidentWords.noMaintenance.text(for: reader) : IncidentWords.maintenances.text(for: reader)
        let known = lines(
            head,
            coming.map { one in
                let state = one.isActive(at: turn.now) ? " · \(IncidentWords.underWay.text(for: reader))" : ""
                return "\(one.title) · \(moment(one.startsAt, turn)) – \(moment(one.endsAt, turn))\(state)"
            }, reader)
        guard turn.may(.networkOperate) else { return StaffReply(known) }
        let parts = turn.about.split(separator: " ", maxSplits: 1).map(String.init)
        guard let first = parts.first, let minutes = Int(first), mostMinutes ~= minutes else {
            return StaffReply("\(known)\n\(NocCommandWords.howToAnnounce.text(for: reader))")
        }
        var (about, place) = ("all", IncidentWords.wholeNetwork.text(for: reader))
        if parts.count > 1 {
            guard let found = try await self.place(named: parts[1], turn) else {
                return StaffReply(NocCommandWords.unknownPlace.text(for: reader, .text("place", parts[1])))
            }
            (about, place) = found
        }
        return StaffReply(
            NocCommandWords.wouldAnnounce.text(
                for: reader, .text("place", place), .number("minutes", minutes)),
            [.act("announce_maintenance", "\(minutes) \(about)", NocCommandTitles.announce.text(for: reader))])
    }

    private static let mostMinutes = 1...10_080

    /// A site or a zone by its name.
    private static func place(
        named name: String, _ turn: StaffTurn
    ) async throws -> (about: String, name: String)? {
        let wanted = name.lowercased()
        if let site = try await turn.database.siteUses().map(\.site).first(where: { $0.name.lowercased() == wanted }) {
            return ("site \(site.id)", site.name)
        }
        if let zone = try await turn.database.zones().first(where: { $0.name.lowercased() == wanted }) {
            return ("zone \(zone.id)", zone.name)
        }
        return nil
    }

    @Sendable private static func announce(_ turn: StaffTurn) async throws -> StaffReply {
        let parts = turn.about.split(separator: " ").map(String.init)
        guard let first = parts.first, let minutes = Int(first), mostMinutes ~= minutes, parts.count >= 2 else {
            throw AccessRefusal.notFound
        }
        var new = NewMaintenance(on: turn.today)
        switch parts[1] {
        case "site" where parts.count == 3: new.site = Site.ID(parts[2])
        case "zone" where parts.count == 3: new.zone = Zone.ID(parts[2])
        case "all": break
        default: throw AccessRefusal.notFound
        }
        let minute = min(Int((turn.now - turn.today.start(in: turn.company.timeZone)).components.seconds / 60), 1439)
        func digits(_ number: Int) -> String { "\(number < 10 ? "0" : "")\(number)" }
        (new.time, new.minutes) = ("\(digits(minute / 60)):\(digits(minute % 60))", minutes)
        new.title = NocCommandWords.maintenanceTitle.text(for: turn.reader)
        let made = try await new.announce(
            as: .make(milliseconds: turn.now.milliseconds, from: turn.randomness), of: turn.company,
            by: turn.principal, in: turn.database)
        return StaffReply(
            NocCommandWords.announced.text(for: turn.reader, .text("until", moment(made.endsAt, turn))))
    }

    // MARK: - Text

    private static func moment(_ instant: Instant, _ turn: StaffTurn) -> String {
        instant.text(.short, in: turn.company.timeZone, for: turn.reader)
    }

    /// The heading and the first of the lines.
    private static func lines(_ head: String, _ lines: [String], _ reader: Reader) -> String {
        let rest = lines.count - most
        let more = rest > 0 ? [NocCommandWords.more.text(for: reader, .number("number", rest))] : []
        return ([head] + lines.prefix(most) + more).joined(separator: "\n")
    }
}

/// What staff are told of as it happens.
extension NocCommands {
    static let notices: [any RoomPart] = [
        StaffNotice(42, of: .incidentOpened, NocCommandTitles.incidentOpened.message, to: .networkRead) {
            turn, subject in
            guard let incident = try await turn.database.incident(Incident.ID(subject)), incident.state == .open,
                !incident.isQuiet
            else { return nil }
            return reply(about: incident, turn)
        },
        StaffNotice(43, of: .incidentResolved, NocCommandTitles.incidentResolved.message, to: .networkRead) {
            turn, subject in
            guard let incident = try await turn.database.incident(Incident.ID(subject)), !incident.isQuiet,
                incident.partOf == nil
            else { return nil }
            return reply(about: incident, turn)
        },
        StaffNotice(44, of: .incidentEscalated, NocCommandTitles.incidentEscalated.message, to: .networkRead) {
            turn, subject in
            guard let incident = try await turn.database.incident(Incident.ID(subject)), incident.state == .open else {
                return nil
            }
            return reply(about: incident, turn)
        },
    ]
}

/// A zone with what is watched, sold and down in it.
private struct ZoneStanding: RowReadable, Sendable {
    let name: String
    let watched: Int
    let down: Int
    let services: Int
    let incidents: Int

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        (watched, down) = (try row.read("watched"), try row.read("down"))
        (services, incidents) = (try row.read("services"), try row.read("incidents"))
    }
}

extension TenantDatabase {
    /// The newest first.
    fileprivate func newestIncidents(limit: Int) async throws(DatabaseError) -> [Incident] {
        try await rows("\(incidentSelection) ORDER BY i.number DESC LIMIT \(limit)")
    }

    fileprivate func lastPoll() async throws(DatabaseError) -> Instant? {
        let moment: Instant?? = try await value(
            "SELECT max(polled_at) FROM device_states t WHERE t.tenant_id = \(tenant)")
        return moment ?? nil
    }

    fileprivate func zoneStandings() async throws(DatabaseError) -> [ZoneStanding] {
        try await rows(
            """
            SELECT z.name, (
                    SELECT count(*) FROM devices d
                    WHERE d.tenant_id = \(tenant) AND d.zone_id = z.zone_id AND d.is_watched) AS watched, (
                    SELECT count(*) FROM devices d
                    JOIN device_states t ON t.tenant_id = \(tenant) AND t.device_id = d.device_id
                    WHERE d.tenant_id = \(tenant) AND d.zone_id = z.zone_id AND d.is_watched AND t.state = 'down') AS down, (
                    SELECT count(*) FROM services v
                    JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = v.customer_id
                    WHERE v.tenant_id = \(tenant) AND coalesce(v.zone_id, c.zone_id) = z.zone_id
                        AND v.state = 'active') AS services, (
                    SELECT count(*) FROM incidents i
                    WHERE i.tenant_id = \(tenant) AND i.zone_id = z.zone_id AND i.state <> 'resolved') AS incidents
            FROM coverage_zones z WHERE z.tenant_id = \(tenant) ORDER BY z.name COLLATE "und-x-icu" LIMIT 200
            """)
    }
}
