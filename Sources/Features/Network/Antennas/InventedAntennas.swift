import Access
import Postgres
import Tenancy

/// The demonstration company's way into its antennas, which a lab keeps.
package enum InventedAntennas {
    package static func connect(
        password: String, connection: String, port: Int, by principal: Principal, with acts: AntennaActs,
        in database: TenantDatabase
    ) async throws {
        guard try await database.antennaAccess()?.port != port else { return }
        var access = AntennaAccess()
        (access.user1, access.password1, access.port) = ("ubnt", password, port)
        (access.allowsOldCryptography, access.connection) = (true, connection)
        try await acts.save(access, by: principal, in: database)
    }
}
