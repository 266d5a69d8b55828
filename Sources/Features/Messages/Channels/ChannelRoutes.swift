import Access
import ChannelProtocol
import Declarations
import Events
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time

/// Connecting a company's numbers and bots: keys that are tried before they are kept, and what is wrong with them in plain
/// words.
struct ChannelRoutes: Sendable {
    private let acts: ChannelActs

    init(_ acts: ChannelActs) { self.acts = acts }

    static let path = "/panel/channels"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/channels", .channelsManage, "Los canales de mensajes", list)
        routes.post("/panel/channels/quiet", .channelsManage, "Cambia las horas de silencio", quiet)
        addNew(.whatsapp, at: "/panel/channels/whatsapp", to: &routes)
        addNew(.telegram, at: "/panel/channels/telegram", to: &routes)
        routes.get("/panel/channels/accounts/:id", .channelsManage, "Un canal conectado", show)
        routes.post("/panel/channels/accounts/:id", .channelsManage, "Cambia las claves de un canal", save)
        routes.post("/panel/channels/accounts/:id/test", .channelsManage, "Prueba un canal", test)
        routes.post("/panel/channels/accounts/:id/on", .channelsManage, "Conecta un canal") { visit, id in
            try await set(visit, id, isOn: true)
        }
        routes.post("/panel/channels/accounts/:id/off", .channelsManage, "Desconecta un canal") { visit, id in
            try await set(visit, id, isOn: false)
        }
    }

    private func addNew(_ provider: ChannelProvider, at path: StaticString, to routes: inout Panel.Routes) {
        routes.get(path, .channelsManage, "Conectar un canal") { visit in
            try await page(ChannelPage(provider: provider, visit: visit), visit)
        }
        routes.post(path, .channelsManage, "Conecta un canal con sus claves") { visit in
            try await connect(provider, nil, visit)
        }
    }

    private func page(_ page: ChannelPage, _ visit: Visit, _ status: Status = .ok) async throws -> Response {
        try await Panel.page(page, titled: page.provider.name, status: status, for: visit)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = ChannelsPage(
            providers: acts.providers, accounts: try await visit.database.channelAccounts(),
            quiet: try await visit.database.quietHours(), visit: visit)
        return try await Panel.page(page, titled: ChannelWords.channels.text(for: visit.reader), for: visit)
    }

    private func account(_ id: String, _ visit: Visit) async throws -> ChannelAccount {
        guard let account = try await visit.database.channelAccount(FormText.id(id)) else {
            throw AccessRefusal.notFound
        }
        return account
    }

    private func show(_ visit: Visit, id: String) async throws -> Response {
        let account = try await account(id, visit)
        return try await page(ChannelPage(provider: account.provider, account: account, visit: visit), visit)
    }

    private func save(_ visit: Visit, id: String) async throws -> Response {
        let account = try await account(id, visit)
        return try await connect(account.provider, account, visit)
    }

    private func connect(
        _ provider: ChannelProvider, _ known: ChannelAccount?, _ visit: Visit
    ) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 16_384)
        try sent.allow(["token", "number", "secret"])
        let given = ChannelActs.GivenKeys(
            token: FormText.line(sent["token"], upTo: 1000), number: FormText.line(sent["number"], upTo: 40),
            secret: FormText.line(sent["secret"], upTo: 200))
        do {
            let (account, found) = try await acts.connect(
                provider, given, as: known, reachedAt: visit.address, by: visit.principal, in: visit.database)
            return try await page(
                ChannelPage(provider: provider, account: account, found: found, visit: visit), visit)
        } catch let refusal as ChannelRefusal {
            return try await page(
                ChannelPage(
                    provider: provider, account: known, fault: refusal, number: given.number, visit: visit),
                visit, refusal.status)
        }
    }

    private func test(_ visit: Visit, id: String) async throws -> Response {
        let known = try await account(id, visit)
        do {
            let found = try await acts.examine(
                known, reachedAt: visit.address, by: visit.principal, in: visit.database)
            let account = try await account(id, visit)
            return try await page(
                ChannelPage(provider: account.provider, account: account, found: found, visit: visit), visit)
        } catch let refusal as ChannelRefusal {
            return try await page(
                ChannelPage(provider: known.provider, account: known, fault: refusal, visit: visit), visit,
                refusal.status)
        }
    }

    private func set(_ visit: Visit, _ id: String, isOn: Bool) async throws -> Response {
        let id: ChannelAccount.ID = try FormText.id(id)
        try await acts.set(id, isOn: isOn, by: visit.principal, in: visit.database)
        return Panel.done(.saved, at: "\(Self.path)/accounts/\(id)")
    }

    private func quiet(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 1024)
        try sent.allow(["from", "until"])
        guard let hours = QuietHours(from: Int(sent["from"] ?? "") ?? -1, until: Int(sent["until"] ?? "") ?? -1) else {
            throw AccessRefusal.notFound
        }
        try await visit.database.transaction { database in
            try await database.put(hours)
            try await database.record(
                Act(
                    .channelChanged, Act.Subject("company", visit.tenant.id.uuid, named: visit.tenant.name),
                    after: [Act.Detail("quiet_hours", "\(hours.from)–\(hours.until)")]), by: visit.principal.actor,
                at: visit.now)
        }
        return Panel.done(.saved, at: Self.path)
    }
}
