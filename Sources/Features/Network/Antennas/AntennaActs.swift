import Access
import Declarations
import Events
import Fleet
import Identifiers
import Jobs
import Locale
import Nouns
import Postgres
import Routers
import Tenancy
import Tickets
import Time
import Vault

/// Acts on antennas, for people and programs.
package struct AntennaActs: Sendable {
    let reach: AntennaReach
    let randomness: Randomness

    package init(_ reach: AntennaReach, randomness: Randomness) { (self.reach, self.randomness) = (reach, randomness) }

    /// Keeps how the antennas are reached. An empty secret keeps what there is, at the same machine only.
    package func save(
        _ access: AntennaAccess, by principal: Principal, in database: TenantDatabase
    ) async throws {
        for user in access.users where !user.isEmpty && !AntennaLogin.isUser(user) { throw AntennaRefusal.userWrong }
        guard !access.user1.isEmpty else { throw AntennaRefusal.userWrong }
        for hop in access.hops where !hop.isEmpty && JumpHost(hop) == nil { throw AntennaRefusal.hopWrong }
        guard access.hop2.isEmpty || !access.hop1.isEmpty else { throw AntennaRefusal.hopWrong }
        for secret in access.typed.compactMap(\.self) where secret.utf8.contains(where: { $0 < 0x20 }) {
            throw AntennaRefusal.secretWrong
        }
        try await database.transaction { database in
            let company = try await database.lockedTenant()
            let known = try await database.antennaAccess(locked: true)
            var kept = access.withoutSecrets()
            kept.server = known?.server ?? ""
            // Somebody who writes a machine's password again says that its key may be another one.
            for (index, typed) in [access.hopPassword1, access.hopPassword2].enumerated() {
                let isSame = typed?.isEmpty != false && known?.hops[index] == access.hops[index]
                kept.hopKeys[index] = isSame ? known?.hopKeys[index] ?? "" : ""
            }
            if let text = access.connection, !text.isEmpty {
                let (faults, right) = ConnectionString.check(text)
                guard faults.isEmpty, let right else { throw AntennaRefusal.connectionWrong }
                kept.server = right.host
            }
            if let hop = JumpHost(access.hop1) {
                do {
                    _ = try await reach.dialer.reach("\(hop.address)", port: Int(hop.port), in: database)
                } catch is RouterRefusal {
                    throw AntennaRefusal.hopRefused
                }
            }
            let secrets = try await sealed(access, known, at: principal.now, in: database)
            guard secrets.all[0] != nil else { throw AntennaRefusal.passwordNeeded }
            let subject = Act.Subject("tenant", database.tenant.uuid, named: company?.name ?? "")
            var act =
                known.map { Act.change(.antennaAccessChanged, subject, from: $0.details(), to: kept.details()) }
                ?? Act(.antennaAccessChanged, subject, after: kept.details())
            if access.typed.contains(where: { $0?.isEmpty == false }) {
                act = Act(
                    .antennaAccessChanged, subject, before: act?.before ?? [],
                    after: (act?.after ?? []) + [Act.Detail("credentials", "changed")])
            }
            guard let act else { return }
            try await database.put(kept, secrets)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }

    private func sealed(
        _ access: AntennaAccess, _ known: AntennaAccess?, at now: Instant, in database: TenantDatabase
    ) async throws -> SealedAntennaSecrets {
        var secrets = try await database.antennaSecrets() ?? SealedAntennaSecrets()
        let owners = access.users + access.hops + [" "]
        let before = known.map { $0.users + $0.hops + [" "] }
        for (index, name) in AntennaAccess.secretNames.enumerated() {
            if let typed = access.typed[index], !typed.isEmpty {
                secrets.all[index] = try await reach.vault.seal(
                    Array(typed.utf8), for: AntennaAccess.field(name, of: database.tenant), at: now, in: database)
            } else if owners[index].isEmpty {
                secrets.all[index] = nil
            } else if (3...4).contains(index), secrets.all[index] == nil || before?[index] != owners[index] {
                // Otherwise a machine's password could be sent to a stranger's.
                throw AntennaRefusal.hopPasswordNeeded
            }
        }
        return secrets
    }

    /// Begins with a look at each antenna; nothing is changed before somebody says so.
    package func start(
        _ new: NewAntennaJob, by principal: Principal, in database: TenantDatabase
    ) async throws -> AntennaJob {
        try await database.transaction { database in
            _ = try await database.lockedTenant()
            guard let access = try await database.antennaAccess() else { throw AntennaRefusal.accessNeeded }
            if new.kind == .rewrite, access.server.isEmpty { throw AntennaRefusal.connectionNeeded }
            let candidates = try await database.candidates(new.scope)
            if candidates.isEmpty { throw AntennaRefusal.nothingToDo }
            let id = AntennaJob.ID.make(milliseconds: principal.now.milliseconds, from: randomness)
            try await database.insert(new, as: id, of: candidates, by: principal.actor.name, at: principal.now)
            guard let job = try await database.antennaJob(id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(
                    .antennaJobStarted, job.subject,
                    after: [
                        Act.Detail("kind", new.kind.rawValue), Act.Detail("scope", new.scope.rawValue),
                        Act.Detail("count", "\(candidates.count)"),
                    ]), by: principal.actor, at: principal.now)
            try await database.queue(WorkOnAntennas(id), at: principal.now)
            return job
        }
    }

    /// Does what the look has planned.
    package func apply(_ id: AntennaJob.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await turn(id, from: [.examined, .stopped], to: .working, .antennaJobApplied, by: principal, in: database)
    }

    package func stop(_ id: AntennaJob.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await turn(id, from: [.examining, .working], to: .stopped, .antennaJobStopped, by: principal, in: database)
    }

    /// Looks again at those that failed. `acceptingKeys` is for antennas whose SSH key is another one.
    package func retry(
        _ id: AntennaJob.ID, acceptingKeys: Bool = false, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let job = try await database.antennaJob(id, locked: true) else { throw AccessRefusal.notFound }
            guard !job.state.isUnderWay else { throw AntennaRefusal.underWay }
            if acceptingKeys { try await database.forgetHostKeys(of: id) }
            guard try await database.retryLines(of: id, with: acceptingKeys ? .keyChanged : nil) > 0 else {
                throw AntennaRefusal.nothingToDo
            }
            try await database.set(.examining, of: id, finished: nil)
            try await database.record(Act(.antennaJobRetried, job.subject), by: principal.actor, at: principal.now)
            try await database.queue(WorkOnAntennas(id), at: principal.now)
        }
    }

    private func turn(
        _ id: AntennaJob.ID, from states: Set<AntennaJob.State>, to state: AntennaJob.State, _ kind: EventKind,
        by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let job = try await database.antennaJob(id, locked: true) else { throw AccessRefusal.notFound }
            guard states.contains(job.state) else { throw AntennaRefusal.underWay }
            try await database.set(state, of: id, finished: nil)
            try await database.record(Act(kind, job.subject), by: principal.actor, at: principal.now)
            if state.isUnderWay { try await database.queue(WorkOnAntennas(id), at: principal.now) }
        }
    }

    /// A visit for each antenna that failed and has none yet. Returns how many.
    package func openTickets(
        of id: AntennaJob.ID, for tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Int {
        try await database.transaction { database in
            guard let job = try await database.antennaJob(id, locked: true) else { throw AccessRefusal.notFound }
            guard !job.state.isUnderWay else { throw AntennaRefusal.underWay }
            let lines = try await database.antennaLines(of: id, in: [.failed], limit: 500)
                .filter { $0.ticket == nil && $0.trouble.needsVisit }
            if lines.isEmpty { throw AntennaRefusal.nothingToDo }
            let acts = TicketActs(randomness: randomness)
            var opened = 0
            for line in lines {
                var new = NewTicket()
                (new.kind, new.priority) = (.equipment, .normal)
                new.title = String(
                    AntennaWords.visitTitle.text(for: tenant.reader, .name(line.name)).prefix(100))
                new.text = """
                    \(line.trouble.text(for: tenant.reader)) \(line.detail)
                    MAC \(line.mac) · IP \(line.address)
                    """
                if let service = line.service, let owner = try await database.ownerOfService(service) {
                    (new.customer, new.service) = (owner, service)
                }
                let ticket = ID<Ticket>.make(milliseconds: principal.now.milliseconds, from: randomness)
                do {
                    _ = try await acts.open(
                        new, as: ticket, from: .panel, of: tenant, by: principal, in: database)
                } catch TicketRefusal.tooManyOpen {
                    continue
                }
                var kept = line
                kept.ticket = ticket.uuid
                try await database.update(kept)
                opened += 1
            }
            return opened
        }
    }
}
