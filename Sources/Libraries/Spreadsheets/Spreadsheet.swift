import Sandbox

/// A spreadsheet's cells as values. A faulty file throws `SpreadsheetFault`.
package struct Spreadsheet: WireValue, Equatable {
    package struct Sheet: WireValue, Equatable {
        package var name: String
        /// Each row ends at its last filled cell.
        package var rows: [[Cell]]

        package init(name: String, rows: [[Cell]]) {
            self.name = name
            self.rows = rows
        }
    }

    package enum Cell: WireValue, Equatable {
        case empty
        case text(String)
        /// The file's decimal digits, so that neither a phone number nor an amount is rounded.
        case number(String)
        /// In ISO 8601: a date, a date with time, or a time.
        case moment(String)
        case boolean(Bool)
    }

    package var sheets: [Sheet]

    package init(sheets: [Sheet]) { self.sheets = sheets }
}

package enum SpreadsheetFault: UInt8, Error, WireWord {
    /// Not a format we read.
    case unknownKind
    /// Excel before 2007, or password-protected: to be saved as .xlsx.
    case oldExcel
    case broken
    /// More bytes, rows, columns or text than an import takes.
    case tooLarge
    case tooManyColumns
}

/// An .xlsx, or delimited text in any encoding.
package struct ReadSpreadsheet: SandboxWork {
    package typealias Answer = Spreadsheet
    package typealias Fault = SpreadsheetFault

    package static let kind = "spreadsheet"
    package static let limits = SandboxLimits(seconds: 10)
    package static let mostBytes = 16 * 1024 * 1024
    package static let mostSheets = 50
    package static let mostRows = 120_000
    package static let mostColumns = 256
    /// In all sheets together.
    package static let mostCells = 2_000_000
    package static let mostTextBytes = 16 * 1024 * 1024

    package let file: [UInt8]

    package init(_ file: [UInt8]) throws(SpreadsheetFault) {
        guard file.count <= Self.mostBytes else { throw .tooLarge }
        self.file = file
    }

    package init(from reader: inout WireReader) throws(WireError) { file = try reader.read() }
    package func write(to writer: inout WireWriter) { writer.write(file) }

    package func accepts(_ answer: Spreadsheet) -> Bool {
        answer.sheets.count <= Self.mostSheets
            && answer.sheets.allSatisfy { sheet in
                sheet.rows.count <= Self.mostRows && sheet.rows.allSatisfy { $0.count <= Self.mostColumns }
            }
    }
}

extension Spreadsheet {
    package init(from reader: inout WireReader) throws(WireError) { sheets = try reader.read() }
    package func write(to writer: inout WireWriter) { writer.write(sheets) }
}

extension Spreadsheet.Sheet {
    package init(from reader: inout WireReader) throws(WireError) {
        name = try reader.read()
        rows = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(name)
        writer.write(rows)
    }
}

extension Spreadsheet.Cell {
    private enum Kind: UInt8, WireWord { case empty, text, number, moment, no, yes }

    package init(from reader: inout WireReader) throws(WireError) {
        switch try reader.read(Kind.self) {
        case .empty: self = .empty
        case .text: self = .text(try reader.read())
        case .number: self = .number(try reader.read())
        case .moment: self = .moment(try reader.read())
        case .no: self = .boolean(false)
        case .yes: self = .boolean(true)
        }
    }

    package func write(to writer: inout WireWriter) {
        switch self {
        case .empty: writer.write(Kind.empty)
        case .text(let text):
            writer.write(Kind.text)
            writer.write(text)
        case .number(let text):
            writer.write(Kind.number)
            writer.write(text)
        case .moment(let text):
            writer.write(Kind.moment)
            writer.write(text)
        case .boolean(let isTrue): writer.write(isTrue ? Kind.yes : Kind.no)
        }
    }
}
