import Access
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Search
import Tenancy

/// The global search. A page of its own, and with scripts also the palette that Ctrl-K opens.
package struct SearchPage: View {
    private let text: String
    private let found: [Found]
    private let visit: Visit

    /// The results of one kind.
    package struct Found: Sendable {
        let heading: Message
        let icon: Icon
        let hits: [(title: String, detail: String, path: String)]

        package init(_ heading: Message, _ icon: Icon, _ hits: [(title: String, detail: String, path: String)]) {
            self.heading = heading
            self.icon = icon
            self.hits = hits
        }
    }

    package init(text: String, found: [Found], visit: Visit) {
        self.text = text
        self.found = found.filter { !$0.hits.isEmpty }
        self.visit = visit
    }

    /// The typed query, normalised.
    package static func text(of visit: Visit) -> String { FormText.line(visit.request.query["q"]) }

    package var body: Markup {
        let reader = visit.reader
        let label = (visit.tenant.isPlatform ? PanelWords.consoleSearchLabel : .searchLabel).text(for: reader)
        h1 { PanelWords.search.text(for: reader) }
        form(
            .class("palette-form"), .role("search"), .method(.get), .action(visit.searchPath),
            .data("hx-get", visit.searchPath), .data("hx-target", "#results"), .data("hx-select", "#results > *"),
            .data("hx-swap", "innerHTML"), .data("hx-sync", "this:replace"),
            .data("hx-trigger", "input delay:120ms, submit")
        ) {
            Icon.search
            HTML.label(.for("search-box"), .class("unseen")) { label }
            input(
                .id("search-box"), .type("search"), .name("q"), .value(text), .maxlength(100), .autofocus(),
                .autocomplete("off"), .placeholder(label))
            button(.type("submit"), .class("primary")) { PanelWords.search.text(for: reader) }
        }
        div(.id("results"), .class("results"), .role("region"), .aria("live", "polite"), .aria("label", results)) {
            SearchResults(text: text, found: found, visit: visit)
        }
    }

    private var results: String { PanelWords.results.text(for: visit.reader) }
}

struct SearchResults: View {
    let text: String
    let found: [SearchPage.Found]
    let visit: Visit

    var body: Markup {
        let wanted = SearchQuery(text, in: visit.reader.region)
        let menu = visit.catalogue.menu
        let account = visit.impersonation == nil ? [MenuEntry.account] : []
        let settings = visit.settings.isEmpty ? [] : [MenuEntry.settings]
        let places = (visit.openEntries + menu.searched.filter(visit.mayOpen) + settings + account).filter {
            $0.isFound(by: wanted, for: visit.reader)
        }
        let acts =
            visit.standing.isReadOnly
            ? [] : menu.acts.filter { visit.mayOpen($0) && $0.isFound(by: wanted, for: visit.reader) }
        if places.isEmpty && acts.isEmpty && found.isEmpty {
            p(.class("hint")) { PanelWords.nothingFound.text(for: visit.reader, .text("query", text)) }
        }
        for found in found {
            h2 { found.heading.text(for: visit.reader) }
            ul { for hit in found.hits { link(to: hit.path, found.icon, hit.title, hit.detail) } }
        }
        group(.goTo, places)
        group(.doThis, acts)
    }

    @MarkupBuilder
    private func group(_ words: PanelWords, _ entries: [MenuEntry]) -> Markup {
        if !entries.isEmpty {
            h2 { words.text(for: visit.reader) }
            ul { for entry in entries { link(to: entry.path, entry.icon, entry.words.text(for: visit.reader), "") } }
        }
    }

    private func link(to path: String, _ icon: Icon, _ title: String, _ detail: String) -> Markup {
        li {
            a(.href(path)) {
                icon
                span {
                    title
                    if !detail.isEmpty { small { detail } }
                }
            }
        }
    }
}

package enum SearchRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/search", .signedIn, "Busca en todo lo que la persona puede ver", find)
        Recents.add(to: &routes)
    }

    private static func find(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        let text = SearchPage.text(of: visit)
        if text.isEmpty { return try await page("", try await recent(visit), visit) }
        let hits = try await visit.database.find(
            SearchQuery(text, in: visit.reader.region), among: visit.findable, limit: 8)
        let found = visit.findable.map { kind in
            SearchPage.Found(
                kind.words, kind.icon,
                hits.filter { $0.kind == kind.name }.map { ($0.title, $0.detail, Recents.path($0)) })
        }
        // A number alone probably means a customer.
        let direct = try await visit.foundDirectly(by: text)
        return try await page(text, text.contains(where: \.isLetter) ? direct + found : found + direct, visit)
    }

    /// The last opened results, before anything is typed.
    private static func recent(_ visit: Visit) async throws -> [SearchPage.Found] {
        let hits = try await visit.recents().map { ($0.title, $0.detail, Recents.path($0)) }
        return [SearchPage.Found(PanelWords.recent.message, .next, hits)]
    }

    private static func page(_ text: String, _ found: [SearchPage.Found], _ visit: Visit) async throws -> Response {
        try await Panel.page(
            SearchPage(text: text, found: found, visit: visit), titled: PanelWords.search.text(for: visit.reader),
            for: visit)
    }
}
