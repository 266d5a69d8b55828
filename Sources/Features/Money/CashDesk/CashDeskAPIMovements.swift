import API
import Access
import Declarations
import Identifiers
import JSON
import Locale
import Nouns
import Payments
import Time

/// The latest movements of a shift's cash, the newest first.
struct Movements: Resource {
    let shift: Shift.ID
    let entries: [ShiftEntry]

    private static let entry = Schema.object(
        "ShiftEntry",
        [
            .required("number", .integer(1...Int.max), CashDeskAPIWords.entryNumber),
            .required("kind", .words(ShiftEntry.Kind.allCases.map(\.rawValue)), CashDeskAPIWords.kind),
            .required("amount", .integer(Int.min...Int.max), CashDeskAPIWords.signedAmount),
            .required("payment", Schema.id.orNull, CashDeskAPIWords.payment),
            .required("note", .text, CashDeskAPIWords.note), .required("actor", .text, CashDeskAPIWords.actor),
            .required("made_at", .text, CashDeskAPIWords.madeAt),
            .required("undoes", Schema.integer(1...Int.max).orNull, CashDeskAPIWords.undoes),
        ])

    static let schema = Schema.object(
        "ShiftMovements", [.required("items", .list(of: entry), CashDeskAPIWords.movements)])

    var path: String { "/api/v1/shifts/\(shift)/movements" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in for entry in entries { json.value(entry) } }
        }
    }
}

extension ShiftEntry: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("number", number)
            json.member("kind", kind.rawValue)
            json.member("amount", Int(amount.minor))
            json.member("payment", payment?.description)
            json.member("note", note)
            json.member("actor", actor)
            json.member("made_at", madeAt.rfc3339)
            json.member("undoes", undoes)
        }
    }
}

/// Cash that the keeper took today without a shift.
struct LoosePayments: Resource {
    let shift: Shift.ID
    let cash: [LooseCash]

    private static let payment = Schema.object(
        "LoosePayment",
        [
            .required("payment", .id, CashDeskAPIWords.payment), .required("folio", .text, CashDeskAPIWords.folio),
            .required("customer", .text, CashDeskAPIWords.customer),
            .required("amount", .integer(1...Int.max), CashDeskAPIWords.amount),
        ])

    static let schema = Schema.object(
        "LoosePayments", [.required("items", .list(of: payment), CashDeskAPIWords.loose)])

    var path: String { "/api/v1/shifts/\(shift)/loose-payments" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in for one in cash { json.value(one) } }
        }
    }
}

extension LooseCash: JSONWritable {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("payment", payment.description)
            json.member("folio", folio)
            json.member("customer", customer)
            json.member("amount", Int(amount.minor))
        }
    }
}

struct UndoInput: Input {
    static let schema = Schema.object(
        "UndoneMovement",
        [
            .required("number", .integer(1...100_000), CashDeskAPIWords.entryNumber),
            .required("reason", .line(1...300), CashDeskAPIWords.undoReason),
        ])

    let number: Int
    let reason: String

    init(_ members: Members) {
        number = members.integer("number") ?? 0
        reason = members.text("reason") ?? ""
    }
}

struct TakeInInput: Input {
    static let schema = Schema.object("LooseDay", [.optional("day", .day, CashDeskAPIWords.looseDay)])

    let day: Day?

    init(_ members: Members) { day = members.day("day") }
}
