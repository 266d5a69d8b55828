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

/// Invoices and credit notes in the API. Amounts are in minor units of their currency.
package struct InvoiceAPI: Sendable {
    private let acts: InvoiceActs
    private let printer: InvoicePrinter

    package init(_ acts: InvoiceActs, _ printer: InvoicePrinter) { (self.acts, self.printer) = (acts, printer) }

    package func add(to routes: inout API.Routes) {
        routes.list("/api/v1/invoices", .invoicesView, InvoiceAPIWords.list, by: InvoiceFilter.self) {
            visit, filter, page in
            try await visit.database.invoices(
                after: page.after, of: filter.kind, in: filter.state, of: filter.customer, on: visit.today,
                limit: page.limit)
        }
        routes.get("/api/v1/invoices/:id", .invoicesView, InvoiceAPIWords.read) { (visit, id: Invoice.ID) in
            try await visit.database.invoice(id, on: visit.today)
        }
        routes.get("/api/v1/invoices/:id/lines", .invoicesView, InvoiceAPIWords.lines) { (visit, id: Invoice.ID) in
            guard try await visit.database.invoice(id, on: visit.today) != nil else { return InvoiceLines?.none }
            return InvoiceLines(invoice: id, items: try await visit.database.lines(of: id))
        }
        routes.file("/api/v1/invoices/:id/pdf", .invoicesView, InvoiceAPIWords.pdf, as: .pdf) {
            (visit, id: Invoice.ID) in
            guard let invoice = try await visit.database.invoice(id, on: visit.today) else { return nil }
            return try await printer.print(
                invoice, on: .sheet, for: visit.tenant, at: visit.address, in: visit.database)
        }
        routes.post("/api/v1/customers/:id/invoices", .invoicesIssue, InvoiceAPIWords.issue) {
            (visit, input: InvoiceInput, id: Customer.ID) in
            try await acts.issue(
                input.items(in: visit.tenant.currency), to: id, in: input.profile, note: input.note, of: visit.tenant,
                by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/services/:id/days", .daysSell, InvoiceAPIWords.sellDays) {
            (visit, new: NewNoun<DaySale>, id: Service.ID) in
            try await acts.sell(
                try new.noun(from: DaySale(days: 1)), of: id, of: visit.tenant, by: visit.principal,
                in: visit.database)
        }
        routes.query(
            "/api/v1/services/:id/plan-change-cost", .servicesManage, PlanChangeWords.ask, by: PlanChangeQuery.self
        ) { (visit, query, id: Service.ID) in
            try await AskedPlanChange.find(query, of: id, for: visit)
        }
        routes.post("/api/v1/invoices/:id/credit-notes", .invoicesIssue, InvoiceAPIWords.credit) {
            (visit, input: CreditInput, id: Invoice.ID) in
            try await acts.credit(
                Money(minor: input.amount, visit.tenant.currency), of: id, because: input.reason, of: visit.tenant,
                by: visit.principal, in: visit.database)
        }
        routes.post("/api/v1/invoices/:id/voids", .invoicesVoid, InvoiceAPIWords.void) {
            (visit, input: VoidInput, id: Invoice.ID) in
            try await acts.void(
                id, because: input.reason, issuingAnew: input.isReissued, of: visit.tenant, by: visit.principal,
                in: visit.database)
        }
    }

    private struct InvoiceLines: Resource {
        let invoice: Invoice.ID
        let items: [InvoiceLine]

        static let schema = Schema.object(
            "InvoiceLines", [.required("items", .list(of: InvoiceLine.schema), InvoiceAPIWords.lines)])

        var path: String { "/api/v1/invoices/\(invoice)/lines" }

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.array("items") { json in for line in items { json.value(line) } }
            }
        }
    }
}
