import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// Cobrar: debt and cash are filled in, so that a payment takes one key.
struct NewPaymentPage: View {
    let customer: Customer
    let balance: CustomerBalance
    let toReconnect: Money?
    /// The customer's pending payments.
    let pending: Money
    let open: [Charge]
    let methods: [PaymentMethod]
    let form: PaymentForm
    let parts: [Markup]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "/panel/customers/\(customer.id)" }

    var body: Markup {
        Crumb(customer.name, path: path)
        h1 { PaymentWords.takeFrom.text(for: reader, .name(customer.name)) }
        HTML.form(.class("card form"), .method(.post), .action("\(path)/payments")) {
            ErrorSummary(PaymentWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text) })
            input(.type("hidden"), .name("id"), .value(form.id.description))
            p {
                "\(PaymentWords.owes.text(for: reader)): "
                strong { balance.balance.ledgerText(for: reader) }
                if pending.isPositive {
                    " · \(Payment.State.pending.text(for: reader)): "
                    strong { pending.exactText(for: reader) }
                }
                if let toReconnect {
                    " · \(PaymentWords.toReconnect.text(for: reader)): "
                    strong { toReconnect.exactText(for: reader) }
                }
            }
            Markup.group(parts)
            amount
            methodChoice
            received
            reference
            details {
                summary { PaymentWords.more.text(for: reader) }
                more
                if open.count > 1 { charges }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { PaymentWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary"), .name("print"), .value("1")) {
                    PaymentWords.takeAndPrint.text(for: reader)
                }
                button(.type("submit")) { PaymentWords.take.text(for: reader) }
            }
        }
    }

    private var amount: some View {
        FormField(PaymentWords.amount.text(for: reader), name: "amount", error: form.fault("amount")) { wiring in
            input(
                wiring, .required(), .inputmode("decimal"), .maxlength(30), .autocomplete("off"), .autofocus(),
                .value(form.amount), .data("owed", "\(max(0, balance.balance.minor, toReconnect?.minor ?? 0))"))
            span(.class("hint"), .role("status"), .data("favour", PaymentWords.keptInFavour.text(for: reader)))
        }
    }

    /// The change is computed by script, and shown on the next page in any case.
    private var received: Markup {
        let currency = visit.tenant.currency
        return div(
            .class("cash"), .data("cash", methods.filter { $0.kind == .cash }.map(\.word).joined(separator: " "))
        ) {
            FormField(
                PaymentWords.received.text(for: reader), name: "received",
                hint: PaymentWords.receivedHint.text(for: reader), error: form.fault("received")
            ) { wiring in
                input(wiring, .inputmode("decimal"), .maxlength(30), .autocomplete("off"), .value(form.received))
            }
            p(.class("change"), .role("status")) {
                span { PaymentWords.change.text(for: reader) + " " }
                strong(.data("change", currency.rawValue))
            }
        }
    }

    private var methodChoice: some View {
        FormField(PaymentWords.method.text(for: reader), name: "method", error: form.fault("method")) { wiring in
            select(wiring) {
                for method in methods where method.isActive {
                    option(.value(method.word), .selected(method.word == form.method)) { method.name }
                }
            }
        }
    }

    private var reference: some View {
        FormField(
            PaymentWords.reference.text(for: reader), name: "reference",
            hint: PaymentWords.referenceHint.text(for: reader), error: form.fault("reference")
        ) { wiring in
            input(wiring, .maxlength(60), .autocomplete("off"), .value(form.reference))
        }
    }

    @MarkupBuilder private var more: Markup {
        FormField(PaymentWords.day.text(for: reader), name: "day", error: form.fault("day")) { wiring in
            input(wiring, .type("date"), .required(), .value(form.day))
        }
        FormField(PaymentWords.note.text(for: reader), name: "note") { wiring in
            input(wiring, .maxlength(300), .autocomplete("off"), .value(form.note))
        }
    }

    private var charges: Markup {
        fieldset {
            legend { PaymentWords.settlesFirst.text(for: reader) }
            p(.class("hint")) { PaymentWords.oldestFirst.text(for: reader) }
            for charge in open.prefix(100) {
                label(.class("choice")) {
                    input(
                        .type("checkbox"), .name("charge"), .value(charge.id.description),
                        .checked(form.chosen.contains(charge.id)))
                    span {
                        "\(charge.kind.words.text(for: reader)) \(charge.note) · \(charge.open.exactText(for: reader)) · \(charge.due.text(.short, for: reader))"
                    }
                }
            }
        }
    }
}

struct PaymentPage: View {
    let payment: Payment
    let settled: [SettledCharge]
    /// The reconnection fee, charged once the service comes back.
    let announced: Money?
    /// What is still missing, where a service stays cut for debt.
    let toReconnect: Money?
    /// Why the requested act is no longer possible.
    let fault: PaymentRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(Payment.list.path)/\(payment.id)" }

    var body: Markup {
        Crumb(Payment.list, visit: visit)
        PageHeading(PaymentWords.paymentNumber.text(for: reader, .text("number", payment.folio))) {
            if [.applied, .reversed, .chargedBack].contains(payment.state) {
                // Printed in a frame beside the page.
                for (paper, words) in [("80", PaymentWords.ticket80), ("58", .ticket58)] {
                    a(
                        .class("button"), .href("\(path)/receipt?paper=\(paper)"), .target("_blank"),
                        .data("print", visit.request.query["print"] == paper ? "now" : "")
                    ) { words.text(for: reader) }
                }
                a(.class("button"), .href("\(path)/receipt"), .target("_blank")) { "PDF" }
                for paper in ["80", "58"] {
                    a(.class("button"), .href("\(path)/ticket?paper=\(paper)"), .download()) { "ESC/POS \(paper)" }
                }
            }
            if visit.mayAct(with: .paymentsRegister) {
                a(.class("button primary"), .href(WhoPaysPage.path), .data("new", "")) {
                    PaymentWords.takeNext.text(for: reader)
                }
            }
        }
        if let given { cash(given) }
        p(.class("subject")) {
            a(.href("/panel/customers/\(payment.customer)")) { payment.customerName }
            StateMark(payment.state, for: reader)
        }
        if let toReconnect, toReconnect.isPositive {
            p(.class("notice notice-warn")) {
                PaymentWords.missingToReconnect.text(for: reader, .money("amount", toReconnect))
            }
        }
        if let fault { p(.class("notice error"), .role("alert")) { fault.message.text(for: reader) } }
        if let hold = payment.hold.words { p(.class("notice")) { hold.text(for: reader) } }
        facts
        if payment.hasEvidence {
            p {
                a(.href("\(path)/evidence")) {
                    img(.class("evidence"), .src("\(path)/evidence"), .alt(PaymentWords.evidence.text(for: reader)))
                }
            }
        }
        if payment.state == .applied || !settled.isEmpty { charges }
        if payment.state == .pending, visit.mayAct(with: .paymentsApprove) { decision }
        if payment.state == .applied, visit.mayAct(with: .paymentsReverse) {
            div(.class("acts")) {
                a(.class("button danger"), .href("\(path)/reverse"), .data("dialog", "")) {
                    PaymentWords.reverse.text(for: reader)
                }
                a(.class("button danger"), .href("\(path)/chargeback"), .data("dialog", "")) {
                    AdjustmentWords.chargeBack.text(for: reader)
                }
            }
        }
        for part in PaymentPart.all(of: payment, visit) { part }
    }

    /// The cash received, as stated at the till.
    private var given: Money? {
        guard let minor = visit.request.query["received"].flatMap({ Int64($0) }), minor <= Money.most,
            minor >= payment.amount.minor
        else { return nil }
        return Money(minor: minor, payment.amount.currency)
    }

    private func cash(_ given: Money) -> Markup {
        let change = Money(minor: given.minor - payment.amount.minor, given.currency)
        return p(.class("notice")) {
            "\(PaymentWords.received.text(for: reader)) \(given.exactText(for: reader)) · \(PaymentWords.change.text(for: reader)) "
            strong { change.exactText(for: reader) }
        }
    }

    private var facts: Markup {
        let moment: (Instant) -> String = { $0.text(.short, in: visit.tenant.timeZone, for: reader) }
        let facts: [(PaymentWords, String)] = [
            (.amount, payment.amount.exactText(for: reader)), (.method, payment.methodName),
            (.reference, payment.reference), (.day, payment.day.text(.long, for: reader)), (.note, payment.note),
            (.author, "\(payment.author) · \(moment(payment.madeAt))"),
            (
                payment.state == .applied ? .approver : .decider,
                payment.decidedAt.map { $0 == payment.madeAt ? "" : "\(payment.decider) · \(moment($0))" } ?? ""
            ),
            (.reason, payment.reason),
        ]
        return dl(.class("facts card")) {
            for (words, value) in facts where !value.isEmpty {
                div {
                    dt { words.text(for: reader) }
                    dd { value }
                }
            }
        }
    }

    @MarkupBuilder private var charges: Markup {
        h2 { PaymentWords.settled.text(for: reader) }
        ul {
            for charge in settled {
                li {
                    "\(charge.kind.words.text(for: reader)) \(charge.note) · \(charge.settled.exactText(for: reader))"
                }
            }
            for (words, rest) in payment.rests(after: settled, announced: announced) {
                li { "\(words.text(for: reader)) · \(rest.exactText(for: reader))" }
            }
        }
    }

    private var decision: Markup {
        div(.class("acts")) {
            form(.method(.post), .action("\(path)/approve")) {
                button(.type("submit"), .class("primary")) { PaymentWords.approve.text(for: reader) }
            }
            a(.class("button danger"), .href("\(path)/reject"), .data("dialog", "")) {
                PaymentWords.reject.text(for: reader)
            }
        }
    }
}

/// Asks for the reason before a payment is rejected or reversed.
struct PaymentReasonPage: View {
    /// Its number and customer.
    let about: String
    let amount: Money
    let act: any MessageCatalogue
    let hint: Message
    let path: String
    let action: String
    let faults: [(field: String, message: Message)]
    let asksWhetherFalse: Bool
    var undoing: PaymentUndoing?
    let reader: Reader

    var title: String { act.message.text(for: reader) }

    private func fault(_ field: String) -> String? {
        faults.first { $0.field == field }?.message.text(for: reader)
    }

    var body: Markup {
        h1 { title }
        form(.class("confirm"), .method(.post), .action("\(path)/\(action)")) {
            p {
                "\(about) · "
                strong { amount.exactText(for: reader) }
            }
            p { hint.text(for: reader) }
            for warning in undoing?.warnings ?? [] { p(.class("warning")) { warning } }
            FormField(PaymentWords.reason.text(for: reader), name: "reason", error: fault("reason")) { wiring in
                input(wiring, .required(), .maxlength(300), .autocomplete("off"))
            }
            if undoing?.canWait == true || fault("grace_until") != nil {
                FormField(
                    PaymentWords.graceUntil.text(for: reader), name: "grace_until",
                    hint: PaymentWords.graceHint.text(for: reader), error: fault("grace_until")
                ) { wiring in input(wiring, .type("date")) }
            }
            if asksWhetherFalse {
                label(.class("choice")) {
                    input(.type("checkbox"), .name("false_receipt"), .value("yes"))
                    span { PaymentWords.falseReceipt.text(for: reader) }
                }
            }
            div(.class("confirm-acts")) {
                a(.class("button"), .href(path), .data("close", "")) { PaymentWords.cancel.text(for: reader) }
                button(.type("submit"), .class("danger-solid")) { title }
            }
        }
    }
}

extension Payment.Hold {
    var words: PaymentWords? {
        switch self {
        case .none: nil
        case .approval: .heldForApproval
        case .duplicate: .heldAsDuplicate
        case .evidence: .heldForEvidence
        case .doubt: .heldForDoubt
        case .series: .heldForSeries
        }
    }
}
