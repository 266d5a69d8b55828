import Access
import HTML
import HTTP
import Locale
import Search

/// One box over everything somebody may see. It is a page of its own, and where scripts run also the palette that
/// Ctrl-K opens over any page.
struct SearchPage: View {
    let text: String
    let hits: [SearchHit]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { PanelWords.search.text(for: reader) }
        form(
            .class("palette-form"), .role("search"), .method(.get), .action("/panel/search"),
            .data("hx-get", "/panel/search"), .data("hx-target", "#results"), .data("hx-select", "#results > *"),
            .data("hx-swap", "innerHTML"), .data("hx-sync", "this:replace"),
            .data("hx-trigger", "input delay:120ms, submit")
        ) {
            Icon.search
            label(.for("search-box"), .class("unseen")) { PanelWords.searchLabel.text(for: reader) }
            input(
                .id("search-box"), .type("search"), .name("q"), .value(text), .maxlength(100), .autofocus(),
                .autocomplete("off"), .placeholder(PanelWords.searchLabel.text(for: reader)))
            button(.type("submit"), .class("primary")) { PanelWords.search.text(for: reader) }
        }
        div(.id("results"), .class("results"), .role("region"), .aria("live", "polite"), .aria("label", results)) {
            SearchResults(text: text, hits: hits, visit: visit)
        }
    }

    private var results: String { PanelWords.results.text(for: visit.reader) }
}

struct SearchResults: View {
    let text: String
    let hits: [SearchHit]
    let visit: Visit

    var body: Markup {
        let wanted = SearchText.query(text)
        let places = (MenuSection.all.flatMap(\.entries) + [MenuSection.account]).filter { matches($0, wanted) }
        let acts = MenuSection.acts.filter { matches($0, wanted) }
        if places.isEmpty && acts.isEmpty && hits.isEmpty {
            p(.class("hint")) { PanelWords.nothingFound.text(for: visit.reader, .text("query", text)) }
        }
        for kind in SearchKind.allCases { found(hits.filter { $0.kind == kind }, kind) }
        group(.goTo, places)
        group(.doThis, acts)
    }

    @MarkupBuilder
    private func found(_ hits: [SearchHit], _ kind: SearchKind) -> Markup {
        if !hits.isEmpty {
            h2 { kind.words.text(for: visit.reader) }
            ul {
                for hit in hits {
                    li {
                        a(.href("\(kind.path)/\(hit.id)")) {
                            kind.icon
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

    private func group(_ words: PanelWords, _ entries: [MenuSection.Entry]) -> Markup {
        guard !entries.isEmpty else { return .nothing }
        return .group([
            h2 { words.text(for: visit.reader) },
            ul {
                for entry in entries {
                    li {
                        a(.href(entry.path)) {
                            entry.icon
                            span { entry.words.text(for: visit.reader) }
                        }
                    }
                }
            },
        ])
    }

    private func matches(_ entry: MenuSection.Entry, _ wanted: [String]) -> Bool {
        guard entry.isOpen(to: visit) else { return false }
        let words = SearchText.words(entry.words.text(for: visit.reader))
        return wanted.allSatisfy { prefix in words.contains { $0.hasPrefix(prefix) } }
    }
}

package enum SearchRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/search", .signedIn, "Busca en todo lo que la persona puede ver", find)
    }

    private static func find(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        let text = FormText.line(visit.request.query["q"])
        let hits = try await visit.database.find(SearchText.query(text), among: visit.findable, limit: 8)
        let page = SearchPage(text: text, hits: hits, visit: visit)
        return try await Panel.page(page, titled: PanelWords.search.text(for: visit.reader), for: visit)
    }
}

extension SearchKind {
    /// Where the page of each is.
    fileprivate var path: String {
        switch self {
        case .customer: "/panel/customers"
        case .staff: "/panel/staff"
        case .role: "/panel/roles"
        }
    }

    fileprivate var icon: Icon {
        switch self {
        case .customer: .customers
        case .staff: .staff
        case .role: .roles
        }
    }

    fileprivate var words: PanelWords {
        switch self {
        case .customer: .customers
        case .staff: .users
        case .role: .roles
        }
    }
}
