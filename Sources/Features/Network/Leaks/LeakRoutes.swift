import API
import Access
import Assembly
import Declarations
import HTML
import HTTP
import Identifiers
import JSON
import Jobs
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy
import Time

/// Fuga de ingresos: monthly losses by kind and customer.
struct LeakRoutes: Sendable {
    static let path = "/panel/leaks"
    private static let most = 200

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/leaks", .leaksView, "Fuga de ingresos", show)
        routes.post("/panel/leaks", .leaksView, "Busca fugas de ingresos ahora", find)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let kind = visit.request.query["kind"].flatMap(Leak.Kind.init)
        let page = LeaksPage(
            totals: try await visit.database.leakTotals(),
            leaks: try await visit.database.leaks(of: kind, limit: Self.most), kind: kind, visit: visit)
        return try await Panel.page(page, titled: LeakWords.title.text(for: visit.reader), for: visit)
    }

    private func find(_ visit: Visit) async throws -> Response {
        try await visit.database.queue(FindLeaks(), at: visit.now)
        return Panel.done(.findingLeaks, at: Self.path)
    }

    /// A home page card, where there are leaks.
    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.leaksView) else { return [] }
        let totals = try await visit.database.leakTotals()
        return totals.isEmpty ? [] : [HomePart(.card, 35, LeakCard(totals: totals, visit: visit))]
    }
}

extension Visit {
    fileprivate func money(_ minor: Int64) -> String {
        Money(minor: minor, tenant.currency).text(for: reader)
    }
}

private struct LeakCard: View {
    let totals: [LeakTotal]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        section(.class("card"), .aria("label", LeakWords.title.text(for: reader))) {
            h2 { LeakWords.title.text(for: reader) }
            p(.class("figure")) {
                strong { visit.money(totals.reduce(0) { $0 + $1.monthly }) }
                " \(LeakWords.monthly.text(for: reader))"
            }
            ul {
                for total in totals.prefix(4) {
                    li {
                        a(.href("\(LeakRoutes.path)?kind=\(total.kind.rawValue)")) { total.kind.text(for: reader) }
                        ": \(total.count.text(for: reader)) · \(visit.money(total.monthly))"
                    }
                }
            }
            p { a(.href(LeakRoutes.path)) { LeakWords.seeAll.text(for: reader) } }
        }
    }
}

private struct LeaksPage: View {
    let totals: [LeakTotal]
    let leaks: [Leak]
    let kind: Leak.Kind?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(LeakWords.title.text(for: reader)) {
            if visit.mayAct(with: .leaksView) {
                form(.class("inline"), .method(.post), .action(LeakRoutes.path)) {
                    button(.type("submit")) { LeakWords.find.text(for: reader) }
                }
            }
        }
        p(.class("hint lead")) { LeakWords.intro.text(for: reader) }
        if totals.isEmpty {
            EmptyState(.check, LeakWords.none.text(for: reader))
        } else {
            summary
            details
        }
    }

    private var summary: Markup {
        table(LeakWords.byKind, [.kind, .count, .monthly]) {
            for total in totals {
                tr {
                    td(.class("name")) {
                        a(.href("\(LeakRoutes.path)?kind=\(total.kind.rawValue)")) { total.kind.text(for: reader) }
                    }
                    td(.class("figures")) { total.count.text(for: reader) }
                    td(.class("figures")) { visit.money(total.monthly) }
                }
            }
        }
    }

    private var details: Markup {
        table(LeakWords.each, [.kind, .customer, .monthly, .about, .since]) {
            for leak in leaks {
                tr {
                    td { leak.kind.text(for: reader) }
                    td(.class("name")) {
                        if let customer = leak.customer {
                            a(.href("/panel/customers/\(customer)")) { leak.customerName }
                        } else {
                            LeakWords.unknown.text(for: reader)
                        }
                    }
                    td(.class("figures")) { visit.money(leak.monthly) }
                    td {
                        if let service = leak.service {
                            a(.href("/panel/services/\(service)")) { leak.about }
                        } else {
                            leak.about
                        }
                    }
                    td(.class("figures")) { leak.foundAt.text(.short, in: visit.tenant.timeZone, for: reader) }
                }
            }
        }
    }

    private func table(
        _ title: LeakWords, _ columns: [LeakWords], @MarkupBuilder rows: () -> Markup
    ) -> Markup {
        .group([
            h2 { title.text(for: reader) },
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title.text(for: reader))) {
                HTML.table {
                    caption { title.text(for: reader) }
                    thead { tr { for words in columns { th(.scope("col")) { words.text(for: reader) } } } }
                    tbody { rows() }
                }
            },
        ])
    }
}

struct LeakAPI: Sendable {
    func add(to routes: inout API.Routes) {
        routes.get("/api/v1/leaks", .leaksView, LeakWords.api) { visit in
            FoundLeaks(leaks: try await visit.database.leaks(limit: 1000), currency: visit.tenant.currency.code)
        }
    }
}

private struct FoundLeaks: Resource {
    let leaks: [Leak]
    let currency: String

    static let schema = Schema.object(
        "Leaks",
        [
            .required("currency", .text, LeakWords.apiCurrency),
            .required(
                "items",
                .list(
                    of: .object(
                        "Leak",
                        [
                            .required("kind", .words(Leak.Kind.allCases.map(\.rawValue)), LeakWords.kind),
                            .required("service", Schema.id.orNull, LeakWords.apiService),
                            .required("customer", Schema.id.orNull, LeakWords.customer),
                            .required("about", .text, LeakWords.about),
                            .required("monthly", .integer(0...Int.max), LeakWords.apiMonthly),
                            .required("found_at", .text, LeakWords.since),
                        ])), LeakWords.each),
        ])

    var path: String { "/api/v1/leaks" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("currency", currency)
            json.array("items") { json in
                for leak in leaks {
                    json.object { json in
                        json.member("kind", leak.kind.rawValue)
                        json.member("service", leak.service?.description)
                        json.member("customer", leak.customer?.description)
                        json.member("about", leak.about)
                        json.member("monthly", Int(leak.monthly))
                        json.member("found_at", leak.foundAt.rfc3339)
                    }
                }
            }
        }
    }
}
