import BankStatements
import JSON
import Locale
import Spreadsheets
import Testing
import Time

@testable import BankStatementReading

@Suite struct TableStatementTests {
    @Test func `a bank's rows are read, and what stands around them`() throws {
        let file = try Statements.read(Statements.mexican)
        let statement = try #require(file.statements.first)
        #expect(
            Statements.lines(file) == [
                "2026-03-02 150000 SPEI RECIBIDOOTRO BANCO / 0012345678 646 0004711Pago, internet",
                "2026-03-02 -2550 COMISION", "2026-03-15 30000 DEPOSITO EN EFECTIVO",
            ])
        #expect(statement.account == "0001234567")
        #expect(statement.lines.map(\.reference) == ["0004711", "", ""])
        #expect(statement.lines.map(\.balance) == [1_150_000, 1_147_450, 1_177_450])
        #expect(statement.lines.map(\.line) == [6, 7, 8])
        #expect(statement.check == .addsUp)
        #expect(file.faults == [])
        #expect(file.asides == [1, 2, 3, 5, 9])
        #expect(!file.isCut)
        let reading = try #require(file.reading)
        #expect(reading.source == .titles && reading.titleLine == 5 && reading.doubts == [])
        #expect(reading.confidence == 95)
    }

    @Test(arguments: [
        (
            "Fecha;Descripción;Importe;Saldo\n31/01/2026;Pago;1.234,50;2.000,00\n01/02/2026;Compra;-34,50;1.965,50\n",
            "es"
        ),
        ("Data;Histórico;Valor;Saldo\n31/01/2026;Pago;1.234,50;2.000,00\n01/02/2026;Compra;34,50 D;1.965,50\n", "pt"),
        (
            "Date\tDescription\tAmount\tBalance\n01/31/2026\tPago\t1,234.50\t2,000.00\n02/01/2026\tCompra\t(34.50)\t1,965.50\n",
            "en"
        ),
        ("Fecha|Detalle|Debe|Haber\n31-ene-26|Pago||$ 1,234.50\n01-feb-26|Compra|34.50|\n", "pipes"),
        ("Día,Glosa,Monto,Tipo\n20260131,Pago,1234.5,ABONO\n20260201,Compra,34.5,CARGO\n", "sign"),
        (
            "Fecha,Glosa,Cargos,Abonos\n2026-01-31T10:00:00,Pago,0.00,1234.50\n2026-02-01T10:00:00,Compra,-34.50,0.00\n",
            "zeros"
        ),
        ("Fecha,Glosa,Monto\n31/01/2026,Pago,1234.50\n01/02/2026,Compra,34.50-\n", "trailing minus"),
        ("31/01/2026;Pago;1.234,50;2.000,00\n01/02/2026;Compra;-34,50;1.965,50\n", "no titles"),
    ])
    func `the same movements are read from whatever a bank writes`(text: String, name: String) throws {
        let file = try Statements.read(text)
        #expect(Statements.lines(file) == ["2026-01-31 123450 Pago", "2026-02-01 -3450 Compra"])
        #expect(file.faults == [])
    }

    @Test(arguments: [true, false])
    func `text of Windows and of UTF-16 is read`(isWide: Bool) throws {
        let text = "Fecha;Descripción;Importe\r\n31/01/2026;Señor Muñoz;1.234,50\r\n"
        let bytes: [UInt8] =
            isWide
            ? text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
            : text.unicodeScalars.map { UInt8($0.value) }
        #expect(Statements.lines(try Statements.read(bytes)) == ["2026-01-31 123450 Señor Muñoz"])
    }

    @Test func `the whole column says whether days come before months`() throws {
        func days(_ written: [String], _ order: DayOrder) throws -> ([String], [TableReading.Doubt]) {
            let rows = written.map { "\($0),Pago,-1.00\n" }.joined()
            let file = try Statements.read("Fecha,Concepto,Importe\n" + rows, order: order)
            return (file.statements[0].lines.map(\.day.iso), try #require(file.reading).doubts)
        }
        // One 13th decides for all, wherever it is.
        #expect(try days(["03/04/2026", "03/13/2026"], .dayFirst) == (["2026-03-04", "2026-03-13"], []))
        #expect(try days(["13/03/2026", "04/03/2026"], .monthFirst) == (["2026-03-13", "2026-03-04"], []))
        // Nothing decides, but as days first they would turn back and forth.
        #expect(
            try days(["03/02/2026", "03/05/2026", "04/01/2026"], .dayFirst) == (
                ["2026-03-02", "2026-03-05", "2026-04-01"], [.dayOrder]
            ))
        #expect(try days(["03/04/2026"], .dayFirst) == (["2026-04-03"], [.dayOrder]))
        #expect(try days(["03/04/2026"], .monthFirst) == (["2026-03-04"], [.dayOrder]))
        #expect(try days(["03/03/2026"], .monthFirst) == (["2026-03-03"], []))
    }

    @Test func `the whole column says what separates decimals`() throws {
        func amounts(_ written: [String], _ mark: DecimalMark) throws -> ([Int64], [TableReading.Doubt]) {
            let rows = written.map { "13/01/2026;Pago;\($0)\n" }.joined()
            let file = try Statements.read("Fecha;Concepto;Abono\n" + rows, mark: mark)
            return (file.statements[0].lines.map(\.minor), try #require(file.reading).doubts)
        }
        #expect(try amounts(["1.500", "20,00"], .point) == ([150_000, 2000], []))
        #expect(try amounts(["1,500", "20.00"], .comma) == ([150_000, 2000], []))
        #expect(try amounts(["1.500", "50.000"], .comma) == ([150_000, 5_000_000], [.decimalMark]))
        #expect(try amounts(["1500", "20"], .comma) == ([150_000, 2000], []))
    }

    @Test(
        arguments: [
            ("03/13/2026,Pago,1.00", .unreadableDay, "03/13/2026"), (",Pago,1.00", .noDay, ""),
            ("13/03/2026,Pago,", .noAmount, "13/03/2026"), ("13/03/2026,Pago,uno", .unreadableAmount, "uno"),
            ("13/03/2026,Pago,=1+2", .unreadableAmount, "=1+2"), ("13/03/2026,Pago,1.005", .tooManyDecimals, "1.005"),
            ("13/03/2026,Pago,\"10,000,000,000.01\"", .amountTooLarge, "10,000,000,000.01"),
            ("13/03/2026,Pago,99999999999999999999999999", .amountTooLarge, "99999999999999999999999999"),
            ("13/03/2026,Pago,1.2.3", .unreadableAmount, "1.2.3"),
        ] as [(String, LineFault.Reason, String)])
    func `a line that cannot be read is told of, and the others are read`(
        line: String, reason: LineFault.Reason, text: String
    ) throws {
        let file = try Statements.read(
            "Fecha,Concepto,Importe\n13/03/2026,Uno,10.00\n\(line)\n14/03/2026,Dos,-20.00\n")
        #expect(Statements.lines(file) == ["2026-03-13 1000 Uno", "2026-03-14 -2000 Dos"])
        #expect(file.faults == [LineFault(line: 3, reason, text)])
    }

    @Test func `what came in and went out at once, and a word that says neither, are faults`() throws {
        let both = try Statements.read("Fecha,Concepto,Cargo,Abono\n13/03/2026,Uno,1.00,2.00\n")
        #expect(both.faults.map(\.reason) == [.twoAmounts])
        let signs = (1...9).map { "13/03/2026,Uno,\($0).00,\($0 == 5 ? "?" : "C")\n" }.joined()
        let sign = try Statements.read("Fecha,Concepto,Importe,Tipo\n" + signs)
        #expect(sign.faults == [LineFault(line: 6, .unreadableSign, "?")])
    }

    @Test func `a transfer that is not paid, and another currency, are no payments`() throws {
        let file = try Statements.read(
            """
            Fecha,Monto,Estado,Moneda
            13/03/2026,10.00,Exitosa,MXN
            13/03/2026,20.00,Pendiente,MXN
            13/03/2026,30.00,Exitosa,USD

            """)
        #expect(file.statements[0].lines.map(\.minor) == [1000])
        #expect(file.asides == [1, 3])
        #expect(file.faults == [LineFault(line: 4, .otherCurrency, "USD")])
    }

    @Test func `a formula is text`() throws {
        let file = try Statements.read("Fecha,Concepto,Importe\n13/03/2026,\"=cmd|' /C calc'!A0\",1.00\n")
        #expect(Statements.lines(file) == ["2026-03-13 100 =cmd|' /C calc'!A0"])
    }

    @Test func `a file cut in the middle is said to be, and nothing of it is lost`() throws {
        let whole = Statements.mexican
        let end = try #require(whole.firstRange(of: "15/03/2026,DEPOSITO EN")?.upperBound)
        let file = try Statements.read(String(whole[..<end]))
        #expect(file.isCut)
        #expect(file.statements[0].lines.count == 2)
        #expect(file.faults == [LineFault(line: 8, .cut, "15/03/2026 DEPOSITO EN")])
        // A file whose last line has no end is whole.
        let open = try Statements.read("Fecha,Concepto,Importe,Nota\n13/03/2026,Uno,10.00,x\n14/03/2026,Dos,-20.00")
        #expect(!open.isCut && open.statements[0].lines.count == 2)
    }

    @Test func `an open quote does not swallow the lines below it`() throws {
        let file = try Statements.read(
            "Fecha,Concepto,Importe\n13/03/2026,\"PAGO,10.00\n14/03/2026,Dos,-20.00\n15/03/2026,Tres,5.00\n")
        #expect(Statements.lines(file) == ["2026-03-13 1000 \"PAGO", "2026-03-14 -2000 Dos", "2026-03-15 500 Tres"])
    }

    @Test func `a file that is no statement shows its columns for a person to choose`() throws {
        let file = try Statements.read("Nombre,Teléfono\nAna,5511112222\n")
        let reading = try #require(file.reading)
        #expect(file.statements == [] && reading.source == .nothing && reading.confidence == 0)
        #expect(reading.titles == ["Nombre", "Teléfono"] && reading.samples == [["Ana", "5511112222"]])
        #expect(file.asides == [1, 2])
    }
}

@Suite struct MappingTests {
    private static let text = "A,B,C\n03/04/2026,1.500,Ana\n"
    private static let mapping = StatementMapping(
        [.init(.day, at: 0, title: "A"), .init(.credit, at: 1, title: "B"), .init(.payer, at: 2, title: "C")],
        dayOrder: .monthFirst, decimalMark: .comma)

    @Test func `a mapping says what titles do not`() throws {
        #expect(try Statements.read(Self.text).statements == [])
        let file = try Statements.read(Self.text, mappings: [Self.mapping])
        let line = try #require(file.statements.first?.lines.first)
        #expect(line.day.iso == "2026-03-04" && line.minor == 150_000 && line.payer == "Ana")
        #expect(file.reading?.source == .mapping && file.reading?.confidence == 100)
        #expect(file.reading?.mapping == Self.mapping)
    }

    @Test func `a column that was moved is found by its title`() throws {
        let file = try Statements.read("Banco\nc,X,a,b\nAna,,03/04/2026,1.500\n", mappings: [Self.mapping])
        #expect(file.statements[0].lines.map(\.payer) == ["Ana"])
        #expect(file.reading?.mapping.columns.map(\.index) == [2, 3, 0])
    }

    @Test func `a mapping is not forced upon another bank's file`() throws {
        let file = try Statements.read(Statements.mexican, mappings: [Self.mapping])
        #expect(file.reading?.source == .titles && file.statements[0].lines.count == 3)
    }

    @Test func `what was found out reads the next file alike, after it was kept as JSON`() throws {
        let found = try #require(try Statements.read(Statements.mexican).reading?.mapping)
        var json = JSONWriter()
        json.value(found)
        let kept = try StatementMapping(json: try json.bytes.withUnsafeBytes { try JSONValue.parse($0, as: .strict) })
        #expect(kept == found)
        let again = try Statements.read(Statements.mexican, mappings: [kept])
        #expect(again.reading?.source == .mapping)
        #expect(again.statements == (try Statements.read(Statements.mexican)).statements)
    }
}

@Suite struct BalanceTests {
    private static func check(_ text: String) throws -> BalanceCheck { try Statements.read(text).statements[0].check }

    @Test func `a line that does not add up is named`() throws {
        let wrong = Statements.mexican.replacing("\"11,474.50\"", with: "\"11,475.50\"")
        #expect(try Self.check(wrong) == .breaks(at: [7, 8]))
        #expect(try Self.check(Statements.mexican.replacing("300.00", with: "301.00")) == .breaks(at: [8]))
    }

    @Test func `balances add up from the newest line too`() throws {
        let rows = ["15/03/2026,Tres,3.00,6.00", "14/03/2026,Dos,2.00,3.00", "13/03/2026,Uno,1.00,1.00"]
        #expect(try Self.check("Fecha,Concepto,Importe,Saldo\n" + rows.joined(separator: "\n") + "\n") == .addsUp)
    }

    @Test func `the balances around the lines are compared with them`() throws {
        func file(_ closing: String) -> String {
            "Saldo inicial:,\"1,000.00\"\nFecha,Concepto,Importe\n13/03/2026,Uno,10.00\n14/03/2026,Dos,-5.00\nSaldo final: \(closing)\n"
        }
        #expect(try Self.check(file("1005.00")) == .addsUp)
        #expect(try Self.check(file("1006.00")) == .closesAt(difference: 100))
        #expect(try Self.check("Fecha,Concepto,Importe\n13/03/2026,Uno,10.00\n") == .nothingToCheck)
    }
}

@Suite struct FingerprintTests {
    private static func prints(_ rows: [String]) throws -> [String] {
        try Statements.read("Fecha,Concepto,Importe\n" + rows.map { $0 + "\n" }.joined())
            .statements[0].lines.map(\.fingerprint)
    }

    private static let march = [
        "13/03/2026,Uno,10.00", "13/03/2026,Pago,150.00", "13/03/2026,Pago,150.00", "14/03/2026,Pago,150.00",
    ]

    @Test func `the same file twice has the same lines, and equal payments of a day are two`() throws {
        let once = try Self.prints(Self.march)
        #expect(Set(once).count == 4)
        #expect(try Self.prints(Self.march) == once)
    }

    @Test func `a file of a period that overlaps has the same lines in it`() throws {
        let later = try Self.prints(Array(Self.march.dropFirst()) + ["15/03/2026,Pago,150.00"])
        #expect(Set(later).intersection(try Self.prints(Self.march)).count == 3)
        // From the newest to the oldest, as another day's file may be.
        #expect(Set(try Self.prints(Self.march.reversed())) == Set(try Self.prints(Self.march)))
    }

    @Test func `texts are not mistaken for each other`() {
        var (one, other) = (
            StatementLine(line: 1, day: Day(number: 1), minor: 1), StatementLine(line: 1, day: Day(number: 1), minor: 1)
        )
        (one.description, one.reference) = ("a", "bc")
        (other.description, other.reference) = ("ab", "c")
        #expect(one.fingerprint != other.fingerprint)
    }
}
