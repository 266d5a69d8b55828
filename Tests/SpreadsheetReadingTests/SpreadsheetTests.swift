import Glibc
import Spreadsheets
import Testing

@testable import SpreadsheetReading

@Suite struct SpreadsheetTests {
    private static func read(_ file: [UInt8]) throws -> Spreadsheet { try ReadSpreadsheet(file).perform() }
    private static func read(_ text: String) throws -> [[Spreadsheet.Cell]] {
        try read(Array(text.utf8)).sheets[0].rows
    }

    @Test(arguments: ["openpyxl", "xlsxwriter"])
    func `a workbook's cells are read as they were written`(program: String) throws {
        let book = try Self.read(try File.bytes("Files/\(program).xlsx"))
        #expect(book.sheets.map(\.name) == ["Clientes & más", "Vacía"])
        #expect(
            book.sheets[0].rows == [
                [.text("Cliente"), .text("Teléfono"), .text("Saldo"), .text("Alta"), .text("Activo")],
                [
                    .text("Ana Muñoz & Cía"), .number("5512345678"), .number("1234.56"), .moment("2024-02-29"),
                    .boolean(true),
                ],
                [
                    .text("=cmd|' /C calc'!A0"), .text("0044123"), .number("-0.1"), .moment("2026-01-31T13:45:00"),
                    .boolean(false),
                ], [], [.empty, .empty, .number("1000000000000000"), .moment("06:30:00")],
            ])
        #expect(book.sheets[1].rows == [])
    }

    @Test(arguments: [
        ("a;b\n1,5;2\n", ["a|b", "1,5|2"]), ("a,b\r\n1,2\r\n", ["a|b", "1|2"]), ("a\tb\n1\t2", ["a|b", "1|2"]),
        ("a|b\n1|2", ["a|b", "1|2"]), ("sep=;\r\na;b,c\n", ["a|b,c"]), ("una sola\n", ["una sola"]),
        ("\"dice \"\"hola\"\", y\nsigue\",2\r\"x\",\n", ["dice \"hola\", y\nsigue|2", "x"]), ("", []), ("\n\n", []),
        ("a,b,,\n", ["a|b"]), ("nombre,\"abierto", ["nombre|abierto"]),
    ])
    func `text with separators is read whichever they are`(text: String, rows: [String]) throws {
        let read = try Self.read(text).map { row in
            row.map { if case .text(let text) = $0 { text } else { "" } }.joined(separator: "|")
        }
        #expect(read == rows)
    }

    @Test(
        arguments: [
            [0xEF, 0xBB, 0xBF] + Array("Peñón;€".utf8), Array("Peñón;€".utf8),
            [0x50, 0x65, 0xF1, 0xF3, 0x6E, 0x3B, 0x80],
            [0xFF, 0xFE] + "Peñón;€".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
            [0xFE, 0xFF] + "Peñón;€".utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] },
        ] as [[UInt8]])
    func `text is read in whatever encoding it was saved`(bytes: [UInt8]) throws {
        #expect(try Self.read(bytes).sheets[0].rows == [[.text("Peñón"), .text("€")]])
    }

    @Test(arguments: [
        ("1E3", "1000"), ("5.512345678E9", "5512345678"), ("-1.50e-2", "-0.015"), ("007", "7"), ("-0", "0"),
        (".5", "0.5"),
        ("0.1", "0.1"), ("12345678901234567890", "12345678901234567890"),
    ])
    func `a number keeps its digits`(written: String, read: String) { #expect(DecimalText(written)?.text == read) }

    @Test(arguments: ["", "-", "1.2.3", "1e", "1e99", "NaN", "1e9223372036854775808", "0x1", " 1"])
    func `what is no number is none`(written: String) { #expect(DecimalText(written) == nil) }

    @Test(
        arguments: [
            ("General", nil), ("0.00", nil), ("dd/mm/yyyy", .day), ("[h]:mm", .time), ("yyyy-mm-dd hh:mm", .dayAndTime),
            ("#,##0.00 \"días\"", nil), ("[Red]0.00", nil), ("mmm-yy", .day), ("0.00_d", nil), ("@", nil),
        ] as [(String, MomentFormat.Kind?)])
    func `a format shows a moment or a number`(code: String, kind: MomentFormat.Kind?) {
        #expect(MomentFormat.kind(ofCode: code) == kind)
    }
}

/// Files that would end or hold up whoever reads them without bounds.
@Suite struct HostileSpreadsheetTests {
    private static let mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    private static func book(_ sheet: String, texts: String = "") -> [UInt8] {
        ZIP.archive([
            (
                "xl/workbook.xml",
                "<workbook xmlns='\(mainSpace)' xmlns:r='r'><sheets><sheet name='A' r:id='a'/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
            ), ("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", texts.isEmpty ? "<sst/>" : texts),
        ])
    }

    private static func cells(_ cells: String) -> [UInt8] {
        book("<worksheet><sheetData><row>\(cells)</row></sheetData></worksheet>")
    }

    private static func fault(of file: [UInt8]) throws -> SpreadsheetFault? {
        do {
            _ = try ReadSpreadsheet(file).perform()
            return nil
        } catch {
            return error
        }
    }

    @Test func `the smallest workbook is read`() throws {
        let book = try ReadSpreadsheet(Self.cells("<c r='B1'><v>1</v></c>")).perform()
        #expect(book == Spreadsheet(sheets: [.init(name: "A", rows: [[.empty, .number("1")]])]))
    }

    @Test func `a bomb of entities is refused`() throws {
        let bomb =
            "<!DOCTYPE x [<!ENTITY a \"\(String(repeating: "ha", count: 100))\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
            + "<worksheet><sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row></sheetData></worksheet>"
        #expect(try Self.fault(of: Self.book(bomb)) == .broken)
        let outside = "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><worksheet/>"
        #expect(try Self.fault(of: Self.book(outside)) == .broken)
    }

    @Test func `a bomb of zeros is refused, whatever size it says it has`() throws {
        let zeros = String(repeating: " ", count: 80 * 1024 * 1024)
        let bomb = Self.book("<worksheet>\(zeros)</worksheet>")
        #expect(bomb.count < 200_000)
        #expect(try Self.fault(of: bomb) == .tooLarge)
        #expect(try Self.fault(of: ZIP.withSizes(0, in: bomb)) == .tooLarge)
    }

    @Test func `a million columns, and a column far away, are refused`() throws {
        #expect(
            try Self.fault(of: Self.cells(String(repeating: "<c><v>1</v></c>", count: 1_000_000))) == .tooManyColumns)
        #expect(try Self.fault(of: Self.cells("<c r='XFD1'><v>1</v></c>")) == .tooManyColumns)
        #expect(try Self.fault(of: Self.cells("<c r='ZZZZZZZZZZZZZZZZZZZZ1'><v>1</v></c>")) == .broken)
        #expect(try Self.fault(of: Array(String(repeating: "a,", count: 1_000_000).utf8)) == .tooManyColumns)
        let row = "<worksheet><sheetData><row r='1048576'><c><v>1</v></c></row></sheetData></worksheet>"
        #expect(try Self.fault(of: Self.book(row)) == .tooLarge)
    }

    @Test func `a text that all cells share counts as often as it is read`() throws {
        let text = "<sst><si><t>\(String(repeating: "x", count: 1_000_000))</t></si></sst>"
        let cells = String(repeating: "<c t='s'><v>0</v></c>", count: 100)
        let sheet = "<worksheet><sheetData><row>\(cells)</row></sheetData></worksheet>"
        #expect(try Self.fault(of: Self.book(sheet, texts: text)) == .tooLarge)
    }

    @Test(arguments: [
        "<c t='s'><v>9</v></c>", "<c t='s'><v>-1</v></c>", "<c><v>uno</v></c>",
        "<c t='s'><v>9223372036854775808</v></c>",
        "<c r='B1'><v>1</v></c><c r='A1'><v>1</v></c>", "<c",
        String(repeating: "<c>", count: 10_000),
    ])
    func `a sheet that contradicts itself is refused`(cells: String) throws {
        #expect(try Self.fault(of: Self.cells(cells)) == .broken)
    }

    @Test func `a moment beyond the calendar is a number`() throws {
        let styles = "<c s='0'><v>1e30</v></c>"
        #expect(try Self.fault(of: Self.cells(styles)) == nil)
    }

    @Test func `a file cut or changed anywhere is read or refused`() throws {
        let whole = try File.bytes("Files/openpyxl.xlsx")
        for end in stride(from: 0, to: whole.count, by: 97) { _ = try Self.fault(of: Array(whole[..<end])) }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var changed = whole
            for _ in 0..<4 { changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255) }
            _ = try Self.fault(of: changed)
        }
    }

    @Test func `what is no spreadsheet is refused by what it is`() throws {
        #expect(try Self.fault(of: [0xD0, 0xCF, 0x11, 0xE0, 0, 0]) == .oldExcel)
        #expect(try Self.fault(of: [0x89, 0x50, 0x4E, 0x47, 0, 0]) == .unknownKind)
        #expect(try Self.fault(of: ZIP.archive([("word/document.xml", "<x/>")])) == .unknownKind)
        #expect(throws: SpreadsheetFault.tooLarge) {
            try ReadSpreadsheet([UInt8](repeating: 0x61, count: ReadSpreadsheet.mostBytes + 1))
        }
    }
}

enum File {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = #filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)
        let file = try #require(fopen("\(folder)/\(name)", "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        return bytes
    }
}
