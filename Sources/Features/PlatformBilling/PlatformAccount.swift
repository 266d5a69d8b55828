import Locale
import Time

/// What a company has been billed and has paid in one currency. Payments settle the oldest bills first, and what is left
/// of them is in its favour.
package struct PlatformAccount: Sendable {
    package struct Line: Sendable {
        package let posting: PlatformPosting
        /// What the company owes after it; below zero in its favour.
        package let balance: Money
        /// Something else undid it.
        package let isUndone: Bool
    }

    package struct Standing: Sendable {
        package let posting: PlatformPosting
        package let bill: PlatformBill
        package let state: PlatformBill.State
        package let left: Money
    }

    package let currency: Currency
    /// In the order of their days.
    package let lines: [Line]
    /// The oldest first.
    package let bills: [Standing]
    package let balance: Money
    package let overdue: Money

    package init(of all: [PlatformPosting], in currency: Currency, on today: Day) throws(MoneyError) {
        let postings = all.filter { $0.amount.currency == currency }.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
        let undone = Set(postings.compactMap(\.reverses))
        var (lines, balance): ([Line], Money) = ([], .zero(currency))
        var settling = Money.zero(currency)
        for posting in postings {
            let (debit, credit) = posting.kind.accounts
            if debit == .receivable { balance = try balance + posting.amount }
            if credit == .receivable { balance = try balance - posting.amount }
            lines.append(Line(posting: posting, balance: balance, isUndone: undone.contains(posting.id)))
            if posting.kind == .payment, !undone.contains(posting.id) { settling = try settling + posting.amount }
        }
        var (bills, overdue): ([Standing], Money) = ([], .zero(currency))
        let billed = postings.compactMap { posting in posting.bill.map { (posting, $0) } }
        for (posting, bill) in billed.sorted(by: { $0.1.number < $1.1.number }) {
            if undone.contains(posting.id) {
                bills.append(Standing(posting: posting, bill: bill, state: .annulled, left: .zero(currency)))
                continue
            }
            let paid = try settling < posting.amount ? settling : posting.amount
            settling = try settling - paid
            let left = try posting.amount - paid
            let state: PlatformBill.State =
                left.isZero ? .paid : bill.dueOn < today ? .overdue : paid.isZero ? .pending : .partial
            if state == .overdue { overdue = try overdue + left }
            bills.append(Standing(posting: posting, bill: bill, state: state, left: left))
        }
        self.currency = currency
        (self.lines, self.bills, self.balance, self.overdue) = (lines, bills, balance, overdue)
    }

    /// One for each currency that a company was ever billed in or paid in.
    package static func all(of postings: [PlatformPosting], on today: Day) throws(MoneyError) -> [PlatformAccount] {
        var accounts: [PlatformAccount] = []
        for currency in Currency.allCases where postings.contains(where: { $0.amount.currency == currency }) {
            accounts.append(try PlatformAccount(of: postings, in: currency, on: today))
        }
        return accounts
    }
}

/// The same without what it is made of, for lists of many companies.
package struct PlatformBalance: Sendable, Equatable {
    package let balance: Money
    package let overdue: Money
    package let collected: Money

    /// Whatever was paid has settled what was due first.
    package init(billed: Money, due: Money, paid: Money, collected: Money) throws(MoneyError) {
        balance = try billed - paid
        let late = try due - paid
        overdue = late.isPositive ? late : .zero(billed.currency)
        self.collected = collected
    }
}
