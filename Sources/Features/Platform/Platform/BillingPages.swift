import Access
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Panel
import PlatformBilling
import Tenancy

/// A company's debt in one currency.
struct BillingRow {
    let tenant: Tenant
    let balance: PlatformBalance

    /// Overdue debts first, then by currency, then the largest debt.
    static func all(of tenants: [Tenant], _ balances: [Tenant.ID: [PlatformBalance]]) -> [BillingRow] {
        var rows: [BillingRow] = []
        for tenant in tenants {
            if let known = balances[tenant.id] {
                rows += known.map { BillingRow(tenant: tenant, balance: $0) }
            } else if let price = tenant.plan.price {
                let nothing = Money.zero(price.currency)
                rows.append(BillingRow(tenant: tenant, balance: PlatformBalance(none: nothing)))
            }
        }
        return rows.sorted { $0.order < $1.order }
    }

    private var order: (Int, String, Int64, String) {
        let amount = balance.overdue.isPositive ? balance.overdue : balance.balance
        return (balance.overdue.isPositive ? 0 : 1, amount.currency.code, -amount.minor, tenant.slug)
    }
}

/// The filter of companies, held in the URL.
struct BillingFilter {
    enum Kind: String, CaseIterable { case overdue, owing, favour, settled }

    static let length = 25

    let text: String
    let kind: Kind?
    let page: Int

    init(_ query: Fields) {
        text = FormText.line(query["q"])
        kind = query["state"].flatMap(Kind.init)
        page = min(max(Int(query["page"] ?? "") ?? 1, 1), 1_000_000)
    }

    func takes(_ row: BillingRow) -> Bool {
        let wanted = text.lowercased()
        guard
            wanted.isEmpty || row.tenant.slug.contains(wanted) || row.tenant.name.lowercased().contains(wanted)
        else { return false }
        switch kind {
        case nil: return true
        case .overdue: return row.balance.overdue.isPositive
        case .owing: return row.balance.balance.isPositive
        case .favour: return row.balance.balance.isNegative
        case .settled: return row.balance.balance.isZero
        }
    }

    func path(page: Int) -> String {
        Fields([
            "q": text.isEmpty ? nil : text, "state": kind?.rawValue, "page": page == 1 ? nil : "\(page)",
        ]).query(of: "/platform/billing")
    }
}

struct BillingListPage: View {
    let rows: [BillingRow]
    let filter: BillingFilter
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        let found = rows.filter(filter.takes)
        let shown = found.dropFirst((filter.page - 1) * BillingFilter.length).prefix(BillingFilter.length)
        PageHeading(BillingConsoleWords.title.text(for: reader))
        BillingTotals(rows: rows, reader: reader)
        p(.class("hint")) { BillingConsoleWords.nobodySuspended.text(for: reader) }
        BillingSearch(filter: filter, reader: reader)
        LivingList {
            if shown.isEmpty {
                EmptyState(.billing, BillingConsoleWords.nobody.text(for: reader))
            } else {
                ConsoleTable(
                    label: BillingConsoleWords.title.text(for: reader),
                    headings: [
                        PlatformWords.company.text(for: reader), BillingWords.price.text(for: reader),
                        BillingWords.balance.text(for: reader), BillingWords.overdueAmount.text(for: reader),
                    ], rows: shown.map(row))
            }
            Pager(
                first: filter.page > 1 ? filter.path(page: 1) : nil,
                next: found.count > filter.page * BillingFilter.length ? filter.path(page: filter.page + 1) : nil,
                reader: reader)
        }
    }

    private func row(of row: BillingRow) -> Markup {
        let (reader, tenant) = (visit.reader, row.tenant)
        return tr {
            td {
                a(.href("/platform/billing/\(tenant.id)")) { tenant.name }
                " "
                TenantState(state: tenant.state, reader: reader)
            }
            td { tenant.plan.priceText(for: reader) ?? TenantWords.noPrice.text(for: reader) }
            td { row.balance.balance.balanceText(for: reader) }
            td {
                span(.class("figure-name")) { "\(BillingWords.overdueAmount.text(for: reader)): " }
                if row.balance.overdue.isPositive {
                    span(.class("state"), .data("state", "suspended")) { row.balance.overdue.exactText(for: reader) }
                } else {
                    "–"
                }
            }
        }
    }
}

/// Totals by currency.
struct BillingTotals: View {
    let rows: [BillingRow]
    let reader: Reader

    var body: Markup {
        for currency in Currency.allCases where rows.contains(where: { $0.balance.balance.currency == currency }) {
            let own = rows.map(\.balance).filter { $0.balance.currency == currency }
            h2 { currency.code }
            ul(.class("tiles amounts")) {
                tile(.receivable, own.map(\.balance).filter(\.isPositive), currency, path(.owing))
                tile(.overdue, own.map(\.overdue), currency, path(.overdue), mark: "suspended")
                tile(.collected, own.map(\.collected), currency, nil)
            }
        }
    }

    private func path(_ kind: BillingFilter.Kind) -> String { "/platform/billing?state=\(kind.rawValue)" }

    private func tile(
        _ words: BillingConsoleWords, _ amounts: [Money], _ currency: Currency, _ path: String?, mark: String = ""
    ) -> Markup {
        // A sum beyond the bounds is shown as unknown.
        let sum = try? Money.sum(of: amounts, in: currency)
        let content = Markup.group([
            span(.class("tile-name")) { words.text(for: reader) },
            strong { sum?.exactText(for: reader) ?? "–" },
        ])
        let isMarked = sum?.isPositive == true && !mark.isEmpty
        return li {
            if let path {
                a(.class("tile"), .href(path), .when(isMarked, .data("state", mark))) { content }
            } else {
                div(.class("tile")) { content }
            }
        }
    }
}

struct BillingSearch: View {
    let filter: BillingFilter
    let reader: Reader

    var body: Markup {
        FilterBar("/platform/billing", button: PlatformWords.find.text(for: reader)) {
            FormField(PlatformWords.search.text(for: reader), name: "q") { wiring in
                input(wiring, .type("search"), .maxlength(100), .autocomplete("off"), .value(filter.text))
            }
            FormField(BillingWords.balance.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { PlatformWords.anyState.text(for: reader) }
                    for kind in BillingFilter.Kind.allCases {
                        option(.value(kind.rawValue), .selected(kind == filter.kind)) { kind.words.text(for: reader) }
                    }
                }
            }
        }
    }
}

extension BillingFilter.Kind {
    fileprivate var words: BillingConsoleWords {
        switch self {
        case .overdue: .withOverdue
        case .owing: .owing
        case .favour: .favour
        case .settled: .settled
        }
    }
}
