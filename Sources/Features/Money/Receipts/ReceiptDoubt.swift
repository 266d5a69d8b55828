import BankAccounts
import Locale
import Nouns
import Payments
import ReceiptTexts
import Time

/// Why a receipt waits for a person.
package enum ReceiptDoubt: String, FieldChoice {
    case unreadable, amount
    case amountDiffers = "amount_differs"
    case otherCurrency = "other_currency"
    case day
    case dayFarOff = "day_far_off"
    case reference
    case notPaid = "not_paid"
    case otherDestination = "other_destination"
    case noAccounts = "no_accounts"
    case samePicture = "same_picture"
    case likeReference = "like_reference"
    case newCustomer = "new_customer"
    case falseBefore = "false_before"

    package var message: Message {
        switch self {
        case .unreadable:
            Message(
                es: "No se pudo leer como comprobante.", en: "It could not be read as a receipt.",
                pt: "Não se pôde ler como comprovante.")
        case .amount:
            Message(
                es: "El importe no se lee con seguridad.", en: "The amount is not read for sure.",
                pt: "O valor não se lê com segurança.")
        case .amountDiffers:
            Message(
                es: "El importe leído no es el que escribió el cliente.",
                en: "The amount read is not what the customer wrote.",
                pt: "O valor lido não é o que o cliente escreveu.")
        case .otherCurrency:
            Message(
                es: "Dice un importe en otra moneda.", en: "It says an amount in another currency.",
                pt: "Diz um valor em outra moeda.")
        case .day:
            Message(
                es: "La fecha no se lee con seguridad.", en: "The date is not read for sure.",
                pt: "A data não se lê com segurança.")
        case .dayFarOff:
            Message(
                es: "La fecha es de hace más de diez días, o futura.", en: "The date is over ten days ago, or to come.",
                pt: "A data é de mais de dez dias atrás, ou futura.")
        case .reference:
            Message(
                es: "No se lee un número de operación.", en: "No number of the operation is read.",
                pt: "Não se lê um número da operação.")
        case .notPaid:
            Message(
                es: "Dice que el pago está programado, pendiente o rechazado.",
                en: "It says that the payment is scheduled, pending or rejected.",
                pt: "Diz que o pagamento está agendado, pendente ou rejeitado.")
        case .otherDestination:
            Message(
                es: "No se lee que haya ido a una cuenta de la empresa.",
                en: "It is not read that it went to an account of the company's.",
                pt: "Não se lê que tenha ido a uma conta da empresa.")
        case .noAccounts:
            Message(
                es: "No hay cuentas de la empresa registradas con las que comparar el destino.",
                en: "The company has no registered accounts to compare the destination with.",
                pt: "Não há contas da empresa registradas com as quais comparar o destino.")
        case .samePicture:
            Message(
                es: "La foto se parece a la de otro pago.", en: "The picture is like that of another payment.",
                pt: "A foto parece a de outro pagamento.")
        case .likeReference:
            Message(
                es: "El número de operación es casi el de otro pago.",
                en: "The number of the operation is almost that of another payment.",
                pt: "O número da operação é quase o de outro pagamento.")
        case .newCustomer:
            Message(
                es: "El cliente es nuevo.", en: "The customer is new.", pt: "O cliente é novo.")
        case .falseBefore:
            Message(
                es: "El cliente ya envió un comprobante falso.", en: "The customer sent a false receipt before.",
                pt: "O cliente já enviou um comprovante falso.")
        }
    }

    package var tone: Tone { .warning }

    /// The field of the form that it is about.
    var field: String? {
        switch self {
        case .amount, .amountDiffers, .otherCurrency: "amount"
        case .day, .dayFarOff: "day"
        case .reference, .likeReference: "reference"
        default: nil
        }
    }
}

/// A receipt that was taken earlier.
struct KnownReceipt: Sendable {
    let payment: Payment.ID
    let reference: String
    let minor: Int64
    let day: Day
    let isSamePicture: Bool
}

/// Decides whether a receipt leaves doubts: no database, no clock.
struct ReceiptCheck: Sendable {
    let facts: ReceiptFacts
    /// What is claimed: what the customer wrote, or what was read.
    let claimed: NewPayment
    let isTyped: Bool
    let today: Day
    /// In days.
    let customerAge: Int
    let hasStrikes: Bool
    /// The company's.
    let accounts: [BankAccount]
    let known: [KnownReceipt]
    let policy: ReceiptPolicy

    /// A transfer that is shown much later was perhaps shown before.
    static let recent = 10

    private(set) var doubts: [ReceiptDoubt] = []
    private(set) var like: Payment.ID?
    /// Where the money went, if that is read for sure and only one of the accounts is like it.
    private(set) var account: BankAccount.ID?

    init(
        _ facts: ReceiptFacts, of claimed: NewPayment, isTyped: Bool, on today: Day, customerAge: Int, hasStrikes: Bool,
        accounts: [BankAccount], known: [KnownReceipt], under policy: ReceiptPolicy
    ) {
        (self.facts, self.claimed, self.isTyped) = (facts, claimed, isTyped)
        (self.today, self.customerAge, self.accounts, self.known) = (today, customerAge, accounts, known)
        (self.policy, self.hasStrikes) = (policy, hasStrikes)
        decide()
    }

    private mutating func decide() {
        guard facts.isReceipt else {
            doubts = [.unreadable]
            return findLike()
        }
        if facts.otherCurrency != nil {
            doubts.append(.otherCurrency)
        } else if facts.amount?.confidence ?? 0 < ReceiptFacts.sure {
            doubts.append(.amount)
        }
        // What was read counts within ten cents.
        if isTyped, let read = facts.amount?.value.minor, abs(read - claimed.amount.minor) > 10 {
            doubts.append(.amountDiffers)
        }
        if let day = facts.day, day.confidence >= ReceiptFacts.sure {
            if day.value > today || day.value < today - Self.recent { doubts.append(.dayFarOff) }
        } else {
            doubts.append(.day)
        }
        if sureReference == nil { doubts.append(.reference) }
        if facts.standing == .notPaid { doubts.append(.notPaid) }
        let ours = facts.destination.map { read in accounts.filter { $0.isLike(read.value) } } ?? []
        if accounts.isEmpty {
            doubts.append(.noAccounts)
        } else if ours.isEmpty {
            doubts.append(.otherDestination)
        }
        if ours.count == 1, facts.destination?.confidence ?? 0 >= ReceiptFacts.sure { account = ours[0].id }
        if customerAge < policy.leastAge { doubts.append(.newCustomer) }
        if hasStrikes { doubts.append(.falseBefore) }
        findLike()
    }

    /// Not the account that it went to, whose digits stand where a reference may.
    private var sureReference: String? {
        guard let read = facts.reference, read.confidence >= ReceiptFacts.sure, read.value != facts.destination?.value
        else { return nil }
        return read.value
    }

    private mutating func findLike() {
        let read = facts.reference?.value ?? ""
        for other in known {
            // The customer's own reference recurs in all their payments.
            let isOwn = PaymentReference(other.reference)?.text == other.reference
            let isLikeReference =
                !isOwn
                && (ReceiptReference.areAlike(claimed.reference, other.reference)
                    || ReceiptReference.areAlike(read, other.reference))
            if isLikeReference {
                add(.likeReference, other)
            } else if other.isSamePicture, !isAnother(other) {
                add(.samePicture, other)
            }
        }
    }

    /// The same bank's receipt of another payment: its reference and its day or amount were read for sure and differ.
    private func isAnother(_ other: KnownReceipt) -> Bool {
        guard let reference = sureReference, !other.reference.isEmpty,
            !ReceiptReference.areAlike(reference, other.reference)
        else { return false }
        let isOtherDay = facts.day.map { $0.confidence >= ReceiptFacts.sure && $0.value != other.day }
        let isOtherAmount = facts.amount.map { $0.confidence >= ReceiptFacts.sure && $0.value.minor != other.minor }
        return isOtherDay == true || isOtherAmount == true
    }

    private mutating func add(_ doubt: ReceiptDoubt, _ other: KnownReceipt) {
        if !doubts.contains(doubt) { doubts.append(doubt) }
        like = like ?? other.payment
    }

    /// What a receipt may bring about before anybody looks at it.
    var trust: ReceiptTrust {
        guard doubts.isEmpty else { return .people }
        let isSmall = claimed.amount.minor <= policy.mostAutomatic.minor
        return policy.isAutomatic && isSmall ? .automatic : .provisional
    }
}

extension BankAccount {
    /// Whether the last digits that a receipt shows may be those of one of its numbers.
    fileprivate func isLike(_ digits: String) -> Bool {
        [account, interbank, card].contains { number in
            !number.isEmpty
                && (number.hasSuffix(digits) || digits.hasSuffix(number) || digits.hasSuffix(number.suffix(4)))
        }
    }
}
