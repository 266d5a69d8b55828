import Locale
import Sandbox
import Time

/// A bank's statement of one account: its movements, in the order of the file.
package struct BankStatement: WireValue, Equatable {
    package struct Balance: WireValue, Equatable {
        package var day: Day?
        package var minor: Int64

        package init(_ minor: Int64, on day: Day? = nil) {
            self.minor = minor
            self.day = day
        }
    }

    /// The account number as the bank writes it, masked or not; empty where the file does not name it.
    package var account = ""
    package var currency: Currency
    package var opening: Balance?
    package var closing: Balance?
    package var lines: [StatementLine] = []

    package init(account: String = "", in currency: Currency) {
        self.account = account
        self.currency = currency
    }
}

package struct StatementLine: WireValue, Equatable {
    /// The line number in the file, from 1; in an .xlsx or delimited text, the row.
    package var line: Int
    /// The booking date.
    package var day: Day
    /// In minor units, negative for debits.
    package var minor: Int64
    package var description = ""
    /// The payer's or bank's reference, such as a transfer's tracking key.
    package var reference = ""
    package var payer = ""
    package var payerAccount = ""
    /// The bank's own identifier, unique within the account if the bank keeps its word.
    package var bankID = ""
    /// The running balance after this line.
    package var balance: Int64?
    /// Reverses an earlier booking, and is no payment.
    package var isReversal = false
    /// The position among the equal lines of a day, from 0.
    package var ordinal = 0

    package init(line: Int, day: Day, minor: Int64) {
        self.line = line
        self.day = day
        self.minor = minor
    }

    /// Identifies the line within the account, in whatever file of this format it comes; `ordinal` tells equal lines of
    /// a day apart. As long as the texts, so store its hash.
    package var fingerprint: String {
        let own = identity
        let balance = own.balance.map { "\($0)" } ?? ""
        return [own.day.iso, "\(own.minor)", own.texts.0, own.texts.1, own.texts.2, balance, "\(ordinal)"]
            .joined(separator: "\u{1F}")
    }

    fileprivate var identity: Identity {
        // Some banks repeat an identifier, so the day and the amount are part of it.
        bankID.isEmpty
            ? Identity(day: day, minor: minor, texts: (description, reference, payer), balance: balance)
            : Identity(day: day, minor: minor, texts: (bankID, "", ""), balance: nil)
    }
}

/// What identifies a line, except among the equal lines of a day.
private struct Identity: Hashable {
    let day: Day
    let minor: Int64
    let texts: (String, String, String)
    let balance: Int64?

    static func == (left: Identity, right: Identity) -> Bool {
        left.day == right.day && left.minor == right.minor && left.texts == right.texts && left.balance == right.balance
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(day)
        hasher.combine(minor)
        hasher.combine(texts.0)
    }
}

extension BankStatement {
    /// Numbers the equal lines of a day in order.
    package mutating func numberEqualLines() {
        var seen: [Identity: Int] = [:]
        seen.reserveCapacity(lines.count)
        func next(_ count: inout Int) -> Int {
            defer { count += 1 }
            return count
        }
        for index in lines.indices { lines[index].ordinal = next(&seen[lines[index].identity, default: 0]) }
    }
}

/// Whether a statement's balances match its lines.
package enum BalanceCheck: Equatable {
    /// The statement has no balances.
    case nothingToCheck
    case addsUp
    /// The closing balance exceeds opening balance plus lines by this.
    case closesAt(difference: Int64)
    /// At these lines of the file the running balance does not follow from the line before and the amount.
    case breaks(at: [Int])
}

extension BankStatement {
    package var check: BalanceCheck {
        let breaks = breaks
        if !breaks.isEmpty { return .breaks(at: breaks) }
        guard let opening, let closing else {
            return lines.count { $0.balance != nil } > 1 ? .addsUp : .nothingToCheck
        }
        // Cannot overflow: there are at most `ReadBankStatement.mostLines` of 10¹² each.
        let difference = lines.reduce(closing.minor &- opening.minor) { $0 &- $1.minor }
        return difference == 0 ? .addsUp : .closesAt(difference: difference)
    }

    /// Banks list oldest or newest first: the order with fewer breaks is taken.
    private var breaks: [Int] {
        let kept = lines.enumerated().filter { $0.element.balance != nil }
        func breaks(_ kept: [(offset: Int, element: StatementLine)], step: Int) -> [Int] {
            zip(kept, kept.dropFirst()).filter { before, after in
                after.offset - before.offset == step
                    && before.element.balance! &+ after.element.minor != after.element.balance!
            }.map(\.1.element.line)
        }
        let (forward, backward) = (breaks(kept, step: 1), breaks(kept.reversed(), step: -1))
        return forward.count <= backward.count ? forward : backward
    }
}
