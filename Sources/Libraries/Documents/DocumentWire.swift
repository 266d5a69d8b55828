import Sandbox
import Time

extension Document: SandboxWork {
    package typealias Fault = DocumentError

    package static let kind = "document"
    package static let keepsProcess = true
    /// Bytes of the PDF.
    private static let mostPrinted = 16 * 1024 * 1024

    package func accepts(_ answer: [UInt8]) -> Bool {
        answer.starts(with: "%PDF-".utf8) && answer.count <= Self.mostPrinted
    }

    package init(from reader: inout WireReader) throws(WireError) {
        title = try reader.read()
        author = try reader.read()
        language = try reader.read()
        paper = try reader.read()
        accent = try reader.read()
        letterhead = try reader.read()
        footer = try reader.read()
        pageLabel = try reader.read()
        made = Instant(microseconds: Int64(try reader.read(Int.self)))
        blocks = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(title)
        writer.write(author)
        writer.write(language)
        writer.write(paper)
        writer.write(accent)
        writer.write(letterhead)
        writer.write(footer)
        writer.write(pageLabel)
        writer.write(Int(made.microseconds))
        writer.write(blocks)
    }
}

extension Letterhead: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        logo = try reader.read()
        name = try reader.read()
        lines = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(logo)
        writer.write(name)
        writer.write(lines)
    }
}

extension Block: WireValue {
    private enum Kind: UInt8, WireWord {
        case title, heading, paragraph, list, facts, rule, space, drawing, signatures, together, small, sums, squares,
            cards
    }

    package init(from reader: inout WireReader) throws(WireError) {
        switch try reader.read(Kind.self) {
        case .title: self = .title(try reader.read())
        case .heading: self = .heading(try reader.read())
        case .paragraph: self = .paragraph(try reader.read())
        case .list: self = .list(try reader.read(), numbered: try reader.read())
        case .facts: self = .facts(try reader.read())
        case .rule: self = .rule
        case .space: self = .space(try reader.read())
        case .drawing: self = .drawing(try reader.read(), caption: try reader.read())
        case .signatures: self = .signatures(try reader.read())
        case .together: self = .together(try reader.read())
        case .small: self = .small(try reader.read())
        case .sums: self = .sums(try reader.read(), strong: try reader.read())
        case .squares: self = .squares(try reader.read(), caption: try reader.read())
        case .cards: self = .cards(try reader.read(), columns: try reader.read())
        }
    }

    package func write(to writer: inout WireWriter) {
        writer.write(wireKind)
        switch self {
        case .title(let text), .heading(let text), .paragraph(let text), .small(let text): writer.write(text)
        case .list(let items, let numbered):
            writer.write(items)
            writer.write(numbered)
        case .facts(let facts): writer.write(facts)
        case .sums(let sums, let strong):
            writer.write(sums)
            writer.write(strong)
        case .squares(let squares, let caption):
            writer.write(squares)
            writer.write(caption)
        case .cards(let cards, let columns):
            writer.write(cards)
            writer.write(columns)
        case .rule: break
        case .space(let points): writer.write(points)
        case .drawing(let drawing, let caption):
            writer.write(drawing)
            writer.write(caption)
        case .signatures(let boxes): writer.write(boxes)
        case .together(let blocks): writer.write(blocks)
        }
    }

    private var wireKind: Kind {
        switch self {
        case .title: .title
        case .heading: .heading
        case .paragraph: .paragraph
        case .list: .list
        case .facts: .facts
        case .rule: .rule
        case .space: .space
        case .drawing: .drawing
        case .signatures: .signatures
        case .together: .together
        case .small: .small
        case .sums: .sums
        case .squares: .squares
        case .cards: .cards
        }
    }
}

extension Squares: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        self.init(side: try reader.read(), runs: try reader.read())
    }

    package func write(to writer: inout WireWriter) {
        writer.write(side)
        writer.write(runs)
    }
}

extension Squares.Run: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        self.init(row: try reader.read(), column: try reader.read(), length: try reader.read())
    }

    package func write(to writer: inout WireWriter) {
        writer.write(row)
        writer.write(column)
        writer.write(length)
    }
}

extension Card: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        self.init(
            title: try reader.read(), code: try reader.read(), lines: try reader.read(), squares: try reader.read())
    }

    package func write(to writer: inout WireWriter) {
        writer.write(title)
        writer.write(code)
        writer.write(lines)
        writer.write(squares)
    }
}

extension Fact: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        label = try reader.read()
        value = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(label)
        writer.write(value)
    }
}

extension SignatureBox: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        ink = try reader.read()
        caption = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(ink)
        writer.write(caption)
    }
}

extension SignatureBox.Ink: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        switch try reader.read(UInt8.self) {
        case 0: self = .none
        case 1: self = .drawing(try reader.read())
        case 2: self = .name(try reader.read())
        default: throw WireError()
        }
    }

    package func write(to writer: inout WireWriter) {
        switch self {
        case .none: writer.write(0 as UInt8)
        case .drawing(let drawing):
            writer.write(1 as UInt8)
            writer.write(drawing)
        case .name(let name):
            writer.write(2 as UInt8)
            writer.write(name)
        }
    }
}

extension Drawing: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        width = try reader.read()
        height = try reader.read()
        strokes = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(width)
        writer.write(height)
        writer.write(strokes)
    }
}

extension Drawing.Point: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        x = try reader.read()
        y = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(x)
        writer.write(y)
    }
}
