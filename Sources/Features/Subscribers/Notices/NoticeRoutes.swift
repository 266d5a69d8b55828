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

    private static func order(_ visit: Visit) async throws -> Response { try await ordersPage(visit) }

    private static func ordersPage(
        _ visit: Visit, typed: [String: [String]] = [:], _ refusal: NoticeOrderRefusal? = nil
    ) async throws -> Response {
        let carriers = visit.catalogue.noticeCarriers
        let page = NoticeOrdersPage(
            carriers: carriers, kinds: visit.catalogue.noticeKinds,
            orders: try await visit.database.noticeOrders(by: carriers), typed: typed,
            fault: refusal?.message.text(for: visit.reader), visit: visit)
        return try await Panel.page(
            page, titled: NoticeWords.orders.text(for: visit.reader), status: refusal?.status ?? .ok, for: visit)
    }

    private static func setOrder(_ visit: Visit) async throws -> Response {
        let carriers = visit.catalogue.noticeCarriers
        let kinds: [(name: String, words: Message)] =
            [("", NoticeWords.everyKind.message)] + visit.catalogue.noticeKinds.map { ($0.name, $0.words) }
        func fields(of kind: String) -> [String] { carriers.indices.map { NoticeOrders.field($0, of: kind) } }
        let sent = try await visit.request.body.form(upTo: 65_536)
        try sent.allow(Set(kinds.flatMap { fields(of: $0.name) }))
        var typed: [String: [String]] = [:]
        for kind in kinds {
            typed[kind.name] = fields(of: kind.name).map { field in
                sent[field].flatMap { name in carriers.contains { $0.name == name } ? name : nil } ?? ""
            }
        }
        let orders = try await visit.database.noticeOrders(by: carriers)
        var changes: [(kind: String, order: [String])] = []
        for kind in kinds {
            let places = typed[kind.name] ?? []
            let order = places.filter { !$0.isEmpty }
            if let twice = order.first(where: { name in order.count(where: { $0 == name }) > 1 }) {
                let channel = carriers.first { $0.name == twice }?.words ?? kind.words
                return try await ordersPage(
                    visit, typed: typed, .repeated(kind.words, channel))
            }
            // «Como todos» before a channel would say two things.
            if !kind.name.isEmpty, places.first == "", !order.isEmpty {
                return try await ordersPage(visit, typed: typed, .firstMissing(kind.words))
            }
            let now = kind.name.isEmpty ? orders.channels(of: "") : orders.own(kind.name)
            if order != now { changes.append((kind.name, order)) }
        }
        let made = changes
        try await visit.database.transaction { database in
            for (kind, order) in made {
                try await database.setNoticeOrder(of: kind, to: order)
                try await database.record(
                    Act(
                        .noticeOrderChanged, Act.Subject("company", visit.tenant.id.uuid, named: visit.tenant.name),
                        after: [
                            Act.Detail("notice_kind", kind),
                            Act.Detail("notice_order", order.joined(separator: " → ")),
                        ]), by: visit.principal.actor, at: visit.now)
            }
        }
        return Panel.done(.saved, at: Self.orders)
    }
}

/// Why an order of channels is not kept.
enum NoticeOrderRefusal: Refusal {
    /// Of which notice, and the channel that it has twice.
    case repeated(Message, Message)
    case firstMissing(Message)

    var status: Status { .unprocessableContent }

    var code: String {
        switch self {
        case .repeated: "notice_order_repeated"
        case .firstMissing: "notice_order_first_missing"
        }
    }

    var message: Message {
        func text(_ message: Message, _ language: Language) -> String {
            message.text(for: Reader(language, in: .mexico))
        }
        switch self {
        case .repeated(let kind, let channel):
            return Message(
                es: .always("\(text(kind, .es)): \(text(channel, .es)) está dos veces. Elija cada canal una vez."),
                en: .always("\(text(kind, .en)): \(text(channel, .en)) is there twice. Choose each channel once."),
                pt: .always("\(text(kind, .pt)): \(text(channel, .pt)) está duas vezes. Escolha cada canal uma só vez.")
            )
        case .firstMissing(let kind):
            return Message(
                es: .always("\(text(kind, .es)): elija el primer canal, o deje los demás sin elegir."),
                en: .always("\(text(kind, .en)): choose the first channel, or leave the others unchosen."),
                pt: .always("\(text(kind, .pt)): escolha o primeiro canal, ou deixe os outros sem escolher."))
        }
    }
}
