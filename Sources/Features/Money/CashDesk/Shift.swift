import Access
import Declarations
import Events
import Identifiers
import Locale
import Nouns
import Payments
import Postgres
import Time

/// One person's time at a till, or collecting on the road: turno. Its cash is the sum of its entries.
package struct Shift: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Shift>

    package let id: ID
    package let number: Int
    /// Nil in a collector's shift, which has no till.
    package let till: Till.ID?
    package let tillName: String
    package let keeperID: UUID
    package let keeper: String
    package let currency: Currency
    package let openedAt: Instant
    package let close: Close?

    /// The cash count against the expected amount: corte de caja.
    package struct Close: Sendable, Equatable {
        package let at: Instant
        package let closer: String
        package let counted: Money
        package let expected: Money
        package let reason: String
        /// The shift that receives the cash.
        package let handedTo: Shift.ID?
        package let receivedAt: Instant?

        /// Positive for a surplus.
        package var difference: Money {
            Money(minor: counted.minor - expected.minor, counted.currency)
        }
    }

    package enum State: String, FieldChoice {
        case open, closed

        package var message: Message {
            switch self {
            case .open: Message(es: "Abierto", en: "Open", pt: "Aberto")
            case .closed: Message(es: "Cerrado", en: "Closed", pt: "Fechado")
            }
        }

        package var tone: Tone { self == .open ? .good : .quiet }
    }

    package var state: State { close == nil ? .open : .closed }
    var panelPath: String { "\(Self.path)/\(id)" }
    static let path = "/panel/shifts"

    var subject: Act.Subject { Act.Subject("shift", id.uuid, named: "\(number) · \(keeper)") }
}

/// A movement of a shift's cash.
package struct ShiftEntry: Sendable, Equatable {
    package let number: Int
    package let kind: Kind
    /// Negative for outgoing cash.
    package let amount: Money
    package let payment: Payment.ID?
    /// The refund paid out.
    package let refund: Adjustment.ID?
    /// The receipt's or refund's number, with the customer's name; empty where the reader's zones exclude the customer.
    package let folio: String
    package let customer: String
    package let note: String
    package let actor: String
    package let madeAt: Instant
    /// The number of the entry that it undoes.
    package let undoes: Int?

    package enum Kind: String, FieldChoice {
        case opening, payment, undone, added, received, expense, banked, withdrawn, refund
        case refundUndone = "refund_undone"
        /// Of something other than a customer's charges.
        case sale
        case saleUndone = "sale_undone"
        case movementUndone = "movement_undone"

        package var message: Message {
            switch self {
            case .opening: Message(es: "Fondo inicial", en: "Opening float", pt: "Fundo inicial")
            case .payment: Message(es: "Cobro", en: "Payment", pt: "Recebimento")
            case .undone: Message(es: "Cobro deshecho", en: "Payment undone", pt: "Recebimento desfeito")
            case .added: Message(es: "Entrada", en: "Cash in", pt: "Entrada")
            case .received: Message(es: "Entrega recibida", en: "Cash received", pt: "Entrega recebida")
            case .expense: Message(es: "Gasto", en: "Expense", pt: "Despesa")
            case .banked: Message(es: "Depósito al banco", en: "Bank deposit", pt: "Depósito no banco")
            case .withdrawn: Message(es: "Retiro", en: "Withdrawal", pt: "Retirada")
            case .refund: Message(es: "Devolución", en: "Refund", pt: "Devolução")
            case .refundUndone:
                Message(es: "Devolución deshecha", en: "Refund undone", pt: "Devolução desfeita")
            case .sale: Message(es: "Venta", en: "Sale", pt: "Venda")
            case .saleUndone: Message(es: "Venta deshecha", en: "Sale undone", pt: "Venda desfeita")
            case .movementUndone:
                Message(es: "Movimiento deshecho", en: "Movement undone", pt: "Movimento desfeito")
            }
        }
    }
}

/// The form that opens a shift: the till and its opening float.
package struct ShiftOpening: Sendable, Equatable {
    package var till: Till.ID?
    package var float: Money

    package init(in currency: Currency) { float = .zero(currency) }
}

extension ShiftOpening: Fielded {
    package static let noun = "ShiftOpening"

    package static let fields: [Field<ShiftOpening>] = [
        .reference("till", \.till, CashDeskWords.till.message),
        .money("float", \.float, ShiftEntry.Kind.opening.message).hint(
            Message(
                es: "Lo que ya hay en la caja para dar cambio.", en: "What is in the till already, for change.",
                pt: "O que já há no caixa para troco.")),
    ]
}

/// Cash put into the drawer or taken out by a person, with the reason.
package struct CashMovement: Sendable, Equatable {
    package var kind = Kind.expense
    package var amount: Money
    package var note = ""

    package init(in currency: Currency) { amount = .zero(currency) }

    package enum Kind: String, FieldChoice {
        case expense, banked, withdrawn, added

        var entry: ShiftEntry.Kind {
            switch self {
            case .expense: .expense
            case .banked: .banked
            case .withdrawn: .withdrawn
            case .added: .added
            }
        }

        package var message: Message { entry.message }
    }

    var signed: Money { kind == .added ? amount : Money(minor: -amount.minor, amount.currency) }
}

extension CashMovement: Fielded {
    package static let noun = "CashMovement"

    package static let fields: [Field<CashMovement>] = [
        .choice("kind", \.kind, Message(es: "Movimiento", en: "Movement", pt: "Movimento")),
        .money("amount", \.amount, isRequired: true, CashDeskWords.amount.message),
        .line("note", \.note, 1...300, Message(es: "Concepto", en: "What for", pt: "Motivo")),
    ]
}

/// The form that closes a shift: the cash counted, and who receives it.
package struct ShiftCount: Sendable, Equatable {
    package var counted: Money
    package var reason = ""
    package var handedTo: Shift.ID?

    package init(in currency: Currency) { counted = .zero(currency) }
}

extension ShiftCount: Fielded {
    package static let noun = "ShiftCount"

    package static let fields: [Field<ShiftCount>] = [
        .money(
            "counted", \.counted, isRequired: true,
            Message(es: "Efectivo contado", en: "Cash counted", pt: "Dinheiro contado")
        ).hint(
            Message(
                es: "Cuente todo lo que hay, también el fondo inicial.",
                en: "Count all there is, the opening float too.",
                pt: "Conte tudo o que há, também o fundo inicial.")),
        .reference(
            "handed_to", \.handedTo, Message(es: "Se lo entrega a", en: "Handed to", pt: "Entregue a")
        ).hint(
            Message(
                es: "Quien lo recibe lo confirma en su caja.", en: "Whoever takes it confirms it in their till.",
                pt: "Quem recebe confirma no seu caixa.")),
        .line(
            "reason", \.reason, 0...300,
            Message(es: "Motivo, si no cuadra", en: "Reason, if it does not match", pt: "Motivo, se não confere")),
    ]
}
