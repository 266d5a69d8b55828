import BankStatements
import Locale
import Testing

@testable import BankStatementReading

@Suite struct OFXTests {
    private static let head = """
        OFXHEADER:100
        DATA:OFXSGML
        VERSION:102
        ENCODING:USASCII
        CHARSET:1252

        <OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>MXN
        <BANKACCTFROM><BANKID>999<ACCTID>0001234567<ACCTTYPE>CHECKING</BANKACCTFROM>
        <BANKTRANLIST><DTSTART>20260301<DTEND>20260331

        """
    private static let foot = """
        </BANKTRANLIST><LEDGERBAL><BALAMT>1,474.50<DTASOF>20260331</LEDGERBAL>
        <AVAILBAL><BALAMT>99.00<DTASOF>20260331</AVAILBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
        """
    static let sgml =
        head + """
            <STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260302120000[-6:CST]
            <TRNAMT>1500.00<FITID>A1<CHECKNUM>77<NAME>Ana Muñoz &amp; Cía<MEMO>Pago  internet
            </STMTTRN>
            <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260303<TRNAMT>-25,50<FITID>A2<NAME>COMISION</STMTTRN>

            """ + foot

    @Test func `leaves that nobody closes are read`() throws {
        let file = try Statements.read(Self.sgml)
        let statement = try #require(file.statements.first)
        #expect(Statements.lines(file) == ["2026-03-02 150000 Pago internet", "2026-03-03 -2550 COMISION"])
        #expect(statement.account == "0001234567" && statement.currency == .mxn && statement.opening == nil)
        #expect(statement.lines[0].payer == "Ana Muñoz & Cía" && statement.lines[0].reference == "77")
        #expect(statement.lines.map(\.bankID) == ["A1", "A2"])
        #expect(statement.lines.map(\.line) == [10, 13])
        #expect(!file.isCut && file.faults == [])
    }

    @Test func `XML is read as SGML is, in the encoding of Windows too`() throws {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?>
            <OFX><STMTRS><CURDEF>MXN</CURDEF><BANKACCTFROM><ACCTID>1</ACCTID></BANKACCTFROM><BANKTRANLIST>
            <STMTTRN><DTPOSTED>20260302</DTPOSTED><TRNAMT>-1.00</TRNAMT><FITID>Z</FITID><NAME>Peñón</NAME></STMTTRN>
            </BANKTRANLIST></STMTRS></OFX>
            """
        #expect(Statements.lines(try Statements.read(xml)) == ["2026-03-02 -100 Peñón"])
        let latin = xml.unicodeScalars.map { UInt8($0.value) }
        #expect(Statements.lines(try Statements.read(latin)) == ["2026-03-02 -100 Peñón"])
    }

    @Test func `a bank that gives a name twice has two lines`() throws {
        let twice = Self.sgml.replacing("<FITID>A2", with: "<FITID>A1").replacing("-25,50", with: "1500.00")
            .replacing("20260303", with: "20260302")
        #expect(Set(try Statements.read(twice).statements[0].lines.map(\.fingerprint)).count == 2)
    }

    @Test func `a file that ends in the middle of a line says so`() throws {
        let file = try Statements.read(
            String(Self.sgml.prefix(upTo: try #require(Self.sgml.firstRange(of: "<FITID>A2")).lowerBound)))
        #expect(file.isCut && file.statements[0].lines.count == 1)
        #expect(file.faults == [LineFault(line: 13, .cut, "")])
    }

    @Test(
        arguments: [
            ("-25,50", "x", .unreadableAmount, "x"), ("20260303", "20261303", .unreadableDay, "20261303"),
            ("<TRNAMT>-25,50", "", .noAmount, "COMISION"), ("-25,50", "1.234.567", .unreadableAmount, "1.234.567"),
        ] as [(String, String, LineFault.Reason, String)])
    func `a line that cannot be read is told of`(
        old: String, new: String, reason: LineFault.Reason, text: String
    ) throws {
        let file = try Statements.read(Self.sgml.replacing(old, with: new))
        #expect(file.statements[0].lines.count == 1)
        #expect(file.faults == [LineFault(line: 13, reason, text)])
    }

    @Test func `a file without a statement, and a currency we keep no books in, are refused`() throws {
        #expect(try Statements.fault(of: Array("<OFX></OFX>".utf8)) == .noStatement)
        #expect(try Statements.fault(of: Array(Self.sgml.replacing("MXN", with: "JPY").utf8)) == .unknownCurrency)
    }
}
