import Access
import Assembly
import Declarations
import HTML
import HTTP
import Identity
import Locale
import Panel
import Tenancy
import Time

struct TenantListPage: View {
    static let length = 25

    /// One more than is shown, if there are more.
    let tenants: [Tenant]
    let figures: [CompanyFigure]
    let counted: [Tenant.ID: [CompanyFigure.Counted]]
    let filter: TenantFilter
    let visit: ConsoleVisit

    private var shown: ArraySlice<Tenant> { tenants.prefix(Self.length) }

    var body: Markup {
        let reader = visit.reader
        PageHeading(PlatformWords.tenants.text(for: reader)) {
            if visit.may(.manage) { NewLink(NewTenantWords.title.text(for: reader), path: "/platform/tenants/new") }
        }
        TenantSearch(filter: filter, reader: reader)
        LivingList {
            if shown.isEmpty {
                EmptyState(.companies, PlatformWords.noTenants.text(for: reader))
            } else {
                ConsoleTable(
                    label: PlatformWords.tenants.text(for: reader),
                    headings: [PlatformWords.company, .state, .country].map { $0.text(for: reader) }
                        + figures.map { $0.words.text(for: reader) },
                    rows: shown.map(row))
            }
            Pager(
                first: filter.after.isEmpty ? nil : path(after: nil),
                next: tenants.count > Self.length ? shown.last.map { path(after: $0.slug) } : nil, reader: reader)
        }
    }

    private func row(of tenant: Tenant) -> Markup {
        let reader = visit.reader
        return tr {
            td {
                a(.href("/platform/tenants/\(tenant.id)")) { tenant.name }
                span(.class("hint")) { tenant.slug }
            }
            td { TenantState(state: tenant.state, reader: reader) }
            td { "\(tenant.region.rawValue) · \(tenant.currency.code)" }
            for figure in counted[tenant.id] ?? [] { td { Figure(figure.words, figure.count, reader) } }
        }
    }

    private func path(after slug: String?) -> String {
        Fields([
            "q": filter.text.isEmpty ? nil : filter.text, "state": filter.state?.rawValue, "after": slug,
        ]).query(of: "/platform/tenants")
    }
}

/// A number, with its label where the table is shown as cards.
struct Figure: View {
    let name: String
    let value: String

    init(_ words: PlatformWords, _ value: Int?, _ reader: Reader) { self.init(words.message, value, reader) }

    init(_ words: Message, _ value: Int?, _ reader: Reader) {
        name = words.text(for: reader)
        self.value = value.map { $0.text(for: reader) } ?? "–"
    }

    var body: Markup {
        span(.class("figure-name")) { "\(name): " }
        value
    }
}

struct TenantState: View {
    let state: Tenant.State
    let reader: Reader

    var body: Markup {
        let mark: String =
            switch state {
            case .active: "active"
            case .trial: "in_debt"
            case .suspended: "suspended"
            case .closed: "closed"
            }
        span(.class("state"), .data("state", mark)) { state.words.text(for: reader) }
    }
}

struct TenantSearch: View {
    let filter: TenantFilter
    let reader: Reader

    var body: Markup {
        FilterBar("/platform/tenants", button: PlatformWords.find.text(for: reader)) {
            FormField(PlatformWords.search.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .maxlength(100), .autocomplete("off"), .value(filter.text))
            }
            FormField(PlatformWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { PlatformWords.anyState.text(for: reader) }
                    for state in Tenant.State.allCases {
                        option(.value(state.rawValue), .selected(state == filter.state)) {
                            state.words.text(for: reader)
                        }
                    }
                }
            }
        }
    }
}
