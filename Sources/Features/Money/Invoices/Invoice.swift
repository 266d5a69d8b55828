import Billing
import Customers
import Identifiers
import Ledger
import Locale
import Nouns
import Services
import Time

/// An invoice: una factura. A credit note takes back a part of one. Issued once and never changed; a mistake is voided
/// by a ledger reversal. The invoice's transaction has the invoice's own id.
package struct Invoice: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Invoice>

    package let id: ID
    package let kind: Kind
    /// Over all series, in order of issue.
    package let sequence: Int
    package let series: String
    package let number: Int
    package let customer: Customer.ID
    package let customerNumber: Int
    package let customerName: String
    package let receiver: Receiver
    package let issuedOn: Day
    package let dueOn: Day
    package let net: Money
    package let tax: Money
    package let rounding: Money
    package let total: Money
    /// The unpaid amount.
    package let open: Money
    package let taxes: [TaxSum]
    package let state: State
    /// Nil if none was offered.
    package let early: EarlyDiscount?
    package let corrects: ID?
    package let note: String
    package let author: String
    package let madeAt: Instant
    package let voidedAt: Instant?
    package let voidedBy: String
    package let voidReason: String

    package enum Kind: String, FieldChoice {
        case invoice
        case creditNote = "credit_note"

        package var message: Message {
            switch self {
            case .invoice: Message(es: "Factura", en: "Invoice", pt: "Fatura")
            case .creditNote: Message(es: "Nota de crédito", en: "Credit note", pt: "Nota de crédito")
            }
        }
    }

    /// Derived from payments and the day.
    package enum State: String, FieldChoice {
        case pending, partial, overdue, paid, credited, voided

        package var message: Message {
            switch self {
            case .pending: Message(es: "Pendiente", en: "To be paid", pt: "Pendente")
            case .partial: Message(es: "Parcial", en: "Partly paid", pt: "Parcial")
            case .overdue: Message(es: "Vencida", en: "Overdue", pt: "Vencida")
            case .paid: Message(es: "Pagada", en: "Paid", pt: "Paga")
            case .credited: Message(es: "Acreditada", en: "Credited", pt: "Creditada")
            case .voided: Message(es: "Anulada", en: "Voided", pt: "Anulada")
            }
        }

        package var tone: Tone {
            switch self {
            case .paid, .credited: .good
            case .partial, .pending: .warning
            case .overdue: .bad
            case .voided: .quiet
            }
        }
    }

    /// The invoiced party, as of the day of issue.
    package struct Receiver: Sendable, Equatable {
        package let profile: FiscalProfile.ID?
        package let name: String
        package let taxID: String
        package let regime: String
        package let purpose: String
        package let postalCode: String
        package let address: String
    }

    /// A tax's amount at one rate.
    package struct TaxSum: Sendable, Equatable {
        package let tax: Tax
        package let base: FineAmount
        package let amount: Money
    }

    /// "F-000123".
    package var folio: String { Self.folio(series, number) }

    package static func folio(_ series: String, _ number: Int) -> String {
        let digits = "\(number)"
        return "\(series)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// A discount that is still offered, or was granted.
    package func early(on day: Day) -> EarlyDiscount? {
        guard let early, voidedAt == nil, early.isGranted || open.isPositive && day <= early.until else { return nil }
        return early
    }

    /// Its ledger transaction.
    package var transaction: Transaction.ID { Transaction.ID(id.uuid) }
}

/// An invoice line, with taxes computed to six decimals.
package struct InvoiceLine: Sendable, Equatable {
    package let kind: DraftLine.Kind
    package let service: Service.ID?
    package let name: String
    package let period: Period?
    package let quantity: Int
    /// The agreed amount.
    package let amount: Money
    package let net: FineAmount
    package let tax: FineAmount
    package let taxName: String
    package let taxRate: Percentage
}
