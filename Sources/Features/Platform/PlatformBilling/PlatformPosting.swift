import Identifiers
import Locale
import Tenancy
import Time

/// A double-entry posting about a company in the platform's books.
package struct PlatformPosting: Sendable, Equatable {
    package typealias ID = Identifiers.ID<PlatformPosting>

    package let id: ID
    package let kind: Kind
    package let amount: Money
    package let day: Day
    /// The posting that it reverses.
    package let reverses: ID?
    package let method: PaymentMethod?
    /// A payment's reference, or the reason for a reversal.
    package let note: String
    package let author: String
    /// For a bill, its details.
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

        /// The kind that reverses it; nil for a reversal.
        package var undoing: Kind? {
            switch self {
            case .bill: .annulment
            case .payment: .reversal
            case .annulment, .reversal: nil
            }
        }
    }

    package enum Account: String, Sendable {
        /// Companies' debts.
        case receivable
        case income, cash
    }
}

package enum PaymentMethod: String, Sendable, CaseIterable {
    case transfer, deposit, card, cash, other
}

/// A bill's number, plan and period.
package struct PlatformBill: Sendable, Equatable {
    /// Days from issue to due date.
    package static let daysToPay = 10

    /// Numbered over all companies, without gaps.
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

    /// Derived from the payments; not stored.
    package enum State: String, Sendable, CaseIterable {
        case pending, partial, paid, overdue, annulled
    }
}
