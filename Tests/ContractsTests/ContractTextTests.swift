import Locale
import Testing

@testable import Contracts

@Suite struct ContractTextTests {
    @Test func `headings, lists and paragraphs are told apart, and nothing else is`() {
        let text = ContractText(
            """
            # Uno
            línea
            otra
            - a
            - b

            - c
            *no* # no
            #no
            """)
        #expect(
            text.parts == [
                .heading("Uno"), .paragraph("línea\notra"), .list(["a", "b"]), .list(["c"]),
                .paragraph("*no* # no\n#no"),
            ])
    }

    @Test(arguments: [
        ("{nombre}", "{nombre}"), ("{ cliente}", "{ cliente}"), ("hasta {fin", "{fin"), ("{", "{"), ("{}", "{}"),
        ("{cliente {fecha}", "{cliente "), ("{cliente\n}", "{cliente"),
    ])
    func `what stands in braces and cannot be filled in is named`(text: String, unknown: String) {
        #expect(TemplateText(text).unknown.first == unknown)
        #expect(ContractTemplate.fault(in: "\(text)\n{condiciones}") == .unknown(unknown))
    }

    @Test func `what is filled in is not read again, and what is missing is a line to write on`() {
        let template = TemplateText("{cliente}, {direccion}: {condiciones}")
        let text = template.filled { blank in
            switch blank {
            case .customer: "{numero} # {"
            case .conditions: "{cliente}"
            default: ""
            }
        }
        #expect(text == "{numero} # {, ________: {cliente}")
        #expect(template.unknown == [] && template.uses(.address) && !template.uses(.number))
    }

    @Test func `a template says something, not too much, and where the conditions go`() {
        #expect(ContractTemplate.fault(in: "") == .missing)
        #expect(ContractTemplate.fault(in: "Hola {cliente}") == .withoutConditions)
        #expect(ContractTemplate.fault(in: String(repeating: "a", count: 40_001)) == .tooLong)
        #expect(ContractTemplate.fault(in: String(repeating: "a\n", count: 1500)) == .tooLong)
    }

    @Test(arguments: Language.allCases)
    func `the text to begin with can be published, and names every blank`(language: Language) {
        let text = StandardContract.text(in: language)
        #expect(ContractTemplate.fault(in: text) == nil)
        for blank in Placeholder.allCases { #expect(TemplateText(text).uses(blank)) }
    }

    @Test(arguments: [
        "", "_", "-", "1.1", "1.1-2.2", "601.1-1.1", "1.201-90.1", "-1.5-90.1", "1.1-90", "1.1-90.1.2", "a.b-90.9",
        "１.1-90.1", "1.1--90.1", "1.1_", "1.1-90.1_", "0001.1-90.1", "+1.1-90.1",
        String(repeating: "1.1-90.9_", count: 200) + "1.1-90.9",
        String(repeating: "1.1-90.9-", count: 2500) + "1.1", String(repeating: "9", count: 50_000),
    ])
    func `what is no signature drawn by hand is refused`(text: String) {
        #expect(DrawnSignature(text) == nil)
    }

    @Test func `a drawn signature is what it was, up to as much as there may be`() throws {
        let most = String(repeating: "1.1-90.9-", count: 2499) + "600.200-0.0"
        for text in ["100.100-150.80_10.10-10.10", most] {
            #expect(try #require(DrawnSignature(text)).text == text)
        }
        #expect(DrawnSignature(String(repeating: "1.1-90.9_", count: 199) + "1.1-90.9")?.strokes.count == 200)
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(ContractWords.problems + SigningWords.problems + ContractAPIWords.problems == [])
        #expect(ContractPaperWords.problems + PortalContractWords.problems + ContractLetterWords.problems == [])
        #expect(PlaceholderWords.problems == [])
    }
}
