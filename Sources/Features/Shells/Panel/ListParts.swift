import Access
import Declarations
import HTML
import HTTP
import Locale
import Nouns

/// The part of a page that a filter, heading or pager changes. Each is a plain link or form; with scripts only this
/// part is fetched, and the URL is updated as if the page had been.
package struct LivingList: View {
    private let content: Markup

    package init(@MarkupBuilder content: () -> Markup) { self.content = content() }

    static let exchange = Attribute.several([
        .data("hx-target", "#list"), .data("hx-select", "#list"), .data("hx-swap", "outerHTML"),
        .data("hx-push-url", "true"),
    ])

    package var body: Markup { div(.id("list"), .class("list"), .tabindex(-1), Self.exchange) { content } }
}

/// A list's filter form, whose fields are the URL's query.
package struct FilterBar: View {
    private let path: String
    private let button: String
    private let fields: Markup

    package init(_ path: String, button: String, @MarkupBuilder fields: () -> Markup) {
        self.path = path
        self.button = button
        self.fields = fields()
    }

    package var body: Markup {
        form(
            .class("filter"), .role("search"), .method(.get), .action(path), .data("hx-get", path),
            LivingList.exchange, .data("hx-sync", "this:replace"),
            .data("hx-trigger", "input delay:200ms, change, submit")
        ) {
            fields
            HTML.button(.type("submit"), .class("scriptless")) { button }
        }
    }
}

/// The heading of a sortable column.
package struct SortHeading: View {
    package enum Order: Sendable { case ascending, descending }

    private let column: String
    private let text: String
    private let path: String
    private let order: Order?
    private let reader: Reader
    private let className: String

    /// `order` is set when the list is sorted by this column; `path` reverses it.
    package init(
        _ column: String, _ text: String, path: String, order: Order?, class className: String = "", reader: Reader
    ) {
        self.column = column
        self.text = text
        self.path = path
        self.order = order
        self.className = className
        self.reader = reader
    }

    package var body: Markup {
        th(
            .scope("col"), .class(className),
            order.map { .aria("sort", $0 == .ascending ? "ascending" : "descending") } ?? .absent
        ) {
            a(.id("sort-\(column)"), .class("sort"), .href(path), .data("hx-get", path)) {
                text
                if let order { order == .ascending ? Icon.up : Icon.down }
            }
        }
    }
}

package struct Pager: View {
    private let first: String?
    private let next: String?
    private let reader: Reader

    package init(first: String?, next: String?, reader: Reader) {
        self.first = first
        self.next = next
        self.reader = reader
    }

    package var body: Markup {
        if first != nil || next != nil {
            nav(.class("pager"), .aria("label", PanelWords.pages.text(for: reader))) {
                if let first {
                    a(.href(first), .data("hx-get", first)) { PanelWords.first.text(for: reader) }
                }
                if let next {
                    a(.class("button"), .href(next), .rel("next"), .data("hx-get", next)) {
                        PanelWords.next.text(for: reader)
                    }
                }
            }
        }
    }
}

/// An empty list says what to do next.
package struct EmptyState: View {
    private let icon: Icon
    private let text: String
    private let act: (text: String, path: String)?

    package init(_ icon: Icon, _ text: String, act: (text: String, path: String)? = nil) {
        self.icon = icon
        self.text = text
        self.act = act
    }

    package var body: Markup {
        div(.class("empty")) {
            icon
            p { text }
            if let act { p { a(.class("button"), .href(act.path)) { act.text } } }
        }
    }
}

/// A page's link back to its list.
package struct Crumb: View {
    private let text: String
    private let path: String

    package init(_ text: String, path: String) {
        self.text = text
        self.path = path
    }

    /// To the list as last viewed.
    package init<Row>(_ list: List<Row>, visit: Visit) {
        self.init(list.title.text(for: visit.reader), path: list.lastAddress(for: visit.request))
    }

    package var body: Markup {
        p(.class("crumbs")) {
            a(.href(path)) {
                Icon.back
                span { text }
            }
        }
    }
}

/// A page's title and its actions.
package struct PageHeading: View {
    private let title: String
    private let acts: Markup

    package init(_ title: String, @MarkupBuilder acts: () -> Markup = { .nothing }) {
        self.title = title
        self.acts = acts()
    }

    package var body: Markup {
        div(.class("heading")) {
            h1 { title }
            div(.class("heading-acts")) { acts }
        }
    }
}

/// The link to create another noun of the list; the key `n` follows it.
package struct NewLink: View {
    private let text: String
    private let path: String

    package init(_ text: String, path: String) {
        self.text = text
        self.path = path
    }

    package var body: Markup {
        a(.class("button primary"), .href(path), .data("new", "")) {
            Icon.plus
            span { text }
        }
    }
}

/// A key figure on the first page, linked to what it counts.
package struct Tile: View {
    private let name: String
    private let value: String
    private let path: String
    private let mark: String
    private let note: String?

    /// `mark` is the state that gives its colour.
    package init(_ name: String, _ value: String, path: String, mark: String = "", note: String? = nil) {
        self.name = name
        self.value = value
        self.path = path
        self.mark = mark
        self.note = note
    }

    package var body: Markup {
        li {
            a(.class("tile"), .href(path), .when(!mark.isEmpty, .data("state", mark))) {
                span(.class("tile-name")) { name }
                strong { value }
                if let note { small { note } }
            }
        }
    }
}

/// A state with its tone, always in words, never by colour alone.
package struct StateMark: View {
    private let text: String
    private let tone: Tone

    package init(_ choice: some FieldChoice, for reader: Reader) {
        (text, tone) = (choice.text(for: reader), choice.tone)
    }

    package var body: Markup { span(.class("state"), .data("tone", tone.rawValue)) { text } }
}

extension List {
    /// The list's last URL, kept in a cookie; without it the unfiltered list.
    fileprivate func lastAddress(for request: Request) -> String {
        guard let kept = PanelCookie.list.value(in: request), kept.hasPrefix(path + "?"),
            let fields = try? Array(kept.dropFirst(path.count + 1).utf8).withUnsafeBytes({ try Fields(urlEncoded: $0) }
            ),
            let query = try? ListQuery(self, fields)
        else { return path }
        return query.address
    }
}

extension Panel {
    /// A list's page, which its nouns link back to.
    package static func page<Row>(
        _ page: some View, of part: ListPart<Row>, for visit: Visit
    ) async throws -> Response {
        var response = try await self.page(page, titled: part.query.list.title.text(for: visit.reader), for: visit)
        let (address, known) = (part.query.address, PanelCookie.list.value(in: visit.request))
        if address != known ?? part.query.list.path {
            PanelCookie.list.set(address, for: visit.request, in: &response)
        }
        return response
    }
}
