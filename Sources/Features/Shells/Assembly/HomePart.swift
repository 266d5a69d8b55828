import HTML

/// A room's contribution to the panel's first page, or to another, for a permitted visitor.
package struct HomePart: Sendable {
    package enum Place: Sendable {
        /// Beside the heading.
        case act
        /// Above all else.
        case top
        /// Among the key figures.
        case tile
        /// On the portal, in place of other information on the customer's service.
        case standing
        case card
    }

    package let place: Place
    /// Orders the parts of one place.
    package let number: Int
    package let content: Markup

    package init(_ place: Place, _ number: Int, _ content: some View) {
        self.place = place
        self.number = number
        self.content = content.body
    }
}

extension [HomePart] {
    /// Sorted by number.
    package var content: Markup { .group(sorted { $0.number < $1.number }.map(\.content)) }
}
