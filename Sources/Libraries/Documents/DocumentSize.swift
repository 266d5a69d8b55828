extension Document {
    /// "und" in place of a malformed tag.
    package var languageTag: String {
        let isTag = language.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        }
        return isTag && (2...35).contains(language.utf8.count) ? language : "und"
    }

    /// Checked before layout, so that an oversized document costs nothing.
    package func checkSize() throws(DocumentError) {
        var size = Size()
        for text in [title, author, footer, pageLabel] { size.count(text) }
        if let letterhead {
            size.count(letterhead.name)
            size.count(letterhead.lines)
        }
        try size.count(blocks)
        guard size.bytes <= Self.mostBytes, size.pieces <= Self.mostPieces else { throw .tooLong }
        guard size.points <= Self.mostPoints, size.runs <= Self.mostRuns else { throw .tooMuchInk }
    }

    /// `mostPieces` counts blocks, items and explicit line breaks; `mostDepth` is how deep blocks may nest.
    private static let mostPieces = 50_000
    private static let mostDepth = 8
    /// Of the squares on all cards.
    private static let mostRuns = 400_000

    private struct Size {
        var bytes = 0
        var pieces = 0
        var points = 0
        var runs = 0

        mutating func count(_ text: String) {
            bytes += text.utf8.count
            pieces += 1
            for byte in text.utf8 where byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { pieces += 1 }
        }

        mutating func count(_ texts: [String]) {
            for text in texts { count(text) }
        }

        mutating func count(_ drawing: Drawing) {
            // A stroke without points costs too.
            points += drawing.pointCount + drawing.strokes.count
        }

        mutating func count(_ blocks: [Block], depth: Int = 0) throws(DocumentError) {
            guard depth <= mostDepth else { throw .tooLong }
            for block in blocks {
                pieces += 1
                switch block {
                case .title(let text), .heading(let text), .paragraph(let text), .small(let text): count(text)
                case .list(let items, _): count(items)
                case .facts(let facts), .sums(let facts, _):
                    for fact in facts {
                        count(fact.label)
                        count(fact.value)
                    }
                case .rule, .space: break
                case .squares(let squares, let caption):
                    points += squares.runs.count
                    count(caption)
                case .cards(let cards, _):
                    for card in cards {
                        runs += card.squares.runs.count
                        for text in [card.title, card.code] { count(text) }
                        count(card.lines)
                    }
                case .drawing(let drawing, let caption):
                    count(drawing)
                    count(caption)
                case .signatures(let boxes):
                    for box in boxes {
                        count(box.caption)
                        switch box.ink {
                        case .none: pieces += 1
                        case .drawing(let drawing): count(drawing)
                        case .name(let name): count(name)
                        }
                    }
                case .together(let blocks): try count(blocks, depth: depth + 1)
                }
            }
        }
    }
}
