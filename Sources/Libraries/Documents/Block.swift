/// A piece of a document, from top to bottom.
package enum Block: Sendable {
    case title(String)
    /// Stays with what follows it.
    case heading(String)
    case paragraph(String)
    case list([String], numbered: Bool)
    /// A label and what it says, in two columns.
    case facts([Fact])
    case rule
    case space(Double)
    case drawing(Drawing, caption: [String])
    case signatures([SignatureBox])
    /// Not broken over pages, unless it is higher than one.
    case together([Block])
    /// Fine print, such as a hash.
    case small(String)
}

package struct Fact: Sendable, Equatable {
    package var label: String
    package var value: String

    package init(_ label: String, _ value: String) {
        self.label = label
        self.value = value
    }
}

/// A line to sign on, what stands on it and what is said under it.
package struct SignatureBox: Sendable, Equatable {
    package enum Ink: Sendable, Equatable {
        /// To be signed by hand.
        case none
        case drawing(Drawing)
        case name(String)
    }

    package var ink: Ink
    package var caption: [String]

    package init(_ ink: Ink = .none, caption: [String]) {
        self.ink = ink
        self.caption = caption
    }
}
