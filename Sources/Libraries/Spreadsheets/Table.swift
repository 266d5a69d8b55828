import Sandbox
import Time

/// A sheet of uniform rows under a row of titles, for imports of customers or services. Cells keep the file's text: the
/// column tells what they hold, and the import parses amounts and dates.
package struct Table: WireValue, Equatable {
    package enum Kind: UInt8, WireWord { case empty, text, amount, day, boolean }

    package struct Column: WireValue, Equatable {
        package var title: String
        /// The type that all filled cells can be read as.
        package var kind: Kind
        package var dayOrder: DayOrder
        package var decimalMark: DecimalMark
        /// Whether dates or amounts would differ with the other order or decimal mark.
        package var isAmbiguous: Bool
    }

    package struct Row: WireValue, Equatable {
        /// The row number that a spreadsheet program shows.
        package var line: Int
        package var cells: [Spreadsheet.Cell]
    }

    package var name: String
    package var columns: [Column]
    package var rows: [Row]
}

extension Table {
    /// Skips rows above the titles, and empty ones.
    package init(_ sheet: Spreadsheet.Sheet, assuming order: DayOrder, _ mark: DecimalMark) {
        let titles = Self.titleRow(of: sheet)
        let filled = sheet.rows.enumerated().filter { $0.offset > titles && !$0.element.isEmpty }
        name = sheet.name
        rows = filled.map { Row(line: $0.offset + 1, cells: $0.element) }
        let named = sheet.rows.indices.contains(titles) ? sheet.rows[titles] : []
        let width = rows.map(\.cells.count).reduce(named.count, max)
        columns = (0..<width).map { column in
            let cells = filled.lazy.map(\.element).filter { $0.count > column }.map { $0[column] }
            return Column(
                title: named.count > column ? named[column].text : "", cells: Array(cells), assuming: order, mark)
        }
    }

    /// The first all-text row among the widest of the first rows; -1 without titles.
    package static func titleRow(of sheet: Spreadsheet.Sheet) -> Int {
        let first = sheet.rows.prefix(30)
        let width = first.map { row in row.count { $0 != .empty } }.max() ?? 0
        return first.firstIndex { row in
            row.count { $0 != .empty } * 4 >= width * 3
                && row.allSatisfy { cell in
                    switch cell {
                    case .empty: true
                    case .text(let text): WrittenAmount(text) == nil && WrittenDay(text) == nil
                    case .number, .moment, .boolean: false
                    }
                }
        } ?? -1
    }
}

extension Table.Column {
    init(title: String, cells: [Spreadsheet.Cell], assuming order: DayOrder, _ mark: DecimalMark) {
        let filled = cells.filter { $0 != .empty }
        let days = DayOrder.found(in: filled.map(\.text), assuming: order)
        let amounts = DecimalMark.found(in: filled)
        (self.title, kind, dayOrder, decimalMark, isAmbiguous) = (title, .text, order, mark, false)
        if filled.isEmpty {
            kind = .empty
        } else if let days, days.days == filled.count {
            (kind, dayOrder, isAmbiguous) = (.day, days.order, !days.isCertain)
        } else if filled.allSatisfy({ $0.isAmount(amounts.mark ?? mark) }) {
            (kind, decimalMark, isAmbiguous) = (.amount, amounts.mark ?? mark, amounts.isAmbiguous)
        } else if filled.allSatisfy({ if case .boolean = $0 { true } else { false } }) {
            kind = .boolean
        }
    }
}

extension Spreadsheet.Cell {
    /// Roughly as displayed.
    package var text: String {
        switch self {
        case .empty: ""
        case .text(let text), .number(let text), .moment(let text): text
        case .boolean(let isTrue): isTrue ? "1" : "0"
        }
    }

    package func day(_ order: DayOrder) -> Day? {
        self == .empty ? nil : WrittenDay(text)?.day(order)
    }

    /// Whether it has an amount's form, however large.
    func isAmount(_ mark: DecimalMark) -> Bool {
        do {
            _ = try minorUnits(2, mark)
            return true
        } catch {
            return error != .notAnAmount
        }
    }

    package func minorUnits(_ digits: Int, _ mark: DecimalMark) throws(AmountFault) -> Int64 {
        if case .number(let number) = self { return try WrittenAmount.minorUnits(digits, ofNumber: number) }
        guard let amount = WrittenAmount(text) else { throw .notAnAmount }
        return try amount.minorUnits(digits, mark)
    }
}

/// Reads a file's sheets as tables.
package struct ReadTables: SandboxWork {
    package typealias Answer = [Table]
    package typealias Fault = SpreadsheetFault

    package static let kind = "tables"
    package static let limits = ReadSpreadsheet.limits

    package let spreadsheet: ReadSpreadsheet
    /// The local convention, for columns that leave it open.
    package let order: DayOrder
    package let mark: DecimalMark

    package init(_ file: [UInt8], assuming order: DayOrder, _ mark: DecimalMark) throws(SpreadsheetFault) {
        spreadsheet = try ReadSpreadsheet(file)
        (self.order, self.mark) = (order, mark)
    }

    package init(from reader: inout WireReader) throws(WireError) {
        spreadsheet = try reader.read()
        order = try reader.read()
        mark = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(spreadsheet)
        writer.write(order)
        writer.write(mark)
    }

    package func accepts(_ tables: [Table]) -> Bool {
        tables.count <= ReadSpreadsheet.mostSheets
            && tables.allSatisfy { table in
                table.rows.count <= ReadSpreadsheet.mostRows && table.columns.count <= ReadSpreadsheet.mostColumns
                    && table.rows.allSatisfy { $0.cells.count <= table.columns.count }
            }
    }
}

extension Table {
    package init(from reader: inout WireReader) throws(WireError) {
        name = try reader.read()
        columns = try reader.read()
        rows = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(name)
        writer.write(columns)
        writer.write(rows)
    }
}

extension Table.Column {
    package init(from reader: inout WireReader) throws(WireError) {
        title = try reader.read()
        kind = try reader.read()
        dayOrder = try reader.read()
        decimalMark = try reader.read()
        isAmbiguous = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(title)
        writer.write(kind)
        writer.write(dayOrder)
        writer.write(decimalMark)
        writer.write(isAmbiguous)
    }
}

extension Table.Row {
    package init(from reader: inout WireReader) throws(WireError) {
        line = try reader.read()
        cells = try reader.read()
    }

    package func write(to writer: inout WireWriter) {
        writer.write(line)
        writer.write(cells)
    }
}

extension DayOrder: WireName {}
extension DecimalMark: WireName {}
