import Locale
import Sandbox
import Time

/// What a bank says about one account: what came in and went out, in the order of the file.
package struct BankStatement: WireValue, Equatable {
    package struct Balance: WireValue, Equatable {
        package var day: Day?
        package var minor: Int64

        package init(_ minor: Int64, on day: Day? = nil) {
            self.minor = minor
            self.day = day
        }
    }

    /// As the bank writes it, masked or not; empty where the file does not name it.
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
    /// Where it stands in the file, from 1; in an .xlsx and in text with separators, the row.
    package var line: Int
    /// On which it was booked.
    package var day: Day
    /// In minor units; less than zero is what left the account.
    package var minor: Int64
    package var description = ""
    /// What the payer or the bank refers to: a transfer's tracking key, a numeric reference.
    package var reference = ""
    package var payer = ""
    package var payerAccount = ""
    /// The bank's own name for it, unique within the account where banks keep their word.
    package var bankID = ""
    /// Of the account after it.
    package var balance: Int64?
    /// Takes back what was booked before, and is no payment.
    package var isReversal = false
    /// Which of its day's equal lines it is, from 0.
    package var ordinal = 0

    package init(line: Int, day: Day, minor: Int64) {
        self.line = line
        self.day = day
        self.minor = minor
    }

    /// The same for the same line in any file of this format, and for no other of the account: of two equal payments on
    /// a day, one is the first and the other the second. It is as long as the texts, so its hash is what to keep.
    package var fingerprint: String {
        let own = identity
        let balance = own.balance.map { "\($0)" } ?? ""
        return [own.day.iso, "\(own.minor)", own.texts.0, own.texts.1, own.texts.2, balance, "\(ordinal)"]
            .joined(separator: "\u{1F}")
    }

    fileprivate var identity: Identity {
        // Some banks give a name twice, so the day and the amount belong to it.
        bankID.isEmpty
            ? Identity(day: day, minor: minor, texts: (description, reference, payer), balance: balance)
            : Identity(day: day, minor: minor, texts: (bankID, "", ""), balance: nil)
    }
}

/// What tells a line from others, but for those of the same day that are equal.
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
    /// Tells equal lines of a day apart by which comes first.
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

/// Whether what a statement says adds up.
package enum BalanceCheck: Equatable {
    /// It has no balances.
    case nothingToCheck
    case addsUp
    /// The closing balance is so much more than the opening one and the lines make.
    case closesAt(difference: Int64)
    /// The balances after these lines of the file are not what the line before and the amount make.
    case breaks(at: [Int])
}

extension BankStatement {
    package var check: BalanceCheck {
        let breaks = breaks
        if !breaks.isEmpty { return .breaks(at: breaks) }
        guard let opening, let closing else {
            return lines.count { $0.balance != nil } > 1 ? .addsUp : .nothingToCheck
        }
        // Neither can run over: there are at most `ReadBankStatement.mostLines` of 10¹² each.
        let difference = lines.reduce(closing.minor &- opening.minor) { $0 &- $1.minor }
        return difference == 0 ? .addsUp : .closesAt(difference: difference)
    }

    /// Banks list from the oldest or from the newest: whichever has fewer breaks is how this one does.
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
