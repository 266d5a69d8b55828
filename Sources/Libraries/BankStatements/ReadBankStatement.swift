import Locale
import Sandbox
import Spreadsheets
import Time

/// Why a whole file is refused.
package enum StatementFault: UInt8, Error, WireWord {
    /// Not a format we read.
    case unknownKind
    /// Excel before 2007, or password-protected: to be saved as .xlsx.
    case oldExcel
    case broken
    /// More bytes or lines than an import takes.
    case tooLarge
    case tooManyColumns
    /// A currency we do not support.
    case unknownCurrency
    /// A known format, without a statement in it.
    case noStatement
}

/// A statement file as a bank exports it: a table (.xlsx, delimited text), OFX, camt.053 or MT940.
package struct ReadBankStatement: SandboxWork {
    package typealias Answer = StatementFile
    package typealias Fault = StatementFault

    package static let kind = "bank-statement"
    package static let limits = SandboxLimits(seconds: 10)
    package static let mostLines = 100_000
    package static let mostStatements = 500
    package static let mostMappings = 100
    /// Bytes of each text of a line.
    package static let mostText = 500

    package let file: [UInt8]
    /// The account's currency, for files that do not name it.
    package let currency: Currency
    /// Tried in this order; the first that matches a table is used.
    package let mappings: [StatementMapping]
    /// The local convention, for columns that leave it open.
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

    /// The answer comes from the sandbox that read an untrusted file; amounts are summed unchecked later, so they are
    /// bounded here.
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
