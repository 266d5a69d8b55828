import Access
import Events
import Identifiers
import Jobs
import Monitoring
import Postgres
import Tenancy
import Time
import Topology

extension IncidentFollowing {
    /// Opens an incident for each cause that the polls show, moves one up where its cause turns out to be higher, and ends
    /// those whose device answers again. An incident whose device is gone, not watched or unknown stays open for a
    /// person. Running it twice changes nothing.
    package func look(of tenant: Tenant, at now: Instant, in database: TenantDatabase) async throws {
        let watched = try await database.devices().filter(\.device.isWatched)
        let up = Set(watched.lazy.filter { $0.state.standing == .up }.map(\.device.id.uuid))
        let nodes = watched.map { one in
            FaultMap.Node(
                one.device.id, one.device.name, under: one.device.upstream, router: one.device.router,
                one.state.standing, since: one.state.since)
        }
        let faults = FaultMap(nodes, try await database.siteUses().map(\.site)).faults
        let principal = Principal.commandLine(of: catalogue, at: now)
        let open = try await database.openIncidents().filter { $0.cause == .device }
        var kept: Set<Incident.ID> = []
        for fault in faults {
            let covered = open.filter { one in
                one.device == fault.device.uuid || fault.below.contains { $0.uuid == one.device }
            }
            if let first = covered.first {
                kept.formUnion(covered.map(\.id))
                try await move(first, to: fault, absorbing: covered.dropFirst().map(\.id), by: principal, in: database)
            } else {
                try await self.open(fault, at: now, by: principal, in: database)
            }
        }
        for incident in open where !kept.contains(incident.id) && incident.device.map({ up.contains($0) }) == true {
            try await database.transaction { database in
                guard let known = try await database.incident(incident.id, locked: true), known.state != .resolved
                else { return }
                _ = try await known.end(at: now, partOf: nil, by: principal, in: database)
            }
        }
        try await lookAtSessions(of: tenant, at: now, by: principal, in: database)
        try await lookAtFibre(at: now, by: principal, in: database)
    }

    private func open(
        _ fault: FaultMap.Fault, at now: Instant, by principal: Principal, in database: TenantDatabase
    ) async throws {
        let id = Incident.ID.make(milliseconds: now.milliseconds, from: randomness)
        try await database.transaction { database in
            var incident = Incident(id: id, startedAt: min(fault.since ?? now, now))
            (incident.cause, incident.device, incident.site) = (.device, fault.device.uuid, fault.site)
            incident.title = fault.name
            _ = try await incident.open(by: principal, in: database)
            try await database.affect(by: id, sites: fault.sites, routers: fault.routers, from: incident.startedAt)
            try await database.inherit(id)
        }
    }

    /// The incident of a lower device becomes that of the higher one; the others that it explains are part of it.
    private func move(
        _ incident: Incident, to fault: FaultMap.Fault, absorbing others: [Incident.ID], by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard var known = try await database.incident(incident.id, locked: true), known.state != .resolved else {
                return
            }
            if known.device != fault.device.uuid {
                (known.device, known.site, known.title) = (fault.device.uuid, fault.site, fault.name)
                try await database.update(known)
                try await database.record(
                    Act(.incidentMoved, known.subject), by: principal.actor, at: principal.now)
            }
            let added = try await database.affect(
                by: known.id, sites: fault.sites, routers: fault.routers, from: known.startedAt)
            for other in others {
                guard let part = try await database.incident(other, locked: true), part.state != .resolved else {
                    continue
                }
                _ = try await part.end(at: principal.now, partOf: known.id, by: principal, in: database)
            }
            if known.isQuiet, let maintenance = known.maintenance,
                try await database.maintenance(maintenance)?.isActive(at: principal.now) != true
            {
                _ = try await overrun(known, by: principal, in: database)
                try await database.queue(FollowIncident(known.id), at: principal.now)
            } else if added > 0 {
                try await database.queue(FollowIncident(known.id), at: principal.now)
            }
        }
    }
}

extension LookAtOutages {
    func run(in context: JobContext, by acts: IncidentFollowing) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        try await acts.look(of: tenant, at: context.now, in: context.database)
    }
}
