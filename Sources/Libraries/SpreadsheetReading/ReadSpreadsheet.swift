import Sandbox
import Spreadsheets

extension ReadSpreadsheet: PerformableWork {
    package func perform() throws(SpreadsheetFault) -> Spreadsheet {
        if file.starts(with: [0x50, 0x4B]) { return try Workbook(file).spreadsheet() }
        if file.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldExcel }
        return Spreadsheet(sheets: [.init(name: "", rows: try SeparatedText(file).rows())])
    }
}

extension ReadTables: PerformableWork {
    package func perform() throws(SpreadsheetFault) -> [Table] {
        try spreadsheet.perform().sheets.map { Table($0, assuming: order, mark) }
    }
}

/// What has been read so far, against an import's limits.
struct CellBudget {
    private(set) var cells = 0
    private(set) var textBytes = 0

    mutating func take(cells more: Int = 0, textBytes moreBytes: Int = 0) throws(SpreadsheetFault) {
        cells += more
        textBytes += moreBytes
        guard cells <= ReadSpreadsheet.mostCells, textBytes <= ReadSpreadsheet.mostTextBytes else { throw .tooLarge }
    }
}
