import Locale
import Sandbox
import Spreadsheets
import Time

/// What is wrong with a file as a whole.
package enum StatementFault: UInt8, Error, WireWord {
    /// None of the kinds we read.
    case unknownKind
    /// Of Excel before 2007, or locked with a password: to be saved as .xlsx.
    case oldExcel
    case broken
    /// More bytes or lines than an import takes.
    case tooLarge
    case tooManyColumns
    /// In a currency that we do not keep books in.
    case unknownCurrency
    /// Of the right kind, and without a statement.
    case noStatement
}

/// A file as a bank hands it out: a table (.xlsx, text with separators), OFX, camt.053 or MT940.
package struct ReadBankStatement: SandboxWork {
    package typealias Answer = StatementFile
    package typealias Fault = StatementFault

    package static let kind = "bank-statement"
    package static let limits = SandboxLimits(seconds: 10)
    package static let mostLines = 100_000
    package static let mostStatements = 500
    package static let mostMappings = 100
    /// Of one text of a line, in bytes.
    package static let mostText = 500

    package let file: [UInt8]
    /// Of the account, for files that do not say it.
    package let currency: Currency
    /// Tried in this order; the first that fits a table is how it is read.
    package let mappings: [StatementMapping]
    /// What is customary where the bank is, for columns that do not say it.
    package let dayOrder: DayOrder
    package let decimalMark: DecimalMark

    package init(
        _ file: [UInt8], in currency: Currency, mappings: [StatementMapping] = [], dayOrder: DayOrder = .dayFirst,
        decimalMark: DecimalMark = .point
    ) throws(StatementFault) {
        guard file.count <= ReadSpreadsheet.mostBytes else { throw .tooLarge }
        self.file = file
        self.currency = currency
        self.mappings = Array(mappings.prefix(Self.mostMappings))
        self.dayOrder = dayOrder
        self.decimalMark = decimalMark
    }

    /// The answer comes from where a stranger's file was read: amounts in it are summed without a look.
    package func accepts(_ answer: StatementFile) -> Bool {
        let lines = answer.statements.map(\.lines)
        return answer.statements.count <= Self.mostStatements && lines.map(\.count).reduce(0, +) <= Self.mostLines
            && answer.faults.count <= ReadSpreadsheet.mostRows && answer.asides.count <= ReadSpreadsheet.mostRows
            && answer.statements.allSatisfy { statement in
                let balances = [statement.opening?.minor, statement.closing?.minor]
                return
                    (balances.compactMap(\.self) + statement.lines.compactMap(\.balance) + statement.lines.map(\.minor))
                    .allSatisfy { $0.magnitude <= Money.most.magnitude }
            }
    }
}
