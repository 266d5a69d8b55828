import Access
import Declarations
import GatewayProtocol
import HTML
import HTTP
import Identifiers
import Jobs
import Ledger
import Locale
import Nouns
import Panel
import Portal
import Postgres
import Subscribers
import Tenancy
import Time

/// A subscriber's online payment. The session decides whose account it is, the provider whether it was paid.
struct PortalPayRoutes: Sendable {
    private let acts: OnlinePaymentActs
    private let randomness: Randomness

    init(_ acts: OnlinePaymentActs, randomness: Randomness) { (self.acts, self.randomness) = (acts, randomness) }

    static let path = "/portal/pay"
    static let payments = "/portal/online-payments"

    func add(to routes: inout Portal.Routes) {
        routes.get("/portal/pay", .portal, "Elegir cómo pagar en línea", ask)
        routes.post("/portal/online-payments", .portal, "El cliente pide pagar en línea", open)
        routes.get("/portal/online-payments/:id", .portal, "Un pago en línea del cliente", show)
    }

    /// Shown where there is a debt and a gateway.
    static func offer(_ visit: Visit, of owed: Money) async throws -> Markup {
        guard try await !visit.database.waysToPay(in: owed.currency).isEmpty else { return .nothing }
        return p(.class("acts")) {
            a(.class("button primary"), .href("\(path)?amount=\(owed.minor)")) {
                GatewayWords.payNow.text(for: visit.reader)
            }
        }
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let owed = try await visit.database.balance(of: subscriber.id, in: visit.tenant.currency).owed
        let asked = visit.request.query["amount"].flatMap { Int64($0) } ?? owed.minor
        let amount = (1...Money.most).contains(asked) ? Money(minor: asked, visit.tenant.currency) : owed
        return try await page(
            amount.isPositive ? amount.exactText(for: visit.reader) : "",
            id: .make(milliseconds: visit.now.milliseconds, from: randomness), nil, .ok, visit)
    }

    private func open(_ visit: Visit) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["id", "amount", "way"])
        let id: OnlinePayment.ID = try FormText.id(sent["id"] ?? "")
        let typed = FormText.line(sent["amount"], upTo: 30)
        let amount: Money
        do throws(AmountRefusal) {
            amount = try Money(typed: typed, in: visit.tenant.currency, for: visit.reader)
        } catch {
            return try await page(
                typed, id: id, error.text(in: visit.tenant.currency, for: visit.reader), .unprocessableContent, visit)
        }
        let ways = try await visit.database.waysToPay(in: visit.tenant.currency)
        do {
            guard let way = ways.first(where: { $0.word == sent["way"] }) else { throw GatewayRefusal.noWay }
            let payment = try await acts.open(
                NewOnlinePayment(id: id, customer: subscriber.id, way: way, amount: amount), for: subscriber,
                of: visit.tenant, at: visit.address, now: visit.now, in: visit.database)
            return .redirect(to: "\(Self.payments)/\(payment.id)?go=1")
        } catch let refusal as GatewayRefusal {
            return try await page(typed, id: id, refusal.forCustomers.text(for: visit.reader), refusal.status, visit)
        }
    }

    private func show(_ visit: Visit, id: OnlinePayment.ID) async throws -> Response {
        let subscriber = try await visit.subscriber()
        guard let payment = try await visit.database.onlinePayment(id), payment.customer == subscriber.id else {
            throw AccessRefusal.notFound
        }
        let isLeaving = visit.request.query["go"] != nil && payment.state == .open && payment.way == .hosted
        var response = try await Portal.page(
            PortalOnlinePaymentPage(payment: payment, isLeaving: isLeaving, visit: visit), on: .home, for: visit)
        if isLeaving, let address = payment.address {
            // A form may only lead to our own pages (CSP), so this page redirects.
            response.headers["Refresh"] = "0; url=\(address)"
        } else if !payment.state.isSettled, payment.way == .hosted {
            // Back from the provider: check its state now, and refresh this page until it answers.
            if payment.lookedAt.map({ visit.now - $0 > .seconds(10) }) ?? true {
                try await visit.database.queue(LookAtOnlinePayment(id), at: visit.now)
            }
            response.headers["Refresh"] = "5"
        }
        return response
    }

    private func page(
        _ amount: String, id: OnlinePayment.ID, _ fault: String?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let subscriber = try await visit.subscriber()
        let page = PortalPayPage(
            amount: amount, id: id, fault: fault,
            ways: try await visit.database.waysToPay(in: visit.tenant.currency),
            balance: try await visit.database.balance(of: subscriber.id, in: visit.tenant.currency).balance,
            payments: try await visit.database.onlinePayments(of: subscriber.id, limit: 5), visit: visit)
        return try await Portal.page(page, on: .home, status: status, for: visit)
    }
}

extension GatewayRefusal {
    /// The refusal for customers, without details of the company's keys.
    fileprivate var forCustomers: Message {
        switch self {
        case .noWay, .amountWrong, .unreachable: message
        case .contactMissing: GatewayWords.contactFirst.message
        default: GatewayWords.notNow.message
        }
    }
}

private struct PortalPayPage: View {
    let amount: String
    let id: OnlinePayment.ID
    let fault: String?
    let ways: [GatewayWay]
    let balance: Money
    let payments: [OnlinePayment]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { GatewayWords.payOnline.text(for: reader) }
        if balance.isPositive {
            p(.class("large")) {
                GatewayWords.youOwe.text(for: reader, .text("amount", balance.exactText(for: reader)))
            }
        }
        if ways.isEmpty {
            p(.class("notice")) { GatewayWords.noWays.text(for: reader) }
        } else {
            payForm
        }
        if !payments.isEmpty {
            h2 { GatewayWords.mine.text(for: reader) }
            ul(.class("plain lines")) { for payment in payments { li { line(payment) } } }
        }
    }

    private var payForm: Markup {
        form(.class("card"), .method(.post), .action(PortalPayRoutes.payments)) {
            if let fault { p(.class("notice error"), .role("alert")) { fault } }
            input(.type("hidden"), .name("id"), .value(id.description))
            FormField(GatewayWords.amount.text(for: reader), name: "amount") { wiring in
                input(
                    wiring, .required(), .inputmode("decimal"), .maxlength(30), .autocomplete("off"), .value(amount))
            }
            for way in ways {
                p {
                    button(.type("submit"), .class("primary"), .name("way"), .value(way.word)) {
                        way.name(for: reader)
                    }
                }
            }
            p(.class("hint")) { GatewayWords.atProvider.text(for: reader) }
        }
    }

    @MarkupBuilder private func line(_ payment: OnlinePayment) -> Markup {
        a(.href("\(PortalPayRoutes.payments)/\(payment.id)")) {
            "\(payment.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)) · \(payment.provider.name)"
        }
        " "
        StateMark(payment.state, for: reader)
        span(.class("figures")) { payment.amount.exactText(for: reader) }
    }
}

private struct PortalOnlinePaymentPage: View {
    let payment: OnlinePayment
    let isLeaving: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h1 { GatewayWords.payOnline.text(for: reader) }
        section(.class("card")) {
            p(.class("large")) { payment.amount.exactText(for: reader) }
            p { StateMark(payment.state, for: reader) }
            p(.role("status")) { standing.text(for: reader, .name(payment.provider.name)) }
            if let reference = payment.payReference, payment.state == .open || payment.state == .processing {
                howToPay(reference)
            }
            if payment.state == .open, let address = payment.address {
                p {
                    a(.class("button primary"), .href(address), .rel("noreferrer")) {
                        GatewayWords.goOn.text(for: reader, .name(payment.provider.name))
                    }
                }
            }
        }
        p { a(.href("/portal")) { GatewayWords.toStart.text(for: reader) } }
    }

    private var standing: GatewayWords {
        switch payment.state {
        case .opening: .opening
        case .open: isLeaving ? .leaving : payment.way == .hosted ? .confirming : .payWithReference
        case .processing: .confirming
        case .paid: .isPaid
        case .failed: .wasNotPaid
        case .expired: .hasExpired
        case .review: .isHeld
        case .refunded, .chargedBack: .wentBack
        }
    }

    private func howToPay(_ reference: String) -> Markup {
        dl(.class("facts")) {
            div {
                dt { (payment.way == .transfer ? GatewayWords.clabe : .payReference).text(for: reader) }
                dd { strong(.class("large")) { reference } }
            }
            if let place = payment.payPlace {
                div {
                    dt { (payment.way == .transfer ? GatewayWords.bank : .place).text(for: reader) }
                    dd { place }
                }
            }
            div {
                dt { GatewayWords.expires.text(for: reader) }
                dd { payment.expiresAt.text(.short, in: visit.tenant.timeZone, for: reader) }
            }
        }
    }
}
