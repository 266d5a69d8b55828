/// Comma-separated values (RFC 4180), as spreadsheets write and read them.
package enum CSV {
    /// Tells a spreadsheet that what follows is UTF-8.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    package static func append(_ row: [String], to bytes: inout [UInt8]) {
        for (index, text) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(defused(text), to: &bytes)
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        guard text.utf8.contains(where: { [quote, UInt8(ascii: ","), UInt8(ascii: ";"), 0x0A, 0x0D].contains($0) })
        else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(quote)
        for byte in text.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }

    /// Defuses formulas: a name such as `=HYPERLINK(…)` must stay text in a spreadsheet.
    package static func defused(_ text: String) -> String { isFormula(text.utf8[...]) ? "'" + text : text }

    /// Undoes `defused`.
    package static func plain(_ text: String) -> String {
        text.utf8.first == UInt8(ascii: "'") && isFormula(text.utf8.dropFirst()) ? String(text.dropFirst()) : text
    }

    /// A negative amount is not a formula.
    private static func isFormula(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, "=+-@\t\r".utf8.contains(first) else { return false }
        let digits = text.dropFirst().split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isNumber =
            digits.count <= 2
            && digits.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
            }
        return first != UInt8(ascii: "-") || !isNumber
    }

    package enum Fault: Error, Equatable {
        case notUTF8
        case openQuote(line: Int)
        case tooManyRows(Int)
    }

    package struct Row: Sendable, Equatable {
        /// Its first line in the file, from 1.
        package let line: Int
        package let cells: [String]
    }

    /// Skips empty rows. The separator is whichever of comma, semicolon and tab is most frequent in the first line: it
    /// depends on the country.
    package static func parse(_ bytes: [UInt8], most: Int) throws(Fault) -> [Row] {
        var bytes = bytes[...]
        if bytes.starts(with: byteOrderMark) { bytes = bytes.dropFirst(3) }
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        let first = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        let separator = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].max { left, right in
            first.count { $0 == left } < first.count { $0 == right }
        }
        var reader = CSVReader(bytes: bytes, separator: separator ?? UInt8(ascii: ","))
        var rows: [Row] = []
        while let row = try reader.next() {
            if row.cells.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { continue }
            guard rows.count < most else { throw .tooManyRows(most) }
            rows.append(row)
        }
        return rows
    }
}

private struct CSVReader {
    let bytes: ArraySlice<UInt8>
    let separator: UInt8
    private var place: Int
    private var line = 1

    init(bytes: ArraySlice<UInt8>, separator: UInt8) {
        (self.bytes, self.separator) = (bytes, separator)
        place = bytes.startIndex
    }

    mutating func next() throws(CSV.Fault) -> CSV.Row? {
        guard place < bytes.endIndex else { return nil }
        let start = line
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard place < bytes.endIndex else { break }
            let end = bytes[place]
            place += 1
            if end == separator { continue }
            if end == 0x0D, place < bytes.endIndex, bytes[place] == 0x0A { place += 1 }
            line += 1
            break
        }
        return CSV.Row(line: start, cells: cells)
    }

    /// Stops before the separator or line end.
    private mutating func cell() throws(CSV.Fault) -> String {
        let quote = UInt8(ascii: "\"")
        var text: [UInt8] = []
        if place < bytes.endIndex, bytes[place] == quote {
            let start = line
            place += 1
            while true {
                guard place < bytes.endIndex else { throw .openQuote(line: start) }
                let byte = bytes[place]
                place += 1
                if byte == quote {
                    guard place < bytes.endIndex, bytes[place] == quote else { break }
                    place += 1
                }
                if byte == 0x0A { line += 1 }
                text.append(byte)
            }
        }
        while place < bytes.endIndex, bytes[place] != separator, bytes[place] != 0x0A, bytes[place] != 0x0D {
            text.append(bytes[place])
            place += 1
        }
        return CSV.plain(String(decoding: text, as: UTF8.self))
    }
}
