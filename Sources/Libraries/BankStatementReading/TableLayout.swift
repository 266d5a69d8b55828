import BankStatements
import Spreadsheets

/// Where a sheet's titles are, and its columns' roles.
struct TableLayout {
    let source: TableReading.Source
    /// -1 without titles.
    let titleRow: Int
    let columns: [StatementMapping.Column]
    /// The mapping that matched, if any.
    var mapping: StatementMapping?

    private static let mostRowsAbove = 60

    init(of sheet: Spreadsheet.Sheet, with mappings: [StatementMapping]) {
        for mapping in mappings where mapping.isComplete {
            if let layout = Self(of: sheet, as: mapping) {
                self = layout
                return
            }
        }
        if let layout = Self(byTitlesOf: sheet) ?? Self(byContentOf: sheet) {
            self = layout
        } else {
            (source, titleRow, columns) = (.nothing, Table.titleRow(of: sheet), [])
        }
    }

    private init(_ source: TableReading.Source, titleRow: Int, _ columns: [StatementMapping.Column]) {
        (self.source, self.titleRow, self.columns) = (source, titleRow, columns)
    }

    /// Nil when the mapping does not match the sheet.
    private init?(of sheet: Spreadsheet.Sheet, as mapping: StatementMapping) {
        guard mapping.columns.contains(where: { !$0.title.isEmpty }) else {
            guard ColumnContents(sheet.rows[...]).days(at: mapping.index(of: .day) ?? -1) >= 0.5 else { return nil }
            self.init(.mapping, titleRow: -1, mapping.columns)
            self.mapping = mapping
            return
        }
        for (row, cells) in sheet.rows.prefix(Self.mostRowsAbove).enumerated() {
            let titles = cells.map { Title($0.text) }
            let found = mapping.columns.compactMap { column -> StatementMapping.Column? in
                let title = Title(column.title)
                let index =
                    titles.indices.contains(column.index) && titles[column.index] == title
                    ? column.index : titles.firstIndex(of: title)
                return index.map { StatementMapping.Column(column.role, at: $0, title: column.title) }
            }
            guard found.count == mapping.columns.count else { continue }
            self.init(.mapping, titleRow: row, found)
            self.mapping = mapping
            return
        }
        return nil
    }

    private init?(byTitlesOf sheet: Spreadsheet.Sheet) {
        for (row, cells) in sheet.rows.prefix(Self.mostRowsAbove).enumerated() where cells.count >= 2 {
            var columns = ColumnWords.columns(of: cells.map(\.text))
            guard StatementMapping(columns).isComplete else { continue }
            let contents = ColumnContents(sheet.rows[(row + 1)...])
            columns.removeAll { column in
                // A title may promise signs that are not below it.
                column.role == .sign && contents.signs(at: column.index) < 0.8
            }
            for index in columns.indices where columns[index].role == .bankID {
                if !contents.differ(at: columns[index].index) { columns[index].role = .reference }
            }
            self.init(.titles, titleRow: row, columns)
            return
        }
        return nil
    }

    private init?(byContentOf sheet: Spreadsheet.Sheet) {
        let contents = ColumnContents(sheet.rows[...])
        let days = (0..<contents.width).map { contents.days(at: $0) }
        guard let day = days.indices.max(by: { days[$0] < days[$1] }), days[day] >= 0.6 else { return nil }
        var columns = [StatementMapping.Column(.day, at: day)]
        let amounts = (0..<contents.width).filter { $0 != day && contents.isOfAmounts($0) }
        switch amounts.count {
        case 0: return nil
        case 1: columns.append(.init(.amount, at: amounts[0]))
        case 2 where contents.exclude(amounts[0], amounts[1]):
            columns += [.init(.debit, at: amounts[0]), .init(.credit, at: amounts[1])]
        case 2: columns += [.init(.amount, at: amounts[0]), .init(.balance, at: amounts[1])]
        default:
            columns += [
                .init(.debit, at: amounts[0]), .init(.credit, at: amounts[1]), .init(.balance, at: amounts[2]),
            ]
        }
        let others = (0..<contents.width).filter { column in !columns.contains { $0.index == column } }
        if let longest = others.max(by: { contents.length(at: $0) < contents.length(at: $1) }) {
            columns.append(.init(.description, at: longest))
        }
        self.init(.content, titleRow: -1, columns)
    }
}

/// The first rows of a sheet, by column, for telling what a column holds.
struct ColumnContents {
    let width: Int
    private let rows: [[Spreadsheet.Cell]]

    init(_ rows: ArraySlice<[Spreadsheet.Cell]>) {
        self.rows = rows.prefix(300).filter { row in row.count { $0 != .empty } > 1 }
        width = self.rows.map(\.count).max() ?? 0
    }

    private func filled(_ column: Int) -> [Spreadsheet.Cell] {
        rows.compactMap { row in
            row.indices.contains(column) && row[column] != .empty ? row[column] : nil
        }
    }

    private func share(of column: Int, _ isSo: (Spreadsheet.Cell) -> Bool) -> Double {
        let cells = filled(column)
        return cells.isEmpty ? 0 : Double(cells.count(where: isSo)) / Double(rows.count)
    }

    func days(at column: Int) -> Double { share(of: column) { WrittenDay($0.text) != nil } }
    func signs(at column: Int) -> Double { share(of: column) { ColumnWords.isCredit($0.text) != nil } }

    func differ(at column: Int) -> Bool {
        let texts = filled(column).map(\.text)
        return Set(texts).count == texts.count
    }

    func length(at column: Int) -> Int { filled(column).reduce(0) { $0 + $1.text.utf8.count } }

    /// Amounts rather than references: most cells have a decimal mark, or are numbers to the spreadsheet.
    func isOfAmounts(_ column: Int) -> Bool {
        let cells = filled(column)
        let marked = cells.count { cell in
            if case .number = cell { return true }
            return WrittenAmount(cell.text).map { $0.mark != nil || $0.isAmbiguous } ?? false
        }
        return marked * 2 > cells.count
    }

    /// Whether no row has both columns filled.
    func exclude(_ first: Int, _ second: Int) -> Bool {
        rows.allSatisfy { row in
            !(row.indices.contains(first) && row.indices.contains(second) && row[first] != .empty
                && row[second] != .empty && row[first].text != "0.00" && row[second].text != "0.00")
        }
    }
}
