import BankStatements
import Locale
import Spreadsheets
import Testing
import Time

@testable import BankStatementReading

/// Files of banks that do not exist.
enum Statements {
    static func read(
        _ text: String, in currency: Currency = .mxn, mappings: [StatementMapping] = [], order: DayOrder = .dayFirst,
        mark: DecimalMark = .point
    ) throws -> StatementFile {
        try read(Array(text.utf8), in: currency, mappings: mappings, order: order, mark: mark)
    }

    static func read(
        _ file: [UInt8], in currency: Currency = .mxn, mappings: [StatementMapping] = [],
        order: DayOrder = .dayFirst, mark: DecimalMark = .point
    ) throws -> StatementFile {
        try ReadBankStatement(file, in: currency, mappings: mappings, dayOrder: order, decimalMark: mark).perform()
    }

    /// Each line in one text: day, minor units, description.
    static func lines(_ file: StatementFile) -> [String] {
        file.statements.flatMap(\.lines).map { "\($0.day.iso) \($0.minor) \($0.description)" }
    }

    static func fault(of file: [UInt8]) throws -> StatementFault? {
        do {
            _ = try ReadBankStatement(file, in: .mxn).perform()
            return nil
        } catch {
            return error
        }
    }

    static let mexican = """
        Banco del Ejemplo, S.A.
        Cuenta:,0001234567
        Periodo:,01/03/2026 al 31/03/2026

        Fecha,Concepto / Referencia,Cargo,Abono,Saldo
        02/03/2026,"SPEI RECIBIDOOTRO BANCO / 0012345678 646 0004711Pago, internet",,"1,500.00","11,500.00"
        02/03/2026,COMISION,25.50,,"11,474.50"
        15/03/2026,DEPOSITO EN EFECTIVO,,300.00,"11,774.50"
        Total,,25.50,"1,800.00",

        """
}
