import AccessProtocol
import Events
import Identifiers
import JSON
import Jobs
import Postgres
import Routers
import Tenancy
import Time

/// Polls a company's devices, every two minutes. While one poll runs no other begins: they share a lane.
package struct PollDevices: Job {
    package static let kind = "network.poll-devices"
    package static var rules: JobRules {
        var rules = JobRules()
        // The next poll comes anyway.
        rules.attempts = 1
        rules.tenantLimit = 1
        return rules
    }

    package var key: String? { "all" }
    package var lane: String? { "monitor" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        try JSONFields(json, at: pointer).finish()
        self.init()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    static func schedule(in zone: TimeZone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(Self(), named: kind, at: "*/2 * * * *", in: zone, catchUp: .skip, from: now)
    }

    package func run(in context: JobContext, with acts: DeviceActs) async throws {
        let database = context.database
        guard try await database.monitorSwitch().isOn else {
            try await database.unschedule(Self.kind)
            return
        }
        let devices = try await database.devices()
        if devices.isEmpty {
            try await database.unschedule(Self.kind)
            return
        }
        let round = PollRound(
            dialer: acts.dialer, vault: acts.vault, database: database, time: context.time,
            randomness: context.randomness, loop: context.loop, uplink: acts.uplink)
        try await round.poll(devices.filter { $0.device.isWatched })
        try await database.queue(LookAtOutages(), at: context.now)
        guard let tenant = try await database.lockedTenant() else { return }
        try await database.rollSamples(in: tenant.timeZone, at: context.now)
    }
}

/// Schedules the polls of a company that has devices, should anything have ended them, and drops what was kept long
/// enough.
package struct KeepPolling: NightlyJob {
    package static let kind = "network.keep-polling"
    package static let time = "10 4 * * *"

    package init() {}

    package func run(in context: JobContext) async throws {
        let database = context.database
        try await database.keepSampleDays(at: context.now)
        try await database.dropOldRollups(at: context.now)
        guard let tenant = try await database.lockedTenant(), try await database.monitorSwitch().isOn,
            try await !database.devices(limit: 1).isEmpty
        else { return }
        try await PollDevices.schedule(in: tenant.timeZone, from: context.now, in: database)
    }
}
