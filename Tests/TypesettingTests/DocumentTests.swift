import Documents
import Testing
import Time

@testable import Typesetting

@Suite struct DocumentTests {
    private static func document(_ blocks: [Block]) -> Document {
        Document(
            title: "Contrato N.º 12", author: "Norte Internet", language: "es-MX", footer: "Contrato N.º 12",
            pageLabel: "Página {page} de {pages}", made: Instant(seconds: 1_795_000_000), blocks: blocks)
    }

    private static let sentence = "El prestador se obliga a dar el servicio y el suscriptor a pagarlo cada mes. "
    private static func paragraph(_ number: Int) -> Block {
        .paragraph("Párrafo \(number). " + String(repeating: sentence, count: 6))
    }

    @Test func `words are printed as they were written, in their order, and nothing in them is markup`() throws {
        let document = Self.document([
            .title("Contrato de servicio"),
            .paragraph("¿Añadió José “5 €” & S/ 89,90? <b>No</b> &amp; 1 < 2 > 0\u{0}\u{7}, oficina fija"),
            .facts([Fact("Suscriptor", "María Ñañez"), Fact("Plan", "Fibra 200")]),
            .list(["Pagar", "Cuidar"], numbered: true), .list(["En efectivo"], numbered: false),
        ])
        try read(document) { reader in
            let lines = try reader.pages[0]
            #expect(
                lines == [
                    "Contrato de servicio", "¿Añadió José “5 €” & S/ 89,90? <b>No</b> &amp; 1 < 2 > 0, oficina fija",
                    "Suscriptor María Ñañez", "Plan Fibra 200", "1. Pagar", "2. Cuidar", "• En efectivo",
                    "Contrato N.º 12 Página 1 de 1",
                ])
        }
    }

    @Test func `it is good PDF that says what it is, with its fonts and its structure`() throws {
        let document = Self.document([
            .title("Contrato"), .heading("Primera"), .paragraph("Objeto"), .list(["Pagar"], numbered: true),
            .facts([Fact("Plan", "Fibra")]),
        ])
        try read(document) { reader in
            let facts = try reader.information()
            #expect(facts["Title"] == "Contrato N.º 12" && facts["Author"] == "Norte Internet")
            #expect(facts["CreationDate"] == "2026-11-18T11:06:40Z" && facts["Tagged"] == "yes")
            #expect(facts["Pages"] == "1" && facts["Page size"] == "595.28 x 841.89 pts (A4)")
            #expect(try reader.check().contains("No syntax or stream encoding errors"))
            #expect(try reader.catalogue().contains("/Lang (es-MX)"))
            let fonts = try reader.fonts()
            #expect(!fonts.isEmpty && fonts.allSatisfy { $0.contains("OpenSans") && $0.contains(" yes yes yes ") })
            let words = try reader.structure().split { " \n".contains($0) }.filter { $0 != "(block)" }
            #expect(
                words == [
                    "Document", "H1", "\"Contrato\"", "H2", "\"Primera\"", "P", "\"Objeto\"", "L", "LI", "Lbl",
                    "\"1.\"",
                    "LBody", "\"Pagar\"", "Table", "TR", "TH", "\"Plan\"", "TD", "\"Fibra\"",
                ])
        }
        var letter = document
        letter.paper = .letter
        #expect(try read(letter) { try $0.information()["Page size"] } == "612 x 792 pts (letter)")
    }

    @Test(arguments: [Paper.roll80, .roll58])
    func `a roll has one page, as long as its text`(paper: Paper) throws {
        func height(of blocks: [Block]) throws -> Double {
            var document = Self.document(blocks)
            document.paper = paper
            return try read(document) { reader in
                let facts = try reader.information()
                #expect(facts["Pages"] == "1")
                let size = try #require(facts["Page size"]).split(separator: " ")
                #expect(size[0] == (paper == .roll80 ? "226.77" : "164.41"))
                #expect(try reader.check().contains("No syntax or stream encoding errors"))
                return try #require(Double(size[2]))
            }
        }
        let short = try height(of: [.heading("Recibo"), .facts([Fact("Importe", "$500.00")])])
        let long = try height(of: [.heading("Recibo"), .facts((1...30).map { Fact("Cargo \($0)", "$500.00") })])
        #expect(short < 200 && long > short + 300 && long < paper.height)
    }

    @Test func `paragraphs go on over the pages, and no line is left alone`() throws {
        // Each length moves the breaks by a line.
        for shift in 0..<6 {
            let first = Block.paragraph((0...shift).map { "Línea \($0)" }.joined(separator: "\n"))
            let document = Self.document([first] + (1...22).map(Self.paragraph))
            try read(document) { reader in
                let pages = try reader.pages
                #expect(pages.count == 3)
                for (index, page) in pages.enumerated() {
                    #expect(page.last == "Contrato N.º 12 Página \(index + 1) de 3")
                    // A paragraph has six lines, of which its first one says its number.
                    let starts = page.indices.filter { page[$0].hasPrefix("Párrafo") }
                    let before = try #require(starts.first)
                    let after = page.count - 1 - (try #require(starts.last))
                    #expect(index == 0 || before != 1)
                    #expect(index == 2 || after != 1)
                }
                let words = pages.flatMap { $0.dropLast() }.joined(separator: " ")
                #expect(words.split(separator: " ").count(where: { $0 == "suscriptor" }) == 22 * 6)
            }
        }
    }

    @Test func `a heading stays with what follows it, and what belongs together stays together`() throws {
        for lines in 40...54 {
            let filling = Block.paragraph((1...lines).map { "Línea \($0)" }.joined(separator: "\n"))
            let signed = Block.together([
                .paragraph("Firman:"), .signatures([SignatureBox(.name("Ana Ruiz"), caption: ["La suscriptora"])]),
            ])
            for blocks in [[filling, .heading("Segunda"), Self.paragraph(1)], [filling, signed]] {
                try read(Self.document(blocks)) { reader in
                    for page in try reader.pages {
                        if let at = page.firstIndex(of: "Segunda") { #expect(page.count > at + 3) }
                        #expect(page.contains("Firman:") == page.contains("La suscriptora"))
                    }
                }
            }
        }
    }

    @Test func `empty space ends with its page`() throws {
        for last in [[], [Block.paragraph("Después")]] {
            let blocks = [.space(400), .paragraph("Antes"), Block.space(400)] + last
            let pages = try read(Self.document(blocks)) { try $0.pages.map { $0.dropLast() } }
            #expect(pages == [["Antes"]] + last.map { _ in ["Después"] })
        }
    }

    @Test func `a long word is broken, without letters that are not its own`() throws {
        let hash = String(repeating: "9f86d081884c7d65", count: 40)
        try read(Self.document([.small(hash), .paragraph(hash)])) { reader in
            let lines = try reader.pages[0].dropLast()
            #expect(lines.joined() == hash + hash && lines.count > 10)
        }
    }

    @Test func `equal documents are equal bytes`() throws {
        let drawing = Drawing(width: 100, height: 50, strokes: [[.init(x: 1, y: 1), .init(x: 90, y: 40)]])
        let document = Self.document(
            (1...20).map(Self.paragraph) + [.signatures([SignatureBox(.drawing(drawing), caption: ["Ana"])])])
        let first = try document.perform()
        _ = try Self.document([.title("Otro")]).perform()
        #expect(try document.perform() == first)
        var other = document
        other.made = Instant(seconds: 1)
        #expect(try other.perform() != first)
    }

    @Test func `many threads print at once, each what it was asked for`() async throws {
        let expected = try (0..<4).map { try Self.document([Self.paragraph($0)]).perform() }
        await withTaskGroup(of: Bool.self) { group in
            for turn in 0..<200 {
                group.addTask { @concurrent in
                    (try? Self.document([Self.paragraph(turn % 4)]).perform()) == expected[turn % 4]
                }
            }
            for await same in group { #expect(same) }
        }
    }

    @Test func `a long name that somebody signs with is all there`() throws {
        let name = "María de los Ángeles Echeverría Villavicencio de Paredes"
        let boxes = [SignatureBox(.name(name), caption: []), SignatureBox(caption: ["Testigo"])]
        let lines = try read(Self.document([.signatures(boxes)])) { try $0.pages[0] }
        #expect(lines.dropLast().filter { $0 != "Testigo" }.joined(separator: " ") == name)
    }

    @Test func `what was drawn is there, scaled to its box`() throws {
        let zigzag = (0...20).map { Drawing.Point(x: $0 * 50, y: $0 % 2 * 400) }
        func dark(_ strokes: [[Drawing.Point]]) throws -> Int {
            let drawing = Drawing(width: 1000, height: 400, strokes: strokes)
            return try read(Self.document([.drawing(drawing, caption: [])])) { try $0.darkPixels() }
        }
        let empty = try dark([])
        #expect(try dark([zigzag]) > empty + 500)
        #expect(try dark([[.init(x: 500, y: 200)]]) > empty)
    }

    @Test func `a drawing made to harm stays in its field, and too much of it is refused`() throws {
        let far = [Int.min, -1, 0, 1, Int.max].map { Drawing.Point(x: $0, y: $0) }
        for side in [Int.min, 0, 1, Int.max] {
            let drawing = Drawing(width: side, height: side, strokes: [far, [], far.reversed()])
            #expect(drawing.fitted(width: 9, height: 9).joined().allSatisfy { (-0.01...9.01).contains($0) })
            let box = SignatureBox(.drawing(drawing), caption: [])
            let document = Self.document([.drawing(drawing, caption: []), .signatures([box])])
            #expect(try read(document) { try $0.check() }.contains("No syntax"))
        }
        let stroke = [Drawing.Point](repeating: .init(x: 1, y: 1), count: Document.mostPoints)
        #expect(throws: DocumentError.tooMuchInk) {
            try Self.document([.drawing(Drawing(width: 9, height: 9, strokes: [stroke]), caption: [])]).perform()
        }
    }

    @Test(arguments: [
        "", "\n\n\n", "שלום עולם", "مرحبا بالعالم", "👩‍👩‍👧‍👦 🇲🇽", "漢字かな交じり文", "e\u{301}\u{302}\u{303}",
        "\u{202E}txet desrever", "\u{FEFF}\u{FFFE}\u{10FFFF}", "ไทย", "%s %n \\ ) ( <<", "\u{0}",
    ])
    func `no text breaks it`(text: String) throws {
        let document = Document(
            title: text, author: text, language: text, letterhead: Letterhead(name: text, lines: [text]),
            footer: text,
            pageLabel: text, made: Instant(seconds: 0),
            blocks: [
                .title(text), .heading(text), .paragraph(text), .list([text, text], numbered: true),
                .facts([Fact(text, text)]), .space(.nan), .space(-1), .space(.infinity), .small(text), .rule,
                .signatures([SignatureBox(.name(text), caption: [text])]), .together([]),
            ])
        #expect(try read(document) { try $0.check() }.contains("No syntax"))
    }

    @Test func `a text cannot turn the words around it`() throws {
        let lines = try read(Self.document([.paragraph("Paga \u{202E}001\u{202C} pesos")])) { try $0.pages[0] }
        #expect(lines[0] == "Paga 001 pesos")
    }

    @Test func `what is too long is refused`() throws {
        for text in ["Hola ", "\n", "W", "א漢"] {
            #expect(throws: DocumentError.tooLong) {
                try Self.document([.paragraph(String(repeating: text, count: Document.mostBytes))]).perform()
            }
        }
        #expect(throws: DocumentError.tooLong) { try Self.document((1...2500).map(Self.paragraph)).perform() }
        #expect(throws: DocumentError.tooLong) {
            try Self.document((0..<20).reduce([.rule]) { blocks, _ in [.together(blocks)] }).perform()
        }
        let captions = [String](repeating: "Apoderada", count: 100)
        #expect(throws: DocumentError.tooTall) {
            try Self.document([.signatures([SignatureBox(caption: captions)])]).perform()
        }
    }

    @Test func `a logo that is no picture is refused`() throws {
        var document = Self.document([.paragraph("Hola")])
        for logo in [[], Array("GIF89a".utf8), Array("\u{89}PNG".utf8), [UInt8](repeating: 7, count: 500)] {
            document.letterhead = Letterhead(logo: logo, name: "Norte")
            #expect(throws: DocumentError.brokenLogo) { try document.perform() }
        }
    }

    @Test func `a logo is printed, and one that is cut off or too large is refused`() throws {
        var document = Self.document([.paragraph("Hola")])
        document.letterhead = Letterhead(name: "Norte", lines: ["RFC NIN010203AB1"])
        let without = try read(document) { try $0.darkPixels() }
        document.letterhead?.logo = blackSquare
        #expect(try read(document) { try $0.darkPixels() } > without + 1500)
        document.letterhead?.logo = Array(blackSquare.dropLast(20))
        #expect(throws: DocumentError.brokenLogo) { try document.perform() }
        var large = blackSquare
        large[16] = 0x7F
        document.letterhead?.logo = large
        #expect(throws: DocumentError.brokenLogo) { try document.perform() }
    }
}

/// A PNG of 16 by 16 black pixels.
private let blackSquare: [UInt8] = [
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x10, 0x00, 0x00, 0x00, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x37, 0x88, 0xC2, 0xCC, 0x00, 0x00, 0x00, 0x0C, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0x60, 0x20, 0x0D, 0x00, 0x00, 0x00, 0x30, 0x00, 0x01, 0x28, 0x74, 0x49, 0x7D,
    0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
]
