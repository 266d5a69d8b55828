import Documents

/// Lays blocks out as strips of the paper's text width.
struct Typesetter {
    private(set) var strips: [Strip] = []
    private let width: Double
    private let pageHeight: Double
    private let language: String
    private let accent: UInt32
    private var height = 0.0
    private var elements = 0

    init(of document: Document) throws(DocumentError) {
        width = document.paper.textWidth
        pageHeight = document.paper.textHeight
        language = document.languageTag
        accent = document.accent
        if let letterhead = document.letterhead { try set(letterhead) }
    }

    mutating func set(_ block: Block) throws(DocumentError) {
        switch block {
        case .title(let text): try setTitle(text)
        case .heading(let text): try setHeading(text)
        case .paragraph(let text):
            try add(lines(of: text, in: .body, elements: [element(.paragraph)]), gap: 7)
        case .small(let text):
            try add(lines(of: text, in: .small, elements: [element(.paragraph)]), gap: 7)
        case .list(let items, let numbered): try setList(items, numbered: numbered)
        case .facts(let facts): try setFacts(facts)
        case .sums(let sums, let strong): try setSums(sums, in: strong ? .heading : .body)
        case .squares(let squares, let caption): try set(squares, caption: caption)
        case .cards(let cards, let columns):
            try add(CardRows(cards, columns: columns, width: width, language: language).strips, gap: 10)
        case .rule: try add(rule(height: 0.5, colour: 0xA6A6A6), gap: 10)
        case .space(let points):
            // Space after a heading keeps it with what follows.
            let points = points > 0 ? min(points, pageHeight) : 0
            try add([Strip(height: points, holdsNext: strips.last?.holdsNext ?? false)], gap: 0)
        case .drawing(let drawing, let caption): try set(drawing, caption: caption)
        case .signatures(let boxes): try setSignatures(boxes)
        case .together(let blocks):
            let start = strips.count
            for block in blocks { try set(block) }
            for index in strips.indices.dropLast() where index >= start { strips[index].holdsNext = true }
        }
    }

    private mutating func setTitle(_ text: String) throws(DocumentError) {
        try add(lines(of: text, in: .title, elements: [element(.title)]), gap: 12, held: true)
        try add(rule(height: 1.5, colour: accent), gap: 5, held: true)
        strips[strips.count - 1].height += 4
    }

    private mutating func setHeading(_ text: String) throws(DocumentError) {
        try add(lines(of: text, in: .heading, elements: [element(.heading)]), gap: 15, held: true)
    }

    private mutating func setList(_ items: [String], numbered: Bool) throws(DocumentError) {
        let list = element(.list)
        let indent = items.count > 99 ? 30.0 : 22.0
        for (index, item) in items.enumerated() {
            let path = [list, element(.item)]
            let label = try text(numbered ? "\(index + 1)." : "•", in: .body, width: indent)
            var body = try lines(
                of: item, in: .body, indent: indent, width: width - indent, elements: path + [element(.itemBody)])
            let x = numbered ? indent - 6 - label.width : 8
            body[0].marks.insert(
                mark(label, line: 0, in: .body, x: x, height: body[0].height, elements: path + [element(.itemLabel)]),
                at: 0)
            try add(body, gap: index == 0 ? 7 : 3)
        }
    }

    private mutating func setFacts(_ facts: [Fact]) throws(DocumentError) {
        let table = element(.table)
        var labels: [SetText] = []
        for fact in facts { labels.append(try text(fact.label, in: .label, width: width * 0.36)) }
        let indent = 16 + labels.reduce(0) { max($0, $1.width) }
        for (index, (fact, label)) in zip(facts, labels).enumerated() {
            let path = [table, element(.row)]
            let labelPath = path + [element(.rowHead)]
            var row = try lines(
                of: fact.value, in: .body, indent: indent, width: width - indent, elements: path + [element(.cell)])
            for line in label.lines.indices {
                if line == row.count { row.append(Strip(height: TextStyle.label.leading)) }
                row[line].marks.insert(
                    mark(label, line: line, in: .label, x: 0, height: row[line].height, elements: labelPath), at: 0)
            }
            try add(Self.unbroken(row), gap: index == 0 ? 8 : 3)
        }
    }

    /// The amount is on the last line of its label.
    private mutating func setSums(_ sums: [Fact], in style: TextStyle) throws(DocumentError) {
        let table = element(.table)
        for (index, sum) in sums.enumerated() {
            let path = [table, element(.row)]
            let amount = try text(sum.value.printableLine, in: style, width: width * 0.6, mostLines: 1)
            var row = try lines(
                of: sum.label, in: style, width: max(width - amount.width - 12, width * 0.3),
                elements: path + [element(.rowHead)])
            let extent = amount.lines[0]
            let height = row[row.count - 1].height
            row[row.count - 1].marks.append(
                mark(
                    amount, line: 0, in: style, x: width - extent.start - extent.width, height: height,
                    elements: path + [element(.cell)]))
            try add(Self.unbroken(row), gap: index == 0 ? 8 : 3)
        }
    }

    private mutating func set(_ squares: Squares, caption: [String]) throws(DocumentError) {
        let side = min(width, 96)
        let unit = side / Double(max(squares.side, 1))
        let path = [element(.figure)]
        let marks = squares.drawn.map { run in
            Mark(
                x: Double(run.column) * unit, y: Double(run.row) * unit,
                // Bars overlap slightly, so that no light shows between rows.
                ink: .bar(width: Double(run.length) * unit, height: unit * 1.02, colour: 0), elements: path)
        }
        try add([Strip(height: side, marks: marks)], gap: 10, held: !caption.isEmpty)
        for (index, line) in caption.enumerated() {
            let held = index + 1 < caption.count
            try add(lines(of: line, in: .caption, elements: [element(.paragraph)]), gap: 0, held: held)
        }
    }

    private mutating func set(_ drawing: Drawing, caption: [String]) throws(DocumentError) {
        let boxWidth = min(width, 280)
        let boxHeight = 110.0
        let ink = Mark.Ink.strokes(drawing.fitted(width: boxWidth - 16, height: boxHeight - 16))
        let frame = [
            Mark(x: 0, y: 0, ink: .bar(width: boxWidth, height: 0.5, colour: 0xA6A6A6)),
            Mark(x: 0, y: boxHeight, ink: .bar(width: boxWidth, height: 0.5, colour: 0xA6A6A6)),
            Mark(x: 0, y: 0, ink: .bar(width: 0.5, height: boxHeight, colour: 0xA6A6A6)),
            Mark(x: boxWidth, y: 0, ink: .bar(width: 0.5, height: boxHeight + 0.5, colour: 0xA6A6A6)),
        ]
        let drawn = Mark(x: 8, y: 8, ink: ink, elements: [element(.figure)])
        try add([Strip(height: boxHeight + 4, marks: frame + [drawn])], gap: 10, held: !caption.isEmpty)
        for (index, line) in caption.enumerated() {
            let held = index + 1 < caption.count
            try add(lines(of: line, in: .caption, elements: [element(.paragraph)]), gap: 0, held: held)
        }
    }

    /// Two or three side by side; four in two rows.
    private mutating func setSignatures(_ boxes: [SignatureBox]) throws(DocumentError) {
        let columns = boxes.count == 3 || boxes.count > 4 ? 3 : 2
        for start in stride(from: 0, to: boxes.count, by: columns) {
            var row = Strip(height: 0)
            for (column, box) in boxes[start..<min(start + columns, boxes.count)].enumerated() {
                try set(box, column: column, of: columns, in: &row)
            }
            try add([row], gap: 22)
        }
    }

    private mutating func set(
        _ box: SignatureBox, column: Int, of columns: Int, in row: inout Strip
    ) throws(DocumentError) {
        let between = 28.0
        let boxWidth = (width - between * Double(columns - 1)) / Double(columns)
        let x = Double(column) * (boxWidth + between)
        let inkHeight = 64.0
        switch box.ink {
        case .none: break
        case .drawing(let drawing):
            let strokes = drawing.fitted(width: boxWidth, height: inkHeight - 4)
            row.marks.append(Mark(x: x, y: 0, ink: .strokes(strokes), elements: [element(.figure)]))
        case .name(let name):
            let name = try text(name.printableLine, in: .signature, width: boxWidth, mostLines: 3)
            let path = [element(.paragraph)]
            let height = TextStyle.signature.leading
            for (line, extent) in name.lines.enumerated() {
                let inset = (boxWidth - extent.width) / 2 - extent.start
                let y = inkHeight - 4 - height * Double(name.lines.count - line)
                row.marks.append(
                    mark(name, line: line, in: .signature, x: x + inset, y: y, height: height, elements: path))
            }
        }
        row.marks.append(Mark(x: x, y: inkHeight, ink: .bar(width: boxWidth, height: 0.75, colour: 0x1A1A1A)))
        var y = inkHeight + 5
        for caption in box.caption {
            for strip in try lines(
                of: caption, in: .caption, indent: x, width: boxWidth, elements: [element(.paragraph)])
            {
                row.marks += strip.marks.map { mark in
                    var mark = mark
                    mark.y += y
                    return mark
                }
                y += strip.height
            }
        }
        row.height = max(row.height, y)
    }

    private mutating func set(_ letterhead: Letterhead) throws(DocumentError) {
        var head = Strip(height: 0)
        var textWidth = width
        if let png = letterhead.logo {
            let logo = try Logo(png)
            let scale = min(150 / logo.width, 48 / logo.height)
            let (logoWidth, logoHeight) = (logo.width * scale, logo.height * scale)
            head.marks.append(
                Mark(
                    x: 0, y: 0, ink: .picture(logo, width: logoWidth, height: logoHeight), elements: [element(.figure)])
            )
            head.height = logoHeight
            textWidth -= logoWidth + 24
        }
        let isBesideLogo = letterhead.logo != nil
        var y = 0.0
        for (index, line) in ([letterhead.name] + letterhead.lines).enumerated() {
            let style = index == 0 ? TextStyle.letterheadName : .letterheadLine
            let text = try text(line, in: style, width: textWidth)
            let path = [element(.paragraph)]
            for line in text.lines.indices {
                let x = isBesideLogo ? width - text.lines[line].start - text.lines[line].width : 0
                let height = text.height(of: line, in: style)
                head.marks.append(mark(text, line: line, in: style, x: x, y: y, height: height, elements: path))
                y += height
            }
        }
        head.height = max(head.height, y)
        try add([head], gap: 0, held: true)
        try add(rule(height: 0.5, colour: 0xA6A6A6), gap: 9)
        strips[strips.count - 1].height += 8
    }

    private mutating func add(_ added: [Strip], gap: Double, held: Bool = false) throws(DocumentError) {
        for (index, strip) in added.enumerated() {
            var strip = strip
            if index == 0 { strip.gap += gap }
            if held { strip.holdsNext = true }
            height += strip.gap + strip.height
            strips.append(strip)
        }
        guard height <= pageHeight * Double(Document.mostPages) else { throw .tooLong }
    }

    private mutating func lines(
        of string: String, in style: TextStyle, indent: Double = 0, width: Double? = nil, elements: [Element]
    ) throws(DocumentError) -> [Strip] {
        let text = try text(string, in: style, width: width ?? self.width)
        return Self.unbroken(
            text.lines.indices.map { line in
                let height = text.height(of: line, in: style)
                let mark = mark(text, line: line, in: style, x: indent, height: height, elements: elements)
                return Strip(height: height, marks: [mark])
            })
    }

    /// Avoids widows and orphans.
    private static func unbroken(_ lines: [Strip]) -> [Strip] {
        var lines = lines
        if lines.count > 1 {
            lines[0].holdsNext = true
            lines[lines.count - 2].holdsNext = true
        }
        return lines
    }

    private func text(
        _ text: String, in style: TextStyle, width: Double, mostLines: Int = 0
    ) throws(DocumentError) -> SetText {
        try SetText(text, in: style, width: width, mostLines: mostLines, language: language)
    }

    private func mark(
        _ text: SetText, line: Int, in style: TextStyle, x: Double, y: Double = 0, height: Double, elements: [Element]
    ) -> Mark {
        let line = (number: line, extent: text.lines[line])
        let baseline = y + (height - line.extent.ascent - line.extent.descent) / 2 + line.extent.ascent
        return Mark(
            x: x + line.extent.start, y: baseline, ink: .text(text, line: line.number, colour: style.colour),
            elements: elements)
    }

    private func rule(height: Double, colour: UInt32) -> [Strip] {
        [Strip(height: height, marks: [Mark(x: 0, y: 0, ink: .bar(width: width, height: height, colour: colour))])]
    }

    private mutating func element(_ kind: Element.Kind) -> Element {
        elements += 1
        return Element(kind: kind, number: elements)
    }
}
