import API
import Access
import Billing
import Customers
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time

/// Billing settings, previews and runs in the API.
package struct BillingAPI: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout API.Routes) {
        routes.get("/api/v1/billing-settings", .billingPolicy, InvoiceAPIWords.settings) { visit in
            try await visit.database.billingSettings()
        }
        // A company without settings starts from the form's defaults.
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
            return try await visit.database.transaction { database in
                BillingOutcome(outcome: try await BillingPreview(of: run, in: database).outcome)
            }
        }
        routes.post("/api/v1/billing-runs", .invoicesRun, InvoiceAPIWords.raise) { (visit, _: NoInput) in
            try await AskedBilling.ask(of: visit.tenant, by: visit.principal, from: randomness, in: visit.database)
        }
        routes.list("/api/v1/billing-runs", .invoicesRun, InvoiceAPIWords.runs, by: NoFilter.self) { visit, _, page in
            try await visit.database.askedBillings(after: page.after, limit: page.limit)
        }
        routes.get("/api/v1/billing-runs/:id", .invoicesRun, InvoiceAPIWords.run) { (visit, id: AskedBilling.ID) in
            try await visit.database.askedBilling(id)
        }
    }
}

extension BillingSettings: Resource {
    package static let schema = Schema.object("BillingSettings", schemaFields)
    package var path: String { "/api/v1/billing-settings" }

    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

private struct NoFilter: Input {
    static let schema = Schema.object("NoBillingFilter", [])
    init(_ members: Members) {}
}

extension AskedBilling: QueuedResource, ListedResource {
    package static let schema = Schema.object(
        "BillingRun",
        [
            .required("id", .id, InvoiceAPIWords.runID),
            .required("number", .integer(1...Int.max), InvoiceAPIWords.runNumber),
            .required("day", .day, InvoiceAPIWords.runDay),
            .required("state", .words(State.allCases.map(\.rawValue)), InvoiceAPIWords.runState),
            .required("made_at", .text, InvoiceAPIWords.madeAt),
            .required("ended_at", Schema.text.orNull, InvoiceAPIWords.endedAt),
            .required("author", .text, InvoiceAPIWords.author),
        ] + BillingOutcome.fields)

    package var path: String { "/api/v1/billing-runs/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("day", day.iso)
            json.member("state", state.rawValue)
            json.member("made_at", madeAt.rfc3339)
            json.member("ended_at", endedAt?.rfc3339)
            json.member("author", author.name)
            BillingOutcome(outcome: outcome).writeFields(to: &json)
        }
    }
}

/// A preview's totals.
private struct BillingOutcome: Resource {
    let outcome: BillingRun.Outcome

    static let schema = Schema.object("BillingOutcome", fields)
    static let fields: [Schema.Field] = [
        .required("invoices", .integer(0...Int.max), InvoiceAPIWords.invoices),
        .required("credit_notes", .integer(0...Int.max), InvoiceAPIWords.creditNotes),
        .required("customers", .integer(0...Int.max), InvoiceAPIWords.customers),
        .required("total", .integer(-Int.max...Int.max), InvoiceAPIWords.total),
        .required("currency", .text, InvoiceAPIWords.currency),
        .required("faults", .list(of: .integer(1...Int.max)), InvoiceAPIWords.faults),
    ]

    var path: String { "/api/v1/billing-preview" }

    func write(to json: inout JSONWriter) {
        json.object { writeFields(to: &$0) }
    }

    func writeFields(to json: inout JSONWriter) {
        json.member("invoices", outcome.invoices)
        json.member("credit_notes", outcome.creditNotes)
        json.member("customers", outcome.customers)
        json.member("total", Int(outcome.total.minor))
        json.member("currency", outcome.total.currency.code)
        json.array("faults") { json in for number in outcome.faults { json.value(number) } }
    }
}
