import BankAccounts
import BankStatements
import Customers
import Identifiers
import Locale
import Nouns
import Payments
import Search
import Time

/// Matches bank lines with customers. Only certain matches count: an amount alone is never enough, and evidence for two
/// customers is evidence for none.
struct LineMatching {
    private let facts: MatchingFacts
    private let byReference: [String: [PaymentClaim]]
    private let byCustomer: [Customer.ID: [PaymentClaim]]
    /// Payments and customers already matched in the same file.
    private var used: Set<Payment.ID> = []
    private var taken: Set<Customer.ID> = []

    init(_ facts: MatchingFacts) {
        self.facts = facts
        byReference = Dictionary(grouping: facts.claims.filter(\.isKey), by: \.reference)
        byCustomer = Dictionary(grouping: facts.claims, by: \.customer)
    }

    /// The maximum distance in days between a transfer's stated day and its booking.
    static let sameTransfer = 10
    /// The same for payments without a tracking key.
    static let samePayment = 5
    private static let oldest = 730

    /// Call in file order: each payment is matched only once.
    mutating func decide(_ line: StatementLine, fingerprint: [UInt8]) -> LineMatch {
        guard line.minor > 0, !line.isReversal else { return LineMatch(.outgoing) }
        guard !facts.held.contains(fingerprint) else { return LineMatch(.repeated) }
        guard !facts.broken.contains(line.line) else { return .unidentified(.balance) }
        guard line.day <= facts.today, line.day >= facts.today - Self.oldest else { return .unidentified(.dayFarOff) }
        let match = identify(line)
        if let payment = match.payment { used.insert(payment) }
        if let customer = match.customer { taken.insert(customer) }
        return match
    }

    private func identify(_ line: StatementLine) -> LineMatch {
        let clues = LineClues(line)
        let named = Set(clues.numbers.compactMap { facts.accounts[$0] })
        let known = clues.alias.flatMap { facts.aliases[$0] } ?? []

        // A transfer's tracking key, as registered with a payment.
        let keyed = clues.keys.flatMap { byReference[$0] ?? [] }.filter { !used.contains($0.payment) }
        let exact = keyed.filter { $0.minor == line.minor && abs($0.day - line.day) <= Self.sameTransfer }
        if let claim = exact.first {
            guard exact.count == 1 else { return .unidentified(.severalPayments) }
            guard named.isEmpty || named.contains(claim.customer) else { return .unidentified(.contradiction) }
            return LineMatch(claim, by: .trackingKey)
        }
        if !keyed.isEmpty { return .unidentified(.otherAmount) }

        if let customer = named.first {
            guard named.count == 1 else { return .unidentified(.severalCustomers) }
            guard known.isEmpty || known.contains(customer) else { return .unidentified(.contradiction) }
            // A number within a description may only look like a reference of ours.
            guard clues.isReferenceField || supports(customer, line, clues) || known.contains(customer) else {
                return .unidentified(.referenceOnly)
            }
            return payment(of: customer, line, by: .reference)
        }

        if let customer = known.first {
            guard known.count == 1 else { return .unidentified(.severalCustomers) }
            guard owes(line.minor, customer), !taken.contains(customer) else {
                return .unidentified(.otherAmount)
            }
            return payment(of: customer, line, by: .alias)
        }
        return .unidentified(.nothing)
    }

    /// The customer is known; an existing payment may be the same.
    private func payment(of customer: Customer.ID, _ line: StatementLine, by evidence: LineEvidence) -> LineMatch {
        let same = (byCustomer[customer] ?? []).filter {
            $0.minor == line.minor && abs($0.day - line.day) <= Self.samePayment && !used.contains($0.payment)
        }
        guard same.count <= 1 else { return .unidentified(.severalPayments) }
        if let claim = same.first { return LineMatch(claim, by: evidence) }
        return LineMatch(.matched, evidence: evidence, customer: customer, part: .registered)
    }

    private func owes(_ minor: Int64, _ customer: Customer.ID) -> Bool {
        facts.owed[customer]?.contains(minor) == true
    }

    private func supports(_ customer: Customer.ID, _ line: StatementLine, _ clues: LineClues) -> Bool {
        owes(line.minor, customer) || !clues.names.isDisjoint(with: facts.names[customer] ?? [])
    }
}

/// Known facts besides the lines.
struct MatchingFacts {
    /// Later days are refused.
    let today: Day
    /// Payments not yet linked to a bank line.
    var claims: [PaymentClaim] = []
    /// The account that a customer number's payments are booked on.
    var accounts: [Int: Customer.ID] = [:]
    var names: [Customer.ID: Set<String>] = [:]
    /// The total debt and each open charge.
    var owed: [Customer.ID: Set<Int64>] = [:]
    var aliases: [PayerKey: Set<Customer.ID>] = [:]
    /// Fingerprints of the account's existing lines.
    var held: Set<[UInt8]> = []
    /// Lines whose running balance does not follow from the line before.
    var broken: Set<Int> = []

    init(today: Day) { self.today = today }
}

/// A registered or claimed payment that a bank line may belong to.
struct PaymentClaim: Sendable, Equatable {
    let payment: Payment.ID
    let customer: Customer.ID
    let minor: Int64
    let day: Day
    /// Normalised for comparison.
    let reference: String
    let isPending: Bool

    /// Whether it is a tracking key, as opposed to the customer's own reference, which recurs in all their payments.
    var isKey: Bool { reference.utf8.count >= 6 && PaymentReference(reference)?.text != reference }
}

/// A line's result, or a preview of it.
struct LineMatch: Equatable {
    var state: BankLine.State
    var evidence: LineEvidence?
    var doubt: LineDoubt?
    var customer: Customer.ID?
    var payment: Payment.ID?
    var part: BankLine.Part?

    init(
        _ state: BankLine.State, evidence: LineEvidence? = nil, doubt: LineDoubt? = nil, customer: Customer.ID? = nil,
        payment: Payment.ID? = nil, part: BankLine.Part? = nil
    ) {
        (self.state, self.evidence, self.doubt) = (state, evidence, doubt)
        (self.customer, self.payment, self.part) = (customer, payment, part)
    }

    init(_ claim: PaymentClaim, by evidence: LineEvidence) {
        self.init(
            .matched, evidence: evidence, customer: claim.customer, payment: claim.payment,
            part: claim.isPending ? .confirmed : .linked)
    }

    static func unidentified(_ doubt: LineDoubt) -> LineMatch { LineMatch(.unidentified, doubt: doubt) }
}

/// The evidence for a line's customer.
enum LineEvidence: String, FieldChoice {
    case trackingKey = "tracking_key"
    case reference, alias
    /// Decided by a person.
    case person

    var tone: Tone { .quiet }

    var message: Message {
        switch self {
        case .trackingKey: Message(es: "Clave de rastreo", en: "Tracking key", pt: "Chave de rastreio")
        case .reference: Message(es: "Referencia del cliente", en: "Customer's reference", pt: "Referência do cliente")
        case .alias: Message(es: "Pagador conocido", en: "Known payer", pt: "Pagador conhecido")
        case .person: Message(es: "Una persona", en: "A person", pt: "Uma pessoa")
        }
    }
}

/// Why a line has to be identified by a person.
enum LineDoubt: String, FieldChoice {
    case nothing, balance, contradiction, refused
    case dayFarOff = "day_far_off"
    case severalPayments = "several_payments"
    case severalCustomers = "several_customers"
    case otherAmount = "other_amount"
    case referenceOnly = "reference_only"
    case paymentUndone = "payment_undone"

    var tone: Tone { .warning }

    var message: Message {
        switch self {
        case .nothing:
            Message(
                es: "Nada en la línea dice con certeza de quién es.",
                en: "Nothing in the line says for certain whose it is.", pt: "Nada na linha diz com certeza de quem é.")
        case .balance:
            Message(
                es: "El saldo de la línea no cuadra con la anterior: revise el importe.",
                en: "The line's balance does not follow from the one before: check the amount.",
                pt: "O saldo da linha não bate com a anterior: confira o valor.")
        case .contradiction:
            Message(
                es: "Unos datos señalan a un cliente y otros a otro.",
                en: "Some of it points to one customer and some to another.",
                pt: "Uns dados apontam a um cliente e outros a outro.")
        case .refused:
            Message(
                es: "El pago no se pudo registrar: asígnelo a mano para ver por qué.",
                en: "The payment could not be written down: assign it by hand to see why.",
                pt: "O pagamento não pôde ser registrado: atribua à mão para ver por quê.")
        case .dayFarOff:
            Message(
                es: "La fecha es futura o de hace más de dos años.",
                en: "The date is in the future or more than two years ago.",
                pt: "A data é futura ou de mais de dois anos atrás.")
        case .severalPayments:
            Message(
                es: "Puede ser más de un pago ya registrado.", en: "It may be more than one payment written down.",
                pt: "Pode ser mais de um pagamento já registrado.")
        case .severalCustomers:
            Message(
                es: "Puede ser de más de un cliente.", en: "It may be of more than one customer.",
                pt: "Pode ser de mais de um cliente.")
        case .otherAmount:
            Message(
                es: "Se sabe quién pudo pagar, pero el importe o el día no coinciden.",
                en: "It is known who may have paid, but the amount or the day differs.",
                pt: "Sabe-se quem pode ter pago, mas o valor ou o dia não coincide.")
        case .referenceOnly:
            Message(
                es: "Un número parece la referencia de un cliente, y nada más lo confirma.",
                en: "A number looks like a customer's reference, and nothing else confirms it.",
                pt: "Um número parece a referência de um cliente, e nada mais o confirma.")
        case .paymentUndone:
            Message(
                es: "El pago que se le asignó se reversó.", en: "The payment it was assigned to was reversed.",
                pt: "O pagamento atribuído foi estornado.")
        }
    }
}

/// The clues in a line.
struct LineClues {
    /// Alphanumeric words that may be a tracking key.
    let keys: Set<String>
    /// Customer numbers whose reference occurs with a valid check digit.
    let numbers: Set<Int>
    /// Whether one of them is the whole reference field.
    let isReferenceField: Bool
    let alias: PayerKey?
    /// Words of the payer's name, or of the description in its place.
    let names: Set<String>

    init(_ line: StatementLine) {
        let texts = [line.reference, line.bankID, line.description]
        keys = Set(
            texts.flatMap { $0.split { !$0.isLetter && !$0.isNumber }.map { NewPayment.comparable(String($0)) } }
                + [line.reference, line.bankID].map { NewPayment.comparable($0) }
        ).filter { $0.utf8.count >= 6 }
        let own = Self.number(NewPayment.comparable(line.reference)[...])
        isReferenceField = own != nil
        let runs = [line.reference, line.description].flatMap { $0.split { !$0.isASCII || !$0.isNumber } }
        numbers = Set(runs.compactMap { Self.number($0) } + [own].compactMap(\.self))
        alias = PayerKey(line.payer, line.payerAccount)
        names = Set(
            SearchText.words(line.payer.isEmpty ? line.description : line.payer).filter { $0.utf8.count >= 3 })
    }

    /// A reference in exactly the form given to customers.
    private static func number(_ digits: Substring) -> Int? {
        guard let reference = PaymentReference(String(digits)), reference.text == digits else { return nil }
        return reference.customer
    }
}

/// Identifies a payer: name and last digits of the account, or a name of at least two words.
struct PayerKey: Hashable, Sendable {
    let payer: String
    let tail: String

    init(payer: String, tail: String) { (self.payer, self.tail) = (payer, tail) }

    init?(_ name: String, _ account: String) {
        let words = SearchText.words(name)
        let digits = account.filter { $0.isASCII && $0.isNumber }
        tail = digits.utf8.count >= 4 ? String(digits.suffix(4)) : ""
        payer = words.joined(separator: " ")
        guard words.count >= (tail.isEmpty ? 2 : 1) else { return nil }
    }
}
