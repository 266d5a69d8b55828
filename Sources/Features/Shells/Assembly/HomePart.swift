import HTML

/// Something of a room's on the panel's first page, or on another's, for somebody who may see it.
package struct HomePart: Sendable {
    package enum Place: Sendable {
        /// Beside the heading.
        case act
        /// Above all else.
        case top
        /// Among the numbers that people look at each morning.
        case tile
        /// On the portal, in the place of what else is said of the customer's service.
        case standing
        case card
    }

    package let place: Place
    /// Parts of a place stand in the order of their numbers.
    package let number: Int
    package let content: Markup

    package init(_ place: Place, _ number: Int, _ content: some View) {
        self.place = place
        self.number = number
        self.content = content.body
    }
}

extension [HomePart] {
    /// In their order.
    package var content: Markup { .group(sorted { $0.number < $1.number }.map(\.content)) }
}
