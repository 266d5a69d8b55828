import Access
import Customers
import Declarations
import Locale
import Panel

/// The amount that a customer pays to reconnect, provided by another room.
package struct ReconnectionAmount: RoomPart {
    package typealias Read = @Sendable (_ customer: Customer.ID, _ visit: Visit) async throws -> Money?

    package let number: Int
    private let read: Read

    package init(_ number: Int, _ read: @escaping Read) { (self.number, self.read) = (number, read) }

    /// Nil where nothing is cut for debt.
    package static func of(_ customer: Customer.ID, _ visit: Visit) async throws -> Money? {
        for part in visit.catalogue.parts(ReconnectionAmount.self) {
            if let amount = try await part.read(customer, visit) { return amount }
        }
        return nil
    }
}
