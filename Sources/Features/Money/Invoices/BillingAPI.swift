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

/// How a company charges, what is due and the run, as programs see them.
package struct BillingAPI: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout API.Routes) {
        routes.get("/api/v1/billing-settings", .billingPolicy, InvoiceAPIWords.settings) { visit in
            try await visit.database.billingSettings()
        }
        // A company that charged nothing yet begins with what the panel's form begins with.
        routes.patch(
            "/api/v1/billing-settings", .billingPolicy, InvoiceAPIWords.changeSettings,
            of: { visit in
                try await visit.database.billingSettings() ?? BillingSettings(firstDay: visit.today.month.first)
            }
        ) { (visit, settings, changes: NounChanges<BillingSettings>) in
            let changed = try changes.applied(to: settings)
            try await changed.put(of: visit.tenant, by: visit.principal, in: visit.database)
            return changed
        }
        routes.get("/api/v1/billing-preview", .invoicesRun, InvoiceAPIWords.preview) { visit -> BillingOutcome? in
            guard let settings = try await visit.database.billingSettings() else {
                return BillingOutcome(outcome: .init(in: visit.tenant.currency))
            }
            let run = BillingRun(of: visit.tenant, by: settings, on: visit.today, from: randomness)
            return BillingOutcome(outcome: try await BillingPreview(of: run, in: visit.database).outcome)
        }
        routes.post("/api/v1/billing-runs", .invoicesRun, InvoiceAPIWords.raise) { (visit, _: NoInput) in
            guard let settings = try await visit.database.billingSettings() else { throw InvoiceRefusal.notSetUp }
            let run = BillingRun(of: visit.tenant, by: settings, on: visit.today, from: randomness)
            return BillingOutcome(
                outcome: try await run.run(by: visit.principal.actor, at: visit.now, in: visit.database))
        }
    }
}

extension BillingSettings: Resource {
    package static let schema = Schema.object("BillingSettings", schemaFields)
    package var path: String { "/api/v1/billing-settings" }

    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

/// What a run issued, or a preview would.
private struct BillingOutcome: Resource {
    let outcome: BillingRun.Outcome

    static let schema = Schema.object(
        "BillingOutcome",
        [
            .required("invoices", .integer(0...Int.max), InvoiceAPIWords.invoices),
            .required("credit_notes", .integer(0...Int.max), InvoiceAPIWords.creditNotes),
            .required("customers", .integer(0...Int.max), InvoiceAPIWords.customers),
            .required("total", .integer(-Int.max...Int.max), InvoiceAPIWords.total),
            .required("currency", .text, InvoiceAPIWords.currency),
            .required("faults", .list(of: .integer(1...Int.max)), InvoiceAPIWords.faults),
        ])

    var path: String { "/api/v1/billing-preview" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("invoices", outcome.invoices)
            json.member("credit_notes", outcome.creditNotes)
            json.member("customers", outcome.customers)
            json.member("total", Int(outcome.total.minor))
            json.member("currency", outcome.total.currency.code)
            json.array("faults") { json in for number in outcome.faults { json.value(number) } }
        }
    }
}
