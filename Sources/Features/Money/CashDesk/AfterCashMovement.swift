import Access
import Declarations
import Identifiers
import Postgres
import Tenancy

/// What a room does once cash was put into a shift's drawer or taken out of it by hand, in the same transaction.
package struct AfterCashMovement: RoomPart {
    package let number = 0
    private let run: @Sendable (MovedCash, TenantDatabase) async throws -> Void

    package init(_ run: @escaping @Sendable (MovedCash, TenantDatabase) async throws -> Void) { self.run = run }

    static func run(_ moved: MovedCash, in database: TenantDatabase) async throws {
        for part in moved.principal.catalogue.parts(AfterCashMovement.self) { try await part.run(moved, database) }
    }
}

/// Which cash it was, out of which drawer, and who moved it.
package struct MovedCash: Sendable {
    package let cash: CashMovement
    package let shift: Shift.ID
    package let tenant: Tenant
    package let principal: Principal
    package let randomness: Randomness
}
