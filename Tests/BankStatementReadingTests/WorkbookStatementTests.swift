import BankStatements
import Glibc
import Testing
import Time
import Workbooks

@testable import BankStatementReading

/// Statements that libxlsxwriter wrote.
@Suite struct WorkbookStatementTests {
    private static func file(_ write: (Workbook) throws -> Void) throws -> [UInt8] {
        var template = Array("/tmp/statement-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        let path = folder + "/statement.xlsx"
        defer {
            unlink(path)
            rmdir(folder)
        }
        let book = try Workbook(path: path, folder: folder)
        try write(book)
        try book.close()
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1024 * 1024)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    @Test func `days and amounts of a workbook are numbers`() throws {
        let bytes = try Self.file { book in
            book.append([.text("Banco del Ejemplo")])
            book.append(heading: ["Fecha", "Descripción", "Importe", "Saldo"])
            book.append([.day(Day(year: 2026, month: 2, day: 1)!), .text("Pago"), .number(1500), .number(2500)])
            book.append([.day(Day(year: 2026, month: 12, day: 2)!), .text("=1+1"), .text("-25.50"), .text("2,474.50")])
        }
        let file = try Statements.read(bytes)
        #expect(Statements.lines(file) == ["2026-02-01 150000 Pago", "2026-12-02 -2550 =1+1"])
        #expect(file.statements[0].check == .addsUp && file.reading?.titleLine == 2 && file.reading?.doubts == [])
        #expect(!file.isCut)
    }
}
