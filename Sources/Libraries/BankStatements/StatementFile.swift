import Sandbox
import Time

/// The contents of a bank's file, and what could not be read. Every line of a table is a statement's line, a fault or
/// an aside.
package struct StatementFile: WireValue, Equatable {
    package enum Format: UInt8, WireWord { case table, ofx, camt053, mt940 }

    package var format: Format
    package var statements: [BankStatement] = []
    package var faults: [LineFault] = []
    /// Lines that are no movements: titles, totals, pending transfers.
    package var asides: [Int] = []
    /// The file is truncated: later lines are missing.
    package var isCut = false
    /// How a table's columns were understood.
    package var reading: TableReading?

    package init(_ format: Format) { self.format = format }
}

/// A line that looks like a movement and cannot be read.
package struct LineFault: WireValue, Equatable {
    package enum Reason: UInt8, WireWord {
        case noDay, unreadableDay
        case noAmount, unreadableAmount, tooManyDecimals, amountTooLarge
        /// Both a credit and a debit.
        case twoAmounts
        case otherCurrency
        /// The credit/debit mark is neither.
        case unreadableSign
        /// The file is truncated in this line.
        case cut
    }

    package var line: Int
    package var reason: Reason
    /// The unreadable text, cut to a length that can be shown.
    package var text: String

    package init(line: Int, _ reason: Reason, _ text: String) {
        self.line = line
        self.reason = reason
        self.text = String(text.prefix(100))
    }
}

/// How a table was read, for a person to confirm or to change.
package struct TableReading: WireValue, Equatable {
    package enum Source: UInt8, WireWord {
        /// By a mapping that was handed in.
        case mapping
        /// By its titles.
        case titles
        /// By its columns' contents, since no title is known.
        case content
        /// Not at all: there is no column of dates, or none of amounts.
        case nothing
    }

    package enum Doubt: UInt8, WireWord {
        /// Day and month could be swapped.
        case dayOrder
        /// The separator could mean thousands or decimals.
        case decimalMark
        /// No amount is negative, and no column tells credits from debits.
        case signs
    }

    package var source: Source
    package var mapping: StatementMapping
    /// In percent.
    package var confidence: Int
    package var doubts: [Doubt] = []
    package var sheet = ""
    /// 0 where there are no titles.
    package var titleLine = 0
    /// Titles of all columns, mapped or not, and the first rows below them.
    package var titles: [String] = []
    package var samples: [[String]] = []

    package init(_ source: Source, _ mapping: StatementMapping, confidence: Int = 0) {
        self.source = source
        self.mapping = mapping
        self.confidence = confidence
    }
}
