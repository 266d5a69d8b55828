import BankStatements
import Identifiers
import Locale
import Sandbox
import Spreadsheets
import TestSupport
import Testing
import Time
import Workbooks

@testable import BankStatementReading

/// Files that would end or hold up whoever reads them without bounds.
@Suite struct HostileStatementTests {
    @Test func `a bomb of entities is refused`() throws {
        let entities = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
        let camt =
            "<?xml version=\"1.0\"?>\(entities)<Document><BkToCstmrStmt><Stmt><Id>&b;</Id></Stmt></BkToCstmrStmt></Document>"
        #expect(try Statements.fault(of: Array(camt.utf8)) == .broken)
        let outside = camt.replacing(entities, with: "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>")
        #expect(try Statements.fault(of: Array(outside.utf8)) == .broken)
        let ofx =
            "<?xml version=\"1.0\"?>\(entities)<OFX><STMTRS><CURDEF>MXN</CURDEF><STMTTRN><DTPOSTED>20260301</DTPOSTED>"
            + "<TRNAMT>1.00</TRNAMT><MEMO>&b;</MEMO></STMTTRN></STMTRS></OFX>"
        #expect(Statements.lines(try Statements.read(ofx)) == ["2026-03-01 100 &b;"])
    }

    @Test(arguments: [
        "<html><table><tr><td>Fecha</td></tr></table></html>", "%PDF-1.7\n\0\0", "<?xml version='1.0'?><Factura/>",
    ])
    func `what is no statement is refused`(text: String) throws {
        #expect(try Statements.fault(of: Array(text.utf8)) == .unknownKind)
    }

    @Test func `what is empty, or of old Excel, is refused by what it is`() throws {
        #expect(try Statements.read([]).statements == [])
        #expect(try Statements.fault(of: [0xD0, 0xCF, 0x11, 0xE0, 0, 0]) == .oldExcel)
        #expect(try Statements.fault(of: Array("PK\u{3}\u{4}".utf8)) == .broken)
    }

    @Test func `elements in elements without end are refused`() throws {
        let deep = "<BkToCstmrStmt>" + String(repeating: "<Stmt>", count: 10_000)
        #expect(try Statements.fault(of: Array(deep.utf8)) == .broken)
    }

    @Test func `more lines than an import takes are refused`() throws {
        let many = "<OFX><STMTRS>" + String(repeating: "<STMTTRN>", count: ReadBankStatement.mostLines + 1)
        #expect(try Statements.fault(of: Array(many.utf8)) == .tooLarge)
        let rows = String(repeating: "13/03/2026,Uno,1.00\n", count: ReadBankStatement.mostLines + 1)
        #expect(try Statements.fault(of: Array(("Fecha,Concepto,Importe\n" + rows).utf8)) == .tooLarge)
    }

    @Test func `texts are kept no longer than they can be shown`() throws {
        let long = String(repeating: "ñ", count: 100_000)
        let file = try Statements.read("Fecha,Concepto,Importe\n13/03/2026,\(long),1.00\n\(long),x,1.00\n")
        #expect(file.statements[0].lines[0].description == String(repeating: "ñ", count: 250))
        #expect(file.faults[0].text.count == 100)
    }

    @Test func `100,000 lines are read, and survive the way to another process`() throws {
        var text = "Fecha,Concepto,Referencia,Cargo,Abono,Saldo\n"
        var balance = 0
        for line in 0..<100_000 {
            balance += 150 + line % 7
            let day = Day(year: 2026, month: 1, day: 1)! + line / 1000
            text += "\(day.iso),Pago de internet \(line % 500),\(line),,\(150 + line % 7).00,\(balance).00\n"
        }
        let work = try ReadBankStatement(Array(text.utf8), in: .mxn)
        let file = try work.perform()
        #expect(file.statements[0].lines.count == 100_000 && file.faults == [] && file.statements[0].check == .addsUp)
        #expect(work.accepts(file))
        var writer = WireWriter()
        writer.write(file)
        #expect(writer.bytes.count < SandboxLimits.mostBytes)
        var reader = WireReader(writer.bytes)
        #expect(try reader.read(StatementFile.self) == file)
    }

    @Test(arguments: [Statements.mexican, OFXTests.sgml, MT940Tests.text, CAMT053Tests.sample])
    func `a file is read where there are no files and no network`(text: String) async throws {
        let work = try ReadBankStatement(Array(text.utf8), in: .mxn)
        #expect(try await Sandbox.tests.run(work, for: UUID(high: 0xD, low: 0)) == work.perform())
    }

    @Test func `an answer of another size or with other amounts than can be is not accepted`() throws {
        let work = try ReadBankStatement([], in: .mxn)
        var file = StatementFile(.ofx)
        file.statements = [BankStatement(in: .mxn)]
        #expect(work.accepts(file))
        file.statements[0].lines = [StatementLine(line: 1, day: Day(number: 0), minor: .min)]
        #expect(!work.accepts(file))
        file.statements[0].lines = []
        file.statements[0].closing = .init(.max)
        #expect(!work.accepts(file))
    }

    @Test(arguments: [Statements.mexican, OFXTests.sgml, MT940Tests.text, CAMT053Tests.sample])
    func `a file cut or changed anywhere is read or refused`(text: String) throws {
        let whole = Array(text.utf8)
        for end in stride(from: 0, to: whole.count, by: 13) { _ = try Statements.fault(of: Array(whole[..<end])) }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var changed = whole
            for _ in 0..<4 { changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255) }
            _ = try Statements.fault(of: changed)
        }
    }
}
