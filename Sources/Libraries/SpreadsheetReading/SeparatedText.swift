import Spreadsheets

/// Rows of delimited text (CSV) from any program: encoding and separator are detected.
struct SeparatedText {
    private let bytes: [UInt8]
    private let separator: UInt8

    init(_ file: [UInt8]) throws(SpreadsheetFault) {
        var text = try TextEncoding.utf8(of: file)
        // Excel's own separator declaration.
        if text.starts(with: Array("sep=".utf8)), text.count > 5, [0x0A, 0x0D].contains(text[5]) {
            separator = text[4]
            text.removeFirst(text[5] == 0x0D && text.count > 6 && text[6] == 0x0A ? 7 : 6)
            bytes = text
            return
        }
        bytes = text
        separator = Self.separator(in: text)
    }

    func rows() throws(SpreadsheetFault) -> [[Spreadsheet.Cell]] {
        var rows: [[Spreadsheet.Cell]] = []
        var budget = CellBudget()
        var reader = FieldReader(bytes, separator: separator)
        var row: [Spreadsheet.Cell] = []
        while let field = reader.next() {
            try budget.take(cells: 1, textBytes: field.text.utf8.count)
            row.append(field.text.isEmpty ? .empty : .text(field.text))
            guard field.endsRow else {
                guard row.count <= ReadSpreadsheet.mostColumns || row.last == .empty else { throw .tooManyColumns }
                continue
            }
            while row.last == .empty { row.removeLast() }
            guard row.count <= ReadSpreadsheet.mostColumns else { throw .tooManyColumns }
            guard rows.count < ReadSpreadsheet.mostRows else { throw .tooLarge }
            rows.append(row)
            row = []
        }
        while rows.last?.isEmpty == true { rows.removeLast() }
        return rows
    }

    /// The separator that splits most consecutive rows into the same number of fields, and into most fields. Prose
    /// above the titles contains commas, as do decimal amounts, so the comma loses a tie.
    private static func separator(in text: [UInt8]) -> UInt8 {
        let sample = Array(text.prefix(64 * 1024))
        var best: (separator: UInt8, score: Int) = (UInt8(ascii: ","), 0)
        for separator in ([",", ";", "\t", "|"] as [Unicode.Scalar]).map({ UInt8(ascii: $0) }) {
            var reader = FieldReader(sample, separator: separator)
            var (width, before, alike, score, rows) = (0, 0, 0, 0, 0)
            while rows < 200, let field = reader.next() {
                width += 1
                guard field.endsRow else { continue }
                alike = width == before ? alike + 1 : 1
                score = max(score, (width - 1) * alike)
                (before, width, rows) = (width, 0, rows + 1)
            }
            if score >= best.score, score > 0 { best = (separator, score) }
        }
        return best.separator
    }
}

/// Fields by RFC 4180, and by programs that ignore it.
private struct FieldReader {
    struct Field {
        var text: String
        var endsRow = false
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var place = 0
    private var isOver: Bool
    /// Beyond this place no quote is closed.
    private var lastQuote = Int.max

    init(_ bytes: [UInt8], separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        isOver = bytes.isEmpty
    }

    mutating func next() -> Field? {
        guard !isOver else { return nil }
        var quoted: [UInt8]?
        if place < bytes.count, bytes[place] == UInt8(ascii: "\""), place < lastQuote { quoted = takeQuoted() }
        let start = place
        while place < bytes.count, bytes[place] != separator, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
        let text =
            quoted.map { String(decoding: $0 + bytes[start..<place], as: UTF8.self) }
            ?? String(decoding: bytes[start..<place], as: UTF8.self)
        guard place < bytes.count else {
            isOver = true
            return Field(text: text, endsRow: true)
        }
        if bytes[place] == separator {
            place += 1
            return Field(text: text)
        }
        place += bytes[place] == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A ? 2 : 1
        isOver = place == bytes.count
        return Field(text: text, endsRow: true)
    }

    /// The quoted text. Nil, consuming nothing, where the quote is never closed and lines would be lost: then it is an
    /// ordinary character.
    private mutating func takeQuoted() -> [UInt8]? {
        let quote = UInt8(ascii: "\"")
        var text: [UInt8] = []
        var next = place + 1
        while let end = bytes[next...].firstIndex(of: quote) {
            text += bytes[next..<end]
            next = end + 1
            guard next < bytes.count, bytes[next] == quote else {
                place = next
                return text
            }
            text.append(quote)
            next += 1
        }
        guard bytes[next...].contains(0x0A) || bytes[next...].contains(0x0D) else {
            place = bytes.count
            return text + bytes[next...]
        }
        lastQuote = place
        return nil
    }
}
