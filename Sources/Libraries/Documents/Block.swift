/// A block of a document's flow, from top to bottom.
package enum Block: Sendable {
    case title(String)
    /// Kept on the page of the block that follows.
    case heading(String)
    case paragraph(String)
    case list([String], numbered: Bool)
    /// Labels and values, in two columns.
    case facts([Fact])
    /// Labels and amounts, the amounts right-aligned.
    case sums([Fact], strong: Bool)
    case squares(Squares, caption: [String])
    /// Cards to cut out, in rows of so many columns.
    case cards([Card], columns: Int)
    case rule
    case space(Double)
    case drawing(Drawing, caption: [String])
    case signatures([SignatureBox])
    /// Kept on one page, unless taller than a page.
    case together([Block])
    /// Fine print, such as a hash.
    case small(String)
}

/// Dark squares on a square grid, as horizontal runs: a QR code, for example.
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

    /// The largest QR code, 177 modules a side, with its quiet zone.
    package static let mostSide = 200

    /// The runs within the grid.
    package var drawn: [Run] {
        guard (1...Self.mostSide).contains(side) else { return [] }
        let places = 0..<side
        return runs.filter { run in
            places.contains(run.row) && places.contains(run.column) && (1...side).contains(run.length)
                && run.column + run.length <= side
        }
    }
}

/// A card to cut out: a code to type, and the same as squares to scan.
package struct Card: Sendable, Equatable {
    package let title: String
    package let code: String
    package let lines: [String]
    package let squares: Squares

    package init(title: String, code: String, lines: [String], squares: Squares) {
        (self.title, self.code, self.lines, self.squares) = (title, code, lines, squares)
    }

    /// Of a row; more would not hold a code.
    package static let columns = 2...3
}

package struct Fact: Sendable, Equatable {
    package var label: String
    package var value: String

    package init(_ label: String, _ value: String) {
        self.label = label
        self.value = value
    }
}

/// A line to sign on, with the signature on it and a caption below.
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
