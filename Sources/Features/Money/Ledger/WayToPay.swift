import Access
import Declarations
import HTML
import Locale

/// A room's offer to pay at once, on the portal's pages about debts.
package struct WayToPay: RoomPart {
    package typealias Offer = @Sendable (Visit, _ owed: Money) async throws -> Markup

    package let number: Int
    private let offer: Offer

    package init(_ number: Int, _ offer: @escaping Offer) { (self.number, self.offer) = (number, offer) }

    /// Empty without a debt.
    package static func offers(of owed: Money, for visit: Visit) async throws -> Markup {
        guard owed.isPositive else { return .nothing }
        var offers: [Markup] = []
        for part in visit.catalogue.parts(WayToPay.self) { offers.append(try await part.offer(visit, owed)) }
        return .group(offers)
    }
}
