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

extension Invoice: ListedResource {
    package static let schema = Schema.object(
        "Invoice",
        [
            .required("id", .id, InvoiceAPIWords.id),
            .required("kind", .words(Kind.allCases.map(\.rawValue)), InvoiceAPIWords.kind),
            .required("folio", .text, InvoiceAPIWords.folio),
            .required("sequence", .integer(1...Int.max), InvoiceAPIWords.sequence),
            .required("customer", .id, InvoiceAPIWords.customer),
            .required("receiver_name", .text, InvoiceAPIWords.receiver),
            .required("receiver_tax_id", .text, InvoiceAPIWords.taxID),
            .required("issued_on", .day, InvoiceAPIWords.issuedOn),
            .required("due_on", .day, InvoiceAPIWords.dueOn),
            .required("currency", .text, InvoiceAPIWords.currency),
            .required("net", .integer(-Int(Money.most)...Int(Money.most)), InvoiceAPIWords.net),
            .required("tax", .integer(-Int(Money.most)...Int(Money.most)), InvoiceAPIWords.tax),
            .required("rounding", .integer(-Int(Money.most)...Int(Money.most)), InvoiceAPIWords.rounding),
            .required("total", .integer(0...Int(Money.most)), InvoiceAPIWords.total),
            .required("open", .integer(0...Int(Money.most)), InvoiceAPIWords.open),
            .required("state", .words(State.allCases.map(\.rawValue)), InvoiceAPIWords.state),
            .required(
                "early_discount", Schema.integer(1...Int(Money.most)).orNull, InvoiceAPIWords.earlyDiscount),
            .required("early_until", Schema.day.orNull, InvoiceAPIWords.earlyUntil),
            .required("is_early_granted", .flag, InvoiceAPIWords.earlyGranted),
            .required("corrects", Schema.id.orNull, InvoiceAPIWords.corrects),
            .required("note", .text, InvoiceAPIWords.note),
            .required("author", .text, InvoiceAPIWords.author),
            .required("made_at", .text, InvoiceAPIWords.madeAt),
            .required("voided_at", Schema.text.orNull, InvoiceAPIWords.voidedAt),
            .required("void_reason", .text, InvoiceAPIWords.reason),
        ])

    package var path: String { "/api/v1/invoices/\(id)" }
    package var position: Int { sequence }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("kind", kind.rawValue)
            json.member("folio", folio)
            json.member("sequence", sequence)
            json.member("customer", customer.description)
            json.member("receiver_name", receiver.name)
            json.member("receiver_tax_id", receiver.taxID)
            json.member("issued_on", issuedOn.iso)
            json.member("due_on", dueOn.iso)
            json.member("currency", total.currency.code)
            json.member("net", Int(net.minor))
            json.member("tax", Int(tax.minor))
            json.member("rounding", Int(rounding.minor))
            json.member("total", Int(total.minor))
            json.member("open", Int(open.minor))
            json.member("state", state.rawValue)
            json.member("early_discount", early.map { Int($0.amount.minor) })
            json.member("early_until", early?.until.iso)
            json.member("is_early_granted", early?.isGranted == true)
            json.member("corrects", corrects?.description)
            json.member("note", note)
            json.member("author", author)
            json.member("made_at", madeAt.rfc3339)
            json.member("voided_at", voidedAt?.rfc3339)
            json.member("void_reason", voidReason)
        }
    }
}

extension InvoiceLine: JSONWritable {
    static let schema = Schema.object(
        "InvoiceLine",
        [
            .required("kind", .words(DraftLine.Kind.allCases.map(\.rawValue)), InvoiceAPIWords.lineKind),
            .required("service", Schema.id.orNull, InvoiceAPIWords.service),
            .required("name", .text, InvoiceAPIWords.name),
            .required("from_day", Schema.day.orNull, InvoiceAPIWords.from),
            .required("to_day", Schema.day.orNull, InvoiceAPIWords.to),
            .required("quantity", .integer(1...10_000), InvoiceAPIWords.quantity),
            .required("amount", .integer(-Int(Money.most)...Int(Money.most)), InvoiceAPIWords.amount),
            .required("net", .text, InvoiceAPIWords.fineNet),
            .required("tax", .text, InvoiceAPIWords.fineTax),
            .required("tax_name", .text, InvoiceAPIWords.taxName),
        ])

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", kind.rawValue)
            json.member("service", service?.description)
            json.member("name", name)
            json.member("from_day", period?.from.iso)
            json.member("to_day", period?.to.iso)
            json.member("quantity", quantity)
            json.member("amount", Int(amount.minor))
            json.member("net", net.text)
            json.member("tax", tax.text)
            json.member("tax_name", taxName)
        }
    }
}
