import Spreadsheets

/// Rows of text with separators (CSV), as whatever program wrote them: its encoding and separator are found out.
struct SeparatedText {
    private let bytes: [UInt8]
    private let separator: UInt8

    init(_ file: [UInt8]) throws(SpreadsheetFault) {
        var text = try Self.text(of: file)
        // Excel's own remark on what separates.
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
        while let field = try reader.next() {
            let text = String(decoding: field.bytes, as: UTF8.self)
            try budget.take(cells: 1, textBytes: field.bytes.count)
            row.append(text.isEmpty ? .empty : .text(text))
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

    /// As UTF-8: what has no mark of its own and is not UTF-8 is what Windows writes in Western Europe and America.
    private static func text(of file: [UInt8]) throws(SpreadsheetFault) -> [UInt8] {
        if file.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(file.dropFirst(3)) }
        if file.starts(with: [0xFF, 0xFE]) { return Self.utf8(ofUTF16: file.dropFirst(2), high: 1) }
        if file.starts(with: [0xFE, 0xFF]) { return Self.utf8(ofUTF16: file.dropFirst(2), high: 0) }
        // A picture, a PDF, a program: text has none of these.
        guard !file.contains(0) else { throw .unknownKind }
        if String(validating: file, as: UTF8.self) != nil { return file }
        return Array(String(String.UnicodeScalarView(file.map { windowsScalar($0) })).utf8)
    }

    private static func utf8(ofUTF16 bytes: ArraySlice<UInt8>, high: Int) -> [UInt8] {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { place in
            UInt16(bytes[place + high]) << 8 | UInt16(bytes[place + 1 - high])
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func windowsScalar(_ byte: UInt8) -> Unicode.Scalar {
        (0x80..<0xA0).contains(byte) ? windowsScalars[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }

    /// What Windows-1252 has where Latin-1 has control characters.
    private static let windowsScalars = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

    /// The one that splits the first rows into the same number of fields, and into most of them.
    private static func separator(in text: [UInt8]) -> UInt8 {
        let candidates = ([",", ";", "\t", "|"] as [Unicode.Scalar]).map { UInt8(ascii: $0) }
        let counts = candidates.map { separator in
            var reader = FieldReader(Array(text.prefix(64 * 1024)), separator: separator)
            var (widths, width): ([Int], Int) = ([], 0)
            while widths.count < 20, let field = try? reader.next() {
                width += 1
                if field.endsRow {
                    if width > 1 || !field.bytes.isEmpty { widths.append(width) }
                    width = 0
                }
            }
            return widths
        }
        func score(_ widths: [Int]) -> (even: Int, width: Int) {
            guard let first = widths.first, first > 1 else { return (0, 0) }
            return (widths.count { $0 == first }, first)
        }
        let best = zip(candidates, counts).max { score($0.1) < score($1.1) }
        return best?.0 ?? candidates[0]
    }
}

/// Fields as RFC 4180 has them, and as programs write them that never read it.
private struct FieldReader {
    struct Field {
        var bytes: [UInt8] = []
        var endsRow = false
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var place = 0
    private var isOver: Bool

    init(_ bytes: [UInt8], separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        isOver = bytes.isEmpty
    }

    mutating func next() throws(SpreadsheetFault) -> Field? {
        guard !isOver else { return nil }
        var field = Field()
        let quote = UInt8(ascii: "\"")
        if place < bytes.count, bytes[place] == quote {
            place += 1
            while place < bytes.count {
                if bytes[place] == quote {
                    place += 1
                    guard place < bytes.count, bytes[place] == quote else { break }
                }
                field.bytes.append(bytes[place])
                place += 1
            }
        }
        while place < bytes.count, bytes[place] != separator, bytes[place] != 0x0A, bytes[place] != 0x0D {
            field.bytes.append(bytes[place])
            place += 1
        }
        guard place < bytes.count else {
            (isOver, field.endsRow) = (true, true)
            return field
        }
        if bytes[place] == separator {
            place += 1
            return field
        }
        place += bytes[place] == 0x0D && place + 1 < bytes.count && bytes[place + 1] == 0x0A ? 2 : 1
        field.endsRow = true
        isOver = place == bytes.count
        return field
    }
}
