import Sandbox
import Time

/// All that a file from a bank says, and what of it could not be read. Every line of a table is one of the statement's,
/// at fault, or set aside.
package struct StatementFile: WireValue, Equatable {
    package enum Format: UInt8, WireWord { case table, ofx, camt053, mt940 }

    package var format: Format
    package var statements: [BankStatement] = []
    package var faults: [LineFault] = []
    /// Lines that are no movement: titles, totals, what a bank has not booked yet.
    package var asides: [Int] = []
    /// It ends before its end: what came after is not known.
    package var isCut = false
    /// How a table's columns were understood.
    package var reading: TableReading?

    package init(_ format: Format) { self.format = format }
}

/// A line of the file that is a movement, as it seems, and cannot be read.
package struct LineFault: WireValue, Equatable {
    package enum Reason: UInt8, WireWord {
        case noDay, unreadableDay
        case noAmount, unreadableAmount, tooManyDecimals, amountTooLarge
        /// In and out at once.
        case twoAmounts
        case otherCurrency
        /// Credit or debit, in a word that is neither.
        case unreadableSign
        /// The file ends in it.
        case cut
    }

    package var line: Int
    package var reason: Reason
    /// What was read, cut to a length that can be shown.
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
        /// As a mapping says that was handed in.
        case mapping
        /// By the words of its titles.
        case titles
        /// By what its columns hold, for it has no titles that we know.
        case content
        /// Not at all: there is no column of days, or none of amounts.
        case nothing
    }

    package enum Doubt: UInt8, WireWord {
        /// Days could be months.
        case dayOrder
        /// Thousands could be decimals.
        case decimalMark
        /// No amount is less than zero, and no column says what came in or went out.
        case signs
    }

    package var source: Source
    package var mapping: StatementMapping
    /// Of 100.
    package var confidence: Int
    package var doubts: [Doubt] = []
    package var sheet = ""
    /// 0 where there are no titles.
    package var titleLine = 0
    /// Of every column, mapped or not, and the first rows below them.
    package var titles: [String] = []
    package var samples: [[String]] = []

    package init(_ source: Source, _ mapping: StatementMapping, confidence: Int = 0) {
        self.source = source
        self.mapping = mapping
        self.confidence = confidence
    }
}
