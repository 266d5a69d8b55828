import Access
import AccessProtocol
import Addresses
import Crypto
import Declarations
import Events
import Identifiers
import Jobs
import Nouns
import Plans
import Postgres
import Services
import Tenancy
import Time
import Zones

/// Acts on routers, for people and programs.
package struct RouterActs: Sendable {
    package let dialer: RouterDialer
    let randomness: Randomness

    package init(_ dialer: RouterDialer, randomness: Randomness) {
        self.dialer = dialer
        self.randomness = randomness
    }

    func blank(at now: Instant) -> Router { Router(id: .make(milliseconds: now.milliseconds, from: randomness)) }

    package func add(_ new: Router, by principal: Principal, in database: TenantDatabase) async throws -> Router {
        try await database.transaction { database in
            try await check(new, in: database)
            var router = new
            router.number = try await database.takeRouterNumber()
            router.password = nil
            let sealed = try await dialer.seal(new.password ?? "", of: new.id, by: principal, in: database)
            let added = router
            try await keepNameFree(added, in: database) { database throws(DatabaseError) in
                try await database.insert(added, password: sealed, at: principal.now)
            }
            try await database.record(
                Act(.routerCreated, added.subject, after: added.details()), by: principal.actor, at: principal.now)
            try await RouterFollower.follow(added, by: principal, in: database)
            return added
        }
    }

    func change(
        _ router: Router, to changed: Router, by principal: Principal, in database: TenantDatabase
    ) async throws -> Router {
        let isElsewhere =
            (router.address, router.port, router.security) != (changed.address, changed.port, changed.security)
        // Otherwise the stored password could be sent to a stranger's device.
        if isElsewhere, changed.password == nil { throw RouterRefusal.passwordNeeded }
        var different = Act.change(.routerChanged, changed.subject, from: router.details(), to: changed.details())
        if changed.password != nil {
            different = Act(
                .routerChanged, changed.subject, before: different?.before ?? [],
                after: (different?.after ?? []) + [Act.Detail("credentials", "changed")])
        }
        guard let act = different else { return router }
        return try await database.transaction { database in
            try await check(changed, in: database)
            var sealed: [UInt8]?
            if let password = changed.password {
                sealed = try await dialer.seal(password, of: router.id, by: principal, in: database)
            }
            let secret = sealed
            try await keepNameFree(changed, in: database) { database throws(DatabaseError) in
                try await database.update(changed, password: secret, isElsewhere: isElsewhere)
            }
            try await database.record(act, by: principal.actor, at: principal.now)
            try await RouterFollower.follow(changed, by: principal, in: database)
            if changed.mode != router.mode {
                try await database.queue(AlignRouter(router.id, isWhole: true), at: principal.now)
            }
            var kept = changed
            kept.password = nil
            return kept
        }
    }

    func set(_ id: Router.ID, isPaused: Bool, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard var router = try await database.router(id, locked: true) else { throw AccessRefusal.notFound }
            guard router.isPaused != isPaused else { return }
            router.isPaused = isPaused
            try await database.update(router, password: nil, isElsewhere: false)
            try await database.record(
                Act(isPaused ? .routerPaused : .routerResumed, router.subject), by: principal.actor, at: principal.now)
            if !isPaused {
                try await database.execute(
                    """
                    UPDATE routers SET rests_until = NULL WHERE tenant_id = \(database.tenant) AND router_id = \(id)
                    """)
                try await database.queue(AlignRouter(id), at: principal.now)
            }
        }
    }

    /// A random password, with the script that sets it on the router. It is shown once.
    func makeScript(
        for id: Router.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> RouterScript {
        let password = Base32.encode(randomness.bytes(20))
        return try await database.transaction { database in
            guard let router = try await database.router(id, locked: true) else { throw AccessRefusal.notFound }
            var changed = router
            changed.password = password
            _ = try await change(router, to: changed, by: principal, in: database)
            return RouterScript(
                router, password: password, from: dialer.sources, policies: DeviceIdentity.neededPolicies)
        }
    }

    /// Switches between mending differences and only showing them.
    package func set(
        _ id: Router.ID, to mode: Router.Mode, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let router = try await database.router(id, locked: true) else { throw AccessRefusal.notFound }
            var changed = router
            changed.mode = mode
            _ = try await change(router, to: changed, by: principal, in: database)
        }
    }

    /// Queues a comparison of the whole router.
    func compare(_ id: Router.ID, by principal: Principal, in database: TenantDatabase) async throws -> Router {
        try await database.transaction { database in
            guard let router = try await database.router(id, locked: true) else { throw AccessRefusal.notFound }
            try await database.execute(
                "UPDATE routers SET rests_until = NULL WHERE tenant_id = \(database.tenant) AND router_id = \(id)")
            try await database.queue(AlignRouter(id, isWhole: true), at: principal.now)
            return router
        }
    }

    func delete(_ id: Router.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let router = try await database.router(id, locked: true) else { throw AccessRefusal.notFound }
            do {
                try await database.delete(id)
            } catch let error as DatabaseError where error.isForeignKeyViolation {
                throw RouterRefusal.inUse
            }
            try await database.record(
                Act(.routerDeleted, router.subject, before: router.details()), by: principal.actor, at: principal.now)
        }
    }

    func put(
        _ profiles: [Plan.ID: String], of router: Router, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let plans = try await database.plans(retiredToo: true)
            guard try await database.routerProfiles(router.id) != profiles.filter({ !$0.value.isEmpty }) else { return }
            try await database.put(profiles, of: router.id)
            let words = plans.compactMap { plan in
                profiles[plan.id].flatMap { $0.isEmpty ? nil : "\(plan.name): \($0)" }
            }
            try await database.record(
                Act(
                    .routerProfilesChanged, router.subject,
                    after: [Act.Detail("profiles", words.joined(separator: ", "))]),
                by: principal.actor, at: principal.now)
            try await database.queue(AlignRouter(router.id, isWhole: true), at: principal.now)
        }
    }

    func put(ranges: [AddressRange], by principal: Principal, in database: TenantDatabase) async throws {
        let texts = ranges.map(\.description).sorted()
        try await database.transaction { database in
            let before = try await database.deviceRanges()
            guard before != texts else { return }
            try await database.put(deviceRanges: texts)
            try await database.record(
                Act(
                    .deviceRangesChanged, before: [Act.Detail("ranges", before.joined(separator: ", "))],
                    after: [Act.Detail("ranges", texts.joined(separator: ", "))]), by: principal.actor,
                at: principal.now)
        }
    }

    /// Signs in and identifies the device; stores its answers, and pins the certificate at first contact.
    func tryConnection(to router: Router, at now: Instant, in database: TenantDatabase) async throws -> RouterTrial {
        let session: any AccessSession
        let identity: DeviceIdentity
        do {
            session = try await dialer.connect(to: router, in: database)
            defer { session.close() }
            identity = try await session.identify()
        } catch let failure as AccessFailure {
            try await database.noteFailure(failure.reason, of: router.id, restingFor: .zero, at: now)
            return .failed(failure)
        }
        if let fingerprint = identity.fingerprint { try await database.pin(fingerprint, of: router.id) }
        try await database.note(identity, of: router.id, at: now)
        return .answered(identity)
    }

    private func check(_ router: Router, in database: TenantDatabase) async throws {
        if router.cut == .profile, router.cutProfile.isEmpty { throw RouterRefusal.cutProfileMissing }
        if router.zone != nil, try await database.zone(router.zone) == nil { throw ZoneRefusal.unknown }
        try await dialer.check(router, in: database)
    }

    private func keepNameFree(
        _ router: Router, in database: TenantDatabase,
        _ write: (TenantDatabase) async throws(DatabaseError) -> Void
    ) async throws {
        guard try await !database.isTaken(routerName: router.name, besides: router.id) else {
            throw RouterRefusal.nameTaken
        }
        do {
            try await write(database)
        } catch let error where error.isUniqueViolation(of: "routers_by_name") {
            throw RouterRefusal.nameTaken
        }
    }
}

/// The result of a connection test.
enum RouterTrial: Sendable {
    case answered(DeviceIdentity)
    case failed(AccessFailure)
}

extension Router {
    package var subject: Act.Subject { Act.Subject("router", id.uuid, named: name) }
}
