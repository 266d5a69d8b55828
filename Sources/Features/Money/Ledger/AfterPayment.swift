import Access
import Customers
import Declarations
import Identifiers
import Locale
import Postgres
import Time

/// A room's reaction to a payment's event, in the same transaction.
package struct AfterPayment: RoomPart {
    package let number: Int
    private let run: @Sendable (PaidAccount, TenantDatabase) async throws -> Void

    package init(_ number: Int, _ run: @escaping @Sendable (PaidAccount, TenantDatabase) async throws -> Void) {
        (self.number, self.run) = (number, run)
    }

    package static func run(_ paid: PaidAccount, in database: TenantDatabase) async throws {
        for part in paid.principal.catalogue.parts(AfterPayment.self) { try await part.run(paid, database) }
    }
}

/// A payment's event, and the account concerned.
package struct PaidAccount: Sendable {
    package enum Event: Sendable {
        /// Somebody has the cash in hand, whether or not the payment is approved.
        case takenInCash
        case applied
        case undone(because: String)
        /// Pending, with a receipt sent by the subscriber.
        case claimed
        case rejected
    }

    package let event: Event
    package let payment: UUID
    package let amount: Money
    package let customer: Customer.ID
    /// The day of the payment.
    package let paidOn: Day
    /// The booking day.
    package let bookedOn: Day
    package let principal: Principal
    package let randomness: Randomness

    package init(
        _ event: Event, _ payment: UUID, of amount: Money, to customer: Customer.ID, paidOn: Day, bookedOn: Day,
        by principal: Principal, from randomness: Randomness
    ) {
        (self.payment, self.amount) = (payment, amount)
        (self.event, self.customer, self.paidOn, self.bookedOn) = (event, customer, paidOn, bookedOn)
        (self.principal, self.randomness) = (principal, randomness)
    }
}
