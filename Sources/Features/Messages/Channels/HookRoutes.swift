import Access
import ChannelProtocol
import Declarations
import HTTP
import Identifiers
import Jobs
import Panel
import Postgres
import Time

/// What providers tell: checked, kept and queued, so that the answer is quick. The address is a secret of the company and
/// the provider; what counts is the signature.
struct HookRoutes: Sendable {
    private let acts: ChannelActs
    private let randomness: Randomness

    init(_ acts: ChannelActs, randomness: Randomness) { (self.acts, self.randomness) = (acts, randomness) }

    func add(to routes: inout Panel.Routes) {
        routes.get("/hooks/channels/:hook", .anyone, "Confirma la dirección de avisos de un canal", verify)
        routes.post(
            "/hooks/channels/:hook", .anyone, "Recibe los avisos de un canal",
            limits: RouteLimits(body: ChannelNotice.mostBytes), receive)
    }

    private func account(_ hook: String, _ visit: Visit) async throws -> ChannelAccount {
        guard let account = try await visit.database.channelAccount(at: hook), account.isOn else {
            throw AccessRefusal.notFound
        }
        return account
    }

    private func verify(_ visit: Visit, hook: String) async throws -> Response {
        let account = try await account(hook, visit)
        var query: [String: String] = [:]
        for field in visit.request.query.all.prefix(20) { query[field.name] = field.value }
        let keys = try await acts.keys(of: account, in: visit.database)
        guard let answer = try acts.driver(of: account.provider).challenge(of: query, with: keys) else {
            return .text("refused", status: .forbidden)
        }
        return .text(answer)
    }

    private func receive(_ visit: Visit, hook: String) async throws -> Response {
        let account = try await account(hook, visit)
        let driver = try acts.driver(of: account.provider)
        let body = try await visit.request.body.bytes(upTo: ChannelNotice.mostBytes)
        var headers: [String: String] = [:]
        for name in ChannelNotice.signatureHeaders { headers["\(name)"] = visit.request.headers[name] }
        let keys = try await acts.keys(of: account, in: visit.database)
        do throws(NoticeFault) {
            try driver.check(ChannelNotice(headers: headers, body: body), with: keys)
        } catch {
            try await visit.database.noteNotice(to: account.id, isGenuine: false, at: visit.now)
            return .text("refused", status: .forbidden)
        }
        // What cannot be read today cannot be read tomorrow: the provider is not asked to repeat it.
        guard let events = try? driver.events(in: body), !events.isEmpty else { return .text("ok") }
        let id = KeptNotice.ID.make(milliseconds: visit.now.milliseconds, from: randomness)
        try await visit.database.transaction { database in
            try await database.noteNotice(to: account.id, isGenuine: true, at: visit.now)
            try await database.keep(body, as: id, of: account.id, at: visit.now)
            try await database.queue(ReadNotice(id, of: account.id), at: visit.now)
        }
        return .text("ok")
    }
}
