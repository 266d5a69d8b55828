import Access
import Customers
import Events
import HTTP
import Loop
import Postgres
import TenantSupport
import TestSupport
import Testing
import Time
import Webhooks

@testable import Feed

/// What open pages are told.
@Suite struct LivePageTests {
    @Test func `an open page is told that something changed, and nothing of what`() async throws {
        try await FeedFixture.with { fixture, sur in
            let (norte, database) = (fixture.norte, fixture.norte.database)
            let audit = try await fixture.listen(LiveTopic.audit.path, try await fixture.person())
            let webhooks = try await fixture.listen(
                LiveTopic.webhooks.path, try await fixture.person([.webhooksManage], as: "Wanda"))
            try await FeedFixture.record("webhook.changed", "CANARIO", at: sur)
            try await sur.database.execute("SELECT \(LiveTopic.webhooks.change(of: sur.database.tenant))")
            try await FeedFixture.record("customer.created", "secreto", at: norte)
            let told = try await fixture.read(audit, until: "event: changed\ndata: \n\n")
            #expect(!told.contains("secreto") && !told.contains("customer") && !told.contains("\nid: "))
            // What is no event is told of by itself, and only where it matters.
            try await database.execute("SELECT \(LiveTopic.webhooks.change(of: database.tenant))")
            try await FeedFixture.record("staff.invited", "otra", at: norte)
            try await FeedFixture.record("webhook.deleted", "otra", at: norte)
            let all = try await fixture.read(webhooks, until: "changed\ndata: \n\n")
            #expect(!all.contains("CANARIO"))
            // A change by an attempt and one by an event: two, or one when both were seen at once, and never a third.
            #expect(await eventually(on: Loops.tests.all[0]) { fixture.liveUpdates.count == 2 })
        }
    }

    @Test func `a page is not told of a neighbour's changes`() async throws {
        try await FeedFixture.with { fixture, sur in
            let audit = try await fixture.listen(LiveTopic.audit.path, try await fixture.person())
            _ = try await fixture.read(audit, until: "retry: ")
            for _ in 0..<5 { try await FeedFixture.record("customer.created", "CANARIO", at: sur) }
            try await FeedFixture.record("customer.created", "propio", at: fixture.norte)
            let text = try await fixture.read(audit, until: "changed")
            #expect(text.numbers(after: "changed\ndata: ").isEmpty && text.ranges(of: "changed").count == 1)
        }
    }

    @Test func `what a page asks by itself keeps nobody signed in`() async throws {
        try await FeedFixture.with { fixture, _ in
            let person = try await fixture.person()
            func lastSeen() async throws -> Instant? {
                try await fixture.norte.database.value(
                    "SELECT max(seen_at) FROM sessions WHERE tenant_id = \(fixture.norte.database.tenant)")
            }
            let before = try await lastSeen()
            fixture.norte.site.clock.advance(by: .seconds(600))
            for headers in [person, ["Cookie": person["Cookie"] ?? "", "X-Refresh": "live"]] {
                _ = try await fixture.listen(LiveTopic.audit.path, headers)
            }
            #expect(try await lastSeen() == before)
            _ = try await fixture.listen(LiveTopic.audit.path, ["Cookie": person["Cookie"] ?? ""])
            #expect(try await lastSeen() == fixture.norte.now)
        }
    }

    @Test(arguments: [
        (["Origin": "https://evil.example"], 403), (["Sec-Fetch-Site": "cross-site"], 403),
        (["Sec-Fetch-Site": "same-site"], 403), (["Origin": "http://norte.test"], 200),
        (["Sec-Fetch-Site": "same-origin"], 200), ([:], 200), (["Cookie": "sid=x"], 401),
    ])
    func `pages of others may not listen`(headers: [String: String], status: Int) async throws {
        try await FeedFixture.with { fixture, _ in
            let headers = try await fixture.person().merging(headers) { $1 }
            let page = try await fixture.listen(LiveTopic.audit.path, headers)
            #expect(try await fixture.read(page, until: "\r\n\r\n").hasPrefix("HTTP/1.1 \(status)"))
            let other = try await fixture.person([.customersRead], as: "Beto")
            let blind = try await fixture.listen(LiveTopic.audit.path, other)
            #expect(try await fixture.read(blind, until: "\r\n\r\n").hasPrefix("HTTP/1.1 403"))
        }
    }

    @Test func `so many of a person and of a company may listen and no more, until one leaves`() async throws {
        try await FeedFixture.with(limit: 3, ownerLimit: 2) { fixture, _ in
            let (path, carla) = (LiveTopic.audit.path, try await fixture.person())
            var pages: [Page] = []
            for _ in 0..<2 { pages.append(try await fixture.listen(path, carla)) }
            let third = try await fixture.listen(path, carla)
            #expect(try await fixture.read(third, until: "\r\n\r\n").hasPrefix("HTTP/1.1 429"))
            let others = try await fixture.listen(path, try await fixture.person(as: "Beto"))
            let full = try await fixture.listen(FeedFixture.stream, try await fixture.program())
            let refused = try await fixture.read(full, until: "too_many_feeds")
            #expect(refused.hasPrefix("HTTP/1.1 429") && refused.contains("too_many_feeds"))
            pages.removeLast()
            #expect(await eventually(on: Loops.tests.all[0]) { fixture.liveUpdates.count == 2 })
            let again = try await fixture.listen(path, carla)
            withExtendedLifetime((pages, others, again)) {}
        }
    }

    @Test func `a server that stops lets those who listen go`() async throws {
        try await FeedFixture.with { fixture, _ in
            let page = try await fixture.listen(LiveTopic.audit.path, try await fixture.person())
            let start = Monotonic.read()
            await fixture.server.server.drain(within: .seconds(30))
            #expect(Monotonic.read() - start < .seconds(10))
            #expect(try await fixture.read(page, until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
        }
    }
}
