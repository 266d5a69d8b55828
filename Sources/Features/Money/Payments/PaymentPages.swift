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

/// Cobrar: the debt and cash are there already, so that a payment is one key.
struct NewPaymentPage: View {
    let customer: Customer
    let balance: CustomerBalance
    let toReconnect: Money?
    /// What they brought that waits for approval.
    let pending: Money
    let open: [Charge]
    let methods: [PaymentMethod]
    let form: PaymentForm
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
            amount
            methodChoice
            reference
            details {
                summary { PaymentWords.more.text(for: reader) }
                more
                if open.count > 1 { charges }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { PaymentWords.cancel.text(for: reader) }
                button(.type("submit"), .name("print"), .value("1")) { PaymentWords.takeAndPrint.text(for: reader) }
                button(.type("submit"), .class("primary")) { PaymentWords.take.text(for: reader) }
            }
        }
    }

    private var amount: some View {
        FormField(PaymentWords.amount.text(for: reader), name: "amount", error: form.fault("amount")) { wiring in
            input(
                wiring, .required(), .inputmode("decimal"), .maxlength(30), .autocomplete("off"), .autofocus(),
                .value(form.amount))
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

struct PaymentsPage: View {
    let list: PaymentList
    let found: [Payment]
    let methods: [PaymentMethod]
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var shown: [Payment] { Array(found.prefix(PaymentList.length)) }

    var body: Markup {
        PageHeading(PaymentWords.payments.text(for: reader)) {
            if visit.may(.paymentsMethods) {
                a(.class("button"), .href(MethodRoutes.path)) { PaymentWords.methods.text(for: reader) }
            }
            if visit.mayAct(with: .paymentsRegister) {
                a(.class("button primary"), .href(WhoPaysPage.path)) { PaymentWords.take.text(for: reader) }
            }
        }
        filters
        LivingList {
            if shown.isEmpty {
                EmptyState(
                    .billing, (list.isFiltered ? PaymentWords.noMatch : .nonePaid).text(for: reader),
                    act: list.isFiltered ? (PaymentWords.showAll.text(for: reader), PaymentList.path) : nil)
            } else {
                PaymentTable(payments: shown, visit: visit)
                let next = found.count > PaymentList.length ? shown.last.map { list.following($0).address } : nil
                Pager(first: list.place == nil ? nil : list.start.address, next: next, reader: reader)
            }
        }
    }

    private var filters: some View {
        FilterBar(PaymentList.path, button: PaymentWords.filter.text(for: reader)) {
            FormField(PaymentWords.numberOrReference.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .value(list.text), .maxlength(60), .autocomplete("off"))
            }
            FormField(PaymentWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { PaymentWords.every.text(for: reader) }
                    for state in Payment.State.allCases {
                        option(.value(state.rawValue), .selected(state == list.state)) { state.text(for: reader) }
                    }
                }
            }
            FormField(PaymentWords.method.text(for: reader), name: "method") { wiring in
                select(wiring) {
                    option(.value("")) { PaymentWords.every.text(for: reader) }
                    for method in methods {
                        option(.value(method.word), .selected(method.word == list.method)) { method.name }
                    }
                }
            }
            FormField(PaymentWords.evidence.text(for: reader), name: "evidence") { wiring in
                select(wiring) {
                    option(.value("")) { PaymentWords.every.text(for: reader) }
                    option(.value("yes"), .selected(list.hasEvidence)) { PaymentWords.withEvidence.text(for: reader) }
                }
            }
            FormField(PaymentWords.from.text(for: reader), name: "from") { wiring in
                input(wiring, .type("date"), .value(list.from?.iso ?? ""))
            }
            FormField(PaymentWords.to.text(for: reader), name: "to") { wiring in
                input(wiring, .type("date"), .value(list.to?.iso ?? ""))
            }
        }
    }
}

struct PaymentTable: View {
    let payments: [Payment]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let title = PaymentWords.payments.text(for: reader)
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [PaymentWords.customer, .number, .day, .method, .reference, .amount, .state] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                        th(.scope("col"), .class("minor")) { PaymentWords.author.text(for: reader) }
                    }
                }
                tbody { forEach(payments) { Self.row($0, reader) } }
            }
        }
    }

    private static func row(_ payment: Payment, _ reader: Reader) -> Markup {
        tr {
            td(.class("name")) { a(.href("\(PaymentList.path)/\(payment.id)")) { payment.customerName } }
            td(.class("figures"), .data("label", PaymentWords.number.text(for: reader))) { payment.folio }
            td(.class("figures"), .data("label", PaymentWords.day.text(for: reader))) {
                payment.day.text(.short, for: reader)
            }
            td { payment.methodName }
            td(.class("figures"), .data("label", PaymentWords.reference.text(for: reader))) { payment.reference }
            td(.class("figures")) { payment.amount.exactText(for: reader) }
            td(.class("state"), .data("tone", payment.state.tone.rawValue)) { payment.state.text(for: reader) }
            td(.class("minor")) { payment.author }
        }
    }
}

struct PaymentPage: View {
    let payment: Payment
    let settled: [SettledCharge]
    /// Of those who wanted to do something else with it by now.
    let fault: PaymentRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(PaymentList.path)/\(payment.id)" }

    var body: Markup {
        Crumb(PaymentWords.payments.text(for: reader), path: PaymentList.path)
        PageHeading(PaymentWords.paymentNumber.text(for: reader, .text("number", payment.folio))) {
            if [.applied, .reversed, .chargedBack].contains(payment.state) {
                a(.class("button"), .href("\(path)/receipt?paper=80")) { PaymentWords.ticket80.text(for: reader) }
                a(.class("button"), .href("\(path)/receipt?paper=58")) { PaymentWords.ticket58.text(for: reader) }
                a(.class("button"), .href("\(path)/receipt")) { "PDF" }
            }
        }
        p(.class("subject")) {
            a(.href("/panel/customers/\(payment.customer)")) { payment.customerName }
            StateMark(payment.state, for: reader)
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
        if !settled.isEmpty { charges }
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
    }

    private var facts: Markup {
        let moment: (Instant) -> String = { $0.text(.short, in: visit.tenant.timeZone, for: reader) }
        let facts: [(PaymentWords, String)] = [
            (.amount, payment.amount.exactText(for: reader)), (.method, payment.methodName),
            (.reference, payment.reference), (.day, payment.day.text(.long, for: reader)), (.note, payment.note),
            (.author, "\(payment.author) · \(moment(payment.madeAt))"),
            (
                .decider,
                payment.decidedAt.map { "\(payment.state.text(for: reader)) · \(payment.decider) · \(moment($0))" }
                    ?? ""
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

/// Asked before a payment is rejected or reversed: why.
struct PaymentReasonPage: View {
    /// Named with its number and whose it is.
    let about: String
    let amount: Money
    let act: any MessageCatalogue
    let hint: Message
    let path: String
    let action: String
    let fault: Message?
    let asksWhetherFalse: Bool
    let reader: Reader

    var title: String { act.message.text(for: reader) }

    var body: Markup {
        h1 { title }
        form(.class("confirm"), .method(.post), .action("\(path)/\(action)")) {
            p {
                "\(about) · "
                strong { amount.exactText(for: reader) }
            }
            p { hint.text(for: reader) }
            FormField(PaymentWords.reason.text(for: reader), name: "reason", error: fault?.text(for: reader)) {
                wiring in
                input(wiring, .required(), .maxlength(300), .autocomplete("off"))
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
        }
    }
}
