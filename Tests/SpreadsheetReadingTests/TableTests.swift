import Sandbox
import Spreadsheets
import Testing
import Time

@testable import SpreadsheetReading

@Suite struct TableTests {
    private static func table(_ text: String) throws -> Table {
        try #require(try ReadTables(Array(text.utf8), assuming: .dayFirst, .comma).perform().first)
    }

    @Test func `a column says what it holds, and its cells stay as they are`() throws {
        let table = try Self.table(
            """
            Clientes al 31/03/2026

            Cliente;Teléfono;IP;Saldo;Alta;Nota
            Ana Muñoz;0044123;192.168.100.200;1.234,50;31/01/2026;
            Luz;5511112222;192.168.1.2;-20;01/02/2026;

            """)
        #expect(table.columns.map(\.title) == ["Cliente", "Teléfono", "IP", "Saldo", "Alta", "Nota"])
        #expect(table.columns.map(\.kind) == [.text, .amount, .text, .amount, .day, .empty])
        #expect(table.columns.map(\.isAmbiguous) == [false, false, false, false, false, false])
        #expect(table.rows.map(\.line) == [4, 5])
        let first = table.rows[0].cells
        #expect(first[1] == .text("0044123") && first[2] == .text("192.168.100.200"))
        #expect(try first[3].minorUnits(2, table.columns[3].decimalMark) == 123_450)
        #expect(first[4].day(table.columns[4].dayOrder) == Day(year: 2026, month: 1, day: 31))
    }

    @Test func `what a column leaves open is said`() throws {
        let table = try Self.table("Saldo;Alta\n1.500;01/02/2026\n2.000;03/02/2026\n")
        #expect(table.columns.map(\.isAmbiguous) == [true, true])
        #expect(try table.rows[0].cells[0].minorUnits(2, table.columns[0].decimalMark) == 150_000)
    }

    @Test func `a table without titles, and an empty one, have none`() throws {
        let table = try Self.table("Ana;100,00\nLuz;20,00\n")
        #expect(table.columns.map(\.title) == ["", ""] && table.rows.count == 2)
        #expect(try Self.table("") == Table(Spreadsheet.Sheet(name: "", rows: []), assuming: .dayFirst, .comma))
    }

    @Test func `a table survives the way to another process`() throws {
        let work = try ReadTables(Array("Cliente;Saldo\nAna;1,50\n".utf8), assuming: .monthFirst, .point)
        var writer = WireWriter()
        writer.write(work)
        var reader = WireReader(writer.bytes)
        let tables = try reader.read(ReadTables.self).perform()
        #expect(work.accepts(tables))
        writer = WireWriter()
        writer.write(tables)
        reader = WireReader(writer.bytes)
        #expect(try reader.read([Table].self) == tables)
    }
}

@Suite struct WrittenTests {
    @Test(arguments: [
        "22/11/2025", "22-11-25", "22.11.2025", "2025-11-22", "20251122", "22112025", "22 nov. 2025", "22-NOV-25",
        "22 de noviembre de 2025", "Nov 22, 2025", "22/11/2025 11:34 a.m.", "2025-11-22T11:34:00Z", "2025-11-22+01:00",
        "22 novembro 2025", " 22/11/2025", "22/11/2025\u{A0}11:34:00", "2025/11/22", "20251122113400",
    ])
    func `a day is read however it is written`(text: String) {
        #expect(WrittenDay(text)?.day(.dayFirst) == Day(year: 2025, month: 11, day: 22))
    }

    @Test(arguments: [
        "", "22/11", "22/13/2025", "30/02/2026", "00/11/2025", "22/11/2025 TOTAL", "10.1.20.30", "martes 3 2025",
        "1.234,50", "99999999999999999999", "22 foo 2025", "22/11/205", "22/11/0001", "Ñandú",
    ])
    func `what is no day is none`(text: String) { #expect(WrittenDay(text)?.day(.dayFirst) == nil) }

    @Test(
        arguments: [
            ("1,234.50", .point, 123_450), ("1.234,50", .comma, 123_450), ("$ 1,234.50", .point, 123_450),
            ("(1,234.50)", .point, -123_450), ("1 234,50-", .comma, -123_450), ("−5", .point, -500),
            ("+5", .point, 500),
            ("1'234.50", .point, 123_450), ("R$ 1.234,50 D", .comma, -123_450), ("1234.50 CR", .point, 123_450),
            ("MXN 12", .point, 1200), ("S/ 100.00", .point, 10_000), ("Bs. 100,00", .comma, 10_000),
            (".50", .point, 50),
            ("12.5000", .point, 1250), ("$(3.00)", .point, -300), ("1\u{A0}234,5", .comma, 123_450),
            ("0,5", .comma, 50),
            ("10,000,000,000.00", .point, 1_000_000_000_000), ("-0.00", .point, 0),
        ] as [(String, DecimalMark, Int64)])
    func `an amount is read however it is written`(text: String, mark: DecimalMark, minor: Int64) throws {
        #expect(try #require(WrittenAmount(text)).minorUnits(2, mark) == minor)
        #expect(WrittenAmount(text)?.mark ?? mark == mark)
    }

    @Test(
        arguments: [
            ("1,23.50", .notAnAmount), ("1.2.3", .notAnAmount), ("1234,567.00", .notAnAmount),
            ("1.005", .tooManyDecimals),
            ("10,000,000,000.01", .tooLarge), ("999999999999999999999999", .tooLarge), ("1,'34.00", .notAnAmount),
        ] as [(String, AmountFault)])
    func `an amount that cannot be is refused`(text: String, fault: AmountFault) throws {
        let amount = try #require(WrittenAmount(text))
        #expect(throws: fault) { try amount.minorUnits(2, .point) }
    }

    @Test(arguments: ["", "-", "=1+2", "uno", "REF 123", "12%", "--5", "5 kg", "12/03", "0x1F"])
    func `what is no amount is none`(text: String) { #expect(WrittenAmount(text) == nil) }

    @Test func `a number that a spreadsheet keeps is rounded where only its binary fraction differs`() throws {
        #expect(try WrittenAmount.minorUnits(2, ofNumber: "0.30000000000000004") == 30)
        #expect(try WrittenAmount.minorUnits(0, ofNumber: "15") == 15)
        #expect(throws: AmountFault.tooManyDecimals) { try WrittenAmount.minorUnits(2, ofNumber: "1.005") }
        #expect(throws: AmountFault.tooLarge) { try WrittenAmount.minorUnits(2, ofNumber: "1e300") }
    }
}

@Suite struct SeparatorTests {
    @Test(arguments: [
        "Banco, S.A.\nReporte, del día\nFecha;Importe\n01/01/2026;1,50\n02/01/2026;2,50\n03/01/2026;2,50\n",
        "Fecha;Concepto;Importe;Saldo\n01/01/2026;uno, dos;1,50;1,50\n02/01/2026;uno, dos;2,50;4,00\n",
    ])
    func `commas within sentences and amounts separate no fields`(text: String) throws {
        let rows = try ReadSpreadsheet(Array(text.utf8)).perform().sheets[0].rows
        #expect(rows.last?.first?.text.hasPrefix("0") == true && rows.last?.first?.text.utf8.count == 10)
    }
}
