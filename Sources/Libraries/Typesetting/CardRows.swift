import Documents

/// Cards side by side, each in a frame to cut along: the squares at its left, the words beside them.
struct CardRows {
    let strips: [Strip]

    private static let height = 84.0
    private static let padding = 6.0
    private static let side = 54.0

    init(_ cards: [Card], columns: Int, width: Double, language: String) throws(DocumentError) {
        let columns = min(max(columns, Card.columns.lowerBound), Card.columns.upperBound)
        let cardWidth = width / Double(columns)
        var rows: [Strip] = []
        var number = 0
        for start in stride(from: 0, to: cards.count, by: columns) {
            var row = Strip(height: Self.height)
            for (column, card) in cards[start..<min(start + columns, cards.count)].enumerated() {
                number += 1
                let x = Double(column) * cardWidth
                row.marks += Self.frame(x: x, width: cardWidth)
                row.marks += try Self.words(of: card, number: number, x: x, width: cardWidth, language)
                row.marks += Self.squares(of: card, number: number, x: x)
            }
            rows.append(row)
        }
        strips = rows
    }

    private static func frame(x: Double, width: Double) -> [Mark] {
        let colour: UInt32 = 0xA6A6A6
        return [
            Mark(x: x, y: 0, ink: .bar(width: width, height: 0.5, colour: colour)),
            Mark(x: x, y: height, ink: .bar(width: width, height: 0.5, colour: colour)),
            Mark(x: x, y: 0, ink: .bar(width: 0.5, height: height, colour: colour)),
            Mark(x: x + width, y: 0, ink: .bar(width: 0.5, height: height, colour: colour)),
        ]
    }

    private static func squares(of card: Card, number: Int, x: Double) -> [Mark] {
        let unit = side / Double(max(card.squares.side, 1))
        let top = (height - side) / 2
        return card.squares.drawn.map { run in
            Mark(
                x: x + padding + Double(run.column) * unit, y: top + Double(run.row) * unit,
                ink: .bar(width: Double(run.length) * unit, height: unit * 1.02, colour: 0),
                elements: [Element(kind: .figure, number: -number)])
        }
    }

    private static func words(
        of card: Card, number: Int, x: Double, width: Double, _ language: String
    ) throws(DocumentError) -> [Mark] {
        let left = x + padding + side + padding
        let room = width - side - 3 * padding
        var marks: [Mark] = []
        var y = padding
        let texts = [(card.title, TextStyle.small), (card.code, .heading)] + card.lines.prefix(3).map { ($0, .small) }
        for (text, style) in texts where !text.isEmpty {
            let set = try SetText(text.printableLine, in: style, width: room, mostLines: 1, language: language)
            guard let line = set.lines.first else { continue }
            let leading = set.height(of: 0, in: style)
            let baseline = y + (leading - line.ascent - line.descent) / 2 + line.ascent
            marks.append(
                Mark(
                    x: left + line.start, y: baseline, ink: .text(set, line: 0, colour: style.colour),
                    elements: [Element(kind: .paragraph, number: -number)]))
            y += leading + 1
        }
        return marks
    }
}
