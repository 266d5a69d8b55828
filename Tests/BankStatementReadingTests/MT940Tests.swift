import BankStatements
import Locale
import Testing
import Time

@testable import BankStatementReading

@Suite struct MT940Tests {
    static let text = """
        :20:EXTRACTO
        :25:0001234567
        :28C:00012/001
        :60F:C260301MXN10000,00
        :61:2603020302C1500,50NTRF0004711//B-1
        :86:SPEI RECIBIDOOTRO BANCO / 0012345678 646 0004711
        Pago internet
        :61:2512310102D25,NMSCNONREF
        OFICINA CENTRAL
        :86:166?00COMISION?20SVWZ+Comision de mar?21zo EREF+E-2?31032180000118359719?32ANA MUNOZ
        ?33CIA
        :61:260303RC100,00NTRFE-3
        :86:/EREF/E-3/NAME/Ana/IBAN/X1/REMI/Pago/de marzo
        :62F:C260331MXN11375,50
        :64:C260331MXN11375,50
        -

        """

    @Test func `fields are read, and the parts of what the bank says of a line`() throws {
        let file = try Statements.read(Self.text)
        let statement = try #require(file.statements.first)
        #expect(
            Statements.lines(file) == [
                "2026-03-02 150050 SPEI RECIBIDOOTRO BANCO / 0012345678 646 0004711 Pago internet",
                // Booked in the year after the one it counts from.
                "2026-01-02 -2500 Comision de marzo", "2026-03-03 -10000 Pago/de marzo",
            ])
        #expect(statement.account == "0001234567")
        #expect(statement.opening == .init(1_000_000, on: .init(year: 2026, month: 3, day: 1)))
        #expect(statement.closing?.minor == 1_137_550 && statement.check == .addsUp)
        #expect(statement.lines.map(\.reference) == ["0004711", "E-2", "E-3"])
        #expect(statement.lines.map(\.bankID) == ["B-1", "", ""])
        #expect(statement.lines.map(\.payer) == ["", "ANA MUNOZCIA", "Ana"])
        #expect(statement.lines.map(\.payerAccount) == ["", "032180000118359719", "X1"])
        #expect(statement.lines.map(\.isReversal) == [false, false, true])
        #expect(statement.lines.map(\.line) == [5, 8, 12])
        #expect(!file.isCut && file.faults == [])
    }

    @Test func `what does not add up is said`() throws {
        let file = try Statements.read(Self.text.replacing("C1500,50", with: "C1500,51"))
        #expect(file.statements[0].check == .closesAt(difference: -1))
    }

    @Test func `a statement in several messages is one, and several accounts are several`() throws {
        let second = """
            :20:EXTRACTO
            :25:0001234567
            :28C:00012/002
            :60M:C260331MXN11375,50
            :61:260331C1,00NTRFULTIMO
            :62F:C260331MXN11376,50
            -

            """
        let one = try Statements.read(Self.text.replacing(":62F:", with: ":62M:") + second)
        #expect(one.statements.count == 1 && one.statements[0].lines.count == 4)
        #expect(one.statements[0].check == .addsUp && !one.isCut)
        let other = second.replacing("0001234567", with: "9").replacing(":60M:", with: ":60F:")
        #expect(try Statements.read(Self.text + other).statements.map(\.account) == ["0001234567", "9"])
    }

    @Test func `the envelope of the network is taken off`() throws {
        let text = "{1:F01AAAABBCC}{2:I940}{4:\r\n" + Self.text.replacing("\n", with: "\r\n") + "-}\r\n"
        #expect(try Statements.read(text).statements[0].lines.count == 3)
    }

    @Test func `a file that ends before its closing balance is cut`() throws {
        let end = try #require(Self.text.firstRange(of: "C100,00NTRF")).lowerBound
        let file = try Statements.read(String(Self.text[..<end]))
        #expect(file.isCut && file.statements[0].lines.count == 2)
        #expect(file.faults.map(\.line) == [12])
    }

    @Test(
        arguments: [
            ("2603020302C", "2613020302C", .unreadableDay), ("C1500,50N", "X1500,50N", .unreadableSign),
            ("C1500,50N", "C1500,505N", .tooManyDecimals), ("C1500,50N", "C99999999999,00N", .amountTooLarge),
            ("C1500,50N", "CN", .unreadableAmount),
        ] as [(String, String, LineFault.Reason)])
    func `a line that cannot be read is told of, and what the bank says of it is no other's`(
        old: String, new: String, reason: LineFault.Reason
    ) throws {
        let file = try Statements.read(Self.text.replacing(old, with: new))
        #expect(file.faults.map(\.reason) == [reason] && file.faults.map(\.line) == [5])
        #expect(file.statements[0].lines.map(\.description) == ["Comision de marzo", "Pago/de marzo"])
    }
}
