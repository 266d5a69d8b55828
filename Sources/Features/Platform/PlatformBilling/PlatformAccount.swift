import Locale
import Time

/// A company's account with the platform in one currency: its bills and payments, and what the ledger says of them.
package struct PlatformAccount: Sendable {
    package struct Line: Sendable {
        package let posting: PlatformPosting
        /// The balance after this posting: positive is debt, negative credit.
        package let balance: Money
        /// Reversed by a later posting.
        package let isUndone: Bool
    }

    package struct Standing: Sendable {
        package let posting: PlatformPosting
        package let bill: PlatformBill
        package let state: PlatformBill.State
        package let left: Money
    }

    package let currency: Currency
    /// By day.
    package let lines: [Line]
    /// Oldest first.
    package let bills: [Standing]
    package let balance: Money
    package let overdue: Money

    package init(of all: [PlatformPosting], in currency: Currency, owing debt: PlatformDebt, on today: Day) {
        let postings = all.filter { $0.amount.currency == currency }.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
        let undone = Set(postings.compactMap(\.reverses))
        var (lines, balance): ([Line], Int128) = ([], 0)
        for posting in postings {
            let (debit, credit) = posting.kind.accounts
            if debit == .receivable { balance += Int128(posting.amount.minor) }
            if credit == .receivable { balance -= Int128(posting.amount.minor) }
            lines.append(
                Line(
                    posting: posting, balance: Money(nearest: balance, currency),
                    isUndone: undone.contains(posting.id)))
        }
        var (bills, overdue): ([Standing], Int128) = ([], 0)
        let billed = postings.compactMap { posting in posting.bill.map { (posting, $0) } }
        for (posting, bill) in billed.sorted(by: { $0.1.number < $1.1.number }) {
            if undone.contains(posting.id) {
                bills.append(Standing(posting: posting, bill: bill, state: .annulled, left: .zero(currency)))
                continue
            }
            let left = debt.open[posting.id] ?? .zero(currency)
            let state: PlatformBill.State =
                left.isZero ? .paid : bill.dueOn < today ? .overdue : left == posting.amount ? .pending : .partial
            if state == .overdue { overdue += Int128(left.minor) }
            bills.append(Standing(posting: posting, bill: bill, state: state, left: left))
        }
        self.currency = currency
        (self.lines, self.bills) = (lines, bills)
        self.balance = debt.balances[currency] ?? .zero(currency)
        self.overdue = Money(nearest: overdue, currency)
    }

    /// One for each currency with postings.
    package static func all(
        of postings: [PlatformPosting], owing debt: PlatformDebt, on today: Day
    ) -> [PlatformAccount] {
        Currency.allCases.filter { currency in postings.contains { $0.amount.currency == currency } }
            .map { PlatformAccount(of: postings, in: $0, owing: debt, on: today) }
    }
}

/// Totals only, for lists of many companies.
package struct PlatformBalance: Sendable, Equatable {
    package let balance: Money
    package let overdue: Money
    package let collected: Money

    init(balance: Money, overdue: Money, collected: Money) {
        (self.balance, self.overdue, self.collected) = (balance, overdue, collected)
    }

    /// Of a company that was billed nothing yet.
    package init(none zero: Money) {
        self.init(balance: zero, overdue: zero, collected: zero)
    }
}

extension Money {
    /// A sum for display. Amounts are bounded so that every sum fits; older books may exceed the bound, and then show
    /// the largest amount instead of failing.
    fileprivate init(nearest sum: Int128, _ currency: Currency) {
        self.init(minor: Int64(min(max(sum, -Int128(Int64.max)), Int128(Int64.max))), currency)
    }
}
