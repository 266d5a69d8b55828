/// An unbreakable full-width piece of a page: a line of a paragraph, a row of signatures.
struct Strip {
    /// The space above, unless first on its page.
    var gap = 0.0
    var height: Double
    /// Keep with next.
    var holdsNext = false
    var marks: [Mark] = []
}

/// Something to draw, relative to the strip's upper left corner.
struct Mark {
    var x: Double
    var y: Double
    var ink: Ink
    /// Its structure elements, outermost first. Empty for decoration.
    var elements: [Element] = []

    enum Ink {
        /// Positioned by the baseline.
        case text(SetText, line: Int, colour: UInt32)
        case bar(width: Double, height: Double, colour: UInt32)
        case strokes([[Double]])
        case picture(Logo, width: Double, height: Double)
    }
}

/// A tagged PDF's structure element, for screen readers. The number tells two of a kind apart.
struct Element: Equatable {
    var kind: Kind
    var number: Int

    enum Kind: String {
        case title = "H1"
        case heading = "H2"
        case paragraph = "P"
        case list = "L"
        case item = "LI"
        case itemLabel = "Lbl"
        case itemBody = "LBody"
        case table = "Table"
        case row = "TR"
        case rowHead = "TH"
        case cell = "TD"
        case figure = "Figure"
    }
}
