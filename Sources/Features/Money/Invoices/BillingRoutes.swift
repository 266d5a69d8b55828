import Access
import Billing
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Facturar: the preview of what is due, the run by hand, and the policy by which both go.
package struct BillingRoutes: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    static let path = "/panel/billing"
    static let policyPath = "/panel/billing/policy"

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/billing", .invoicesRun, "Vista previa de lo que toca facturar", preview)
        routes.post("/panel/billing", .invoicesRun, "Emite las facturas que tocan", raise)
        routes.get("/panel/billing/policy", .billingPolicy, "La política de facturación", ask)
        routes.post("/panel/billing/policy", .billingPolicy, "Cambia la política de facturación", change)
    }

    private func preview(_ visit: Visit) async throws -> Response {
        let asked = visit.request.query["day"].flatMap { Day(iso: $0) } ?? visit.today
        // Farther days would only repeat what is agreed today.
        let day = min(max(asked, visit.today), visit.today + 62)
        guard let settings = try await visit.database.billingSettings() else {
            return try await Panel.page(
                BillingNotSetUpPage(visit: visit), titled: InvoiceWords.billing.text(for: visit.reader), for: visit)
        }
        let run = BillingRun(of: visit.tenant, by: settings, on: day, from: randomness)
        let page = BillingPage(
            preview: try await BillingPreview(of: run, upTo: BillingPreview.mostSummed, in: visit.database), day: day,
            visit: visit)
        return try await Panel.page(page, titled: InvoiceWords.billing.text(for: visit.reader), for: visit)
    }

    private func raise(_ visit: Visit) async throws -> Response {
        try await visit.request.body.form(upTo: 1024).allow([])
        guard let settings = try await visit.database.billingSettings() else { throw InvoiceRefusal.notSetUp }
        let principal = visit.principal
        try await BillingRun(of: visit.tenant, by: settings, on: visit.today, from: randomness)
            .run(by: principal.actor, at: visit.now, in: visit.database)
        return Panel.done(.invoicesRaised, at: Invoice.list.path)
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let settings = try await visit.database.billingSettings() ?? BillingSettings(firstDay: visit.today.month.first)
        guard visit.mayAct(with: .billingPolicy) else {
            return try await Panel.page(
                BillingPolicyPage(settings: settings, reader: visit.reader),
                titled: InvoiceWords.policy.text(for: visit.reader), for: visit)
        }
        return try await page(NounForm(settings), .ok, visit)
    }

    private func change(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        var form = try NounForm<BillingSettings>(sent)
        guard form.faults.isEmpty else { return try await page(form, .unprocessableContent, visit) }
        let blank = BillingSettings(firstDay: visit.today.month.first)
        do {
            let sent = form
            let late = try await visit.database.transaction { database in
                try await database.lockBillingSettings()
                let known = try await database.billingSettings() ?? blank
                if let late = sent.late(for: known) { return NounForm<BillingSettings>?.some(late) }
                try await sent.applied(to: blank).put(of: visit.tenant, by: visit.principal, in: database)
                return nil
            }
            if let late { return try await page(late, .conflict, visit) }
            return Panel.done(.saved, at: Self.policyPath)
        } catch let refusal as InvoiceRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, refusal.status, visit)
        }
    }

    private func page(_ form: NounForm<BillingSettings>, _ status: Status, _ visit: Visit) async throws -> Response {
        let title = InvoiceWords.policy.text(for: visit.reader)
        let page = NounFormPage(title, form, to: Self.policyPath, cancel: Self.policyPath, submit: nil, visit: visit) {
            p(.class("hint")) { InvoiceWords.policyIntro.text(for: visit.reader) }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// What a run would issue: summed, and the first customers in full.
package struct BillingPreview: Sendable {
    package private(set) var outcome: BillingRun.Outcome
    package private(set) var shown: [CustomerDraft] = []
    /// Whether there are more customers than were summed.
    package private(set) var isPartial = false

    static let mostShown = 50
    /// A page waits for no more than these.
    static let mostSummed = 4 * BillingRun.batch

    package init(of run: BillingRun, upTo most: Int = .max, in database: TenantDatabase) async throws {
        outcome = BillingRun.Outcome(in: run.tenant.currency)
        var (last, summed): (Customer.ID?, Int) = (nil, 0)
        repeat {
            let step = try await run.preview(after: last, limit: BillingRun.batch, in: database)
            try outcome.add(step.drafts)
            shown += step.drafts.prefix(Self.mostShown - shown.count)
            (last, summed) = (step.last, summed + BillingRun.batch)
        } while last != nil && summed < most
        isPartial = last != nil
    }
}

struct BillingNotSetUpPage: View {
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        PageHeading(InvoiceWords.billing.text(for: reader))
        EmptyState(
            .billing, InvoiceWords.notSetUp.text(for: reader),
            act: visit.mayAct(with: .billingPolicy)
                ? (InvoiceWords.setUp.text(for: reader), BillingRoutes.policyPath) : nil)
    }
}

/// For those who may read the policy and not change it.
struct BillingPolicyPage: View {
    let settings: BillingSettings
    let reader: Reader

    var body: Markup {
        PageHeading(InvoiceWords.policy.text(for: reader))
        NounFacts(settings, options: [:], for: reader)
    }
}

struct BillingPage: View {
    let preview: BillingPreview
    let day: Day
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var outcome: BillingRun.Outcome { preview.outcome }

    var body: Markup {
        PageHeading(InvoiceWords.billing.text(for: reader)) {
            if visit.may(.billingPolicy) {
                a(.class("button"), .href(BillingRoutes.policyPath)) { InvoiceWords.policy.text(for: reader) }
            }
        }
        p(.class("hint lead")) { InvoiceWords.billingIntro.text(for: reader) }
        FilterBar(BillingRoutes.path, button: InvoiceWords.show.text(for: reader)) {
            FormField(InvoiceWords.onDay.text(for: reader), name: "day") { wiring in
                input(
                    wiring, .type("date"), .value(day.iso), .min(visit.today.iso), .max((visit.today + 62).iso))
            }
        }
        if !outcome.faults.isEmpty { faults }
        if outcome.isEmpty {
            EmptyState(.check, InvoiceWords.nothingDue.text(for: reader))
        } else {
            summary
            for draft in preview.shown where !draft.invoices.isEmpty { DraftCard(draft: draft, visit: visit) }
            if outcome.customers > BillingPreview.mostShown {
                p(.class("hint")) {
                    InvoiceWords.previewMore.text(for: reader, .number("shown", BillingPreview.mostShown))
                }
            }
        }
    }

    private var faults: Markup {
        let numbers = outcome.faults.prefix(20).map { "\($0)" }.joined(separator: ", ")
        return p(.class("notice error"), .role("alert")) {
            InvoiceWords.faults.text(for: reader, .text("numbers", numbers))
        }
    }

    private var summary: Markup {
        div(.class("card")) {
            p(.class("large")) {
                InvoiceWords.toIssue.text(
                    for: reader, .number("invoices", outcome.invoices), .number("notes", outcome.creditNotes),
                    .text("amount", outcome.total.exactText(for: reader)), .number("customers", outcome.customers))
            }
            if preview.isPartial { p(.class("hint")) { InvoiceWords.previewPartial.text(for: reader) } }
            if day > visit.today {
                p(.class("hint")) { InvoiceWords.dueInFuture.text(for: reader) }
            } else if visit.mayAct(with: .invoicesRun) {
                p(.class("hint")) { InvoiceWords.raiseHint.text(for: reader) }
                form(.method(.post), .action(BillingRoutes.path)) {
                    button(.type("submit"), .class("primary")) { InvoiceWords.raise.text(for: reader) }
                }
            }
        }
    }
}

/// What a customer would be charged.
private struct DraftCard: View {
    let draft: CustomerDraft
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        section(.class("card")) {
            h2 { a(.href("/panel/customers/\(draft.customer.id)/invoices")) { draft.customer.name } }
            for invoice in draft.invoices { document(invoice) }
        }
    }

    private func document(_ invoice: InvoiceDraft) -> Markup {
        let title = "\(invoice.kind.text(for: reader)) · \(invoice.receiver.name)"
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                tbody {
                    for (line, net) in zip(invoice.lines, invoice.taxed.map(\.net).shares(of: invoice.totals.net)) {
                        row(line.text(for: reader), net.exactText(for: reader))
                    }
                    for sum in invoice.totals.taxes {
                        row(
                            Invoice.TaxSum(tax: sum.tax, base: sum.base, amount: sum.amount).text,
                            sum.amount.exactText(for: reader))
                    }
                    if !invoice.totals.rounding.isZero {
                        row(InvoiceWords.rounding.text(for: reader), invoice.totals.rounding.exactText(for: reader))
                    }
                    tr {
                        th(.scope("row")) { InvoiceWords.total.text(for: reader) }
                        td(.class("number")) { strong { invoice.totals.total.exactText(for: reader) } }
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
