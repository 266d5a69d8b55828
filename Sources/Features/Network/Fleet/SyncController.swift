import Addresses
import Events
import FleetProtocol
import Identifiers
import JSON
import Jobs
import Postgres
import Routers
import Tenancy
import Time

/// Reads every controller of a company, every two minutes.
package struct SyncFleet: Job {
    package static let kind = "network.sync-fleet"
    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 1
        return rules
    }

    package var key: String? { "all" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        try JSONFields(json, at: pointer).finish()
        self.init()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    static func schedule(in zone: TimeZone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(Self(), named: kind, at: "*/2 * * * *", in: zone, catchUp: .skip, from: now)
    }

    package func run(in context: JobContext) async throws {
        let controllers = try await context.database.controllers().filter(\.isOn)
        if controllers.isEmpty {
            _ = try await context.database.unschedule(Self.kind)
            return
        }
        try await context.database.queue(controllers.map { SyncController($0.id) }, at: context.now)
    }
}

/// Reads one controller. What it does not answer changes nothing here, and is read by the next round.
package struct SyncController: Job {
    package static let kind = "network.sync-controller"
    package static var rules: JobRules {
        var rules = JobRules()
        (rules.attempts, rules.tenantLimit, rules.timeLimit) = (1, 2, .seconds(200))
        return rules
    }

    package let controller: Controller.ID

    package var key: String? { controller.description }
    package var lane: String? { "\(controller):fleet" }
    package var priority: JobPriority { .whenQuiet }

    package init(_ controller: Controller.ID) { self.controller = controller }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("controller", as: String.self)
        guard let id = Controller.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("controller"))
        }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) {
        json.object { $0.member("controller", controller.description) }
    }

    package func run(in context: JobContext, with acts: FleetActs) async throws {
        guard let controller = try await context.database.controller(controller), controller.isOn else { return }
        _ = try await acts.sync(controller, time: context.time, in: context.database)
    }
}

/// What a round changed.
struct SyncOutcome: Sendable, Equatable {
    var added = 0
    var changed = 0
    var vanished: [String] = []
    var intruders: [String] = []

    var isNothing: Bool { self == SyncOutcome() }
}

extension FleetActs {
    private static let rowsAtOnce = 2000

    /// Reads a controller and writes down what differs. Nil where it did not answer.
    func sync(
        _ controller: Controller, time: TimeSource, in database: TenantDatabase
    ) async throws -> SyncOutcome? {
        let begin = time.now()
        let target = try await reach.target(of: controller, in: database)
        let found: (devices: [ControlledDevice], sites: [ControlledSite], outages: [ControlledOutage])
        do throws(FleetFailure) {
            found = (
                try await reach.driver.devices(of: target), try await reach.driver.sites(of: target),
                try await reach.driver.outages(of: target)
            )
        } catch {
            try await database.note(error, of: controller.id, at: time.now())
            return nil
        }
        let ranges = try await database.declaredRanges()
        let own = OwnNetworks(ranges: ranges, ssids: controller.ownNetworks)
        let now = time.now()
        return try await database.transaction { database in
            // Deleted meanwhile.
            guard try await database.controller(controller.id, locked: true) != nil else { return nil }
            let outcome = try await keep(found.devices, of: controller, in: own, at: now, database)
            try await keep(found.sites, of: controller.id, database)
            try await database.put(found.outages, of: controller.id)
            try await database.dropOldOutages(before: now - .seconds(90 * 86_400))
            try await database.noteAnswer(of: controller.id, version: nil, at: now)
            try await database.noteSync(
                of: controller.id, taking: Int(clamping: (time.now().microseconds - begin.microseconds) / 1000), at: now
            )
            try await tell(outcome, of: controller, at: now, database)
            return outcome
        }
    }

    private func keep(
        _ devices: [ControlledDevice], of controller: Controller, in own: OwnNetworks, at now: Instant,
        _ database: TenantDatabase
    ) async throws -> SyncOutcome {
        var outcome = SyncOutcome()
        let kept = Dictionary(
            try await database.keptDevices(of: controller.id).map { ($0.device.id, $0) }, uniquingKeysWith: { $1 })
        var (changed, listed): ([KeptDevice], Set<String>) = ([], [])
        for device in devices where listed.insert(device.id).inserted {
            var device = device
            // Of a live device it changes with every round.
            if device.status == "active" { device.lastSeenAt = nil }
            let standing = FleetDevice.Standing(of: device, in: own)
            guard let old = kept[device.id] else {
                changed.append(
                    KeptDevice(.make(milliseconds: now.milliseconds, from: randomness), 0, device, standing))
                outcome.added += 1
                if standing == .intruder { outcome.intruders.append(device.name.isEmpty ? device.mac : device.name) }
                continue
            }
            guard old.device != device || old.standing != standing else { continue }
            changed.append(KeptDevice(old.id, old.number, device, standing))
            outcome.changed += 1
            if standing == .intruder, old.standing != .intruder { outcome.intruders.append(device.name) }
        }
        let gone = kept.values.filter { !listed.contains($0.device.id) && $0.standing != .vanished }
        outcome.vanished = gone.map { $0.device.name.isEmpty ? $0.device.mac : $0.device.name }.sorted()
        if !changed.isEmpty {
            if outcome.added > 0 {
                var next = try await database.takeFleetNumbers(outcome.added, of: "fleet_device")
                for place in changed.indices where changed[place].number == 0 {
                    changed[place].number = next
                    next += 1
                }
            }
            for start in stride(from: 0, to: changed.count, by: Self.rowsAtOnce) {
                let part = changed[start..<min(start + Self.rowsAtOnce, changed.count)]
                try await database.put(part, of: controller.id, at: now)
            }
        }
        if !gone.isEmpty { try await database.vanish(gone.map(\.id), at: now) }
        if !outcome.isNothing { try await database.findTwins() }
        return outcome
    }

    private func keep(
        _ sites: [ControlledSite], of controller: Controller.ID, _ database: TenantDatabase
    ) async throws {
        let kept = Dictionary(
            try await database.keptSites(of: controller).map { ($0.site.id, $0.site) }, uniquingKeysWith: { $1 })
        let listed = Dictionary(sites.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let changed = listed.values.filter { kept[$0.id] != $0 }
        let gone = kept.keys.filter { listed[$0] == nil }
        if !changed.isEmpty { try await database.put(changed, of: controller) }
        if !gone.isEmpty { try await database.remove(sites: gone, of: controller) }
    }

    private func tell(
        _ outcome: SyncOutcome, of controller: Controller, at now: Instant, _ database: TenantDatabase
    ) async throws {
        func names(_ all: [String]) -> String { all.prefix(20).joined(separator: ", ") }
        if !outcome.vanished.isEmpty {
            try await database.record(
                Act(
                    .fleetDevicesVanished, controller.subject,
                    after: [
                        Act.Detail("count", "\(outcome.vanished.count)"), Act.Detail("names", names(outcome.vanished)),
                    ]), by: .commandLine, at: now)
        }
        if !outcome.intruders.isEmpty {
            try await database.record(
                Act(
                    .fleetIntrudersFound, controller.subject,
                    after: [
                        Act.Detail("count", "\(outcome.intruders.count)"),
                        Act.Detail("names", names(outcome.intruders)),
                    ]), by: .commandLine, at: now)
        }
    }
}

extension TenantDatabase {
    /// The networks in which the company has its devices.
    func declaredRanges() async throws(DatabaseError) -> [AddressRange] {
        let rows: [DeclaredRange] = try await rows("SELECT range FROM device_ranges WHERE tenant_id = \(tenant)")
        return rows.compactMap { AddressRange($0.text) }
    }
}

private struct DeclaredRange: RowReadable {
    let text: String

    init(row: Row) throws(DatabaseError) { text = try row.read("range") }
}
