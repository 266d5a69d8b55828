import API
import Access
import Crypto
import Events
import HTTP
import Identifiers
import Identity
import JSON
import Locale
import Loop
import Panel
import Postgres
import Telemetry
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Feed

@Suite struct FeedTests {
    @Test func `an open page is told what happens at once, and only what its person may see`() async throws {
        try await Ground.with { ground, sur in
            let cookie = try await ground.norte.signIn([.customersRead], as: "Carla")
            let page = try await ground.listen("/panel/feed", ["Cookie": cookie])
            try await Ground.record("role.deleted", "secreto", at: ground.norte)
            try await Ground.record("customer.created", "CANARIO", at: sur)
            try await Ground.record("customer.created", "Una Sola", at: ground.norte)
            let text = try await ground.read(page, until: "Una Sola")
            #expect(text.contains("HTTP/1.1 200") && text.contains("text/event-stream"))
            #expect(text.contains("event: customer.created\nid: "))
            #expect(!text.contains("secreto") && !text.contains("CANARIO") && !text.contains("192.0.2.7"))
        }
    }

    @Test func `a program that comes back is told what it missed, each once and in order`() async throws {
        try await Ground.with { ground, _ in
            let token = try await ground.norte.token([.eventsRead, .customersRead])
            let headers = ["Authorization": "Bearer \(token)", "Accept": "text/event-stream"]
            for number in 1...450 { try await Ground.record("customer.changed", "n\(number).", at: ground.norte) }
            let head = try #require(try await EventChain.head(in: ground.norte.database)).sequence
            let page = try await ground.listen(
                "/api/v1/events", headers.merging(["Last-Event-ID": "\(head - 3)"]) { $1 })
            let missed = try await ground.read(page, until: "n450.")
            #expect(!missed.contains("n447.") && missed.contains("n448.") && missed.contains("n449."))
            try await Ground.record("customer.changed", "n451.", at: ground.norte)
            let next = try await ground.read(page, until: "n451.")
            #expect(!next.contains("n450."))

            // Who was away for longer gets it in as many turns as it takes.
            var seen: [Int] = []
            var position = head - 450
            while seen.last != 451 {
                let again = try await ground.listen(
                    "/api/v1/events", headers.merging(["Last-Event-ID": "\(position)"]) { $1 })
                let text = try await ground.read(again, until: "n451.")
                let found = text.numbers(after: #""value":"n"#)
                seen += found
                position = try #require(text.numbers(after: "\nid: ").last)
                try #require(!found.isEmpty)
            }
            #expect(seen == Array(1...451))
        }
    }

    @Test(arguments: ["sign out", "end elsewhere", "disable", "lose permission", "revoke token", "token permission"])
    func `what somebody may no longer hear ends soon`(how: String) async throws {
        try await Ground.with { ground, _ in
            let (norte, author) = (ground.norte, Author.commandLine(at: ground.norte.now))
            let staff = try await norte.staff([.customersRead], as: "Carla")
            let session = try await Session.start(
                for: staff, at: Session.Place(device: "", address: ""), now: norte.now, from: norte.site.randomness,
                in: norte.database)
            let token = try await APIToken.make(
                named: "n8n", permissions: [.eventsRead, .customersRead], until: norte.now + .seconds(3600), by: author,
                randomness: norte.site.randomness, in: norte.database)
            let isToken = how.contains("token")
            let page = try await ground.listen(
                isToken ? "/api/v1/events" : "/panel/feed",
                isToken
                    ? ["Authorization": "Bearer \(token.text)", "Accept": "text/event-stream"]
                    : ["Cookie": "sid=\(session.secret.text)"])
            try await Ground.record("customer.created", "antes", at: norte)
            _ = try await ground.read(page, until: "antes")
            let start = Monotonic.read()
            switch how {
            case "sign out":
                try await Session.end(Credential(.session, secret: session.secret), at: norte.now, in: norte.database)
            case "end elsewhere": try await Session.endAll(of: staff, at: norte.now, in: norte.database)
            case "disable": try await StaffMember.setDisabled(true, staff, by: author, in: norte.database)
            case "lose permission":
                let id = try #require(try await norte.database.roles(of: staff.uuid).first)
                try await Role(id: id, name: "Otra cosa", allowed: [.staffRead]).save(by: author, in: norte.database)
            case "revoke token": try await APIToken.revoke(token, by: author, in: norte.database)
            default:
                try await norte.database.execute(
                    "UPDATE api_tokens SET permissions = '{}' WHERE tenant_id = \(norte.database.tenant)")
                try await Ground.record("token.changed", "", at: norte)
            }
            try await Ground.record("customer.created", "después", at: norte)
            if how == "lose permission" {
                // The session holds, and hears nothing of customers any more.
                try await Ground.record("staff.invited", "al final", at: norte)
                #expect(try await !ground.read(page, until: "al final").contains("después"))
            } else {
                #expect(try await !ground.read(page, until: "0\r\n\r\n").contains("después"))
            }
            #expect(Monotonic.read() - start < .seconds(20))
        }
    }

    @Test(arguments: [
        (["Origin": "https://evil.example"], 403), (["Sec-Fetch-Site": "cross-site"], 403),
        (["Sec-Fetch-Site": "same-site"], 403), (["Origin": "http://norte.test"], 200),
        (["Sec-Fetch-Site": "same-origin"], 200), ([:], 200), (["Last-Event-ID": "x"], 400),
    ])
    func `pages of others may not listen`(headers: [String: String], status: Int) async throws {
        try await Ground.with { ground, _ in
            let cookie = try await ground.norte.signIn([.customersRead], as: "Carla")
            let page = try await ground.listen("/panel/feed", headers.merging(["Cookie": cookie]) { $1 }, isTold: false)
            #expect(try await ground.read(page, until: "\r\n\r\n").hasPrefix("HTTP/1.1 \(status)"))
        }
    }

    @Test func `so many may listen and no more, until one leaves`() async throws {
        try await Ground.with(ownerLimit: 2) { ground, _ in
            let cookie = try await ground.norte.signIn([.customersRead], as: "Carla")
            var pages: [Page] = []
            for _ in 0..<2 { pages.append(try await ground.listen("/panel/feed", ["Cookie": cookie])) }
            let third = try await ground.listen("/panel/feed", ["Cookie": cookie], isTold: false)
            #expect(try await ground.read(third, until: "\r\n\r\n").hasPrefix("HTTP/1.1 429"))
            let other = try await ground.norte.signIn([.customersRead], as: "Beto")
            let others = try await ground.listen("/panel/feed", ["Cookie": other])
            pages.removeLast()
            #expect(await eventually(on: Loops.tests.all[0]) { ground.switchboard.count == 2 })
            let again = try await ground.listen("/panel/feed", ["Cookie": cookie])
            withExtendedLifetime((pages, others, again)) {}
        }
    }

    @Test func `a server that stops lets those who listen go`() async throws {
        try await Ground.with { ground, _ in
            let cookie = try await ground.norte.signIn([.customersRead], as: "Carla")
            let page = try await ground.listen("/panel/feed", ["Cookie": cookie])
            let start = Monotonic.read()
            await ground.server.server.drain(within: .seconds(30))
            #expect(Monotonic.read() - start < .seconds(10))
            #expect(try await ground.read(page, until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
        }
    }

    @Test func `the list goes on from page to page and shows what the token may see`() async throws {
        try await withTenants { norte, sur in
            for number in 1...5 { try await Ground.record("customer.created", "n\(number).", at: norte) }
            try await Ground.record("role.deleted", "rol", at: norte)
            try await Ground.record("customer.created", "CANARIO", at: sur)
            let door = Ground.api(norte, Switchboard(time: norte.site.clock.source))
            let token = try await norte.token([.eventsRead, .customersRead])
            var target: String? = "/api/v1/events?limit=2"
            var seen: [Int] = []
            while let page = target {
                let answer = try await norte.ask(door, page, headers: ["Authorization": "Bearer \(token)"])
                try #require(answer.status == .ok)
                #expect(!answer.text.contains("rol") && !answer.text.contains("CANARIO"))
                seen += answer.text.numbers(after: #""value":"n"#)
                target = answer.headers["Link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
            }
            #expect(seen == Array(1...5))
            let blind = try await norte.token([.eventsRead])
            let nothing = try await norte.ask(door, "/api/v1/events", headers: ["Authorization": "Bearer \(blind)"])
            #expect(nothing.text.hasPrefix(#"{"items":[],"#))
            let mute = try await norte.token([.customersRead])
            let refused = try await norte.ask(door, "/api/v1/events", headers: ["Authorization": "Bearer \(mute)"])
            #expect(refused.status == .forbidden)
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(FeedWords.problems == [])
    }
}

/// An open page, read by one thread at a time.
struct Page: @unchecked Sendable {
    // Unchecked: handed from thread to thread, used by one at a time.
    let client: RawClient
}

/// A server on a socket, whose pages are told what happens in a database.
struct Ground: Sendable {
    let norte: TestTenant
    let switchboard: Switchboard
    let server: RunningServer

    static func with(ownerLimit: Int = 20, _ work: (Ground, TestTenant) async throws -> Void) async throws {
        try await withTenants { norte, sur in
            let switchboard = Switchboard(time: norte.site.clock.source, ownerLimit: ownerLimit)
            var routes = Panel.Routes()
            FeedRoutes(switchboard).add(to: &routes)
            let panel = norte.door(routes, credential: Panel.credential, refuse: Panel.refuse)
            let api = Self.api(norte, switchboard)
            let loop = Loops.tests.all[0]
            let log = Log(to: norte.site.log, as: .json)
            let telling = loop.spawn { await switchboard.run(in: norte.site.test.database, on: loop, log: log) }
            defer { telling.cancel() }
            try await RunningServer.run(handler: { request in
                await (request.rawTarget.hasPrefix("/api/") ? api : panel).answer(request)
            }) { server in
                try await work(Ground(norte: norte, switchboard: switchboard, server: server), sur)
            }
        }
    }

    static func api(_ tenant: TestTenant, _ switchboard: Switchboard) -> Door {
        var routes = API.Routes()
        FeedRoutes(switchboard).add(to: &routes)
        return tenant.door(routes.visits, credential: API.credential, refuse: API.refuse)
    }

    static func record(_ kind: String, _ value: String, at tenant: TestTenant) async throws {
        try await tenant.database.record(
            Act(kind, after: [Act.Detail("value", value)]),
            by: Actor(.staff, name: "Ana", address: "192.0.2.7"), at: tenant.now)
    }

    /// Returns once it listens.
    func listen(_ path: String, _ headers: [String: String], isTold: Bool = true) async throws -> Page {
        let before = switchboard.count
        let lines = headers.map { "\($0): \($1)\r\n" }.joined()
        let page = Page(
            client: try await server.client { client in
                try client.send("GET \(path) HTTP/1.1\r\nHost: norte.test\r\n\(lines)\r\n")
                return Page(client: client)
            }.client)
        if isTold {
            let isOpen = await eventually(on: Loops.tests.all[0]) { switchboard.count > before }
            try #require(isOpen)
        }
        return page
    }

    func read(_ page: Page, until text: String) async throws -> String {
        try await server.clients.run {
            var bytes: [UInt8] = []
            while true {
                let string = String(decoding: bytes, as: UTF8.self)
                if string.contains(text) { return string }
                let more = try page.client.receive()
                if more.isEmpty { return string }
                bytes += more
            }
        }
    }
}

extension String {
    /// Every number that follows the words.
    fileprivate func numbers(after words: String) -> [Int] {
        let mark = Array(words.utf8)
        let text = Array(utf8)
        var numbers: [Int] = []
        var index = 0
        while index + mark.count < text.count {
            guard text[index..<index + mark.count].elementsEqual(mark) else {
                index += 1
                continue
            }
            index += mark.count
            let digits = text[index...].prefix { $0 >= 0x30 && $0 <= 0x39 }
            if let number = Int(String(decoding: digits, as: UTF8.self)) { numbers.append(number) }
        }
        return numbers
    }
}
