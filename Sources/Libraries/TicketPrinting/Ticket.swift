import Documents

extension Document {
    /// ESC/POS commands for a receipt printer, as Epson's and nearly all others read them. Laid out in columns of the
    /// printer's font, with a cut at the end.
    package var ticket: [UInt8] {
        var ticket = Ticket(columns: paper == .roll58 ? 32 : 48)
        if let letterhead {
            ticket.centred(letterhead.name, isBold: true)
            for line in letterhead.lines { ticket.centred(line, isBold: false) }
            ticket.line("")
        }
        ticket.write(blocks)
        return ticket.cut()
    }
}

/// A ticket being written.
private struct Ticket {
    private let columns: Int
    private var bytes: [UInt8]

    init(columns: Int) {
        self.columns = columns
        // Reset the printer and select code page 858.
        bytes = [0x1B, 0x40, 0x1B, 0x74, 19]
    }

    /// Feed past the cutter, then a partial cut.
    func cut() -> [UInt8] { bytes + [0x1D, 0x56, 66, 0] }

    mutating func write(_ blocks: [Block]) {
        for block in blocks { write(block) }
    }

    private mutating func write(_ block: Block) {
        switch block {
        case .title(let text), .heading(let text): centred(text, isBold: true)
        case .paragraph(let text), .small(let text): paragraph(text)
        case .list(let items, let isNumbered):
            for (place, item) in items.enumerated() { paragraph("\(isNumbered ? "\(place + 1)." : "-") \(item)") }
        case .facts(let facts):
            for fact in facts { paragraph("\(fact.label): \(fact.value)") }
        case .sums(let sums, let isStrong):
            bold(isStrong)
            for sum in sums { pair(sum) }
            bold(false)
        case .squares(let squares, let caption):
            draw(squares)
            for text in caption { centred(text, isBold: false) }
        case .cards(let cards, _):
            for card in cards {
                centred(card.title, isBold: false)
                centred(card.code, isBold: true)
                draw(card.squares)
                for text in card.lines { paragraph(text) }
            }
        case .rule: line(String(repeating: "-", count: columns))
        case .space(let points): for _ in 0..<max(1, min(Int(points / 12), 8)) { line("") }
        case .drawing(_, let caption): for text in caption { paragraph(text) }
        case .signatures(let boxes):
            for box in boxes {
                line("")
                line(String(repeating: "_", count: min(columns, 24)))
                for text in box.caption { paragraph(text) }
            }
        case .together(let blocks): write(blocks)
        }
    }

    mutating func line(_ text: String) { line(CodePage858.bytes(of: text)[...]) }

    private mutating func line(_ text: ArraySlice<UInt8>) { bytes += text + [0x0A] }

    mutating func centred(_ text: String, isBold: Bool) {
        bytes += [0x1B, 0x61, 1]
        bold(isBold)
        paragraph(text)
        bold(false)
        bytes += [0x1B, 0x61, 0]
    }

    private mutating func bold(_ isBold: Bool) { bytes += [0x1B, 0x45, isBold ? 1 : 0] }

    private mutating func paragraph(_ text: String) {
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            for text in wrapped(String(part)) { line(text) }
        }
    }

    /// The amount is right-aligned on the last line of its label.
    private mutating func pair(_ sum: Fact) {
        let amount = CodePage858.bytes(of: sum.value)
        var lines = wrapped(sum.label)
        let last = lines.removeLast()
        for text in lines { line(text) }
        let room = columns - last.count - amount.count
        if room < 1 { line(last) }
        let space = [UInt8](repeating: 0x20, count: max(0, room < 1 ? columns - amount.count : room))
        line(((room < 1 ? [] : last) + space + amount)[...])
    }

    /// Wrapped between words if possible.
    private func wrapped(_ text: String) -> [ArraySlice<UInt8>] {
        var rest = CodePage858.bytes(of: text)[...]
        var lines: [ArraySlice<UInt8>] = []
        while rest.count > columns {
            let head = rest.prefix(columns + 1)
            let end = head.lastIndex(of: 0x20) ?? head.index(before: head.endIndex)
            lines.append(rest[..<end])
            rest = rest[end...].drop { $0 == 0x20 }
        }
        return lines + [rest]
    }

    /// A bitmap, eight dots a byte.
    private mutating func draw(_ squares: Squares) {
        let side = squares.side
        guard (1...Squares.mostSide).contains(side) else { return }
        let scale = max(1, min(6, columns * 12 / side))
        let width = (side * scale + 7) / 8
        var rows = [[UInt8]](repeating: [UInt8](repeating: 0, count: width), count: side)
        for run in squares.drawn {
            for dot in run.column * scale..<(run.column + run.length) * scale {
                rows[run.row][dot / 8] |= 0x80 >> UInt8(dot % 8)
            }
        }
        let height = side * scale
        bytes += [0x1B, 0x61, 1, 0x1D, 0x76, 0x30, 0]
        bytes += [UInt8(width % 256), UInt8(width / 256), UInt8(height % 256), UInt8(height / 256)]
        for row in rows { for _ in 0..<scale { bytes += row } }
        bytes += [0x1B, 0x61, 0]
    }
}
