import Customers
import Identifiers
import Locale
import Time

/// Something that moved money, in double entry: its postings sum to zero in each currency. Never changed once posted; a
/// mistake is mended by a reversal.
package struct Transaction: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Transaction>

    package let id: ID
    package let kind: Kind
    /// The invoice, payment or other noun that it books. The same kind of the same source is posted once.
    package let source: UUID
    package let day: Day
    /// The last day to pay what it charges.
    package let due: Day
    /// What people call it on a statement: an invoice's number, a payment's reference.
    package let note: String
    package let postings: [Posting]

    package init(
        id: ID, _ kind: Kind, of source: UUID, on day: Day, due: Day? = nil, note: String = "", _ postings: [Posting]
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.day = day
        self.due = due ?? day
        self.note = note
        self.postings = postings
    }

    package enum Kind: String, Sendable, CaseIterable {
        case opening, invoice, charge, fee
        case creditNote = "credit_note"
        case discount
        case writeOff = "write_off"
        case payment, withholding, refund, chargeback
        /// Of the company's own, with no customer.
        case expense
        case otherIncome = "other_income"
        /// What a customer has in favour settles a charge. Their balance stays.
        case settlement
        /// One customer's account becomes another's, where two records were of the same person.
        case transfer
        case reversal

        /// By which somebody paid, or was let off.
        package static let paying: [Kind] = [.payment, .withholding, .creditNote, .discount, .writeOff]

        /// Whether it may bring a customer back who was cut for a debt, or show that they owe again.
        var changesDebt: Bool {
            switch self {
            case .refund, .chargeback: true
            default: Self.paying.contains(self)
            }
        }
    }
}

/// A line of a transaction.
package struct Posting: Sendable, Equatable {
    package let account: Account
    /// A debit above zero, a credit below.
    package let amount: Money
    /// The charge whose open amount it changes. Every posting to a receivable names one, but for the charge's own.
    package let settles: Transaction.ID?

    package init(_ account: Account, _ amount: Money, settles: Transaction.ID? = nil) {
        self.account = account
        self.amount = amount
        self.settles = settles
    }
}

/// Where money stands. Names tell accounts of one kind apart: the kind of income, the tax, the method of payment.
package enum Account: Sendable, Hashable {
    /// What a customer owes.
    case receivable(Customer.ID)
    /// What a customer has in favour, below zero.
    case credit(Customer.ID)
    case income(String)
    /// Taxes to be paid.
    case tax(String)
    /// Cash and bank, by method of payment.
    case money(String)
    /// Kept back by business customers who pay it to the tax office themselves.
    case withholding(String)
    /// Kept back by banks and gateways.
    case fee(String)
    case discount(String)
    case writeOff
    /// What was owed before the books began.
    case opening
    /// What the company spent, by what for.
    case expense(String)

    var kind: String {
        switch self {
        case .receivable: "receivable"
        case .credit: "credit"
        case .income: "income"
        case .tax: "tax"
        case .money: "money"
        case .withholding: "withholding"
        case .fee: "fee"
        case .discount: "discount"
        case .writeOff: "write_off"
        case .opening: "opening"
        case .expense: "expense"
        }
    }

    var name: String {
        switch self {
        case .income(let name), .tax(let name), .money(let name), .withholding(let name), .fee(let name),
            .discount(let name), .expense(let name):
            name
        case .receivable, .credit, .writeOff, .opening: ""
        }
    }

    var customer: Customer.ID? {
        switch self {
        case .receivable(let customer), .credit(let customer): customer
        default: nil
        }
    }
}
