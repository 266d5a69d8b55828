import Access
import Declarations
import Events
import FleetProtocol
import Identifiers
import Jobs
import Nouns
import Postgres
import Routers
import Services
import Tenancy
import Time
import Vault

/// Acts on UISP and its devices, for people and programs.
package struct FleetActs: Sendable {
    let reach: FleetReach
    let randomness: Randomness

    package init(_ reach: FleetReach, randomness: Randomness) { (self.reach, self.randomness) = (reach, randomness) }

    package func blank(at now: Instant) -> Controller {
        Controller(id: .make(milliseconds: now.milliseconds, from: randomness))
    }

    package func add(
        _ new: Controller, to tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Controller {
        try await database.transaction { database in
            guard let token = new.token, !token.isEmpty else { throw FleetRefusal.tokenNeeded }
            var controller = new
            controller.address = try await reach.check(new.address, in: database)
            controller.number = try await database.takeFleetNumbers(1, of: "fleet_controller")
            controller.token = nil
            let sealed = try await seal(token, of: new.id, at: principal.now, in: database)
            try await database.insert(controller, token: sealed, at: principal.now)
            try await database.record(
                Act(.controllerCreated, controller.subject, after: controller.details()), by: principal.actor,
                at: principal.now)
            try await SyncFleet.schedule(in: tenant.timeZone, from: principal.now, in: database)
            if controller.isOn { try await database.queue(SyncController(controller.id), at: principal.now) }
            return controller
        }
    }

    func change(
        _ controller: Controller, to wanted: Controller, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Controller {
        try await database.transaction { database in
            var changed = wanted
            changed.address = try await reach.check(wanted.address, in: database)
            let token = wanted.token.flatMap { $0.isEmpty ? nil : $0 }
            // Otherwise the stored token could be sent to a stranger's server.
            if changed.address != controller.address, token == nil { throw FleetRefusal.tokenNeeded }
            changed.token = nil
            var different = Act.change(
                .controllerChanged, changed.subject, from: controller.details(), to: changed.details())
            if token != nil {
                different = Act(
                    .controllerChanged, changed.subject, before: different?.before ?? [],
                    after: (different?.after ?? []) + [Act.Detail("credentials", "changed")])
            }
            guard let act = different else { return controller }
            var sealed: [UInt8]?
            if let token { sealed = try await seal(token, of: controller.id, at: principal.now, in: database) }
            try await database.update(changed, token: sealed)
            try await database.record(act, by: principal.actor, at: principal.now)
            if changed.isOn {
                try await SyncFleet.schedule(in: tenant.timeZone, from: principal.now, in: database)
                try await database.queue(SyncController(changed.id), at: principal.now)
            }
            return changed
        }
    }

    func delete(_ id: Controller.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let controller = try await database.controller(id, locked: true) else { throw AccessRefusal.notFound }
            try await database.delete(id)
            try await database.record(
                Act(.controllerDeleted, controller.subject, before: controller.details()), by: principal.actor,
                at: principal.now)
        }
    }

    /// Asks a controller for everything that a round needs.
    func examine(
        _ controller: Controller, at now: Instant, in database: TenantDatabase
    ) async throws -> Result<FleetExamination, FleetFailure> {
        let target = try await reach.target(of: controller, in: database)
        do {
            let found = try await reach.driver.examine(target)
            try await database.noteAnswer(of: controller.id, version: found.version, at: now)
            return .success(found)
        } catch let failure as FleetFailure {
            try await database.note(failure, of: controller.id, at: now)
            return .failure(failure)
        }
    }

    /// Admits a device to a site, for a service if one is given. Doing it again changes nothing.
    package func authorize(
        _ id: FleetDevice.ID, into site: String, for service: Service?, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> FleetDevice {
        guard let device = try await database.fleetDevice(id),
            let controller = try await database.controller(device.controller)
        else { throw AccessRefusal.notFound }
        if device.standing == .intruder { throw FleetRefusal.intruder }
        if !device.isAuthorized {
            guard try await database.fleetSite(site, of: controller.id) != nil else { throw FleetRefusal.siteUnknown }
            let target = try await reach.target(of: controller, in: database)
            try await asking { try await reach.driver.authorize(device.uid, into: site, of: target) }
        }
        return try await database.transaction { database in
            guard let now = try await database.fleetDevice(id, locked: true) else { throw AccessRefusal.notFound }
            if !now.isAuthorized {
                try await database.noteAuthorized(id, into: site, of: controller.id)
                try await database.record(
                    Act(.fleetDeviceAuthorized, device.subject, after: [Act.Detail("site", site)]),
                    by: principal.actor, at: principal.now)
            }
            if let service, now.service != service.id {
                try await link(service, to: device, by: principal, in: database)
            }
            return try await database.fleetDevice(id) ?? now
        }
    }

    /// Says whose antenna a device is.
    package func link(
        _ service: Service, to device: FleetDevice, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            try await database.link(
                service.id, to: device.id, by: .person, proof: String(principal.actor.name.prefix(100)),
                at: principal.now)
            try await database.removeGaps(ofService: service.id, device: device.id)
            try await database.record(
                Act(.fleetDeviceLinked, device.subject, after: [Act.Detail("service", "\(service.number)")]),
                by: principal.actor, at: principal.now)
        }
    }

    /// Takes phantoms and superfluous devices off their controller. Others are refused, all of them or none.
    func remove(_ ids: [FleetDevice.ID], by principal: Principal, in database: TenantDatabase) async throws {
        let devices = try await database.fleetDevices(ids)
        guard devices.allSatisfy(\.mayBeRemoved) else { throw FleetRefusal.notPhantom }
        for device in devices {
            guard let controller = try await database.controller(device.controller) else { continue }
            if device.standing != .vanished {
                let target = try await reach.target(of: controller, in: database)
                try await asking { try await reach.driver.remove(device.uid, of: target) }
            }
            try await database.transaction { database in
                try await database.delete([device.id])
                try await database.record(
                    Act(
                        .fleetDeviceRemoved, device.subject,
                        before: [Act.Detail("mac", device.mac), Act.Detail("standing", device.standing.rawValue)]),
                    by: principal.actor, at: principal.now)
            }
        }
    }

    /// Has the controller forget a device's key, so that both agree on a new one.
    func renewKey(of id: FleetDevice.ID, by principal: Principal, in database: TenantDatabase) async throws {
        guard let device = try await database.fleetDevice(id),
            let controller = try await database.controller(device.controller)
        else { throw AccessRefusal.notFound }
        let target = try await reach.target(of: controller, in: database)
        try await asking { try await reach.driver.renewKey(of: device.uid, at: target) }
        try await database.record(Act(.fleetKeyRenewed, device.subject), by: principal.actor, at: principal.now)
    }

    func close(
        _ id: FleetDevice.ID, because reason: String, by principal: Principal, in database: TenantDatabase
    ) async throws {
        if reason.isEmpty { throw FleetRefusal.reasonNeeded }
        try await database.transaction { database in
            guard let device = try await database.fleetDevice(id, locked: true) else { throw AccessRefusal.notFound }
            guard device.work == .open else { throw FleetRefusal.nothingToClose }
            try await database.close(id, because: reason, by: String(principal.actor.name.prefix(100)))
            try await database.record(
                Act(.fleetDeviceClosed, device.subject, after: [Act.Detail("reason", reason)]), by: principal.actor,
                at: principal.now)
        }
    }

    private func asking(_ ask: () async throws -> Void) async throws {
        do {
            try await ask()
        } catch let failure as FleetFailure {
            throw FleetRefusal.failed(failure.word)
        }
    }

    private func seal(
        _ token: String, of id: Controller.ID, at now: Instant, in database: TenantDatabase
    ) async throws -> [UInt8] {
        try await reach.vault.seal(Array(token.utf8), for: Controller.field(id), at: now, in: database)
    }
}

extension FleetDevice {
    /// A phantom, or one that is down while another device has its place. Never one with a name that is authorized
    /// and alone.
    var mayBeRemoved: Bool {
        switch standing {
        case .phantom: !isAuthorized
        case .down, .unknown, .vanished: twin != nil
        case .up, .unauthorized, .intruder: false
        }
    }
}
