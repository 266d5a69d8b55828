import Customers
import Identifiers
import Ledger
import Locale
import Nouns
import Time

/// Money received from a customer: un pago. It changes the balance only once applied.
package struct Payment: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Payment>

    package let id: ID
    /// Counts payments in the order in which the server received them.
    package let entry: Int
    /// The device's series; empty for the server's own numbers.
    package let series: String
    package let number: Int
    package let customer: Customer.ID
    package let customerName: String
    package let method: String
    package let methodName: String
    package let amount: Money
    package let day: Day
    package let reference: String
    package let note: String
    package let state: State
    package let hold: Hold
    package let authorID: UUID?
    package let author: String
    package let madeAt: Instant
    package let decider: String
    package let decidedAt: Instant?
    package let reason: String
    /// Whether the subscriber attached a picture.
    package let hasEvidence: Bool

    package enum State: String, FieldChoice {
        case pending, applied, rejected, reversed
        case chargedBack = "charged_back"

        package var message: Message {
            switch self {
            case .pending: Message(es: "Por verificar", en: "To be checked", pt: "A verificar")
            case .applied: Message(es: "Aplicado", en: "Applied", pt: "Aplicado")
            case .rejected: Message(es: "Rechazado", en: "Rejected", pt: "Rejeitado")
            case .reversed: Message(es: "Reversado", en: "Reversed", pt: "Estornado")
            case .chargedBack: Message(es: "Contracargo", en: "Charged back", pt: "Contestado")
            }
        }

        package var tone: Tone {
            switch self {
            case .pending: .warning
            case .applied: .good
            case .rejected, .reversed, .chargedBack: .bad
            }
        }
    }

    /// Why a payment waits for approval.
    package enum Hold: String, Sendable, CaseIterable {
        case none = ""
        case approval, duplicate
        /// The subscriber sent a receipt.
        case evidence
        /// The receipt that the subscriber sent leaves doubts.
        case doubt
        /// The number is used, or belongs to another device's series.
        case series
    }

    /// The number printed on the receipt: "000123", "CAJA2-000007".
    package var folio: String { Self.folio(series: series, number: number) }

    package static func folio(series: String, number: Int) -> String {
        let digits = "\(number)"
        let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        return series.isEmpty ? padded : "\(series)-\(padded)"
    }

    /// The ledger transaction has the same id.
    package var transaction: Transaction.ID { Transaction.ID(id.uuid) }
}

/// A payment to be registered, as entered.
package struct NewPayment: Sendable, Equatable {
    package let id: Payment.ID
    package let customer: Customer.ID
    package let method: String
    package let amount: Money
    package let day: Day
    package let reference: String
    package let note: String
    /// Charges to settle first, in this order.
    package let chosen: [Transaction.ID]
    /// The device's own number; nil where the server assigns one.
    package let folio: Folio?

    package struct Folio: Sendable, Equatable {
        package let series: String
        package let number: Int

        /// Nil for an invalid series.
        package init?(series: String, number: Int) {
            let isSeries = series.utf8.allSatisfy {
                UInt8(ascii: "A") <= $0 && $0 <= UInt8(ascii: "Z") || UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9")
                    || $0 == UInt8(ascii: "-")
            }
            guard isSeries, (1...20).contains(series.utf8.count), (1...999_999_999).contains(number) else { return nil }
            (self.series, self.number) = (series, number)
        }

        /// Parses a printed number: "CAJA2-000007".
        init?(printed text: String) {
            guard let dash = text.lastIndex(of: "-"), let number = Int(text[text.index(after: dash)...]) else {
                return nil
            }
            self.init(series: text[..<dash].uppercased(), number: number)
        }
    }

    package init(
        id: Payment.ID, customer: Customer.ID, method: String, amount: Money, day: Day, reference: String = "",
        note: String = "", chosen: [Transaction.ID] = [], folio: Folio? = nil
    ) {
        self.id = id
        self.customer = customer
        self.method = method
        self.amount = amount
        self.day = day
        self.reference = Self.comparable(reference)
        self.note = note
        self.chosen = chosen
        self.folio = folio
    }

    /// The same payment for another customer.
    func on(_ account: Customer.ID) -> NewPayment {
        NewPayment(
            id: id, customer: account, method: method, amount: amount, day: day, reference: reference, note: note,
            chosen: chosen, folio: folio)
    }

    /// The same payment, numbered by the server.
    var withoutFolio: NewPayment {
        NewPayment(
            id: id, customer: customer, method: method, amount: amount, day: day, reference: reference, note: note,
            chosen: chosen)
    }

    /// A normal form: banks write the same reference with or without blanks, dashes and capitals.
    package static func comparable(_ reference: String) -> String {
        let letters = reference.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): byte
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xDF
            default: nil
            }
        }
        return String(decoding: letters.prefix(60), as: UTF8.self)
    }
}

/// Allocates an amount to charges: the chosen ones first, then the oldest.
enum Allocation {
    static func parts(of amount: Money, among open: [Charge], chosen: [Transaction.ID]) -> [(
        charge: Charge, part: Int64
    )] {
        let first = chosen.compactMap { id in open.first { $0.id == id } }
        let rest = open.filter { charge in !chosen.contains(charge.id) }
        var left = amount.minor
        var parts: [(charge: Charge, part: Int64)] = []
        for charge in first + rest where left > 0 {
            let part = min(left, charge.open.minor)
            guard part > 0 else { continue }
            parts.append((charge, part))
            left -= part
        }
        return parts
    }
}
