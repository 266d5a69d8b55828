import Access
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// What a customer was told, as a tab of their pages, and the order of channels.
enum NoticeRoutes {
    static let orders = "/panel/notices/channels"

    static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers/:id/notices", .noticesRead, "Los avisos a un cliente", list)
        routes.get("/panel/notices/channels", .noticesManage, "Por dónde se avisa a los clientes", order)
        routes.post("/panel/notices/channels", .noticesManage, "Cambia por dónde se avisa a los clientes", setOrder)
    }

    private static func list(_ visit: Visit, id: Customer.ID) async throws -> Response {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        let before = visit.request.query["before"].flatMap { Int($0) }
        let found = try await visit.database.notices(
            of: id, before: before, limit: CustomerNoticesPage.length + 1)
        let shown = Array(found.prefix(CustomerNoticesPage.length))
        let page = CustomerNoticesPage(
            heading: try await CustomerHeading(customer, for: visit), customer: customer, notices: shown,
            attempts: Dictionary(
                grouping: try await visit.database.attempts(of: shown.map(\.id)), by: \.notice),
            hasMore: found.count > shown.count, isFirst: before == nil, visit: visit)
        return try await Panel.page(page, titled: customer.name, for: visit)
    }

    private static func order(_ visit: Visit) async throws -> Response {
        let carriers = visit.catalogue.noticeCarriers
        let page = NoticeOrdersPage(
            carriers: carriers, kinds: visit.catalogue.noticeKinds,
            orders: try await visit.database.noticeOrders(by: carriers), visit: visit)
        return try await Panel.page(page, titled: NoticeWords.orders.text(for: visit.reader), for: visit)
    }

    private static func setOrder(_ visit: Visit) async throws -> Response {
        let carriers = visit.catalogue.noticeCarriers
        let sent = try await visit.request.body.form(upTo: 4096)
        let fields = (1...max(1, carriers.count)).map { "channel\($0)" }
        try sent.allow(Set(["kind"] + fields))
        let kind = sent["kind"] ?? ""
        guard kind.isEmpty || visit.catalogue.noticeKinds.contains(where: { $0.name == kind }) else {
            throw AccessRefusal.notFound
        }
        var channels: [String] = []
        for field in fields {
            guard let name = sent[field], carriers.contains(where: { $0.name == name }), !channels.contains(name)
            else { continue }
            channels.append(name)
        }
        let chosen = channels
        try await visit.database.transaction { database in
            try await database.setNoticeOrder(of: kind, to: chosen)
            try await database.record(
                Act(
                    .noticeOrderChanged, Act.Subject("company", visit.tenant.id.uuid, named: visit.tenant.name),
                    after: [
                        Act.Detail("notice_kind", kind), Act.Detail("notice_order", chosen.joined(separator: " → ")),
                    ]), by: visit.principal.actor, at: visit.now)
        }
        return Panel.done(.saved, at: orders)
    }
}
