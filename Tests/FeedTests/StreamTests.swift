import Access
import Customers
import Events
import HTTP
import Locale
import Loop
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Feed

/// What programs are told.
@Suite struct StreamTests {
    @Test func `a program is told what happens at once, and only what it may see`() async throws {
        try await FeedFixture.with { fixture, sur in
            let page = try await fixture.listen(FeedFixture.stream, try await fixture.program())
            try await FeedFixture.record("role.deleted", "secreto", at: fixture.norte)
            try await FeedFixture.record("customer.created", "CANARIO", at: sur)
            try await FeedFixture.record("customer.created", "Una Sola", at: fixture.norte)
            let text = try await fixture.read(page, until: "Una Sola")
            #expect(text.contains("HTTP/1.1 200") && text.contains("text/event-stream") && text.contains("retry: "))
            #expect(text.contains("event: customer.created\nid: "))
            #expect(!text.contains("secreto") && !text.contains("CANARIO") && !text.contains("192.0.2.7"))
            // With the neighbour's host it is nobody, and the neighbour's program hears its own.
            let theirs = try await fixture.listen(
                FeedFixture.stream, try await fixture.program(), at: sur.host)
            #expect(try await fixture.read(theirs, until: "\r\n\r\n").hasPrefix("HTTP/1.1 401"))
        }
    }

    @Test func `a program that comes back is told what it missed, each once and in order`() async throws {
        try await FeedFixture.with { fixture, _ in
            let program = try await fixture.program()
            for number in 1...450 { try await FeedFixture.record("customer.changed", "n\(number).", at: fixture.norte) }
            try await fixture.norte.database.sealEvents()
            let head = try #require(try await EventChain.head(in: fixture.norte.database)).sequence
            let page = try await fixture.listen(FeedFixture.stream, program, after: head - 3)
            let missed = try await fixture.read(page, until: "n450.")
            #expect(missed.numbers(after: #""value":"n"#) == [448, 449, 450])
            try await FeedFixture.record("customer.changed", "n451.", at: fixture.norte)
            #expect(try await fixture.read(page, until: "n451.").numbers(after: #""value":"n"#) == [451])

            // Also who was away for long, and who says that it heard what has not happened yet.
            let again = try await fixture.listen(FeedFixture.stream, program, after: head - 450)
            #expect(try await fixture.read(again, until: "n451.").numbers(after: #""value":"n"#) == Array(1...451))
            let early = try await fixture.listen(FeedFixture.stream, program, after: head + 1000)
            #expect(try await fixture.read(early, until: "id: ").numbers(after: "\nid: ") == [head + 1])
        }
    }

    /// As fast as it happens, with a reader that breaks off again and again.
    @Test func `whoever breaks off at any moment misses nothing and hears nothing twice`() async throws {
        try await FeedFixture.with { fixture, _ in
            let (program, norte) = (try await fixture.program(), fixture.norte)
            try await norte.database.sealEvents()
            let start = try #require(try await EventChain.head(in: norte.database)).sequence
            async let happening: Void = {
                for number in 1...200 { try await FeedFixture.record("customer.changed", "n\(number).", at: norte) }
            }()
            var seen: [Int] = []
            var position = start
            var turn = 0
            while seen.last != 200, turn < 200 {
                turn += 1
                let page = try await fixture.listen(FeedFixture.stream, program, after: position)
                let text = try await fixture.read(page, bytes: 600 + turn * 977 % 9000, orUntil: "n200.")
                seen += text.numbers(after: #""value":"n"#)
                position = text.numbers(after: "\nid: ").last ?? position
            }
            try await happening
            #expect(seen == Array(1...200) && turn > 3)
            #expect(await eventually(on: Loops.tests.all[0]) { fixture.liveUpdates.count == 0 })
        }
    }

    @Test func `who reads slowly holds little and keeps nobody waiting, and is told everything in the end`()
        async throws
    {
        try await FeedFixture.with { fixture, _ in
            let (program, norte, count) = (try await fixture.program(), fixture.norte, 100)
            let filling = String(repeating: "x", count: 40_000)
            try await norte.database.sealEvents()
            let start = try #require(try await EventChain.head(in: norte.database)).sequence
            let slow = try await fixture.listen(FeedFixture.stream, program, receiveBuffer: 4096)
            let quick = try await fixture.listen(FeedFixture.stream, program)
            async let happening: Void = {
                for number in 1...count {
                    try await FeedFixture.record("customer.changed", "\(filling)n\(number).", at: norte)
                }
            }()
            let all = [start] + (start + 1...start + count)
            #expect(try await fixture.read(quick, until: "n\(count).").ids == all)
            try await happening
            // What the other has not read is still in the database. One that reads nothing for long is let go in the end.
            var told = try await fixture.read(slow, until: "n\(count).").ids
            while let position = told.dropLast().last, told.last != all.last {
                let again = try await fixture.listen(FeedFixture.stream, program, after: position)
                told = told.dropLast(2) + (try await fixture.read(again, until: "n\(count).").ids)
            }
            #expect(told == all)
        }
    }

    @Test(arguments: [
        (["Origin": "https://evil.example"], 403), (["Sec-Fetch-Site": "cross-site"], 403), ([:], 200),
        (["Last-Event-ID": "x"], 400), (["Last-Event-ID": "-1"], 400), (["Authorization": "Bearer mst_live_x"], 401),
    ])
    func `what is not asked rightly is refused`(headers: [String: String], status: Int) async throws {
        try await FeedFixture.with { fixture, _ in
            let headers = try await fixture.program().merging(headers) { $1 }
            let page = try await fixture.listen(FeedFixture.stream, headers)
            #expect(try await fixture.read(page, until: "\r\n\r\n").hasPrefix("HTTP/1.1 \(status)"))
        }
    }

    @Test func `the list goes on from page to page and shows what the token may see`() async throws {
        try await withTenants { norte, sur in
            for number in 1...5 { try await FeedFixture.record("customer.created", "n\(number).", at: norte) }
            try await FeedFixture.record("role.deleted", "rol", at: norte)
            try await FeedFixture.record("customer.created", "CANARIO", at: sur)
            let gate = FeedFixture.api(norte, LiveUpdates(time: norte.site.clock.source))
            let token = try await norte.token([.eventsRead, .customersRead])
            var target: String? = "/api/v1/events?limit=2"
            var seen: [Int] = []
            while let page = target {
                let answer = try await norte.ask(gate, page, headers: ["Authorization": "Bearer \(token)"])
                try #require(answer.status == .ok)
                #expect(!answer.text.contains("rol") && !answer.text.contains("CANARIO"))
                seen += answer.text.numbers(after: #""value":"n"#)
                target = answer.headers["Link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
            }
            #expect(seen == Array(1...5))
            let blind = try await norte.token([.eventsRead])
            let nothing = try await norte.ask(gate, "/api/v1/events", headers: ["Authorization": "Bearer \(blind)"])
            #expect(nothing.text.hasPrefix(#"{"items":[],"#))
            let mute = try await norte.token([.customersRead])
            for path in ["/api/v1/events", FeedFixture.stream] {
                let refused = try await norte.ask(gate, path, headers: ["Authorization": "Bearer \(mute)"])
                #expect(refused.status == .forbidden)
            }
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(FeedWords.problems == [])
    }
}
