import Access
import Declarations
import HTML

/// Another room's act on a payment, on the payment's page.
package struct PaymentPart: RoomPart {
    package typealias Show = @Sendable (_ payment: Payment, _ visit: Visit) -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(of payment: Payment, _ visit: Visit) -> [Markup] {
        visit.catalogue.parts(PaymentPart.self).map { $0.show(payment, visit) }
    }
}
