import Access
import Declarations
import GatewayProtocol
import HTTP
import Identifiers
import Jobs
import Locale
import Panel
import Postgres
import Time

/// The providers' webhook: notices are verified, stored and queued, so that the response is quick. The address is
/// secret, but only the signature proves the sender.
struct NoticeRoutes: Sendable {
    let gateways: GatewayActs

    init(_ gateways: GatewayActs) { self.gateways = gateways }

    func add(to routes: inout Panel.Routes) {
        routes.post(
            "/hooks/gateways/:hook", .anyone, "Recibe el aviso de una pasarela de pago",
            limits: RouteLimits(body: KeptNotice.mostBytes), receive)
    }

    private func receive(_ visit: Visit, hook: String) async throws -> Response {
        guard let gateway = try await visit.database.gateway(at: hook) else { throw AccessRefusal.notFound }
        let provider = gateway.provider
        let driver = try gateways.driver(of: provider)
        let body = try await visit.request.body.bytes(upTo: KeptNotice.mostBytes)
        var headers: [String: String] = [:]
        for name in GatewayMessage.signatureHeaders { headers["\(name)"] = visit.request.headers[name] }
        var query: [String: String] = [:]
        for field in visit.request.query.all.prefix(20) { query[field.name] = field.value }
        let secret = try await gateways.noticeSecret(of: provider, in: visit.database)
        let notice: GatewayNotice
        do throws(NoticeFault) {
            guard let secret else { throw .unsigned }
            notice = try driver.read(
                GatewayMessage(headers: headers, query: query, body: body), secret: secret, at: visit.now)
        } catch {
            if error != .unreadable {
                try await visit.database.noteNotice(to: provider, isGenuine: false, at: visit.now)
            }
            return .text("refused", status: .badRequest)
        }
        try await visit.database.transaction { database in
            try await database.noteNotice(to: provider, isGenuine: true, at: visit.now)
            let payment = try await database.onlinePayment(named: notice, at: provider)
            let isNew = try await database.keep(notice, of: provider, about: payment, body: body, at: visit.now)
            if isNew { try await database.queue(FollowNotice(notice.event, of: provider), at: visit.now) }
        }
        return .text("ok")
    }
}
