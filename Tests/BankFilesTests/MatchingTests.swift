import BankAccounts
import BankStatements
import Identifiers
import Payments
import Testing
import Time

@testable import BankFiles
@testable import Customers

/// Whose a line is, without a database: ana is customer 7, and luz is customer 12.
@Suite struct MatchingTests {
    private static let ana = Customer.ID(UUID(high: 1, low: 7))
    private static let luz = Customer.ID(UUID(high: 1, low: 12))
    private static let claimed = Payment.ID(UUID(high: 3, low: 1))
    private static let today = Day(iso: "2026-11-18")!
    private static let (ofAna, ofLuz) = (PaymentReference(of: 7).text, PaymentReference(of: 12).text)

    /// Ana owes 300, a waiting transfer of hers has a key; Luz owes 300 and 150. Two payers are known.
    private static var facts: MatchingFacts {
        var facts = MatchingFacts(today: today)
        facts.accounts = [7: ana, 12: luz]
        facts.names = [ana: ["ana", "lopez"], luz: ["luz", "marin"]]
        facts.owed = [ana: [30_000], luz: [45_000, 30_000, 15_000]]
        facts.claims = [
            PaymentClaim(
                payment: claimed, customer: ana, minor: 25_000, day: today - 1, reference: "MBAN010022", isPending: true
            )
        ]
        facts.aliases = [
            PayerKey("Jorge López Ruiz", "****1234")!: [ana],
            PayerKey("Tienda La Esquina", "")!: [ana, luz],
        ]
        return facts
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var minor: Int64 = 30_000
        var back = 0
        var concept = ""
        var reference = ""
        var payer = ""
        var account = ""
        var isReversal = false
        let expected: String

        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "money that leaves", minor: -30_000, reference: ofAna, expected: "outgoing"),
        Case(name: "a reversal", reference: ofAna, isReversal: true, expected: "outgoing"),
        Case(name: "an amount alone, however many owe it", expected: "nothing"),
        Case(name: "an amount that one alone owes", minor: 15_000, expected: "nothing"),
        Case(name: "a name alone", payer: "Ana Lopez", expected: "nothing"),
        Case(name: "tracking key and amount", minor: 25_000, reference: "MBAN010022", expected: "ana confirmed"),
        Case(
            name: "tracking key in the concept", minor: 25_000, concept: "SPEI mban-0100 22 MBAN010022",
            expected: "ana confirmed"),
        Case(name: "tracking key, other amount", reference: "MBAN010022", expected: "other_amount"),
        Case(
            name: "tracking key, weeks later", minor: 25_000, back: 40, reference: "MBAN010022",
            expected: "other_amount"),
        Case(
            name: "tracking key of one, reference of another", minor: 25_000, concept: "PAGO \(ofLuz)",
            reference: "MBAN010022", expected: "contradiction"),
        Case(name: "reference field, any amount", minor: 12_345, reference: ofAna, expected: "ana registered"),
        Case(name: "reference field with a wrong check digit", reference: wrong(ofAna), expected: "nothing"),
        Case(name: "reference field of nobody", reference: PaymentReference(of: 99).text, expected: "nothing"),
        Case(
            name: "reference in the concept, and the amount owed", concept: "pago internet \(ofAna)",
            expected: "ana registered"),
        Case(
            name: "reference in the concept, and the name", minor: 12_345, concept: "\(ofAna)", payer: "LOPEZ RUIZ ANA",
            expected: "ana registered"),
        Case(
            name: "reference in the concept, nothing else", minor: 12_345, concept: "ref \(ofAna)",
            expected: "reference_only"),
        Case(name: "reference in the concept as part of a longer number", concept: "0\(ofAna)9", expected: "nothing"),
        Case(name: "references of two", concept: "\(ofAna) \(ofLuz)", expected: "several_customers"),
        Case(
            name: "a claim of the same customer and amount", minor: 25_000, reference: ofAna, expected: "ana confirmed"),
        Case(
            name: "known payer and the amount owed", payer: "JORGE LOPEZ RUIZ", account: "012345671234",
            expected: "ana registered"),
        Case(
            name: "known payer, other amount", minor: 12_345, payer: "JORGE LOPEZ RUIZ", account: "012345671234",
            expected: "other_amount"),
        Case(
            name: "same name, other account", payer: "JORGE LOPEZ RUIZ", account: "99998888", expected: "nothing"),
        Case(name: "a payer known for two", payer: "Tienda la esquina", expected: "several_customers"),
        Case(
            name: "known payer of one, reference of another", reference: ofLuz, payer: "Jorge López Ruiz",
            account: "1234", expected: "contradiction"),
        Case(name: "tomorrow", back: -1, reference: ofAna, expected: "day_far_off"),
        Case(name: "three years ago", back: 1100, reference: ofAna, expected: "day_far_off"),
    ])
    func `only what is certain is matched`(example: Case) {
        var line = StatementLine(line: 1, day: Self.today - example.back, minor: example.minor)
        (line.description, line.reference) = (example.concept, example.reference)
        (line.payer, line.payerAccount) = (example.payer, example.account)
        line.isReversal = example.isReversal
        var matching = LineMatching(Self.facts)
        #expect(Self.text(matching.decide(line, fingerprint: [1])) == example.expected)
    }

    @Test func `a payment stands for one line, and what is there already for none`() {
        var facts = Self.facts
        facts.held = [[9]]
        facts.broken = [4]
        var matching = LineMatching(facts)
        func decide(_ number: Int, _ fingerprint: UInt8, _ change: (inout StatementLine) -> Void) -> String {
            var line = StatementLine(line: number, day: Self.today, minor: 25_000)
            change(&line)
            return Self.text(matching.decide(line, fingerprint: [fingerprint]))
        }
        #expect(decide(1, 1) { $0.reference = "MBAN010022" } == "ana confirmed")
        // The key is used up: the same money twice is not there twice.
        #expect(decide(2, 2) { $0.reference = "MBAN010022" } == "nothing")
        #expect(decide(3, 3) { $0.reference = Self.ofAna } == "ana registered")
        #expect(decide(4, 4) { $0.reference = Self.ofAna } == "balance")
        #expect(decide(5, 9) { $0.reference = Self.ofAna } == "repeated")
        // Whoever has a line of the file owes what they owed no more: a payer's name is not enough then.
        let again = decide(6, 6) { line in
            (line.minor, line.payer, line.payerAccount) = (30_000, "Jorge López Ruiz", "1234")
        }
        #expect(again == "other_amount")
    }

    private static func text(_ match: LineMatch) -> String {
        guard let customer = match.customer else { return match.doubt?.rawValue ?? match.state.rawValue }
        return "\(customer == ana ? "ana" : "luz") \(match.part?.rawValue ?? "")"
    }

    private static func wrong(_ reference: String) -> String {
        reference.dropLast() + (reference.last == "0" ? "1" : "0")
    }
}
