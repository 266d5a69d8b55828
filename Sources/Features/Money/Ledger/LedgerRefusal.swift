import Access
import HTTP
import Locale
import Postgres

package enum LedgerRefusal: Refusal, MessageCatalogue {
    case dayClosed, tooLarge, balanceTooLarge, moreThanOpen, reversedAlready, reversalStays, postedOtherwise
    case reasonMissing, closesFuture, tooManyLines

    package var status: Status {
        switch self {
        case .dayClosed, .moreThanOpen, .reversedAlready, .reversalStays, .postedOtherwise: .conflict
        case .tooLarge, .balanceTooLarge, .reasonMissing, .closesFuture, .tooManyLines:
            .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .dayClosed: "period_closed"
        case .tooLarge: "amount_too_large"
        case .balanceTooLarge: "balance_too_large"
        case .moreThanOpen: "more_than_open"
        case .reversedAlready: "reversed_already"
        case .reversalStays: "reversal_stays"
        case .postedOtherwise: "posted_otherwise"
        case .reasonMissing: "reason_missing"
        case .closesFuture: "closes_future"
        case .tooManyLines: "too_many_lines"
        }
    }

    package var message: Message {
        switch self {
        case .tooManyLines:
            Message(
                es: "El estado de cuenta tiene demasiados movimientos. Elija menos días.",
                en: "The statement has too many lines. Choose fewer days.",
                pt: "O extrato tem movimentos demais. Escolha menos dias.")
        case .dayClosed:
            Message(
                es: "Ese día está en un periodo cerrado. Elija una fecha posterior al cierre.",
                en: "That day is in a closed period. Choose one after the closing.",
                pt: "Esse dia está em um período fechado. Escolha uma data posterior ao fechamento.")
        case .tooLarge:
            Message(
                es: "El importe es mayor que el que admiten los libros.",
                en: "The amount is larger than the books can hold.",
                pt: "O valor é maior do que os livros admitem.")
        case .balanceTooLarge:
            Message(
                es: "Con este movimiento, el saldo del cliente saldría de lo que admiten los libros.",
                en: "This would take the customer's balance beyond what the books can hold.",
                pt: "Com este lançamento, o saldo do cliente sairia do que os livros admitem.")
        case .moreThanOpen:
            Message(
                es: "El saldo de ese cargo cambió mientras tanto. Revíselo e intente otra vez.",
                en: "What is open of that charge changed meanwhile. Look at it and try again.",
                pt: "O saldo dessa cobrança mudou nesse meio-tempo. Confira e tente outra vez.")
        case .reversedAlready:
            Message(
                es: "Este movimiento ya está reversado.", en: "This movement is reversed already.",
                pt: "Este lançamento já foi estornado.")
        case .reversalStays:
            Message(
                es: "Una reversa no se reversa. Registre el movimiento de nuevo.",
                en: "A reversal is not reversed. Enter the movement again.",
                pt: "Um estorno não se estorna. Registre o lançamento de novo.")
        case .postedOtherwise:
            Message(
                es: "Ya hay otro movimiento con este identificador.",
                en: "There is another movement with this identifier already.",
                pt: "Já existe outro lançamento com este identificador.")
        case .reasonMissing:
            Message(es: "Escriba el motivo.", en: "Write the reason.", pt: "Escreva o motivo.")
        case .closesFuture:
            Message(
                es: "Solo se cierran días que ya pasaron.", en: "Only days that are over can be closed.",
                pt: "Só se fecham dias que já passaram.")
        }
    }

    private static let constraints: [(name: String, refusal: LedgerRefusal)] = [
        ("ledger_day_is_open", .dayClosed), ("ledger_amount_in_bounds", .tooLarge),
        ("ledger_balance_in_bounds", .balanceTooLarge), ("ledger_settled_within_charge", .moreThanOpen),
        ("ledger_reverses_once", .reversedAlready), ("ledger_reverses_no_reversal", .reversalStays),
        ("ledger_repeated_otherwise", .postedOtherwise),
    ]

    /// Translates the errors of the ledger's functions. Those that only a bug can cause stay errors.
    static func translating<Result: Sendable>(
        _ work: () async throws(DatabaseError) -> Result
    ) async throws -> Result {
        do {
            return try await work()
        } catch {
            for (name, refusal) in constraints where error.isCheckViolation(of: name) { throw refusal }
            throw error
        }
    }
}
