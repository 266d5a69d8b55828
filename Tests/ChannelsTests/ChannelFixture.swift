import Access
import Addresses
import ChannelDrivers
import ChannelProtocol
import Conversations
import Crypto
import Customers
import Declarations
import HTTP
import Identifiers
import Jobs
import Letters
import Loop
import MessagingLab
import Panel
import Postgres
import Sandbox
import ShellSupport
import Subscribers
import TenantSupport
import TestSupport
import Testing
import Time
import WebClient

@testable import Channels
@testable import Notices

/// A company with a number or a bot at a lab, a neighbour without, and somebody with a telephone.
struct ChannelFixture: Sendable {
    let norte: TestTenant
    let sur: TestTenant
    let lab: MessagingLab
    let acts: ChannelActs
    let account: ChannelAccount
    let person: String
    let mail = MailList()
    private let web: HTTPClient
    private let port: UInt16

    static func with(
        _ provider: ChannelProvider = .whatsapp, _ test: (ChannelFixture) async throws -> Void
    ) async throws {
        try await withTenants(declaring: .customers, .subscribers, .notices, .conversations, .channels, .invented) {
            norte, sur in
            // Providers and workers go by the clock on the wall.
            norte.site.clock.advance(by: TimeSource.system.now() - norte.now)
            let lab = MessagingLab(
                provider == .whatsapp ? WhatsAppLab() as any LabChannel : TelegramLab())
            try await RunningServer.run(handler: { await lab.answer($0) }) { server in
                guard case .ip(_, let port) = server.address else { return }
                lab.open(at: "http://127.0.0.1:\(port)")
                let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
                let line = ChannelLine(
                    web,
                    egress: .publicOnly(besides: [.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]),
                    base: "http://127.0.0.1:\(port)")
                let acts = ChannelActs(
                    [WhatsAppChannel(line), TelegramChannel(line)], vault: norte.site.vault,
                    randomness: norte.site.randomness)
                do {
                    let (account, _) = try await acts.connect(
                        provider, keys(of: provider), reachedAt: "http://\(norte.host)", by: norte.commandLine,
                        in: norte.database)
                    let person = try await tell(web, port, "/lab/people", ["name": "Ana", "phone": "5215512345678"])
                    let fixture = ChannelFixture(
                        norte: norte, sur: sur, lab: lab, acts: acts, account: account, person: person, web: web,
                        port: port)
                    if provider == .whatsapp {
                        try await fixture.tell("/lab/hook", ["address": "http://\(norte.host)\(account.hookPath)"])
                    }
                    try await test(fixture)
                    await web.close()
                } catch {
                    await web.close()
                    throw error
                }
            }
        }
    }

    static func keys(of provider: ChannelProvider) -> ChannelActs.GivenKeys {
        switch provider {
        case .whatsapp: .init(token: "EAAlab", number: "106540352242922", secret: "app-secret-lab")
        case .telegram: .init(token: TelegramLab.Plan().token)
        }
    }

    @discardableResult
    func tell(_ path: String, _ form: KeyValuePairs<String, String?>) async throws -> String {
        try await Self.tell(web, port, path, form)
    }

    private static func tell(
        _ web: HTTPClient, _ port: UInt16, _ path: String, _ form: KeyValuePairs<String, String?>
    ) async throws -> String {
        let answer = try await web.send(
            WebRequest(
                "POST", "http://127.0.0.1:\(port)\(path)",
                egress: .devices([.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]),
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: .bytes(Array(Fields(form).urlEncoded.utf8))))
        #expect(answer.status == 200)
        return String(decoding: answer.body, as: UTF8.self)
    }

    func write(_ text: String, count: Int = 1) async throws {
        try await tell("/lab/write", ["person": person, "text": text, "count": "\(count)"])
    }

    /// Somebody sends a file from their telephone.
    func show(_ bytes: [UInt8], _ type: String) async throws {
        let head =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\nContent-Type: \(type)\r\n\r\n"
        let answer = try await web.send(
            WebRequest(
                "POST", "http://127.0.0.1:\(port)/phone/\(person)",
                egress: .devices([.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]),
                headers: ["Content-Type": "multipart/form-data; boundary=b"],
                body: .bytes(Array(head.utf8) + bytes + Array("\r\n--b--\r\n".utf8))))
        #expect(answer.status == 303)
    }

    private var hooks: Panel.Routes {
        var routes = Panel.Routes()
        HookRoutes(acts, randomness: norte.site.randomness).add(to: &routes)
        return routes
    }

    /// A notice arrives, as the provider sends it.
    @discardableResult
    func receive(_ notice: LabNotice, at tenant: TestTenant? = nil, path: String? = nil) async throws -> Status {
        let path = path ?? "/" + notice.address.split(separator: "/").dropFirst(2).joined(separator: "/")
        return try await ask("POST", path, at: tenant ?? norte, notice.headers, notice.body).status
    }

    func ask(
        _ method: String, _ path: String, at tenant: TestTenant, _ headers: [(name: String, value: String)] = [],
        _ body: [UInt8] = []
    ) async throws -> Response {
        let gate = tenant.gate(hooks, credential: Panel.credential, refuse: Panel.refuse)
        let request = try DirectRequests(on: .tests).request(
            method, path, host: tenant.host,
            fields: headers.map { (key: $0.name, value: $0.value) } + [("Content-Type", "application/json")], body: body
        )
        return await gate.answer(request)
    }

    /// Whatever the lab told since, in its order or another.
    func receiveAll(_ order: ([LabNotice]) -> [LabNotice] = { $0 }) async throws {
        for notice in order(lab.takeNotices()) {
            norte.site.clock.advance(by: .milliseconds(1))
            #expect(try await receive(notice) == .ok)
        }
    }

    /// Workers do what is queued, until nothing is left or the test has seen enough.
    func work(
        places: Int = 8, until isDone: @escaping @Sendable (ChannelFixture) async throws -> Bool = { try $0.isIdle }
    ) async throws {
        let worker = worker(places: places)
        let work = Loops.tests.all[0].spawn { await worker.run() }
        do {
            while try await !isDone(self) { try await Loops.tests.all[0].sleep(for: .milliseconds(20)) }
            await worker.drain(within: .seconds(10))
            await work.value
        } catch {
            await worker.drain(within: .zero)
            await work.value
            throw error
        }
    }

    func worker(places: Int) -> Worker {
        var (kinds, configuration) = (JobKinds(), WorkerConfiguration())
        configuration.poll = .milliseconds(50)
        configuration.places = places
        let acts = acts
        let (catalogue, office) = (norte.site.catalogue, mail.office(of: norte.site))
        kinds.add(CarryNotice.self) { job, run in
            try await job.run(in: run, knowing: catalogue) { tenant in
                NoticeDesk(
                    tenant, in: run.database, at: run.now, randomness: run.randomness, address: "https://norte.test",
                    isMailed: true)
            }
        }
        kinds.add(SendLetter.self) { try await $0.run(in: $1, by: office) }
        kinds.add(ReadNotice.self) { try await $0.run(in: $1, by: acts) }
        kinds.add(SendMessage.self) { try await SendAtChannel(acts: acts).run($0, in: $1) }
        kinds.add(FetchFiles.self) { try await $0.run(in: $1, by: acts, with: .tests) }
        kinds.add(AnswerPress.self) { try await $0.run(in: $1, by: acts) }
        return Worker(
            database: norte.site.test.database, loops: .tests, kinds: kinds, time: .system,
            randomness: norte.site.randomness, configuration: configuration)
    }

    var isIdle: Bool {
        get throws {
            try norte.site.test.superuser().column(
                "SELECT 1 FROM jobs WHERE (kind LIKE 'channels.%' OR kind IN ('conversations.send-message', 'notices.carry', 'letters.send')) AND run_at < now() + interval '5 minutes' LIMIT 1"
            ).isEmpty
        }
    }

    /// The only one, once somebody wrote.
    func conversation() async throws -> Conversation {
        try #require(
            try await norte.database.conversation(
                with: ConversationKey(account.provider.channel, account: account.id.uuid, with: person)))
    }

    func messages(_ direction: ChatMessage.Direction? = nil) async throws -> [ChatMessage] {
        try await norte.database.messages(in: conversation().id, limit: 1000).reversed().filter {
            direction == nil || $0.direction == direction
        }
    }

    @discardableResult
    func answer(_ text: String, by kind: MessageAuthor.Kind = .program) async throws -> ChatMessage {
        try await norte.database.send(
            .text(text), in: conversation().id, by: MessageAuthor(kind, name: "Norte"), at: norte.site.wall)
    }

    /// They wrote, and it was read.
    func begin() async throws {
        try await write("hola")
        try await receiveAll()
        try await work()
    }
}

extension TestSite {
    var wall: Instant { TimeSource.system.now() }
}
