import Testing
import Time

@testable import Documents

@Suite struct DocumentTests {
    @Test func `a document is a PDF`() throws {
        let document = Document(
            title: "Contrato", author: "Norte Internet", made: Instant(seconds: 1_800_000_000),
            blocks: [.title("Contrato"), .paragraph("Hola")])
        #expect(try document.pdf().starts(with: Array("%PDF-1.".utf8)))
    }
}
