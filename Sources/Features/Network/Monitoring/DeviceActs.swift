import Access
import Declarations
import Events
import Identifiers
import Jobs
import Nouns
import Postgres
import Routers
import SNMP
import Tenancy
import Time
import Vault
import Zones

/// Acts on what is watched, for people and programs.
package struct DeviceActs: Sendable {
    let dialer: RouterDialer
    let vault: Vault
    let randomness: Randomness
    let uplink = Uplink()

    package init(_ dialer: RouterDialer, vault: Vault, randomness: Randomness) {
        (self.dialer, self.vault, self.randomness) = (dialer, vault, randomness)
    }

    package func blank(at now: Instant) -> Device {
        Device(id: .make(milliseconds: now.milliseconds, from: randomness))
    }

    package static func field(_ id: Device.ID) -> SecretField { SecretField("community", of: "devices", row: id.uuid) }

    package func add(
        _ new: Device, to tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Device {
        try await database.transaction { database in
            let secret = try new.typedSecret()
            if secret == nil, let missing = new.missingSecret { throw missing }
            var device = try await checked(new, in: database)
            device.number = try await database.takeDeviceNumber()
            let sealed = try await seal(secret, of: new.id, at: principal.now, in: database)
            device.forgetTyped()
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
            let secret = try changed.typedSecret()
            // What is kept for one method is nothing of another's.
            if secret == nil, !device.hasCommunity || device.method != changed.method,
                let missing = changed.missingSecret
            {
                throw missing
            }
            var checked = try await checked(changed, in: database)
            var different = Act.change(.deviceChanged, checked.subject, from: device.details(), to: checked.details())
            if secret != nil {
                different = Act(
                    .deviceChanged, checked.subject, before: different?.before ?? [],
                    after: (different?.after ?? []) + [Act.Detail("credentials", "changed")])
            }
            guard let act = different else { return device }
            // What is kept for one address is nothing of another's: there it could be a stranger who is asked with it.
            let isElsewhere = (device.address, device.port) != (checked.address, checked.port)
            if isElsewhere, secret == nil, let missing = checked.missingSecret { throw missing }
            let sealed = try await seal(secret, of: device.id, at: principal.now, in: database)
            checked.forgetTyped()
            checked.hasCommunity =
                sealed != nil || (device.hasCommunity && !isElsewhere && checked.method == device.method)
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

    package static func turn(
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

    /// Polls before the next one is due. Asked for again meanwhile, it stays one.
    package static func poll(at now: Instant, in database: TenantDatabase) async throws {
        guard try await database.monitorSwitch().isOn else { throw DeviceRefusal.monitorOff }
        try await database.queue(PollDevices(), at: now)
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
        _ secret: [UInt8]?, of id: Device.ID, at now: Instant, in database: TenantDatabase
    ) async throws -> [UInt8]? {
        guard let secret else { return nil }
        return try await vault.seal(secret, for: Self.field(id), at: now, in: database)
    }
}

// What a device's agent is asked with.
extension Device {
    /// What is kept of what was typed: a community, or the keys of a user's passwords; nil where nothing was.
    fileprivate func typedSecret() throws(DeviceRefusal) -> [UInt8]? {
        guard method.isSNMP else { return nil }
        guard let hash = method.hash else { return community.flatMap { $0.isEmpty ? nil : Array($0.utf8) } }
        guard !snmpUser.isEmpty else { throw .userMissing }
        let (password, privacy) = (snmpPassword ?? "", snmpPrivacy ?? "")
        guard !password.isEmpty else {
            if !privacy.isEmpty { throw .passwordMissing }
            return nil
        }
        for typed in [password, privacy] where !typed.isEmpty {
            guard typed.utf8.count >= SNMPUser.shortestPassword else { throw .passwordShort }
        }
        return SNMPUser.key(of: password, hash) + (privacy.isEmpty ? [] : SNMPUser.key(of: privacy, hash))
    }

    /// The refusal where a secret is needed and none is there.
    fileprivate var missingSecret: DeviceRefusal? {
        guard method.isSNMP else { return nil }
        return method.hash == nil ? .communityMissing : .passwordMissing
    }

    fileprivate mutating func forgetTyped() { (community, snmpPassword, snmpPrivacy) = (nil, nil, nil) }

    /// How its agent is asked, with the secret that is kept.
    func access(with secret: [UInt8]) -> SNMPAgent.Access? { method.access(of: snmpUser, with: secret) }
}

extension Device.Method {
    package func access(of user: String, with secret: [UInt8]) -> SNMPAgent.Access? {
        guard let hash else { return self == .snmp ? .community(secret) : nil }
        guard secret.count == hash.keyCount || secret.count == 2 * hash.keyCount else { return nil }
        let privacy = Array(secret.dropFirst(hash.keyCount))
        return .user(
            SNMPUser(
                user, hash, key: Array(secret.prefix(hash.keyCount)), privacyKey: privacy.isEmpty ? nil : privacy))
    }
}
