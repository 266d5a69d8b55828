import Access
import Addresses
import Declarations
import Identifiers
import Postgres
import Services
import Tenancy
import Time

/// The demonstration company's router: a lab that runs beside the program.
package enum InventedNetwork {
    /// Adds the router where there is none; returns the number of services bound.
    package static func fill(
        at address: IPAddress, port: UInt16, of tenant: Tenant, by principal: Principal, with acts: RouterActs,
        in database: TenantDatabase
    ) async throws -> Int {
        guard try await database.routers().isEmpty else { return 0 }
        var router = acts.blank(at: principal.now)
        (router.name, router.address, router.port) = ("Torre Centro", "\(address)", Int(port))
        (router.login, router.password, router.mode) = ("admin", password, .active)
        let added = try await acts.add(router, by: principal, in: database)
        let services: [ServiceToBind] = try await database.rows(
            """
            SELECT service_id FROM services WHERE tenant_id = \(database.tenant) AND state NOT IN ('pending', 'cancelled')
            ORDER BY number LIMIT \(customers)
            """)
        let today = tenant.timeZone.day(at: principal.now)
        for (index, found) in services.enumerated() {
            guard let service = try await database.service(found.id, on: today) else { continue }
            var point = AccessPoint(service: found.id)
            (point.router, point.name) = (added.id, login(index + 1))
            _ = try await acts.bind(point, of: service, by: principal, in: database)
        }
        return services.count
    }

    /// The values of `mastil lab routeros --customers 150 --password demo`.
    private static let password = "demo"
    private static let customers = 150

    private static func login(_ number: Int) -> String {
        let digits = String(number)
        return "cliente" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }
}

private struct ServiceToBind: RowReadable {
    let id: Service.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("service_id") }
}
