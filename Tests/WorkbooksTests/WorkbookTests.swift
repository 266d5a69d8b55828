import Glibc
import TestSupport
import Testing
import Time

@testable import Workbooks

@Suite struct WorkbookTests {
    private static func written(_ rows: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows { CSV.append(row, to: &bytes) }
        return bytes
    }

    @Test func `what is written is read back, whatever it holds`() throws {
        let rows = [
            ["Nombre", "Teléfono", "Nota"], ["Ana \"la\" Paz", "+52 55", "una, dos; tres"],
            ["", "", "dos\r\nlíneas"], ["=1+1", "-5", "@x"], ["Ñandú", "'", "\tx"],
        ]
        #expect(try CSV.parse(Self.written(rows), most: 9).map(\.cells) == rows)
        #expect(try CSV.parse(CSV.byteOrderMark + Self.written(rows), most: 9).map(\.line) == [1, 2, 3, 5, 6])
    }

    @Test(arguments: ["=HYPERLINK(\"x\")", "+1", "-1+1", "-", "-1.2.3", "@SUM(1)", "\t=1", "\r=1"])
    func `no cell is a formula`(text: String) {
        let cell = String(decoding: Self.written([[text]]), as: UTF8.self)
        #expect(cell.hasPrefix("'") || cell.hasPrefix("\"'"))
    }

    @Test func `an amount below zero stays a number`() {
        #expect(Self.written([["-1", "-200.00"]]) == Array("-1,-200.00\r\n".utf8))
    }

    @Test func `a file of another country has other separators`() throws {
        for text in ["a;b\r\n\"1;2\";3\r\n", "a\tb\n1;2\t3", "a;b\r1,5;3"] {
            #expect(try CSV.parse(Array(text.utf8), most: 9).map(\.cells.count) == [2, 2])
        }
    }

    @Test func `a file that breaks off, is not text or has no end is refused`() {
        #expect(throws: CSV.Fault.openQuote(line: 2)) { try CSV.parse(Array("a\n\"b\nc".utf8), most: 9) }
        #expect(throws: CSV.Fault.notUTF8) { try CSV.parse([0x61, 0xFF], most: 9) }
        #expect(throws: CSV.Fault.tooManyRows(2)) { try CSV.parse(Array("a\nb\n\nc".utf8), most: 2) }
    }

    @Test func `a workbook is a file that spreadsheets open, with texts as texts`() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/x.xlsx"
        let book = try Workbook(path: path, folder: folder.path)
        book.append(heading: ["Nombre", "N.º", "Alta"])
        book.append([.text("=1+1"), .number(7), .day(try #require(Day(iso: "2026-11-29")))])
        try book.close()
        let bytes = try (folder.bytes("x.xlsx"))
        #expect(bytes.starts(with: Array("PK".utf8)) && bytes.count > 1000)
    }
}
