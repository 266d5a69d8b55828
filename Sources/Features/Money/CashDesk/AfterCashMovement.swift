import Access
import Declarations
import Identifiers
import Postgres
import Tenancy

/// A room's step after a person moved cash into or out of a drawer, in the same transaction.
package struct AfterCashMovement: RoomPart {
    package let number = 0
    private let run: @Sendable (MovedCash, TenantDatabase) async throws -> Void

    package init(_ run: @escaping @Sendable (MovedCash, TenantDatabase) async throws -> Void) { self.run = run }

    static func run(_ moved: MovedCash, in database: TenantDatabase) async throws {
        for part in moved.principal.catalogue.parts(AfterCashMovement.self) { try await part.run(moved, database) }
    }
}

/// A cash movement, with its shift and author.
package struct MovedCash: Sendable {
    package let cash: CashMovement
    package let shift: Shift.ID
    package let tenant: Tenant
    package let principal: Principal
    package let randomness: Randomness
}
