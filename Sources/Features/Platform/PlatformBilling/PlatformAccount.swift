import Locale
import Time

/// A company's account with the platform in one currency. Payments settle the oldest bills first; a surplus is credit.
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

    package init(of all: [PlatformPosting], in currency: Currency, on today: Day) {
        let postings = all.filter { $0.amount.currency == currency }.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
        let undone = Set(postings.compactMap(\.reverses))
        var (lines, balance, settling): ([Line], Int128, Int128) = ([], 0, 0)
        for posting in postings {
            let (debit, credit) = posting.kind.accounts
            if debit == .receivable { balance += Int128(posting.amount.minor) }
            if credit == .receivable { balance -= Int128(posting.amount.minor) }
            lines.append(
                Line(
                    posting: posting, balance: Money(nearest: balance, currency),
                    isUndone: undone.contains(posting.id)))
            if posting.kind == .payment, !undone.contains(posting.id) { settling += Int128(posting.amount.minor) }
        }
        var (bills, overdue): ([Standing], Int128) = ([], 0)
        let billed = postings.compactMap { posting in posting.bill.map { (posting, $0) } }
        for (posting, bill) in billed.sorted(by: { $0.1.number < $1.1.number }) {
            if undone.contains(posting.id) {
                bills.append(Standing(posting: posting, bill: bill, state: .annulled, left: .zero(currency)))
                continue
            }
            let paid = min(settling, Int128(posting.amount.minor))
            settling -= paid
            let left = Int128(posting.amount.minor) - paid
            let state: PlatformBill.State =
                left == 0 ? .paid : bill.dueOn < today ? .overdue : paid == 0 ? .pending : .partial
            if state == .overdue { overdue += left }
            bills.append(
                Standing(posting: posting, bill: bill, state: state, left: Money(nearest: left, currency)))
        }
        self.currency = currency
        (self.lines, self.bills) = (lines, bills)
        (self.balance, self.overdue) = (Money(nearest: balance, currency), Money(nearest: overdue, currency))
    }

    /// One for each currency with postings.
    package static func all(of postings: [PlatformPosting], on today: Day) -> [PlatformAccount] {
        Currency.allCases.filter { currency in postings.contains { $0.amount.currency == currency } }
            .map { PlatformAccount(of: postings, in: $0, on: today) }
    }
}

/// Totals only, for lists of many companies.
package struct PlatformBalance: Sendable, Equatable {
    package let balance: Money
    package let overdue: Money
    package let collected: Money

    /// Payments settle the bills that fell due first.
    package init(billed: Money, due: Money, paid: Money, collected: Money) throws(MoneyError) {
        balance = try billed - paid
        let late = try due - paid
        overdue = late.isPositive ? late : .zero(billed.currency)
        self.collected = collected
    }
}

extension Money {
    /// A sum for display. Amounts are bounded so that every sum fits; older books may exceed the bound, and then show
    /// the largest amount instead of failing.
    fileprivate init(nearest sum: Int128, _ currency: Currency) {
        self.init(minor: Int64(min(max(sum, -Int128(Int64.max)), Int128(Int64.max))), currency)
    }
}
