import Access
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Panel
import Payments
import ReceiptTexts
import Tenancy
import Time

struct NoReceiptsPage: View {
    let visit: Visit

    var body: Markup {
        h1 { ReceiptWords.toReview.text(for: visit.reader) }
        EmptyState(.billing, ReceiptWords.none.text(for: visit.reader), act: nil)
        ReceiptLinks(visit: visit)
    }
}

/// To the policy, and to those decided already.
private struct ReceiptLinks: View {
    let visit: Visit

    var body: Markup {
        p {
            a(.href("/panel/payments?evidence=yes")) { ReceiptWords.all.text(for: visit.reader) }
            if visit.may(.receiptsPolicy) {
                " · "
                a(.href(ReceiptRoutes.policyPath)) { ReceiptWords.policy.text(for: visit.reader) }
            }
        }
    }
}

/// The picture beside its fields: what is doubtful is said at its field.
struct ReceiptPage: View {
    let receipt: Receipt
    /// What the customer owes now, without this payment.
    let owed: Money
    let toReconnect: Money?
    let waiting: Int
    let next: Payment.ID?
    let methods: [PaymentMethod]
    let form: ReceiptForm
    let fault: FormFault?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var payment: Payment { receipt.payment }
    private var path: String { "\(ReceiptRoutes.path)/\(payment.id)" }
    private var picture: String { "/panel/payments/\(payment.id)/evidence" }

    var body: Markup {
        PageHeading(ReceiptWords.toReview.text(for: reader)) {
            if let next {
                a(.class("button"), .href("\(ReceiptRoutes.path)/\(next)"), .data("key", "j")) {
                    ReceiptWords.next.text(for: reader)
                }
            }
        }
        p(.class("subject")) {
            a(.href("/panel/customers/\(payment.customer)")) { payment.customerName }
            StateMark(payment.state, for: reader)
            span(.class("hint")) {
                "\(payment.folio) · \(payment.madeAt.text(.short, in: visit.tenant.timeZone, for: reader))"
            }
        }
        p {
            "\(ReceiptWords.owes.text(for: reader)): "
            strong { owed.exactText(for: reader) }
            if let toReconnect {
                " · \(ReceiptWords.toReconnect.text(for: reader)): "
                strong { toReconnect.exactText(for: reader) }
            }
        }
        div(.class("receipt")) {
            a(.href(picture), .target("_blank")) {
                img(.class("evidence"), .src(picture), .alt(ReceiptWords.picture.text(for: reader)))
            }
            div {
                doubts
                if payment.state == .pending, visit.mayAct(with: .paymentsApprove) {
                    approval
                    rejection
                } else {
                    p { a(.href("/panel/payments/\(payment.id)")) { ReceiptWords.payment.text(for: reader) } }
                }
            }
        }
        ReceiptLinks(visit: visit)
    }

    @MarkupBuilder private var doubts: Markup {
        if receipt.doubts.isEmpty {
            p(.class("notice")) { ReceiptWords.noDoubts.text(for: reader) }
        } else {
            div(.class("notice notice-warn"), .role("status")) {
                p { ReceiptWords.doubts.text(for: reader) }
                ul { for doubt in receipt.doubts { li { doubt.text(for: reader) } } }
                if let like = receipt.like {
                    p {
                        a(.href("/panel/payments/\(like)")) {
                            ReceiptWords.like.text(for: reader, .text("number", receipt.likeFolio))
                        }
                    }
                }
            }
        }
        p(.class("hint")) { origin }
    }

    private var origin: String {
        let destination =
            receipt.destination.isEmpty
            ? "" : ReceiptWords.destination.text(for: reader, .text("number", String(receipt.destination.suffix(4))))
        let parts = [receipt.bank, destination, ReceiptWords.trust(receipt.effect).text(for: reader)]
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private func hint(_ field: String) -> String? {
        receipt.isDoubtful(field) ? ReceiptWords.lookAgain.text(for: reader) : nil
    }

    private func error(_ field: String) -> String? {
        fault.flatMap { $0.name == field ? $0.message.text(for: reader) : nil }
    }

    private var approval: Markup {
        HTML.form(.class("card form"), .method(.post), .action("\(path)/approve")) {
            FormHead(fault.map { [$0] } ?? [], visit: visit)
            FormField(
                ReceiptWords.amount.text(for: reader), name: "amount", hint: hint("amount"), error: error("amount")
            ) { wiring in
                input(
                    wiring, .required(), .inputmode("decimal"), .maxlength(30), .autocomplete("off"),
                    .value(form.amount))
            }
            FormField(ReceiptWords.method.text(for: reader), name: "method", error: error("method")) { wiring in
                select(wiring) {
                    for method in methods where method.isActive || method.word == form.method {
                        option(.value(method.word), .selected(method.word == form.method)) { method.name }
                    }
                }
            }
            FormField(ReceiptWords.day.text(for: reader), name: "day", hint: hint("day"), error: error("day")) {
                wiring in input(wiring, .type("date"), .required(), .value(form.day))
            }
            FormField(
                ReceiptWords.reference.text(for: reader), name: "reference", hint: hint("reference"),
                error: error("reference")
            ) { wiring in input(wiring, .maxlength(60), .autocomplete("off"), .value(form.reference)) }
            div(.class("form-acts")) {
                button(.type("submit"), .class("primary")) { ReceiptWords.approve.text(for: reader) }
            }
        }
    }

    /// A reason is one tap.
    private var rejection: Markup {
        HTML.form(.class("card"), .method(.post), .action("\(path)/reject")) {
            h2 { ReceiptWords.reject.text(for: reader) }
            label(.class("choice")) {
                input(.type("checkbox"), .name("false_receipt"), .value("yes"))
                span { ReceiptWords.isFalse.text(for: reader) }
            }
            // The first button is what Enter presses in the text.
            FormField(ReceiptWords.otherReason.text(for: reader), name: "other", error: error("other")) { wiring in
                input(wiring, .maxlength(300), .autocomplete("off"))
            }
            div(.class("acts")) {
                button(.type("submit"), .class("danger")) { ReceiptWords.rejectForThis.text(for: reader) }
            }
            div(.class("acts")) {
                for reason in ReceiptWords.reasons {
                    let text = reason.text(for: reader)
                    button(.type("submit"), .class("danger"), .name("reason"), .value(text)) { text }
                }
            }
        }
    }
}
