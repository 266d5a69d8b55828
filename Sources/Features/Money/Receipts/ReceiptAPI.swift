import API
import Access
import Declarations
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Payments
import Postgres
import ReceiptTexts
import Time

/// What was read of receipts, for programs; the payments' own routes approve and reject them.
struct ReceiptAPI: Sendable {
    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/receipts", .paymentsView, ReceiptWords.list, by: ReceiptFilter.self) {
            visit, filter, page in
            try await visit.database.receipts(after: page.after, in: filter.state, limit: page.limit)
        }
        routes.get("/api/v1/receipts/:id", .paymentsView, ReceiptWords.read) { (visit, id: Payment.ID) in
            try await visit.database.receipt(id)
        }
    }
}

struct ReceiptFilter: Input {
    static let schema = Schema.object(
        "ReceiptFilter",
        [.optional("state", .words(Payment.State.allCases.map(\.rawValue)), ReceiptWords.apiState)])

    let state: Payment.State?

    init(_ members: Members) { state = members.word("state") }
}

extension Receipt: ListedResource {
    package static let schema = Schema.object(
        "Receipt",
        [
            .required("payment", .id, ReceiptWords.apiPayment),
            .required("amount", Schema.integer(1...Int(Money.most)).orNull, ReceiptWords.apiAmount),
            .required("amount_sure", .integer(0...100), ReceiptWords.apiSure),
            .required("day", Schema.day.orNull, ReceiptWords.apiDay),
            .required("day_sure", .integer(0...100), ReceiptWords.apiSure),
            .required("reference", .text, ReceiptWords.apiReference),
            .required("reference_sure", .integer(0...100), ReceiptWords.apiSure),
            .required("bank", .text, ReceiptWords.apiBank),
            .required(
                "doubts", .list(of: .words(ReceiptDoubt.allCases.map(\.rawValue))), ReceiptWords.apiDoubts),
            .required("like", Schema.id.orNull, ReceiptWords.apiLike),
            .required("effect", .words(ReceiptTrust.allCases.map(\.rawValue)), ReceiptWords.apiEffect),
        ])

    package var path: String { "/api/v1/receipts/\(payment.id)" }
    package var position: Int { payment.entry }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("payment", payment.id.description)
            json.member("amount", amount.map { Int($0.value.minor) })
            json.member("amount_sure", amount?.confidence ?? 0)
            json.member("day", day?.value.iso)
            json.member("day_sure", day?.confidence ?? 0)
            json.member("reference", reference?.value ?? "")
            json.member("reference_sure", reference?.confidence ?? 0)
            json.member("bank", bank)
            json.array("doubts") { json in for doubt in doubts { json.string(doubt.rawValue) } }
            json.member("like", like?.description)
            json.member("effect", effect.rawValue)
        }
    }
}
