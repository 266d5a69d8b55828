import Access
import Declarations
import Postgres
import Time

/// Another room's act on an incident whose alert goes out, or that is acknowledged or over, in the same transaction.
package struct IncidentFollower: RoomPart {
    package enum Change: Sendable { case alerted, acknowledged, ended }

    package typealias Follow = @Sendable (Incident, Change, Instant, TenantDatabase) async throws -> Void

    package let number: Int
    private let follow: Follow

    package init(_ number: Int, _ follow: @escaping Follow) { (self.number, self.follow) = (number, follow) }

    static func follow(
        _ incident: Incident, _ change: Change, by principal: Principal, in database: TenantDatabase
    ) async throws {
        for part in principal.catalogue.parts(IncidentFollower.self) {
            try await part.follow(incident, change, principal.now, database)
        }
    }
}
