import Access
import Declarations
import HTML

/// Another room's card on one's own account in a company's panel.
package struct AccountPart: RoomPart {
    package let number: Int
    private let show: @Sendable (Visit) -> Markup

    package init(_ number: Int, _ show: @escaping @Sendable (Visit) -> Markup) {
        (self.number, self.show) = (number, show)
    }

    static func all(for visit: Visit) -> [Markup] {
        visit.catalogue.parts(AccountPart.self).map { $0.show(visit) }
    }
}
