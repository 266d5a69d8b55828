import API
import Access
import Billing
import Customers
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time

struct InvoiceFilter: Input {
    static let schema = Schema.object(
        "InvoiceFilter",
        [
            .optional("kind", .words(Invoice.Kind.allCases.map(\.rawValue)), InvoiceAPIWords.ofKind),
            .optional("state", .words(Invoice.State.allCases.map(\.rawValue)), InvoiceAPIWords.ofState),
            .optional("customer", .id, InvoiceAPIWords.ofCustomer),
        ])

    let kind: Invoice.Kind?
    let state: Invoice.State?
    let customer: Customer.ID?

    init(_ members: Members) {
        kind = members.word("kind")
        state = members.word("state")
        customer = members.id("customer")
    }
}

struct InvoiceInput: Input {
    static let schema = Schema.object(
        "NewInvoice",
        [
            .required("items", .list(of: item), InvoiceAPIWords.items),
            .optional("profile", .id, InvoiceAPIWords.profile),
            .optional("note", .line(0...300), InvoiceAPIWords.note),
        ])

    private static let item = Schema.object(
        "NewInvoiceLine",
        [
            .required("name", .line(1...200), InvoiceAPIWords.name),
            .optional("quantity", .integer(1...10_000), InvoiceAPIWords.quantity),
            .required("price", .integer(1...Int(Money.most)), InvoiceAPIWords.price),
            .optional("is_exempt", .flag, InvoiceAPIWords.exempt),
        ])

    let profile: FiscalProfile.ID?
    let note: String
    private let lines: [JSONObject]

    init(_ members: Members) {
        profile = members.id("profile")
        note = members.text("note") ?? ""
        guard case .array(let elements)? = members["items"] else {
            lines = []
            return
        }
        lines = elements.compactMap { if case .object(let line) = $0 { line } else { nil } }
    }

    func items(in currency: Currency) -> [InvoiceActs.Item] {
        lines.map { line in
            var (name, quantity, price, isExempt) = ("", Int64(1), Int64(0), false)
            if case .string(let text)? = line["name"] { name = text }
            if case .integer(let number)? = line["quantity"] { quantity = number }
            if case .integer(let number)? = line["price"] { price = number }
            if case .bool(let flag)? = line["is_exempt"] { isExempt = flag }
            return InvoiceActs.Item(
                name: name, quantity: Int(quantity), price: Money(minor: price, currency), isExempt: isExempt)
        }
    }
}

struct CreditInput: Input {
    static let schema = Schema.object(
        "NewCreditNote",
        [
            .required("amount", .integer(1...Int(Money.most)), InvoiceAPIWords.amount),
            .required("reason", .line(1...200), InvoiceAPIWords.reason),
        ])

    let amount: Int64
    let reason: String

    init(_ members: Members) {
        amount = Int64(members.integer("amount") ?? 0)
        reason = members.text("reason") ?? ""
    }
}

struct VoidInput: Input {
    static let schema = Schema.object(
        "InvoiceVoid",
        [
            .required("reason", .line(1...300), InvoiceAPIWords.reason),
            .optional("is_reissued", .flag, InvoiceAPIWords.reissued),
        ])

    let reason: String
    let isReissued: Bool

    init(_ members: Members) {
        reason = members.text("reason") ?? ""
        isReissued = members["is_reissued"] == .bool(true)
    }
}
