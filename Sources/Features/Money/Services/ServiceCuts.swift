import Access
import Customers
import Declarations
import Events
import Identifiers
import Nouns
import Postgres
import Tenancy
import Time

/// Bulk cuts and reconnections for collection: each as if by itself, in the given transaction, recorded under the run's
/// summary event.
package enum ServiceCuts {
    /// Cuts those that are installed, not cancelled and not cut already. Returns these.
    package static func cut(
        _ ids: [Service.ID], _ cut: Cut, as run: Act, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> [Service.ID] {
        try await change(ids, as: run, of: tenant, by: principal, in: database) { services, database in
            let today = tenant.timeZone.day(at: principal.now)
            let able = Set(
                try await database.standings(of: services.map(\.id), on: today)
                    .filter { $0.state == .active || $0.state == .frozen }.map(\.id))
            try await database.insert(cut, of: Array(able), by: principal)
            return (able, .serviceCut, cut.details())
        }
    }

    /// Lifts cuts for these reasons only, so that a payment does not lift a cut for abuse. Returns the services
    /// reconnected.
    package static func reconnect(
        _ ids: [Service.ID], cutFor reasons: Set<Cut.Reason>, as run: Act, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> [Service.ID] {
        try await change(ids, as: run, of: tenant, by: principal, in: database) { services, database in
            let lifted = try await database.liftCuts(of: services.map(\.id), for: reasons, by: principal)
            return (Set(lifted), .serviceReconnected, [])
        }
    }

    private static func change(
        _ ids: [Service.ID], as run: Act, of tenant: Tenant, by principal: Principal, in database: TenantDatabase,
        _ write: ([Service], TenantDatabase) async throws -> (changed: Set<Service.ID>, kind: EventKind, [Act.Detail])
    ) async throws -> [Service.ID] {
        try await database.transaction { database in
            let today = tenant.timeZone.day(at: principal.now)
            let services = try await database.services(ids, on: today)
            _ = try await database.customers(Array(Set(services.map(\.customer))), locked: true)
            let (changed, kind, details) = try await write(services, database)
            guard !changed.isEmpty else { return [] }
            let touched = services.filter { changed.contains($0.id) }
            let acts = touched.map { Act(kind, $0.subject, after: details) }
            let customers = try await Customer.settle(
                Array(Set(touched.map(\.customer))), of: tenant, at: principal.now, in: database)
            try await database.record(acts + customers, as: run, by: principal.actor, at: principal.now)
            return touched.map(\.id)
        }
    }
}
