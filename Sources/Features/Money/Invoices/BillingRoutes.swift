import Access
import Billing
import Customers
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Facturar: the preview, manual runs, and the billing policy.
package struct BillingRoutes: Sendable {
    private let randomness: Randomness
    private let files: ListFiles

    package init(randomness: Randomness, files: ListFiles) { (self.randomness, self.files) = (randomness, files) }

    static let path = "/panel/billing"
    static let policyPath = "/panel/billing/policy"

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/billing", .invoicesRun, "Vista previa de lo que toca facturar", preview)
        routes.post("/panel/billing", .invoicesRun, "Emite las facturas que tocan", raise)
        routes.get("/panel/billing/new", .invoicesRun, "Pregunta antes de emitir lo que toca", confirm)
        routes.post("/panel/billing/previews", .invoicesRun, "Prepara la lista de lo que toca facturar", prepare)
        routes.get("/panel/billing/runs/:id", .invoicesRun, "Una facturación y cómo va", show)
        routes.get("/panel/billing/runs/:id/customers", .invoicesRun, "A quién se facturaría, y cuánto", customers)
        routes.get("/panel/billing/runs/:id/customers.csv", .invoicesRun, "A quién se facturaría, como CSV") {
            (visit, id: AskedBilling.ID) in try await export(visit, id, as: .csv)
        }
        routes.get("/panel/billing/runs/:id/customers.xlsx", .invoicesRun, "A quién se facturaría, para Excel") {
            (visit, id: AskedBilling.ID) in try await export(visit, id, as: .xlsx)
        }
        routes.get(
            "/panel/billing/runs/:id/issue", .invoicesRun, "Pregunta antes de emitir lo preparado", confirmPrepared)
        routes.post("/panel/billing/runs/:id/issue", .invoicesRun, "Emite lo preparado", issue)
        routes.get("/panel/billing/policy", .billingPolicy, "La política de facturación", ask)
        routes.post("/panel/billing/policy", .billingPolicy, "Cambia la política de facturación", change)
    }

    private func preview(_ visit: Visit) async throws -> Response {
        let asked = visit.request.query["day"].flatMap { Day(iso: $0) } ?? visit.today
        // Later days would only repeat today's terms.
        let day = min(max(asked, visit.today), visit.today + 62)
        guard let settings = try await visit.database.billingSettings() else {
            return try await Panel.page(
                BillingNotSetUpPage(visit: visit), titled: InvoiceWords.billing.text(for: visit.reader), for: visit)
        }
        let page = BillingPage(
            preview: try await preview(settings, on: day, visit), day: day,
            runs: try await visit.database.askedBillings(limit: 5), visit: visit)
        return try await Panel.page(page, titled: InvoiceWords.billing.text(for: visit.reader), for: visit)
    }

    /// On a connection of its own, since it takes longer than callers of a shared one should wait.
    private func preview(_ settings: BillingSettings, on day: Day, _ visit: Visit) async throws -> BillingPreview {
        let run = BillingRun(of: visit.tenant, by: settings, on: day, from: randomness)
        return try await visit.database.transaction { database in
            try await BillingPreview(of: run, upTo: BillingPreview.mostSummed, in: database)
        }
    }

    private func confirm(_ visit: Visit) async throws -> Response {
        guard let settings = try await visit.database.billingSettings() else { throw InvoiceRefusal.notSetUp }
        let preview = try await preview(settings, on: visit.today, visit)
        let more = preview.isPartial ? " \(InvoiceWords.previewPartial.text(for: visit.reader))" : ""
        return try await Panel.confirm(
            InvoiceWords.raise.text(for: visit.reader), text: preview.outcome.question(for: visit.reader) + more,
            act: InvoiceWords.raise.text(for: visit.reader), action: Self.path, back: Self.path, for: visit)
    }

    private func raise(_ visit: Visit) async throws -> Response {
        try await visit.request.body.form(upTo: 1024).allow([FormID.field])
        let run = try await AskedBilling.ask(
            of: visit.tenant, by: visit.principal, from: randomness, in: visit.database)
        return Panel.done(.invoicesRaised, at: run.panelPath)
    }

    private func prepare(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["day", FormID.field])
        let day = min(max(sent["day"].flatMap { Day(iso: $0) } ?? visit.today, visit.today), visit.today + 62)
        let (_, path) = try await visit.once(sent) { database in
            let run = try await AskedBilling.prepare(
                for: day, of: visit.tenant, by: visit.principal, from: randomness, in: database)
            return (run, run.panelPath)
        }
        return .redirect(to: path)
    }

    private func show(_ visit: Visit, id: AskedBilling.ID) async throws -> Response {
        let run = try await found(id, visit)
        return try await Panel.page(
            AskedBillingPage(run: run, visit: visit), titled: run.title(for: visit.reader), for: visit)
    }

    private func customers(_ visit: Visit, id: AskedBilling.ID) async throws -> Response {
        let run = try await found(id, visit)
        let query = try ListQuery(BilledCustomer.list(of: id), visit.request.query)
        let part = try await visit.part(
            of: query, rows: visit.database.billedCustomers(query, of: id),
            counted: visit.database.billedCustomersCounted(query, of: id)
        ).part
        let mayIssue = run.state == .prepared && run.day <= visit.today && visit.mayAct(with: .invoicesRun)
        let page = ListPage(
            part,
            .init(
                .billing, none: InvoiceWords.nothingDue.message, intro: InvoiceWords.billingIntro.message,
                search: InvoiceWords.numberOrName.message),
            new: mayIssue ? (InvoiceWords.raise.text(for: visit.reader), "\(run.panelPath)/issue") : nil,
            files: ListFiles.Format.allCases, visit: visit)
        return try await Panel.page(page, of: part, for: visit)
    }

    private func export(
        _ visit: Visit, _ id: AskedBilling.ID, as format: ListFiles.Format
    ) async throws -> Response {
        _ = try await found(id, visit)
        let query = try ListQuery(BilledCustomer.list(of: id), visit.request.query)
        return try await files.answer(query, as: format, for: visit) { query in
            try await visit.database.rows(visit.database.billedCustomers(query, of: id))
        }
    }

    private func confirmPrepared(_ visit: Visit, id: AskedBilling.ID) async throws -> Response {
        let run = try await found(id, visit)
        return try await Panel.confirm(
            InvoiceWords.raise.text(for: visit.reader), text: run.outcome.question(for: visit.reader),
            act: InvoiceWords.raise.text(for: visit.reader), action: "\(run.panelPath)/issue", back: run.panelPath,
            for: visit)
    }

    private func issue(_ visit: Visit, id: AskedBilling.ID) async throws -> Response {
        try await visit.request.body.form(upTo: 1024).allow([FormID.field])
        let run = try await AskedBilling.issue(id, on: visit.today, by: visit.principal, in: visit.database)
        return Panel.done(.invoicesRaised, at: run.panelPath)
    }

    private func found(_ id: AskedBilling.ID, _ visit: Visit) async throws -> AskedBilling {
        guard let run = try await visit.database.askedBilling(id) else { throw AccessRefusal.notFound }
        return run
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

/// A preview: totals, and the first customers in full.
package struct BillingPreview: Sendable {
    package private(set) var outcome: BillingRun.Outcome
    package private(set) var shown: [CustomerDraft] = []
    /// Whether it covers only a part of the customers.
    package private(set) var isPartial = false

    static let mostShown = 50
    /// The most customers that a page waits for.
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

/// The billing policy, read-only.
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
    let runs: [AskedBilling]
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
        if !runs.isEmpty { recent }
    }

    private var recent: Markup {
        section(.class("card")) {
            h2 { InvoiceWords.runs.text(for: reader) }
            ul(.class("plain lines")) {
                for run in runs {
                    li {
                        span {
                            a(.href(run.panelPath)) { run.title(for: reader) }
                            StateMark(run.state, for: reader)
                        }
                        span(.class("figures")) { run.outcome.total.exactText(for: reader) }
                    }
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
                p {
                    a(.class("button primary"), .href("\(BillingRoutes.path)/new"), .data("dialog", "")) {
                        InvoiceWords.raise.text(for: reader)
                    }
                }
            }
            if outcome.customers > BillingPreview.mostShown || preview.isPartial, visit.mayAct(with: .invoicesRun) {
                form(.method(.post), .action("\(BillingRoutes.path)/previews")) {
                    input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
                    input(.type("hidden"), .name("day"), .value(day.iso))
                    button(.type("submit")) { InvoiceWords.prepare.text(for: reader) }
                }
            }
        }
    }
}

/// A customer's draft invoice.
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

extension AskedBilling {
    var panelPath: String { "\(BillingRoutes.path)/runs/\(id)" }

    /// "Facturación 12".
    func title(for reader: Reader) -> String { InvoiceWords.run.text(for: reader, .number("number", number)) }
}

extension BillingRun.Outcome {
    /// The confirmation before issuing.
    fileprivate func question(for reader: Reader) -> String {
        InvoiceWords.reallyIssue.text(
            for: reader, .number("invoices", invoices), .number("notes", creditNotes),
            .text("amount", total.exactText(for: reader)), .number("customers", customers))
    }
}

/// A requested run and its progress.
struct AskedBillingPage: View {
    let run: AskedBilling
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(InvoiceWords.billing.text(for: reader), path: BillingRoutes.path)
        PageHeading(run.title(for: reader))
        p(.class("subject")) {
            StateMark(run.state, for: reader)
            " \(run.day.text(.long, for: reader)) · \(run.author.name)"
        }
        div(.class("card")) {
            p(.class("large")) {
                InvoiceWords.toIssue.text(
                    for: reader, .number("invoices", run.outcome.invoices), .number("notes", run.outcome.creditNotes),
                    .text("amount", run.outcome.total.exactText(for: reader)),
                    .number("customers", run.outcome.customers))
            }
            if !run.outcome.faults.isEmpty {
                p(.class("notice error"), .role("alert")) {
                    InvoiceWords.faults.text(
                        for: reader,
                        .text("numbers", run.outcome.faults.prefix(20).map { "\($0)" }.joined(separator: ", ")))
                }
            }
            switch run.state {
            case .preparing, .queued:
                p(.class("hint")) { InvoiceWords.underWay.text(for: reader) }
                p { a(.class("button"), .href(run.panelPath)) { InvoiceWords.refresh.text(for: reader) } }
            case .prepared:
                p {
                    a(.class("button"), .href("\(run.panelPath)/customers")) {
                        InvoiceWords.seeCustomers.text(for: reader)
                    }
                    if run.day <= visit.today, visit.mayAct(with: .invoicesRun) {
                        " "
                        a(.class("button primary"), .href("\(run.panelPath)/issue"), .data("dialog", "")) {
                            InvoiceWords.raise.text(for: reader)
                        }
                    }
                }
            case .done:
                p { a(.class("button"), .href(Invoice.list.path)) { InvoiceWords.invoices.text(for: reader) } }
            }
        }
    }
}
