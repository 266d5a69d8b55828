import Access
import Addresses
import Events
import Identifiers
import Jobs
import Nouns
import Plans
import Postgres
import Services
import Tenancy
import Time

extension RouterActs {
    /// Binds a service to a router, or changes how. A job then aligns the router.
    package func bind(
        _ point: AccessPoint, of service: Service, by principal: Principal, in database: TenantDatabase
    ) async throws -> AccessPoint {
        try await database.transaction { database in
            guard let id = point.router, let router = try await database.router(id) else {
                throw RouterRefusal.unknown
            }
            let known = try await database.accessPoint(service.id, locked: true)
            var bound = point
            bound.password = nil
            if !point.address.isEmpty {
                guard let address = IPAddress(point.address) else { throw RouterRefusal.customerAddressUnreadable }
                bound.address = address.description
            } else if point.method != .pppoe {
                throw RouterRefusal.customerAddressMissing
            }
            if point.method == .lease {
                guard let mac = MACAddress(point.name) else { throw RouterRefusal.macUnreadable }
                bound.name = mac.description
            }
            if let known, point.password == nil {
                bound.revision = known.revision
                if known == bound { return known }
            }
            if known?.router != bound.router || known?.address != bound.address,
                let other = try await database.holder(ofAddressOf: bound)
            {
                throw RouterRefusal.addressBound(other)
            }
            bound.revision = (known?.revision ?? 0) + 1
            var sealed: [UInt8]?
            if let password = point.password {
                sealed = try await dialer.seal(password, of: service.id, at: principal.now, in: database)
            }
            if let known, known.router != bound.router { try await database.leave(known, at: principal.now) }
            do throws(DatabaseError) {
                try await database.put(bound, password: sealed, at: principal.now)
            } catch {
                if error.isUniqueViolation(of: "access_points_by_address") { throw RouterRefusal.addressBound("") }
                guard error.isUniqueViolation(of: "access_points_tenant_id_router_id_method_name_key") else {
                    throw error
                }
                throw RouterRefusal.nameBound
            }
            let names: KeyValuePairs = ["router": router.name]
            let after = bound.details(naming: names)
            try await database.record(
                Act(.accessPointBound, service.subject, before: known?.details() ?? [], after: after),
                by: principal.actor, at: principal.now)
            try await database.queue(LookAtService(service.id), at: principal.now)
            return bound
        }
    }

    /// Leaves the router unchanged.
    package func unbind(
        _ service: Service, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let known = try await database.accessPoint(service.id, locked: true) else {
                throw AccessRefusal.notFound
            }
            try await database.removeAccessPoint(service.id)
            try await database.record(
                Act(.accessPointRemoved, service.subject, before: known.details()), by: principal.actor,
                at: principal.now)
        }
    }
}

extension TenantDatabase {
    package func accessPoint(
        _ service: Service.ID, locked: Bool = false
    ) async throws(DatabaseError) -> AccessPoint? {
        try await first(
            """
            SELECT service_id, router_id, method, name, address, profile, revision FROM access_points
            WHERE tenant_id = \(tenant) AND service_id = \(service)
            \(locked ? .forUpdate(of: "access_points") : .nothing)
            """)
    }

    /// Another service with its address at its router, by its plan and number.
    fileprivate func holder(ofAddressOf point: AccessPoint) async throws(DatabaseError) -> String? {
        guard !point.address.isEmpty else { return nil }
        return try await value(
            """
            SELECT p.name || ' (' || s.number || ')' FROM access_points a
            JOIN services s ON s.tenant_id = a.tenant_id AND s.service_id = a.service_id
            JOIN desired_services d ON d.tenant_id = a.tenant_id AND d.service_id = a.service_id
            JOIN plans p ON p.tenant_id = d.tenant_id AND p.plan_id = d.plan_id
            WHERE a.tenant_id = \(tenant) AND a.router_id = \(point.router) AND a.address = \(point.address)
                AND a.address <> '' AND a.service_id <> \(point.service)
            LIMIT 1
            """)
    }

    func put(_ point: AccessPoint, password: [UInt8]?, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO access_points AS a (
                tenant_id, service_id, router_id, method, name, password, address, profile, revision, made_at,
                routed_zone_id)
            VALUES (
                \(tenant), \(point.service), \(point.router), \(point.method.rawValue), \(point.name), \(password),
                \(point.address), \(point.profile), \(point.revision), \(now),
                (SELECT zone_id FROM services WHERE tenant_id = \(tenant) AND service_id = \(point.service)))
            ON CONFLICT (tenant_id, service_id) DO UPDATE
            SET router_id = excluded.router_id, method = excluded.method, name = excluded.name,
                password = coalesce(excluded.password, a.password), address = excluded.address,
                address_turn = CASE
                    WHEN a.router_id = excluded.router_id AND a.address = excluded.address THEN a.address_turn
                    ELSE 0 END,
                profile = excluded.profile, revision = excluded.revision, routed_zone_id = excluded.routed_zone_id,
                account_changed_at = CASE WHEN a.router_id = excluded.router_id THEN a.account_changed_at END
            """)
    }

    func removeAccessPoint(_ service: Service.ID) async throws(DatabaseError) {
        _ = try await batch([
            "DELETE FROM network_differences WHERE tenant_id = \(tenant) AND service_id = \(service)",
            "DELETE FROM access_leftovers WHERE tenant_id = \(tenant) AND service_id = \(service)",
            "DELETE FROM access_points WHERE tenant_id = \(tenant) AND service_id = \(service)",
        ])
    }
}

extension AccessPoint: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(service: try row.read("service_id"))
        router = try row.read("router_id")
        method = try row.word("method")
        name = try row.read("name")
        address = try row.read("address")
        profile = try row.read("profile")
        revision = try row.read("revision")
    }
}
