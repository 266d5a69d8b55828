import Access
import Customers
import Declarations
import GatewayProtocol
import HTML
import HTTP
import Identifiers
import Jobs
import Locale
import Nouns
import Panel
import Payments
import Postgres
import Tenancy
import Time

/// Pagos en línea: requested payments, their state, and each one's history for support.
struct OnlinePaymentRoutes: Sendable {
    private let acts: OnlinePaymentActs

    init(_ acts: OnlinePaymentActs) { self.acts = acts }

    static let path = "/panel/online-payments"
    static let length = 50

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/online-payments", .onlinePaymentsView, "Los pagos en línea", list)
        routes.get("/panel/online-payments/:id", .onlinePaymentsView, "Un pago en línea y su historia") {
            (visit, id: OnlinePayment.ID) in try await page(of: id, nil, .ok, visit)
        }
        routes.post("/panel/online-payments/:id/look", .onlinePaymentsView, "Pregunta al proveedor por un pago", look)
        routes.post(
            "/panel/online-payments/:id/accept", .onlinePaymentsDecide, "Registra lo que el proveedor cobró", accept)
        routes.post("/panel/online-payments/:id/close", .onlinePaymentsDecide, "Cierra la revisión de un pago", close)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let state = visit.request.query["state"].flatMap(OnlinePayment.State.init)
        let cursor = visit.request.query["before"].flatMap { OnlinePayment.ID($0) }
        var before: OnlinePayment?
        if let cursor { before = try await visit.database.onlinePayment(cursor) }
        let page = OnlinePaymentsPage(
            payments: try await visit.database.onlinePayments(in: state, before: before, limit: Self.length + 1),
            state: state, isFirst: before == nil, visit: visit)
        return try await Panel.page(page, titled: GatewayWords.onlinePayments.text(for: visit.reader), for: visit)
    }

    private func page(
        of id: OnlinePayment.ID, _ fault: Message?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let payment = try await visit.database.onlinePayment(id) else { throw AccessRefusal.notFound }
        let page = OnlinePaymentPage(
            payment: payment, notices: try await visit.database.notices(about: id),
            written: try await visit.database.payment(Payment.ID(id.uuid)), fault: fault, visit: visit)
        return try await Panel.page(
            page, titled: GatewayWords.onlinePayment.text(for: visit.reader), status: status, for: visit)
    }

    private func look(_ visit: Visit, id: OnlinePayment.ID) async throws -> Response {
        guard try await visit.database.onlinePayment(id) != nil else { throw AccessRefusal.notFound }
        try await visit.database.queue(LookAtOnlinePayment(id), at: visit.now)
        return Panel.done(.asked, at: "\(Self.path)/\(id)")
    }

    private func accept(_ visit: Visit, id: OnlinePayment.ID) async throws -> Response {
        try await decide(visit, id) {
            try await acts.accept(id, of: visit.tenant, by: visit.principal, in: visit.database)
        }
    }

    private func close(_ visit: Visit, id: OnlinePayment.ID) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["reason"])
        return try await decide(visit, id) {
            try await acts.close(
                id, because: FormText.line(sent["reason"], upTo: 300), by: visit.principal, in: visit.database)
        }
    }

    private func decide(
        _ visit: Visit, _ id: OnlinePayment.ID, _ act: () async throws -> Void
    ) async throws -> Response {
        do {
            try await act()
            return Panel.done(.saved, at: "\(Self.path)/\(id)")
        } catch let refusal as GatewayRefusal {
            return try await page(of: id, refusal.message, refusal.status, visit)
        } catch let refusal as PaymentRefusal {
            return try await page(of: id, refusal.message, refusal.status, visit)
        }
    }
}

private struct OnlinePaymentsPage: View {
    /// Has one more than is shown if there are earlier ones.
    let payments: [OnlinePayment]
    let state: OnlinePayment.State?
    let isFirst: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var shown: ArraySlice<OnlinePayment> { payments.prefix(OnlinePaymentRoutes.length) }

    var body: Markup {
        let title = GatewayWords.onlinePayments.text(for: reader)
        PageHeading(title) {
            if visit.may(.gatewaysManage) {
                a(.class("button"), .href(GatewayRoutes.path)) { GatewayWords.gateways.text(for: reader) }
            }
        }
        form(.class("inline"), .method(.get), .action(OnlinePaymentRoutes.path)) {
            FormField(GatewayWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    option(.value("")) { GatewayWords.every.text(for: reader) }
                    for choice in OnlinePayment.State.allCases {
                        option(.value(choice.rawValue), .selected(choice == state)) { choice.text(for: reader) }
                    }
                }
            }
            button(.type("submit")) { GatewayWords.filter.text(for: reader) }
        }
        if shown.isEmpty {
            EmptyState(.billing, GatewayWords.nonePaid.text(for: reader))
        } else {
            div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
                table {
                    caption { title }
                    thead {
                        tr {
                            for heading in [GatewayWords.moment, .customer, .amount, .gateway, .state] {
                                th(.scope("col")) { heading.text(for: reader) }
                            }
                        }
                    }
                    tbody { for payment in shown { row(of: payment) } }
                }
            }
        }
        Pager(
            first: isFirst ? nil : address(before: nil),
            next: payments.count > shown.count ? shown.last.map { address(before: $0.id) } : nil, reader: reader)
    }

    private func address(before id: OnlinePayment.ID?) -> String {
        Fields(["state": state?.rawValue, "before": id?.description]).query(of: OnlinePaymentRoutes.path)
    }

    private func row(of payment: OnlinePayment) -> Markup {
        tr {
            td {
                a(.href("\(OnlinePaymentRoutes.path)/\(payment.id)")) {
                    payment.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)
                }
            }
            td(.class("name")) { payment.customerName }
            td(.class("figures"), .data("label", GatewayWords.amount.text(for: reader))) {
                payment.amount.exactText(for: reader)
            }
            td(.data("label", GatewayWords.gateway.text(for: reader))) { payment.provider.name }
            td { StateMark(payment.state, for: reader) }
        }
    }
}

private struct OnlinePaymentPage: View {
    let payment: OnlinePayment
    let notices: [KeptNotice]
    let written: Payment?
    let fault: Message?
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var path: String { "\(OnlinePaymentRoutes.path)/\(payment.id)" }

    private func moment(_ at: Instant) -> String { at.text(.short, in: visit.tenant.timeZone, for: reader) }

    var body: Markup {
        Crumb(GatewayWords.onlinePayments.text(for: reader), path: OnlinePaymentRoutes.path)
        PageHeading("\(payment.provider.name) · \(payment.amount.exactText(for: reader))") {
            if payment.checkout != nil, visit.mayAct(with: .onlinePaymentsView) {
                form(.method(.post), .action("\(path)/look")) {
                    button(.type("submit")) { GatewayWords.askProvider.text(for: reader) }
                }
            }
        }
        p(.class("subject")) {
            a(.href("/panel/customers/\(payment.customer)")) { payment.customerName }
            StateMark(payment.state, for: reader)
        }
        if let fault { p(.class("notice error"), .role("alert")) { fault.text(for: reader) } }
        if let trouble = payment.troubleText(for: reader) { p(.class("notice error")) { trouble } }
        facts
        if payment.state == .review, visit.mayAct(with: .onlinePaymentsDecide) { decision }
        story
    }

    private var facts: Markup {
        dl(.class("facts card")) {
            fact(.moment, .text(moment(payment.madeAt)))
            fact(.way, .text(GatewayWay(provider: payment.provider, way: payment.way).name(for: reader)))
            if let reference = payment.payReference { fact(.payReference, .text(reference)) }
            if let checkout = payment.checkout { fact(.providerID, code { checkout }) }
            if let received = payment.received { fact(.providerPayment, code { received }) }
            if let looked = payment.lookedAt { fact(.lookedAt, .text(moment(looked))) }
            if !payment.state.isSettled { fact(.expires, .text(moment(payment.expiresAt))) }
            if let written {
                fact(.written, a(.href("/panel/payments/\(written.id)")) { written.folio })
            }
            if !payment.decider.isEmpty {
                fact(
                    .decider, .text([payment.decider, payment.reason].filter { !$0.isEmpty }.joined(separator: " · ")))
            }
        }
    }

    private func fact(_ name: GatewayWords, _ value: Markup) -> Markup {
        div {
            dt { name.text(for: reader) }
            dd { value }
        }
    }

    private var decision: Markup {
        section(.class("card")) {
            if payment.trouble == .amount {
                form(.method(.post), .action("\(path)/accept")) {
                    p(.class("hint")) { GatewayWords.acceptHint.text(for: reader) }
                    button(.type("submit"), .class("primary")) { GatewayWords.accept.text(for: reader) }
                }
            }
            form(.method(.post), .action("\(path)/close")) {
                FormField(
                    GatewayWords.reason.text(for: reader), name: "reason",
                    hint: GatewayWords.closeHint.text(for: reader)
                ) { wiring in
                    input(wiring, .required(), .maxlength(300), .autocomplete("off"))
                }
                button(.type("submit")) { GatewayWords.close.text(for: reader) }
            }
        }
    }

    @MarkupBuilder private var story: Markup {
        h2 { GatewayWords.story.text(for: reader) }
        if notices.isEmpty { p(.class("hint")) { GatewayWords.noStory.text(for: reader) } }
        ol(.class("cards")) {
            for notice in notices {
                li(.class("card")) {
                    p {
                        "\(moment(notice.receivedAt)) · "
                        strong { notice.kind }
                        if notice.times > 1 {
                            " · \(GatewayWords.times.text(for: reader, .number("number", notice.times)))"
                        }
                    }
                    details {
                        summary { code { notice.event } }
                        pre(.class("sent"), .tabindex(0)) { notice.body }
                    }
                }
            }
        }
    }
}
