import Access
import Events
import HTTP
import Loop
import Postgres
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Feed

/// What open pages are told.
@Suite struct LivePageTests {
    @Test func `an open page is told that something changed, and nothing of what`() async throws {
        try await Ground.with { ground, sur in
            let (norte, database) = (ground.norte, ground.norte.database)
            let audit = try await ground.listen(LiveTopic.audit.path, try await ground.person())
            let webhooks = try await ground.listen(
                LiveTopic.webhooks.path, try await ground.person([.webhooksManage], as: "Wanda"))
            try await Ground.record("webhook.changed", "CANARIO", at: sur)
            try await sur.database.execute("SELECT \(LiveTopic.webhooks.change(of: sur.database.tenant))")
            try await Ground.record("customer.created", "secreto", at: norte)
            let told = try await ground.read(audit, until: "event: changed\ndata: \n\n")
            #expect(!told.contains("secreto") && !told.contains("customer") && !told.contains("\nid: "))
            // What is no event is told of by itself, and only where it matters.
            try await database.execute("SELECT \(LiveTopic.webhooks.change(of: database.tenant))")
            try await Ground.record("staff.invited", "otra", at: norte)
            try await Ground.record("webhook.deleted", "otra", at: norte)
            let all = try await ground.read(webhooks, until: "changed\ndata: \n\n")
            #expect(!all.contains("CANARIO"))
            // A change by an attempt and one by an event: two, or one when both were seen at once, and never a third.
            #expect(await eventually(on: Loops.tests.all[0]) { ground.switchboard.count == 2 })
        }
    }

    @Test func `a page is not told of a neighbour's changes`() async throws {
        try await Ground.with { ground, sur in
            let audit = try await ground.listen(LiveTopic.audit.path, try await ground.person())
            _ = try await ground.read(audit, until: "retry: ")
            for _ in 0..<5 { try await Ground.record("customer.created", "CANARIO", at: sur) }
            try await Ground.record("customer.created", "propio", at: ground.norte)
            let text = try await ground.read(audit, until: "changed")
            #expect(text.numbers(after: "changed\ndata: ").isEmpty && text.ranges(of: "changed").count == 1)
        }
    }

    @Test func `what a page asks by itself keeps nobody signed in`() async throws {
        try await Ground.with { ground, _ in
            let person = try await ground.person()
            func lastSeen() async throws -> Instant? {
                try await ground.norte.database.value(
                    "SELECT max(seen_at) FROM sessions WHERE tenant_id = \(ground.norte.database.tenant)")
            }
            let before = try await lastSeen()
            ground.norte.site.clock.advance(by: .seconds(600))
            for headers in [person, ["Cookie": person["Cookie"] ?? "", "X-Refresh": "live"]] {
                _ = try await ground.listen(LiveTopic.audit.path, headers)
            }
            #expect(try await lastSeen() == before)
            _ = try await ground.listen(LiveTopic.audit.path, ["Cookie": person["Cookie"] ?? ""])
            #expect(try await lastSeen() == ground.norte.now)
        }
    }

    @Test(arguments: [
        (["Origin": "https://evil.example"], 403), (["Sec-Fetch-Site": "cross-site"], 403),
        (["Sec-Fetch-Site": "same-site"], 403), (["Origin": "http://norte.test"], 200),
        (["Sec-Fetch-Site": "same-origin"], 200), ([:], 200), (["Cookie": "sid=x"], 401),
    ])
    func `pages of others may not listen`(headers: [String: String], status: Int) async throws {
        try await Ground.with { ground, _ in
            let headers = try await ground.person().merging(headers) { $1 }
            let page = try await ground.listen(LiveTopic.audit.path, headers)
            #expect(try await ground.read(page, until: "\r\n\r\n").hasPrefix("HTTP/1.1 \(status)"))
            let other = try await ground.person([.customersRead], as: "Beto")
            let blind = try await ground.listen(LiveTopic.audit.path, other)
            #expect(try await ground.read(blind, until: "\r\n\r\n").hasPrefix("HTTP/1.1 403"))
        }
    }

    @Test func `so many of a person and of a company may listen and no more, until one leaves`() async throws {
        try await Ground.with(limit: 3, ownerLimit: 2) { ground, _ in
            let (path, carla) = (LiveTopic.audit.path, try await ground.person())
            var pages: [Page] = []
            for _ in 0..<2 { pages.append(try await ground.listen(path, carla)) }
            let third = try await ground.listen(path, carla)
            #expect(try await ground.read(third, until: "\r\n\r\n").hasPrefix("HTTP/1.1 429"))
            let others = try await ground.listen(path, try await ground.person(as: "Beto"))
            let full = try await ground.listen(Ground.stream, try await ground.program())
            let refused = try await ground.read(full, until: "too_many_feeds")
            #expect(refused.hasPrefix("HTTP/1.1 429") && refused.contains("too_many_feeds"))
            pages.removeLast()
            #expect(await eventually(on: Loops.tests.all[0]) { ground.switchboard.count == 2 })
            let again = try await ground.listen(path, carla)
            withExtendedLifetime((pages, others, again)) {}
        }
    }

    @Test func `a server that stops lets those who listen go`() async throws {
        try await Ground.with { ground, _ in
            let page = try await ground.listen(LiveTopic.audit.path, try await ground.person())
            let start = Monotonic.read()
            await ground.server.server.drain(within: .seconds(30))
            #expect(Monotonic.read() - start < .seconds(10))
            #expect(try await ground.read(page, until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
        }
    }
}
