import Documents
import Testing
import Time

@testable import TicketPrinting

/// Receipts in the bytes of ESC/POS.
@Suite struct TicketTests {
    private static func ticket(_ paper: Paper, _ blocks: [Block], from company: String = "Redes S.A.") -> [UInt8] {
        Document(
            title: "Comprobante", author: company, paper: paper, letterhead: Letterhead(name: company),
            made: Instant(seconds: 0), blocks: blocks
        ).ticket
    }

    /// Without its commands, as the page's own letters.
    private static func lines(of ticket: [UInt8]) -> [String] {
        var (text, place) = ([UInt8](), 0)
        while place < ticket.count {
            switch ticket[place] {
            case 0x1B: place += ticket[place + 1] == 0x40 ? 2 : 3
            case 0x1D: place += 4
            default:
                text.append(ticket[place])
                place += 1
            }
        }
        return text.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(line.map { $0 < 0x80 ? Character(Unicode.Scalar($0)) : "¤" })
        }
    }

    @Test func `a receipt begins anew in the page of letters that it writes in, and is cut`() {
        let ticket = Self.ticket(.roll80, [.paragraph("Recibí: ñandú €5")])
        #expect(ticket.starts(with: [0x1B, 0x40, 0x1B, 0x74, 19]))
        #expect(ticket.suffix(4) == [0x1D, 0x56, 66, 0])
        let words: [UInt8] =
            Array("Recib".utf8) + [0xA1] + Array(": ".utf8) + [0xA4] + Array("and".utf8) + [
                0xA3, 0x20, 0xD5, 0x35, 0x0A,
            ]
        #expect(ticket.dropLast(4).suffix(words.count) == words[...])
    }

    @Test(arguments: [(Paper.roll80, 48), (.roll58, 32)])
    func `no line is wider than the paper, and amounts stand at its edge`(paper: Paper, columns: Int) {
        let long = "Internet Residencial 12 Mb/s del 1 al 31 de diciembre de 2026 en Av. Siempreviva 742"
        let lines = Self.lines(
            of: Self.ticket(
                paper,
                [
                    .heading("Comprobante de pago 000012"), .facts([Fact("Cliente", long)]), .rule,
                    .sums([Fact("Cargo", "$300.00"), Fact(long, "$1,234.56"), Fact("", "$0.00")], strong: true),
                    .paragraph(String(repeating: "x", count: 100)), .small(""),
                ]))
        #expect(lines.allSatisfy { $0.count <= columns })
        for amount in ["$300.00", "$1,234.56", "$0.00"] {
            #expect(lines.contains { $0.hasSuffix(amount) && $0.count == columns }, "\(amount)")
        }
        #expect(lines.contains(String(repeating: "-", count: columns)))
        // Words stay whole, and nothing of them is lost.
        let said = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(said.contains("Cliente: \(long)"))
        #expect(lines.joined().filter { $0 == "x" }.count == 100)
    }

    @Test func `what people wrote is no command`() {
        let name = "Ana\u{1B}p\u{0}\u{19}\u{FA} \u{1D}V\u{0}\u{7F}\u{9B}"
        let ticket = Self.ticket(.roll58, [.facts([Fact("Cliente", name)]), .sums([Fact(name, name)], strong: false)])
        let honest = Self.ticket(
            .roll58,
            [.facts([Fact("Cliente", "Anap\u{FA} V")]), .sums([Fact("Anap\u{FA} V", "Anap\u{FA} V")], strong: false)])
        #expect(ticket == honest)
    }

    @Test func `a code for a camera is drawn as dots`() {
        let squares = Squares(
            side: 2, runs: [.init(row: 0, column: 0, length: 2), .init(row: 1, column: 1, length: 1)])
        let ticket = Self.ticket(.roll58, [.squares(squares, caption: [])])
        // Six dots a square: twelve by twelve, two bytes a row.
        let rows = [[UInt8]](repeating: [0xFF, 0xF0], count: 6) + [[UInt8]](repeating: [0x03, 0xF0], count: 6)
        let image: [UInt8] = [0x1D, 0x76, 0x30, 0, 2, 0, 12, 0] + rows.flatMap { $0 }
        #expect(ticket.firstRange(of: image) != nil)
    }
}
