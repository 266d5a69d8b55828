import Access
import Declarations
import Identifiers
import Postgres

/// Another room's consequence of work that is done, such as equipment that changed hands. In the same transaction.
package struct FieldFollower: RoomPart {
    package typealias Follow =
        @Sendable (FieldJob, FieldReport, Principal, Randomness, TenantDatabase) async throws -> Void

    package let number: Int
    let follow: Follow

    package init(_ number: Int, _ follow: @escaping Follow) { (self.number, self.follow) = (number, follow) }
}
