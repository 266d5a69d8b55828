import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Services
import Tenancy
import Time

/// An invoice: its lines, its open amount, and the possible acts.
struct InvoicePage: View {
    struct Related: Sendable {
        let corrects: Invoice?
        let corrected: [Invoice]
        /// Customers whose services it charges, other than its own.
        let users: [InvoiceUser]
    }

    let invoice: Invoice
    let lines: [InvoiceLine]
    let related: Related
    /// Why the visitor's act was refused.
    let fault: InvoiceRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(Invoice.list.path)/\(invoice.id)" }

    var body: Markup {
        Crumb(InvoiceWords.invoices.text(for: reader), path: Invoice.list.path)
        PageHeading(invoice.title(for: reader)) {
            a(.class("button"), .href("\(path)/pdf")) { InvoiceWords.pdf.text(for: reader) }
            a(.class("button"), .href("\(path)/pdf?paper=80")) { InvoiceWords.ticket80.text(for: reader) }
            a(.class("button"), .href("\(path)/pdf?paper=58")) { InvoiceWords.ticket58.text(for: reader) }
        }
        p(.class("subject")) {
            a(.href("/panel/customers/\(invoice.customer)/invoices")) { invoice.customerName }
            StateMark(invoice.state, for: reader)
        }
        if let fault { p(.class("notice error"), .role("alert")) { fault.text(for: reader) } }
        facts
        InvoiceLinesTable(invoice: invoice, lines: lines, reader: reader)
        others
        acts
    }

    private var facts: Markup {
        let moment: (Instant) -> String = { $0.text(.short, in: visit.tenant.timeZone, for: reader) }
        let facts: [(InvoiceWords, String)] = [
            (.total, invoice.total.exactText(for: reader)),
            (.open, invoice.kind == .invoice ? invoice.open.exactText(for: reader) : ""),
            (.issuedOn, invoice.issuedOn.text(.long, for: reader)),
            (.dueOn, invoice.kind == .invoice ? invoice.dueOn.text(.long, for: reader) : ""),
            (.early, invoice.early(on: visit.today)?.text(for: reader) ?? ""),
            (.receiver, invoice.receiver.name), (.taxID, invoice.receiver.taxID), (.note, invoice.note),
            (.author, "\(invoice.author) · \(moment(invoice.madeAt))"),
            (.voided, invoice.voidedAt.map { "\(invoice.voidedBy) · \(moment($0))" } ?? ""),
            (.reason, invoice.voidReason),
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

    @MarkupBuilder private var others: Markup {
        if !related.users.isEmpty {
            p { InvoiceWords.paidFor.text(for: reader) }
            ul(.class("plain")) {
                for user in related.users { li { a(.href("/panel/customers/\(user.customer)")) { user.name } } }
            }
        }
        if let corrects = related.corrects {
            p {
                "\(InvoiceWords.corrects.text(for: reader)): "; link(corrects)
            }
        }
        if !related.corrected.isEmpty {
            h2 { InvoiceWords.corrected.text(for: reader) }
            ul(.class("plain")) {
                for other in related.corrected {
                    li {
                        link(other)
                        span(.class("figures")) { " · \(other.total.exactText(for: reader))" }
                    }
                }
            }
        }
    }

    private func link(_ other: Invoice) -> Markup {
        a(.href("\(Invoice.list.path)/\(other.id)")) { other.title(for: reader) }
    }

    @MarkupBuilder private var acts: Markup {
        if invoice.state != .voided {
            div(.class("acts")) {
                if invoice.kind == .invoice, visit.mayAct(with: .invoicesIssue) {
                    a(.class("button"), .href("\(path)/credit")) { InvoiceWords.makeCreditNote.text(for: reader) }
                }
                if visit.mayAct(with: .invoicesVoid) {
                    a(.class("button danger"), .href("\(path)/void"), .data("dialog", "")) {
                        InvoiceWords.void.text(for: reader)
                    }
                }
            }
        }
    }
}

/// An invoice's lines and totals.
struct InvoiceLinesTable: View {
    let invoice: Invoice
    let lines: [InvoiceLine]
    let reader: Reader

    var body: Markup {
        let title = InvoiceWords.lines.text(for: reader)
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        th(.scope("col")) { InvoiceWords.what.text(for: reader) }
                        th(.scope("col"), .class("number")) { InvoiceWords.amount.text(for: reader) }
                    }
                }
                tbody {
                    for (line, net) in zip(lines, lines.map(\.net).shares(of: invoice.net)) {
                        row(line.text(for: reader), net.exactText(for: reader))
                    }
                    row(InvoiceWords.net.text(for: reader), invoice.net.exactText(for: reader))
                    for sum in invoice.taxes { row(sum.text, sum.amount.exactText(for: reader)) }
                    if !invoice.rounding.isZero {
                        row(InvoiceWords.rounding.text(for: reader), invoice.rounding.exactText(for: reader))
                    }
                    tr {
                        th(.scope("row")) { InvoiceWords.total.text(for: reader) }
                        td(.class("number")) { strong { invoice.total.exactText(for: reader) } }
                    }
                }
            }
        }
    }

    private func row(_ text: String, _ amount: String) -> Markup {
        tr {
            td(.class("name")) { text }
            td(.class("number")) { amount }
        }
    }
}

/// Asks, before voiding an invoice, for the reason and whether to reissue it.
struct VoidInvoicePage: View {
    let invoice: Invoice
    let fault: InvoiceRefusal?
    let reader: Reader

    var body: Markup {
        let path = "\(Invoice.list.path)/\(invoice.id)"
        h1 { InvoiceWords.void.text(for: reader) }
        form(.class("confirm"), .method(.post), .action("\(path)/void")) {
            p {
                "\(invoice.folio) · \(invoice.customerName) · "
                strong { invoice.total.exactText(for: reader) }
            }
            p { InvoiceWords.voidHint.text(for: reader) }
            FormField(InvoiceWords.reason.text(for: reader), name: "reason", error: fault?.text(for: reader)) {
                wiring in
                input(wiring, .required(), .maxlength(300), .autocomplete("off"))
            }
            label(.class("choice")) {
                input(.type("checkbox"), .name("reissue"), .value("yes"))
                span { InvoiceWords.reissue.text(for: reader) }
            }
            p(.class("hint")) { InvoiceWords.reissueHint.text(for: reader) }
            div(.class("confirm-acts")) {
                a(.class("button"), .href(path), .data("close", "")) { InvoiceWords.cancel.text(for: reader) }
                button(.type("submit"), .class("danger-solid")) { InvoiceWords.void.text(for: reader) }
            }
        }
    }
}

struct CreditPage: View {
    let invoice: Invoice
    let form: CreditForm
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let path = "\(Invoice.list.path)/\(invoice.id)"
        Crumb(invoice.title(for: reader), path: path)
        h1 { InvoiceWords.makeCreditNote.text(for: reader) }
        HTML.form(.class("card form"), .method(.post), .action("\(path)/credit")) {
            ErrorSummary(InvoiceWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text) })
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            p {
                "\(invoice.folio) · \(invoice.customerName) · "
                strong { invoice.total.exactText(for: reader) }
            }
            p(.class("hint")) { InvoiceWords.creditHint.text(for: reader) }
            FormField(InvoiceWords.amount.text(for: reader), name: "amount", error: form.fault("amount")) { wiring in
                input(
                    wiring, .required(), .inputmode("decimal"), .maxlength(30), .autocomplete("off"), .autofocus(),
                    .value(form.amount))
            }
            FormField(InvoiceWords.reason.text(for: reader), name: "reason", error: form.fault("reason")) { wiring in
                input(wiring, .required(), .maxlength(200), .autocomplete("off"), .value(form.reason))
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { InvoiceWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { InvoiceWords.makeCreditNote.text(for: reader) }
            }
        }
    }
}

struct NewInvoicePage: View {
    let customer: Customer
    let profiles: [FiscalProfile]
    let form: InvoiceForm
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "/panel/customers/\(customer.id)/invoices" }

    var body: Markup {
        Crumb(customer.name, path: path)
        h1 { InvoiceWords.new.text(for: reader) }
        HTML.form(.class("card form"), .method(.post), .action(path)) {
            ErrorSummary(InvoiceWords.mistakes.text(for: reader), errors: form.faults.map { ($0.name, $0.text) })
            input(.type("hidden"), .name("id"), .value(form.id.description))
            if !profiles.isEmpty { receiver }
            line(1)
            details(.when(form.typed.dropFirst().contains { !$0.name.isEmpty }, .open())) {
                summary { InvoiceWords.moreLines.text(for: reader) }
                for number in 2...InvoiceForm.lines { line(number) }
            }
            FormField(InvoiceWords.note.text(for: reader), name: "note") { wiring in
                input(wiring, .maxlength(300), .autocomplete("off"), .value(form.note))
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { InvoiceWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { InvoiceWords.issue.text(for: reader) }
            }
        }
    }

    private var receiver: some View {
        FormField(InvoiceWords.profile.text(for: reader), name: "profile", error: form.fault("profile")) { wiring in
            select(wiring) {
                option(.value("")) { InvoiceWords.publicInGeneral.text(for: reader) }
                for profile in profiles {
                    option(.value(profile.id.description), .selected(profile.id == form.profile)) {
                        "\(profile.legalName) · \(profile.taxID)"
                    }
                }
            }
        }
    }

    private func line(_ number: Int) -> Markup {
        let typed = form.typed[number - 1]
        return fieldset {
            legend { InvoiceWords.name.text(for: reader, .number("number", number)) }
            FormField(
                InvoiceWords.what.text(for: reader), name: "name-\(number)", error: form.fault("name-\(number)")
            ) { wiring in
                input(wiring, .maxlength(200), .autocomplete("off"), .value(typed.name))
            }
            FormField(
                InvoiceWords.quantity.text(for: reader), name: "quantity-\(number)",
                error: form.fault("quantity-\(number)")
            ) { wiring in
                input(wiring, .inputmode("numeric"), .maxlength(10), .autocomplete("off"), .value(typed.quantity))
            }
            FormField(
                InvoiceWords.price.text(for: reader), name: "price-\(number)", error: form.fault("price-\(number)")
            ) { wiring in
                input(wiring, .inputmode("decimal"), .maxlength(30), .autocomplete("off"), .value(typed.price))
            }
            label(.class("choice")) {
                input(.type("checkbox"), .name("exempt-\(number)"), .value("yes"), .checked(typed.isExempt))
                span { InvoiceWords.exempt.text(for: reader) }
            }
        }
    }
}

/// A customer's invoices, as a tab of their pages.
struct CustomerInvoicesPage: View {
    static let shown = 50

    let heading: CustomerHeading
    let customer: Customer
    let invoices: [Invoice]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let path = "/panel/customers/\(customer.id)"
        heading
        if invoices.isEmpty {
            EmptyState(
                .billing, InvoiceWords.noneOfCustomer.text(for: reader),
                act: visit.mayAct(with: .invoicesIssue)
                    ? (InvoiceWords.new.text(for: reader), "\(path)/invoices/new") : nil)
        } else {
            InvoiceTable(invoices: Array(invoices.prefix(Self.shown)), path: Invoice.list.path, reader: reader)
            div(.class("acts")) {
                if invoices.count > Self.shown {
                    a(.class("button"), .href("\(Invoice.list.path)?customer=\(customer.id)")) {
                        InvoiceWords.invoices.text(for: reader)
                    }
                }
                if visit.mayAct(with: .invoicesIssue) {
                    NewLink(InvoiceWords.new.text(for: reader), path: "\(path)/invoices/new")
                }
            }
        }
    }
}

struct InvoiceTable: View {
    let invoices: [Invoice]
    let path: String
    let reader: Reader

    var body: Markup {
        let title = InvoiceWords.invoices.text(for: reader)
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [InvoiceWords.folio, .issuedOn, .dueOn, .total, .open, .state] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { for invoice in invoices { row(invoice) } }
            }
        }
    }

    private func row(_ invoice: Invoice) -> Markup {
        tr {
            td(.class("name")) { a(.href("\(path)/\(invoice.id)")) { invoice.folio } }
            td(.class("figures"), .data("label", InvoiceWords.issuedOn.text(for: reader))) {
                invoice.issuedOn.text(.short, for: reader)
            }
            td(.class("figures"), .data("label", InvoiceWords.dueOn.text(for: reader))) {
                invoice.kind == .invoice ? invoice.dueOn.text(.short, for: reader) : "–"
            }
            td(.class("number"), .data("label", InvoiceWords.total.text(for: reader))) {
                invoice.kind == .invoice
                    ? invoice.total.exactText(for: reader) : "−\(invoice.total.exactText(for: reader))"
            }
            td(.class("number"), .data("label", InvoiceWords.open.text(for: reader))) {
                invoice.open.isZero ? "–" : invoice.open.exactText(for: reader)
            }
            td(.class("state"), .data("tone", invoice.state.tone.rawValue)) { invoice.state.text(for: reader) }
        }
    }
}

/// The newest invoices, on their customer's page.
struct InvoiceCardLines: View {
    let invoices: [Invoice]
    let path: String
    let reader: Reader

    var body: Markup {
        ul(.class("plain lines")) {
            for invoice in invoices {
                li {
                    span {
                        a(.href("\(Invoice.list.path)/\(invoice.id)")) { invoice.folio }
                        span(.class("hint")) { " \(invoice.issuedOn.text(.short, for: reader)) " }
                        StateMark(invoice.state, for: reader)
                    }
                    span(.class("figures")) { invoice.total.exactText(for: reader) }
                }
            }
        }
        p { a(.href(path)) { InvoiceWords.invoices.text(for: reader) } }
    }
}
