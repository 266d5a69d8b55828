import Access
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Search
import Tenancy

/// Ajustes: every settings page that the visitor may open, searchable by name or synonym.
struct SettingsHubPage: View {
    let text: String
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { PanelWords.settings.text(for: reader) }
        form(
            .class("palette-form"), .role("search"), .method(.get), .action("/panel/settings"),
            .data("hx-get", "/panel/settings"), .data("hx-target", "#settings"),
            .data("hx-select", "#settings > *"), .data("hx-swap", "innerHTML"), .data("hx-sync", "this:replace"),
            .data("hx-trigger", "input delay:120ms, submit")
        ) {
            Icon.search
            label(.for("settings-box"), .class("unseen")) { PanelWords.findSetting.text(for: reader) }
            input(
                .id("settings-box"), .type("search"), .name("q"), .value(text), .maxlength(100), .autocomplete("off"),
                .placeholder(PanelWords.findSetting.text(for: reader)))
            button(.type("submit"), .class("primary")) { PanelWords.search.text(for: reader) }
        }
        div(.id("settings"), .class("settings"), .aria("live", "polite")) { sections }
    }

    @MarkupBuilder private var sections: Markup {
        let wanted = SearchQuery(text, in: visit.reader.region)
        let found = visit.settings.map { part in (part.section, part.entries.filter { isFound($0, wanted) }) }
            .filter { !$0.1.isEmpty }
        if found.isEmpty {
            p(.class("hint")) { PanelWords.nothingFound.text(for: visit.reader, .text("query", text)) }
        }
        for (section, entries) in found {
            HTML.section(.class("card")) {
                h2 { section.heading.text(for: visit.reader) }
                ul {
                    for entry in entries {
                        li {
                            a(.href(entry.path)) {
                                entry.icon
                                span { entry.words.text(for: visit.reader) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func isFound(_ entry: MenuEntry, _ wanted: SearchQuery) -> Bool {
        wanted.isEmpty || entry.isFound(by: wanted, for: visit.reader)
    }
}

extension MenuEntry {
    func isFound(by wanted: SearchQuery, for reader: Reader) -> Bool {
        wanted.matches([words, synonyms].compactMap(\.self).flatMap { SearchText.words($0.text(for: reader)) })
    }
}

package enum SettingsHub {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/settings", .signedIn, "Los ajustes que la persona puede abrir", show)
    }

    private static func show(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        return try await Panel.page(
            SettingsHubPage(text: SearchPage.text(of: visit), visit: visit),
            titled: PanelWords.settings.text(for: visit.reader), for: visit)
    }
}
