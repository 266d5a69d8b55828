import Access
import Declarations
import Events
import Identifiers
import Jobs
import Nouns
import Postgres
import Routers
import Tenancy
import Time
import Vault
import Zones

/// Acts on what is watched, for people and programs.
package struct DeviceActs: Sendable {
    let dialer: RouterDialer
    let vault: Vault
    let randomness: Randomness

    package init(_ dialer: RouterDialer, vault: Vault, randomness: Randomness) {
        (self.dialer, self.vault, self.randomness) = (dialer, vault, randomness)
    }

    package func blank(at now: Instant) -> Device {
        Device(id: .make(milliseconds: now.milliseconds, from: randomness))
    }

    static func field(_ id: Device.ID) -> SecretField { SecretField("community", of: "devices", row: id.uuid) }

    package func add(
        _ new: Device, to tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Device {
        try await database.transaction { database in
            if new.method == .snmp, (new.community ?? "").isEmpty { throw DeviceRefusal.communityMissing }
            var device = try await checked(new, in: database)
            device.number = try await database.takeDeviceNumber()
            let sealed = try await seal(new.community, of: new.id, at: principal.now, in: database)
            device.community = nil
            device.hasCommunity = sealed != nil
            try await database.insert(device, community: sealed, at: principal.now)
            try await database.record(
                Act(.deviceCreated, device.subject, after: device.details()), by: principal.actor, at: principal.now)
            try await PollDevices.schedule(in: tenant.timeZone, from: principal.now, in: database)
            return device
        }
    }

    func change(
        _ device: Device, to changed: Device, by principal: Principal, in database: TenantDatabase
    ) async throws -> Device {
        var changed = changed
        // A router's own address is changed under Routers.
        if device.router != nil { (changed.address, changed.port) = (device.address, device.port) }
        let wanted = changed
        return try await database.transaction { database in
            let changed = wanted
            if changed.method == .snmp, !device.hasCommunity, (changed.community ?? "").isEmpty {
                throw DeviceRefusal.communityMissing
            }
            var checked = try await checked(changed, in: database)
            var different = Act.change(.deviceChanged, checked.subject, from: device.details(), to: checked.details())
            if changed.community != nil {
                different = Act(
                    .deviceChanged, checked.subject, before: different?.before ?? [],
                    after: (different?.after ?? []) + [Act.Detail("credentials", "changed")])
            }
            guard let act = different else { return device }
            // Otherwise the stored community could be sent to a stranger's device.
            let isElsewhere = (device.address, device.port) != (checked.address, checked.port)
            if isElsewhere, checked.method == .snmp, (changed.community ?? "").isEmpty {
                throw DeviceRefusal.communityMissing
            }
            let sealed = try await seal(changed.community, of: device.id, at: principal.now, in: database)
            checked.community = nil
            checked.hasCommunity = device.hasCommunity || sealed != nil
            try await database.update(checked, community: sealed)
            if isElsewhere || checked.method != device.method { try await database.forgetState(of: device.id) }
            try await database.record(act, by: principal.actor, at: principal.now)
            return checked
        }
    }

    func delete(_ id: Device.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let device = try await database.device(id, locked: true) else { throw AccessRefusal.notFound }
            guard device.router == nil else { throw DeviceRefusal.ofRouter }
            try await database.delete(id)
            try await database.record(
                Act(.deviceDeleted, device.subject, before: device.details()), by: principal.actor, at: principal.now)
        }
    }

    /// Adds the router to what is watched, or follows its name and zone.
    static func follow(_ router: Router, by principal: Principal, in database: TenantDatabase) async throws {
        if var device = try await database.device(of: router.id) {
            guard (device.name, device.zone) != (router.name, router.zone) else { return }
            (device.name, device.zone) = (router.name, router.zone)
            return try await database.update(device, community: nil)
        }
        var device = Device(id: .make(milliseconds: principal.now.milliseconds, from: .system))
        (device.name, device.kind, device.method) = (router.name, .router, .routeros)
        (device.router, device.zone) = (router.id, router.zone)
        device.number = try await database.takeDeviceNumber()
        try await database.insert(device, community: nil, at: principal.now)
        if let tenant = try await database.lockedTenant() {
            try await PollDevices.schedule(in: tenant.timeZone, from: principal.now, in: database)
        }
    }

    package func turn(
        isOn: Bool, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard try await database.monitorSwitch().isOn != isOn else { return }
            try await database.put(
                MonitorSwitch(isOn: isOn, changedAt: principal.now, changedBy: String(principal.actor.name.prefix(100)))
            )
            try await database.record(
                Act(isOn ? .monitorTurnedOn : .monitorTurnedOff), by: principal.actor, at: principal.now)
            if isOn {
                try await PollDevices.schedule(in: tenant.timeZone, from: principal.now, in: database)
            } else {
                try await database.unschedule(PollDevices.kind)
            }
        }
    }

    private func checked(_ device: Device, in database: TenantDatabase) async throws -> Device {
        var device = device
        if (device.method == .routeros) != (device.router != nil) { throw DeviceRefusal.methodOfRouters }
        if device.router == nil {
            guard !device.address.isEmpty else { throw DeviceRefusal.addressMissing }
            device.address = "\(try await dialer.reach(device.address, port: device.port, in: database).address)"
        }
        if device.zone != nil, try await database.zone(device.zone) == nil { throw ZoneRefusal.unknown }
        if let upstream = device.upstream {
            guard try await database.device(upstream) != nil else { throw DeviceRefusal.upstreamUnknown }
            if upstream == device.id { throw DeviceRefusal.upstreamLoop }
            if try await database.hangs(upstream, on: device.id) { throw DeviceRefusal.upstreamLoop }
        }
        return device
    }

    private func seal(
        _ community: String?, of id: Device.ID, at now: Instant, in database: TenantDatabase
    ) async throws -> [UInt8]? {
        guard let community, !community.isEmpty else { return nil }
        return try await vault.seal(Array(community.utf8), for: Self.field(id), at: now, in: database)
    }
}
