import BankStatements
import Locale
import Testing

@testable import BankStatementReading

@Suite struct CAMT053Tests {
    private static func document(_ entries: String, version: String = "08", closing: String = "1125.00") -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <d:Document xmlns:d="urn:iso:std:iso:20022:tech:xsd:camt.053.001.\(version)"><d:BkToCstmrStmt><d:Stmt>
        <d:Acct><d:Id><d:Othr><d:Id>0001234567</d:Id></d:Othr></d:Id><d:Ccy>MXN</d:Ccy></d:Acct>
        <d:Bal><d:Tp><d:CdOrPrtry><d:Cd>OPBD</d:Cd></d:CdOrPrtry></d:Tp><d:Amt Ccy="MXN">1000.00</d:Amt>
        <d:CdtDbtInd>CRDT</d:CdtDbtInd><d:Dt><d:Dt>2026-03-01</d:Dt></d:Dt></d:Bal>
        <d:Bal><d:Tp><d:CdOrPrtry><d:Cd>CLBD</d:Cd></d:CdOrPrtry></d:Tp><d:Amt Ccy="MXN">\(closing)</d:Amt>
        <d:CdtDbtInd>CRDT</d:CdtDbtInd><d:Dt><d:Dt>2026-03-31</d:Dt></d:Dt></d:Bal>
        \(entries)
        </d:Stmt></d:BkToCstmrStmt></d:Document>
        """
    }

    private static func entry(
        _ amount: String, _ direction: String = "CRDT", status: String = "<d:Sts><d:Cd>BOOK</d:Cd></d:Sts>",
        day: String = "2026-03-02", more: String = "", details: String = ""
    ) -> String {
        """
        <d:Ntry><d:NtryRef>N1</d:NtryRef><d:Amt Ccy="MXN">\(amount)</d:Amt><d:CdtDbtInd>\(direction)</d:CdtDbtInd>\(status)
        <d:BookgDt><d:Dt>\(day)</d:Dt></d:BookgDt><d:AcctSvcrRef>B1</d:AcctSvcrRef>\(more)
        <d:NtryDtls>\(details)</d:NtryDtls></d:Ntry>
        """
    }

    private static func details(_ amount: String, payer: String, text: String) -> String {
        """
        <d:TxDtls><d:Refs><d:EndToEndId>E-\(text)</d:EndToEndId></d:Refs><d:Amt Ccy="MXN">\(amount)</d:Amt>
        <d:RltdPties><d:Dbtr>\(payer)</d:Dbtr><d:DbtrAcct><d:Id><d:IBAN>X1</d:IBAN></d:Id></d:DbtrAcct></d:RltdPties>
        <d:RmtInf><d:Ustrd>Pago</d:Ustrd><d:Ustrd>\(text)</d:Ustrd></d:RmtInf></d:TxDtls>
        """
    }

    static let sample = document(
        entry("125.00", details: details("125.00", payer: "<d:Nm>Ana</d:Nm>", text: "uno")) + entry("2.00", "DBIT"))

    @Test(arguments: ["02", "08", "13"])
    func `the entries of any version are read`(version: String) throws {
        let isOld = version == "02"
        let payer = isOld ? "<d:Nm>Ana</d:Nm>" : "<d:Pty><d:Nm>Ana</d:Nm></d:Pty>"
        let status = isOld ? "<d:Sts>BOOK</d:Sts>" : "<d:Sts><d:Cd>BOOK</d:Cd></d:Sts>"
        let file = try Statements.read(
            Self.document(
                Self.entry("150.00", status: status, details: Self.details("150.00", payer: payer, text: "marzo"))
                    + Self.entry("25.00", "DBIT", status: status), version: version))
        let statement = try #require(file.statements.first)
        #expect(Statements.lines(file) == ["2026-03-02 15000 Pago marzo", "2026-03-02 -2500 "])
        #expect(statement.account == "0001234567" && statement.currency == .mxn && statement.check == .addsUp)
        let line = statement.lines[0]
        #expect(line.payer == "Ana" && line.payerAccount == "X1" && line.reference == "E-marzo" && line.bankID == "B1")
        #expect(statement.lines.map(\.line) == [8, 12])
        #expect(!file.isCut && file.faults == [])
    }

    @Test func `many payments booked as one are lines of their own, if they sum to it`() throws {
        let two =
            Self.details("100.00", payer: "<d:Nm>Ana</d:Nm>", text: "uno")
            + Self.details("25.00", payer: "<d:Nm>Luz</d:Nm>", text: "dos")
        let split = try Statements.read(Self.document(Self.entry("125.00", details: two)))
        #expect(Statements.lines(split) == ["2026-03-02 10000 Pago uno", "2026-03-02 2500 Pago dos"])
        #expect(split.statements[0].check == .addsUp)
        let whole = try Statements.read(Self.document(Self.entry("126.00", details: two), closing: "1126.00"))
        #expect(whole.statements[0].lines.map(\.minor) == [12_600])
    }

    @Test func `what is announced is no line, and what is taken back is marked`() throws {
        let file = try Statements.read(
            Self.document(
                Self.entry("1.00", status: "<d:Sts><d:Cd>PDNG</d:Cd></d:Sts>")
                    + Self.entry("2.00", "DBIT", more: "<d:RvslInd>true</d:RvslInd>")))
        #expect(file.statements[0].lines.map(\.minor) == [-200] && file.statements[0].lines[0].isReversal)
        #expect(file.asides == [8])
    }

    @Test(
        arguments: [
            (entry("x"), .unreadableAmount), (entry("1.234"), .tooManyDecimals), (entry("-1.00"), .unreadableAmount),
            (entry("1.00", "OTHR"), .unreadableSign), (entry("1.00", day: "2026-02-30"), .unreadableDay),
            (entry("1.00").replacing("MXN", with: "USD"), .otherCurrency),
        ] as [(String, LineFault.Reason)])
    func `an entry that cannot be read is told of`(entry: String, reason: LineFault.Reason) throws {
        let file = try Statements.read(Self.document(entry + Self.entry("1.00")))
        #expect(file.faults.map(\.reason) == [reason] && file.faults.map(\.line) == [8])
        #expect(file.statements[0].lines.map(\.minor) == [100])
    }

    @Test func `a document cut in the middle gives what was whole in it`() throws {
        let whole = Self.document(Self.entry("125.00") + Self.entry("2.00"))
        let end = try #require(whole.firstRange(of: "2.00</d:Amt>")).lowerBound
        let file = try Statements.read(String(whole[..<end]))
        #expect(file.isCut && file.statements[0].lines.map(\.minor) == [12_500])
        #expect(file.faults == [LineFault(line: 10, .cut, "N1")])
    }
}
