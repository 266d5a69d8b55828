import Identifiers
import Locale
import Tenancy
import Time

/// A row of the platform's books about a company: an amount that one account gives and another takes.
package struct PlatformPosting: Sendable, Equatable {
    package typealias ID = Identifiers.ID<PlatformPosting>

    package let id: ID
    package let kind: Kind
    package let amount: Money
    package let day: Day
    /// What it undoes.
    package let reverses: ID?
    package let method: PaymentMethod?
    /// Of a payment its reference, of what undoes another the reason.
    package let note: String
    package let author: String
    /// What is billed, where this is a bill.
    package let bill: PlatformBill?

    package init(
        id: ID, kind: Kind, amount: Money, day: Day, reverses: ID? = nil, method: PaymentMethod? = nil,
        note: String = "", author: String, bill: PlatformBill? = nil
    ) {
        self.id = id
        self.kind = kind
        self.amount = amount
        self.day = day
        self.reverses = reverses
        self.method = method
        self.note = note
        self.author = author
        self.bill = bill
    }

    package enum Kind: String, Sendable, CaseIterable {
        case bill, annulment, payment, reversal

        package var accounts: (debit: Account, credit: Account) {
            switch self {
            case .bill: (.receivable, .income)
            case .annulment: (.income, .receivable)
            case .payment: (.cash, .receivable)
            case .reversal: (.receivable, .cash)
            }
        }

        /// What undoes it; nil for what is the end of it.
        package var undoing: Kind? {
            switch self {
            case .bill: .annulment
            case .payment: .reversal
            case .annulment, .reversal: nil
            }
        }
    }

    package enum Account: String, Sendable {
        /// What companies owe.
        case receivable
        case income, cash
    }
}

package enum PaymentMethod: String, Sendable, CaseIterable {
    case transfer, deposit, card, cash, other
}

/// What a company is asked to pay, and for which days.
package struct PlatformBill: Sendable, Equatable {
    /// Days between its issue and the last one to pay it.
    package static let daysToPay = 10

    /// Counted over all companies, without a gap.
    package let number: Int
    package let plan: String
    package let cycle: PlatformPlan.Cycle
    package let period: BillingPeriod
    package let dueOn: Day

    package init(number: Int, plan: String, cycle: PlatformPlan.Cycle, period: BillingPeriod, dueOn: Day) {
        self.number = number
        self.plan = plan
        self.cycle = cycle
        self.period = period
        self.dueOn = dueOn
    }

    /// Worked out from what was paid; stored nowhere.
    package enum State: String, Sendable, CaseIterable {
        case pending, partial, paid, overdue, annulled
    }
}
