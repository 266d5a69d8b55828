import Spreadsheets
import XML

/// An .xlsx: a ZIP of XML files for the list of sheets, the sheets, shared texts and formats.
struct Workbook {
    private let archive: Archive

    init(_ file: [UInt8]) throws(SpreadsheetFault) { archive = try Archive(file) }

    func spreadsheet() throws(SpreadsheetFault) -> Spreadsheet {
        let book = BookHandler()
        // Other ZIP files, such as a .docx, lack this file.
        guard try archive.read("xl/workbook.xml", with: book) else { throw .unknownKind }
        guard book.sheets.count <= ReadSpreadsheet.mostSheets else { throw .tooLarge }
        let paths = RelationHandler()
        guard try archive.read("xl/_rels/workbook.xml.rels", with: paths) else { throw .broken }
        let texts = SharedTextHandler()
        _ = try archive.read("xl/sharedStrings.xml", with: texts)
        let formats = FormatHandler()
        _ = try archive.read("xl/styles.xml", with: formats)
        var budget = CellBudget()
        var sheets: [Spreadsheet.Sheet] = []
        for sheet in book.sheets {
            // A chart sheet has no cells.
            guard let path = paths.worksheets[sheet.relation] else { continue }
            let cells = SheetHandler(
                texts: texts.texts, moments: MomentFormat(isFrom1904: book.isFrom1904, kinds: formats.kinds),
                budget: budget)
            guard try archive.read(path, with: cells) else { throw .broken }
            budget = cells.budget
            sheets.append(.init(name: sheet.name, rows: cells.rows))
        }
        return Spreadsheet(sheets: sheets)
    }
}

private final class BookHandler: XMLHandler {
    private(set) var sheets: [(name: String, relation: String)] = []
    private(set) var isFrom1904 = false

    func begin(_ element: String, _ attributes: XMLAttributes) {
        switch element {
        case "workbookPr": isFrom1904 = ["1", "true"].contains(attributes["date1904"])
        case "sheet": sheets.append((attributes["name"] ?? "", attributes["id"] ?? ""))
        default: break
        }
    }

    func end(_ element: String) {}
    func text(_ bytes: UnsafeRawBufferPointer) {}
}

private final class RelationHandler: XMLHandler {
    private(set) var worksheets: [String: String] = [:]

    func begin(_ element: String, _ attributes: XMLAttributes) {
        guard element == "Relationship", attributes["Type"]?.hasSuffix("/worksheet") == true,
            let id = attributes["Id"], let target = attributes["Target"]
        else { return }
        worksheets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    }

    func end(_ element: String) {}
    func text(_ bytes: UnsafeRawBufferPointer) {}
}

/// The shared strings, which cells refer to by number.
private final class SharedTextHandler: XMLHandler {
    private(set) var texts: [String] = []
    private var bytes: [UInt8] = []
    private var isText = false
    private var isReading = false
    private var budget = CellBudget()

    func begin(_ element: String, _ attributes: XMLAttributes) {
        switch element {
        case "si": bytes = []
        // Phonetic readings are not part of the text.
        case "rPh": isReading = true
        case "t": isText = !isReading
        default: break
        }
    }

    func end(_ element: String) throws(SpreadsheetFault) {
        switch element {
        case "si":
            try budget.take(cells: 1, textBytes: bytes.count)
            texts.append(String(decoding: bytes, as: UTF8.self))
        case "rPh": isReading = false
        case "t": isText = false
        default: break
        }
    }

    func text(_ more: UnsafeRawBufferPointer) throws(SpreadsheetFault) {
        guard isText else { return }
        bytes += more
        guard bytes.count <= ReadSpreadsheet.mostTextBytes else { throw .tooLarge }
    }
}

/// The formats that show a number as a date or time.
private final class FormatHandler: XMLHandler {
    private(set) var kinds: [MomentFormat.Kind?] = []
    private var own: [Int: MomentFormat.Kind] = [:]
    private var isOfCells = false

    func begin(_ element: String, _ attributes: XMLAttributes) throws(SpreadsheetFault) {
        switch element {
        case "numFmt":
            if let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
                own[id] = MomentFormat.kind(ofCode: code)
            }
        case "cellXfs": isOfCells = true
        case "xf" where isOfCells:
            guard kinds.count < 100_000 else { throw .tooLarge }
            let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
            kinds.append(own[id] ?? MomentFormat.kind(ofBuiltIn: id))
        default: break
        }
    }

    func end(_ element: String) {
        if element == "cellXfs" { isOfCells = false }
    }

    func text(_ bytes: UnsafeRawBufferPointer) {}
}

private final class SheetHandler: XMLHandler {
    private(set) var rows: [[Spreadsheet.Cell]] = []
    private(set) var budget: CellBudget
    private let texts: [String]
    private let moments: MomentFormat
    private var row: [Spreadsheet.Cell] = []
    private var rowNumber = 0
    private var column = -1
    private var type = ""
    private var style: Int?
    private var value: [UInt8] = []
    private var isValue = false
    private var isReading = false

    init(texts: [String], moments: MomentFormat, budget: CellBudget) {
        self.texts = texts
        self.moments = moments
        self.budget = budget
    }

    func begin(_ element: String, _ attributes: XMLAttributes) throws(SpreadsheetFault) {
        switch element {
        case "row":
            let number = attributes["r"].flatMap { Int($0) } ?? rowNumber + 1
            guard number > rowNumber else { throw .broken }
            rowNumber = number
            (row, column) = ([], -1)
        case "c":
            let next = attributes["r"].map { Self.column(of: $0) } ?? column + 1
            guard let next, next > column else { throw .broken }
            column = next
            type = attributes["t"] ?? "n"
            style = attributes["s"].flatMap { Int($0) }
            value = []
        case "rPh": isReading = true
        case "v", "t": isValue = !isReading
        default: break
        }
    }

    func text(_ bytes: UnsafeRawBufferPointer) throws(SpreadsheetFault) {
        guard isValue else { return }
        value += bytes
        guard value.count <= ReadSpreadsheet.mostTextBytes else { throw .tooLarge }
    }

    func end(_ element: String) throws(SpreadsheetFault) {
        switch element {
        case "rPh": isReading = false
        case "v", "t": isValue = false
        case "c": try put(try cell)
        case "row" where !row.isEmpty:
            // Empty rows are absent from the file.
            guard rowNumber <= ReadSpreadsheet.mostRows else { throw .tooLarge }
            while rows.count < rowNumber - 1 { rows.append([]) }
            rows.append(row)
        default: break
        }
    }

    private func put(_ cell: Spreadsheet.Cell) throws(SpreadsheetFault) {
        guard cell != .empty else { return }
        guard column < ReadSpreadsheet.mostColumns else { throw .tooManyColumns }
        try budget.take(cells: column + 1 - row.count)
        while row.count < column { row.append(.empty) }
        row.append(cell)
    }

    private var cell: Spreadsheet.Cell {
        get throws(SpreadsheetFault) {
            guard !value.isEmpty else { return .empty }
            let said = String(decoding: value, as: UTF8.self)
            switch type {
            case "s":
                guard let index = Int(said), texts.indices.contains(index) else { throw .broken }
                return try text(texts[index])
            case "inlineStr", "str": return try text(said)
            case "b": return .boolean(said == "1")
            case "d": return .moment(said)
            // A formula's error has no value.
            case "e": return .empty
            default:
                guard let number = DecimalText(said) else { throw .broken }
                if let style, let moment = moments.text(of: number, style: style) { return .moment(moment) }
                return .number(number.text)
            }
        }
    }

    private func text(_ text: String) throws(SpreadsheetFault) -> Spreadsheet.Cell {
        try budget.take(textBytes: text.utf8.count)
        return text.isEmpty ? .empty : .text(text)
    }

    /// The column number of a name such as `AB12` (27); nil when malformed.
    private static func column(of name: String) -> Int? {
        var column = 0
        for byte in name.utf8.prefix(while: { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }) {
            column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
            guard column <= 16_384 else { return nil }
        }
        return column == 0 ? nil : column - 1
    }
}
