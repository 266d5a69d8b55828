import Access
import Jobs
import Postgres
import Tenancy
import Time

/// The demonstration company's UISP: a lab that runs beside the program.
package enum InventedUISP {
    /// The token of `mastil lab uisp`.
    private static let token = "lab"

    package static func connect(
        to address: String, of tenant: Tenant, by principal: Principal, with acts: FleetActs,
        in database: TenantDatabase
    ) async throws {
        var controller = acts.blank(at: principal.now)
        (controller.name, controller.address, controller.token) = ("UISP", address, token)
        _ = try await acts.add(controller, to: tenant, by: principal, in: database)
        // After the first round has read it.
        try await database.queue(CompareFleet(), at: principal.now + .seconds(60))
    }
}
