import Access
import Customers
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Panel
import Search
import Tenancy

/// Cobrar, first step: finding the customer.
struct WhoPaysPage: View {
    static let path = "/panel/payments/new"

    let text: String
    let hits: [SearchHit]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { PaymentWords.take.text(for: reader) }
        form(
            .class("palette-form"), .role("search"), .method(.get), .action(Self.path), .data("hx-get", Self.path),
            .data("hx-target", "#who-pays"), .data("hx-select", "#who-pays > *"), .data("hx-swap", "innerHTML"),
            .data("hx-sync", "this:replace"), .data("hx-trigger", "input delay:120ms, submit")
        ) {
            Icon.search
            label(.for("who-box"), .class("unseen")) { PaymentWords.whoPays.text(for: reader) }
            input(
                .id("who-box"), .type("search"), .name("q"), .value(text), .maxlength(100), .autofocus(),
                .autocomplete("off"), .placeholder(PaymentWords.whoPays.text(for: reader)))
            button(.type("submit"), .class("primary")) { PaymentWords.find.text(for: reader) }
        }
        div(.id("who-pays"), .class("results"), .aria("live", "polite")) {
            if hits.isEmpty && !text.isEmpty { p(.class("hint")) { PaymentWords.nobodyFound.text(for: reader) } }
            ul {
                for hit in hits {
                    li {
                        a(.href("/panel/customers/\(hit.id)/payments/new")) {
                            Icon.collection
                            span {
                                hit.title
                                if !hit.detail.isEmpty { small { hit.detail } }
                            }
                        }
                    }
                }
            }
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        let text = FormText.line(visit.request.query["q"])
        let hits = try await visit.database.find(
            SearchQuery(text, in: visit.reader.region),
            among: visit.findable.filter { $0 == .customer }, limit: 12)
        return try await Panel.page(
            WhoPaysPage(text: text, hits: hits, visit: visit), titled: PaymentWords.take.text(for: visit.reader),
            for: visit)
    }
}
