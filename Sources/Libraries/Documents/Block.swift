/// A piece of a document, from top to bottom.
package enum Block: Sendable {
    case title(String)
    /// Stays with what follows it.
    case heading(String)
    case paragraph(String)
    case list([String], numbered: Bool)
    /// A label and what it says, in two columns.
    case facts([Fact])
    /// What something is and its amount, which stands at the right edge.
    case sums([Fact], strong: Bool)
    case squares(Squares, caption: [String])
    case rule
    case space(Double)
    case drawing(Drawing, caption: [String])
    case signatures([SignatureBox])
    /// Not broken over pages, unless it is higher than one.
    case together([Block])
    /// Fine print, such as a hash.
    case small(String)
}

/// Dark squares in a field of so many by so many, as runs in its rows: a code that is read by a camera.
package struct Squares: Sendable, Equatable {
    package struct Run: Sendable, Equatable {
        package let row: Int
        package let column: Int
        package let length: Int

        package init(row: Int, column: Int, length: Int) {
            (self.row, self.column, self.length) = (row, column, length)
        }
    }

    package let side: Int
    package let runs: [Run]

    package init(side: Int, runs: [Run]) { (self.side, self.runs) = (side, runs) }

    /// Rows and columns of which a code of the largest kind has 177, and its quiet zone.
    package static let mostSide = 200

    /// Those that lie within the field.
    package var drawn: [Run] {
        guard (1...Self.mostSide).contains(side) else { return [] }
        let places = 0..<side
        return runs.filter { run in
            places.contains(run.row) && places.contains(run.column) && (1...side).contains(run.length)
                && run.column + run.length <= side
        }
    }
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
