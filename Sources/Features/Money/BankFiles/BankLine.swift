import BankAccounts
import BankStatements
import Customers
import Events
import Identifiers
import Locale
import Nouns
import Payments
import Postgres
import Tenancy
import Time

/// A line of a bank file: a credit or debit of the company's account.
package struct BankLine: Sendable {
    package typealias ID = Identifiers.ID<BankLine>

    package let id: ID
    package let file: BankFile.ID
    package let fileNumber: Int
    package let account: BankAccount.ID
    package let statement: StatementLine
    package let currency: Currency
    let fingerprint: [UInt8]
    package let isHeld: Bool
    let match: LineMatch
    /// The customer's name, and the receipt of the resulting payment.
    package let customerName: String
    package let folio: String
    package let reason: String
    package let decider: String

    package var state: State { match.state }
    package var day: Day { statement.day }
    package var amount: Money { Money(minor: statement.minor, currency) }

    package enum State: String, FieldChoice {
        /// Not a payment: a debit or a reversal.
        case outgoing
        /// Already present in another file.
        case repeated
        /// The customer is known; committing registers the payment.
        case matched
        case unidentified
        /// Linked to a payment.
        case applied
        /// Declared to be no customer's.
        case dismissed
        /// The file was undone.
        case undone

        package var message: Message {
            switch self {
            case .outgoing: Message(es: "No es un cobro", en: "No payment", pt: "Não é recebimento")
            case .repeated: Message(es: "Ya estaba", en: "There already", pt: "Já estava")
            case .matched: Message(es: "Identificada", en: "Matched", pt: "Identificada")
            case .unidentified: Message(es: "Por identificar", en: "To be identified", pt: "Por identificar")
            case .applied: Message(es: "Aplicada", en: "Applied", pt: "Aplicada")
            case .dismissed: Message(es: "No es de un cliente", en: "No customer's", pt: "Não é de um cliente")
            case .undone: Message(es: "Deshecha", en: "Undone", pt: "Desfeita")
            }
        }

        package var tone: Tone {
            switch self {
            case .outgoing, .repeated, .dismissed, .undone: .quiet
            case .matched, .applied: .good
            case .unidentified: .warning
            }
        }
    }

    /// The line's effect on its payment.
    enum Part: String {
        /// It created the payment.
        case registered
        /// It approved a pending payment.
        case confirmed
        /// The payment had been applied before.
        case linked
    }
}

extension BankLine {
    package static let list = List<BankLine>(
        "bank_lines", at: "/panel/bank-lines", BankFileWords.lines.message, of: fields, by: "day", key: "l.line_id",
        id: \.id.uuid)

    private static let fields: [Field<BankLine>] = [
        Field("day", .day, BankFileWords.day.message) { .day($0.day) }.sorted(by: "l.day"),
        Field("description", .line(0...500), BankFileWords.description.message) { .text($0.title) },
        Field("reference", .line(0...500), BankFileWords.reference.message) { .text($0.statement.reference) }.named(),
        Field("payer", .line(0...500), BankFileWords.payer.message) { .text($0.statement.payer) }.minor(),
        Field("amount", .money(isRequired: true), BankFileWords.amount.message) { .money($0.amount) }
            .sorted(by: "l.amount"),
        .derived("state", \.state, BankFileWords.state.message).filtered(by: "l.state"),
        Field("customer", .line(0...200), BankFileWords.customer.message) { .text($0.customerName) },
        Field("evidence", .choice(LineEvidence.allCases.map(\.choice)), BankFileWords.evidence.message) {
            .text($0.match.evidence?.rawValue ?? "")
        },
        Field("payment", .line(0...40), BankFileWords.payment.message) { .text($0.folio) }.minor(),
        Field("file", .reference, BankFileWords.file.message) { .id($0.file.uuid) }.filtered(by: "l.file_id").only(
            in: []),
        Field("file_number", .count(0...Int.max), BankFileWords.file.message) { .integer($0.fileNumber) }
            .only(in: .record),
        Field("line", .count(0...Int.max), BankFileWords.line.message) { .integer($0.statement.line) }.only(
            in: .record),
        Field("since", .day, BankFileWords.from.message) { .day($0.day) }.filtered(by: "l.day", .atLeast).only(in: []),
        Field("until", .day, BankFileWords.to.message) { .day($0.day) }.filtered(by: "l.day", .atMost).only(in: []),
        Field("reason", .line(0...300), BankFileWords.reason.message) { .text($0.reason) }.only(in: .record),
    ]

    package var panelPath: String { "\(Self.list.path)/\(id)" }

    /// The list's text, never empty, since it links to the line's page.
    var title: String {
        let texts = [statement.description, statement.payer, statement.reference]
        return texts.first { !$0.isEmpty } ?? "—"
    }

    var subject: Act.Subject { Act.Subject("bank_line", id.uuid, named: "\(amount.plainText) · \(day.iso)") }

    /// The transfer's tracking key as the payment's reference; a customer's own reference recurs in many payments.
    var paymentReference: String {
        [statement.reference, statement.bankID].map { NewPayment.comparable($0) }.first {
            $0.utf8.count >= 8 && PaymentReference($0)?.text != $0
        } ?? ""
    }
}

extension FieldChoice {
    fileprivate var choice: FieldKind.Choice { FieldKind.Choice(word: rawValue, label: message, tone: tone) }
}
