import Access
import Declarations
import Postgres

/// Another room's act on a router that was just added or changed, in the same transaction.
package struct RouterFollower: RoomPart {
    package typealias Follow = @Sendable (Router, Principal, TenantDatabase) async throws -> Void

    package let number: Int
    private let follow: Follow

    package init(_ number: Int, _ follow: @escaping Follow) { (self.number, self.follow) = (number, follow) }

    static func follow(_ router: Router, by principal: Principal, in database: TenantDatabase) async throws {
        for part in principal.catalogue.parts(RouterFollower.self) {
            try await part.follow(router, principal, database)
        }
    }
}
