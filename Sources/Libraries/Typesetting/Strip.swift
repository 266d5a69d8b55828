/// A piece of a page's whole width that is not cut: a line of a paragraph, a row of signatures.
struct Strip {
    /// What stays empty over it, unless it is the first on its page.
    var gap = 0.0
    var height: Double
    /// The next one comes on the same page.
    var holdsNext = false
    var marks: [Mark] = []
}

/// Something to be drawn, seen from the strip's upper left corner.
struct Mark {
    var x: Double
    var y: Double
    var ink: Ink
    /// What it is part of in the document's structure, from the outside in. Empty for what only adorns.
    var elements: [Element] = []

    enum Ink {
        /// On the line that the letters stand on.
        case text(SetText, line: Int, colour: UInt32)
        case bar(width: Double, height: Double, colour: UInt32)
        case strokes([[Double]])
        case picture(Logo, width: Double, height: Double)
    }
}

/// Of the document's structure, for those who have it read to them. The number tells two of a kind apart.
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
