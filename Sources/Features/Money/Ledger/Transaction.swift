import Customers
import Identifiers
import Locale
import Time

/// A double-entry transaction: its postings sum to zero in each currency. Never changed once posted; a mistake is
/// corrected by a reversal.
package struct Transaction: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Transaction>

    package let id: ID
    package let kind: Kind
    /// The invoice, payment or other noun that it books. A kind is posted only once for each source.
    package let source: UUID
    package let day: Day
    /// The due day of its charges.
    package let due: Day
    /// The description on statements: an invoice's number, a payment's reference.
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
        /// The company's own, without a customer.
        case expense
        case otherIncome = "other_income"
        /// Settles a charge from the customer's credit. The balance is unchanged.
        case settlement
        /// Moves an account between merged customers.
        case transfer
        case reversal

        /// Kinds that pay or waive a debt.
        package static let paying: [Kind] = [.payment, .withholding, .creditNote, .discount, .writeOff]

        /// Whether it may reconnect a customer cut for a debt, or make them a debtor.
        var changesDebt: Bool {
            switch self {
            case .refund, .chargeback: true
            default: Self.paying.contains(self)
            }
        }
    }
}

/// A posting of a transaction.
package struct Posting: Sendable, Equatable {
    package let account: Account
    /// Positive is a debit, negative a credit.
    package let amount: Money
    /// The charge whose open amount it changes. Every posting to a receivable names one, except the charge's own.
    package let settles: Transaction.ID?

    package init(_ account: Account, _ amount: Money, settles: Transaction.ID? = nil) {
        self.account = account
        self.amount = amount
        self.settles = settles
    }
}

/// A ledger account. Names distinguish accounts of one kind: the kind of income, the tax, the method of payment.
package enum Account: Sendable, Hashable {
    /// A customer's debt.
    case receivable(Customer.ID)
    /// A customer's credit, negative.
    case credit(Customer.ID)
    case income(String)
    /// Taxes payable.
    case tax(String)
    /// Cash and bank, by method of payment.
    case money(String)
    /// Tax withheld by business customers, who pay it to the tax office themselves.
    case withholding(String)
    /// Fees of banks and gateways.
    case fee(String)
    case discount(String)
    case writeOff
    /// Debts from before the books began.
    case opening
    /// Expenses, by category.
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
