import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Ledger
import Locale
import Notices
import Nouns
import Panel
import Payments
import Postgres
import Services
import Tenancy
import Time

/// Morosos, por cortar and cortados: three lists of customers.
package enum DebtorRoutes {
    static let path = "/panel/collection"
    package static let shown = 200
    /// How far ahead a cut is shown.
    static let days = 7

    enum Tab: String, CaseIterable {
        case debtors
        case toCut = "to_cut"
        case cut

        var words: CollectionWords {
            switch self {
            case .debtors: .debtors
            case .toCut: .toCut
            case .cut: .cut
            }
        }
    }

    package static func add(to routes: inout Panel.Routes, files: ListFiles, isMailed: Bool = true) {
        addList(to: &routes, files: files)
        routes.get("/panel/collection", .collectionView, "Morosos, por cortar y cortados") { visit in
            let tab = visit.request.query["list"].flatMap(Tab.init) ?? .debtors
            if tab == .debtors { return try await debtors(visit) }
            let page = DebtorsPage(
                tab: tab,
                services: try await visit.database.collectedServices(
                    tab, of: visit.tenant,
                    by: CollectionChannels(visit.catalogue.noticeCarriers, isMailed: isMailed), at: visit.now),
                banner: try await CollectionBanner(for: visit), visit: visit)
            return try await Panel.page(page, titled: tab.words.text(for: visit.reader), for: visit)
        }
    }
}

package struct Debtor: Sendable, RowReadable {
    package let customer: Customer.ID
    package let name: String
    package let number: Int
    package let overdue: Int64
    package let since: Day
    package let phone: String

    package init(row: Row) throws(DatabaseError) {
        customer = try row.read("customer_id")
        name = try row.read("name")
        number = try row.read("number")
        overdue = try row.read("overdue")
        since = try row.read("since")
        phone = try row.read("phone")
    }
}

extension TenantDatabase {
    /// The largest overdue debts; one more than is shown.
    package func debtors(on today: Day, _ currency: Currency) async throws(DatabaseError) -> [Debtor] {
        try await rows(
            """
            SELECT c.customer_id, c.name, c.number, c.phone, o.overdue, o.since
            FROM (
                SELECT g.customer_id, sum(g.open)::bigint AS overdue, min(g.due_on) AS since
                FROM ledger_charges g
                WHERE g.tenant_id = \(tenant) AND g.currency = \(currency.rawValue) AND g.open > 0
                    AND g.due_on < \(today)
                GROUP BY g.customer_id ORDER BY overdue DESC, g.customer_id LIMIT 201) o
            JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = o.customer_id
            ORDER BY o.overdue DESC, o.customer_id
            """)
    }

    /// Services that are cut, or will be within `days`, with their decisions.
    func collectedServices(
        _ tab: DebtorRoutes.Tab, of tenant: Tenant, by channels: CollectionChannels, at now: Instant
    ) async throws -> [ForeseenStep] {
        let view = try await CollectionView(of: tenant, at: now, in: self)
        var found: [Decision] = []
        try await view.forEachPage(onlyCut: tab == .cut) { page in
            for facts in page {
                if tab == .cut {
                    if facts.state == .cut { found.append(view.decision(about: facts)) }
                } else {
                    let simulation = view.simulation(of: facts, through: view.day + DebtorRoutes.days)
                    let cut = simulation.decisions.first(where: \.cuts)
                    if let cut { found.append(cut) }
                }
            }
            return found.count > DebtorRoutes.shown
        }
        return try await view.named(found, by: channels, limit: DebtorRoutes.shown)
    }
}

struct DebtorsPage: View {
    let tab: DebtorRoutes.Tab
    let services: [ForeseenStep]
    let banner: CollectionBanner
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(CollectionWords.collection.text(for: reader))
        banner
        DebtorTabs(tab: tab, visit: visit)
        LivingList { list }
    }

    @MarkupBuilder private var list: Markup {
        if services.count > DebtorRoutes.shown {
            p(.class("notice")) { CollectionWords.more.text(for: reader, .number("number", DebtorRoutes.shown)) }
        }
        if services.isEmpty {
            EmptyState(.check, (tab == .cut ? CollectionWords.noneCut : .noneToCut).text(for: reader))
        } else if tab == .cut {
            CutTable(services: Array(services.prefix(DebtorRoutes.shown)), visit: visit)
        } else {
            ToCutTable(services: Array(services.prefix(DebtorRoutes.shown)), visit: visit)
        }
    }
}

/// To the form that takes a payment of a row's customer.
private struct TakeCell: View {
    let customer: Customer.ID
    let visit: Visit

    var body: Markup {
        if visit.mayAct(with: .paymentsRegister) {
            td {
                a(.href("/panel/customers/\(customer)/payments/new")) { CollectionWords.take.text(for: visit.reader) }
            }
        }
    }
}

/// The heading of that column.
private struct TakeHeading: View {
    let visit: Visit

    var body: Markup {
        if visit.mayAct(with: .paymentsRegister) {
            th(.scope("col")) { CollectionWords.take.text(for: visit.reader) }
        }
    }
}

/// Services about to be cut, with the day.
struct ToCutTable: View {
    let services: [ForeseenStep]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = CollectionWords.toCut.text(for: reader)
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [CollectionWords.customer, .number, .day, .overdue, .fee, .why] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                        TakeHeading(visit: visit)
                    }
                }
                tbody { for service in services { row(service) } }
            }
        }
    }

    private func row(_ service: ForeseenStep) -> Markup {
        let decision = service.decision
        return tr {
            td(.class("name")) {
                a(.href(DebtorRow.origin.path(of: decision.facts.customer))) { service.customerName }
            }
            td(.class("number")) { service.number }
            td(.data("label", CollectionWords.day.text(for: reader))) { decision.day.text(.short, for: reader) }
            td(.class("figures"), .data("label", CollectionWords.overdue.text(for: reader))) {
                decision.toReconnect.debt.exactText(for: reader)
            }
            td(.class("figures"), .data("label", CollectionWords.fee.text(for: reader))) {
                decision.toReconnect.fee.exactText(for: reader)
            }
            td(.data("label", CollectionWords.why.text(for: reader))) {
                a(.href("/panel/services/\(decision.facts.service)/why")) { decision.cause.text(for: reader) }
            }
            TakeCell(customer: decision.facts.customer, visit: visit)
        }
    }
}

/// Cut services, with the amount to reconnect each.
struct CutTable: View {
    let services: [ForeseenStep]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        let title = CollectionWords.cut.text(for: reader)
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [CollectionWords.customer, .number, .overdue, .fee, .total, .why] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                        TakeHeading(visit: visit)
                    }
                }
                tbody { for service in services { row(service) } }
            }
        }
    }

    private func row(_ service: ForeseenStep) -> Markup {
        let decision = service.decision
        return tr {
            td(.class("name")) {
                a(.href(DebtorRow.origin.path(of: decision.facts.customer))) { service.customerName }
            }
            td(.class("number")) { service.number }
            td(.class("figures"), .data("label", CollectionWords.overdue.text(for: reader))) {
                decision.toReconnect.debt.exactText(for: reader)
            }
            td(.class("figures"), .data("label", CollectionWords.fee.text(for: reader))) {
                decision.toReconnect.fee.exactText(for: reader)
            }
            td(.class("figures"), .data("label", CollectionWords.total.text(for: reader))) {
                decision.toReconnect.total.exactText(for: reader)
            }
            td(.data("label", CollectionWords.why.text(for: reader))) {
                a(.href("/panel/services/\(decision.facts.service)/why")) { decision.cause.text(for: reader) }
            }
            TakeCell(customer: decision.facts.customer, visit: visit)
        }
    }
}
