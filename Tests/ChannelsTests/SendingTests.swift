import ChannelProtocol
import Conversations
import Events
import HTTP
import Identifiers
import Jobs
import Loop
import MessagingLab
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Channels

/// What goes out: each message once, in order, with a true end.
@Suite struct SendingTests {
    @Test(arguments: ChannelProvider.allCases)
    func `an answer stands on the telephone, and its fate in the conversation`(provider: ChannelProvider) async throws {
        try await ChannelFixture.with(provider) { fixture in
            try await fixture.begin()
            for number in 1...5 { try await fixture.answer("respuesta \(number)") }
            try await fixture.norte.database.send(
                .buttons("¿Qué necesita?", [MessageButton("a", "Ya pagué"), MessageButton("b", "Hablar")]),
                in: fixture.conversation().id, by: MessageAuthor(.program, name: "Norte"), at: fixture.norte.site.wall)
            try await fixture.work()
            let lines = fixture.lab.received(by: fixture.person)
            #expect(lines.map(\.text) == (1...5).map { "respuesta \($0)" } + ["¿Qué necesita?"])
            let sent = try await fixture.messages(.out)
            #expect(sent.allSatisfy { $0.state == .sent } && sent.map(\.providerID) == lines.map(\.id))
            guard provider == .whatsapp else { return }
            // Fates come in the wrong order, and twice.
            let notices = fixture.lab.takeNotices()
            for notice in notices.reversed() + notices { #expect(try await fixture.receive(notice) == .ok) }
            try await fixture.work()
            #expect(try await fixture.messages(.out).allSatisfy { $0.state == .delivered && $0.deliveredAt != nil })
        }
    }

    @Test(arguments: ChannelProvider.allCases)
    func `a file stands on the telephone with its words`(provider: ChannelProvider) async throws {
        try await ChannelFixture.with(provider) { fixture in
            try await fixture.begin()
            let norte = fixture.norte
            let file = try await SealedFile(
                Array("%PDF-1.4".utf8), mediaType: "application/pdf", name: "factura.pdf", in: norte.site.vault,
                of: norte.database, at: norte.site.wall, from: norte.site.randomness)
            try await norte.database.send(
                .file(file, caption: "Su factura"), in: fixture.conversation().id,
                by: MessageAuthor(.program, name: "Norte"), at: norte.site.wall)
            try await fixture.work()
            let line = try #require(fixture.lab.received(by: fixture.person).last)
            #expect(line.text == "Su factura" && line.file != nil)
            #expect(try await fixture.messages(.out).allSatisfy { $0.state == .sent })
        }
    }

    @Test func `a button that is pressed is answered, and says what was chosen`() async throws {
        try await ChannelFixture.with(.telegram) { fixture in
            try await fixture.begin()
            try await fixture.norte.database.send(
                .buttons("¿Pagó?", [MessageButton("yes", "Sí")]), in: fixture.conversation().id,
                by: MessageAuthor(.program, name: "Norte"), at: fixture.norte.site.wall)
            try await fixture.work()
            let line = try #require(fixture.lab.received(by: fixture.person).last)
            try await fixture.tell("/lab/write", ["person": fixture.person, "choice": "yes", "message": line.id])
            try await fixture.receiveAll()
            try await fixture.work()
            let press = try #require(try await fixture.messages(.in).last)
            #expect(press.content == .choice("yes") && press.body == "Sí")
        }
    }

    @Test func `a provider that is busy is waited for, and nothing is lost or doubled`() async throws {
        try await ChannelFixture.with(.telegram) { fixture in
            try await fixture.begin()
            try await fixture.tell("/lab/faults", ["code": "429", "count": "3"])
            for number in 1...6 { try await fixture.answer("aviso \(number)") }
            try await fixture.work()
            #expect(fixture.lab.received(by: fixture.person).map(\.text) == (1...6).map { "aviso \($0)" })
            #expect(try await fixture.messages(.out).allSatisfy { $0.state == .sent })
        }
    }

    @Test func `a ban stops the account at once, and a test by its owner lets it go on`() async throws {
        try await ChannelFixture.with { fixture in
            try await fixture.begin()
            try await fixture.tell("/lab/faults", ["code": "368", "count": "1"])
            for number in 1...4 { try await fixture.answer("aviso \(number)") }
            try await fixture.work()
            #expect(fixture.lab.received(by: fixture.person).isEmpty)
            #expect(try await fixture.messages(.out).allSatisfy { $0.failure == .accountRefused })
            let stopped = try #require(try await fixture.norte.database.channelAccount(fixture.account.id))
            #expect(stopped.stopped?.reason == .accountBlocked)
            try await fixture.norte.database.sealEvents()
            #expect(
                try fixture.norte.site.test.superuser().column(
                    "SELECT count(*) FROM events WHERE kind = 'channel.stopped'") == ["1"])
            _ = try await fixture.acts.examine(
                stopped, reachedAt: "http://\(fixture.norte.host)", by: fixture.norte.commandLine,
                in: fixture.norte.database)
            try await fixture.answer("otra vez")
            try await fixture.work()
            #expect(fixture.lab.received(by: fixture.person).map(\.text) == ["otra vez"])
        }
    }

    @Test(arguments: [
        (ChannelProvider.whatsapp, 131047, MessageFailure.windowClosed), (.whatsapp, 131026, .notOnChannel),
        (.whatsapp, 132000, .templateRefused), (.whatsapp, 100, .contentRefused), (.telegram, 403, .blocked),
    ])
    func `what the provider refuses ends with the reason`(
        provider: ChannelProvider, code: Int, failure: MessageFailure
    ) async throws {
        try await ChannelFixture.with(provider) { fixture in
            try await fixture.begin()
            try await fixture.answer("uno")
            try await fixture.tell("/lab/faults", ["code": "\(code)"])
            try await fixture.work()
            let message = try #require(try await fixture.messages(.out).first)
            #expect(message.state == .failed && message.failure == failure && !message.failureDetail.isEmpty)
            #expect(try await fixture.norte.database.channelAccount(fixture.account.id)?.stopped == nil)
        }
    }

    @Test func `an answer that never came is told to be unknown, and found to have arrived when the provider says so`()
        async throws
    {
        try await ChannelFixture.with { fixture in
            try await fixture.begin()
            try await fixture.tell("/lab/faults", ["swallow": "1"])
            try await fixture.answer("uno")
            try await fixture.work()
            #expect(try await fixture.messages(.out).map(\.failure) == [.outcomeUnknown])
            #expect(fixture.lab.received(by: fixture.person).count == 1)
            try await fixture.receiveAll()
            try await fixture.work()
            let message = try #require(try await fixture.messages(.out).first)
            #expect(message.state == .delivered && message.failure == nil && message.providerID != nil)
            #expect(fixture.lab.received(by: fixture.person).count == 1)
        }
    }

    /// Workers die in the middle of it, again and again; what they had in hand is taken over by the next.
    @Test(arguments: ChannelProvider.allCases)
    func `of 200 messages none is lost and none is sent twice when workers die`(
        provider: ChannelProvider
    ) async throws {
        try await ChannelFixture.with(provider) { fixture in
            for number in 1...10 {
                let person = try await fixture.tell(
                    "/lab/people", ["name": "P\(number)", "phone": "52155000000\(10 + number)"])
                try await fixture.tell("/lab/write", ["person": person, "text": "hola"])
            }
            try await fixture.receiveAll()
            try await fixture.work()
            let conversations = try fixture.norte.site.test.superuser().column(
                "SELECT conversation_id FROM conversations"
            ).compactMap { Conversation.ID($0) }
            for number in 0..<200 {
                try await fixture.norte.database.send(
                    .text("aviso \(number)"), in: conversations[number % conversations.count],
                    by: MessageAuthor(.program, name: "Norte"), at: fixture.norte.site.wall)
            }
            for seen in [40, 90, 140] {
                try await fixture.kill(after: seen)
            }
            try await fixture.work()
            let marks = fixture.lab.people.flatMap { fixture.lab.received(by: $0).map(\.text) }
            #expect(marks.count == Set(marks).count)
            let ends = try fixture.norte.site.test.superuser().column(
                "SELECT body FROM messages WHERE direction = 'out' AND state = 'sent'")
            let unknown = try fixture.norte.site.test.superuser().column(
                "SELECT body FROM messages WHERE direction = 'out' AND failure = 'outcome_unknown'")
            #expect(ends.count + unknown.count == 200 && unknown.count <= 3 * 8)
            #expect(Set(ends).isSubset(of: marks) && Set(marks).isSubset(of: ends + unknown))
        }
    }

    @Test func `quiet hours hold back what nobody asked for, and nothing else`() throws {
        let zone = try TimeZone.named("America/Mexico_City")
        let hours = try #require(QuietHours(from: 21, until: 8))
        func end(_ text: String) -> String? { hours.end(after: Instant(rfc3339: text)!, in: zone)?.rfc3339 }
        #expect(end("2026-11-30T20:59:00-06:00") == nil && end("2026-11-30T08:00:00-06:00") == nil)
        #expect(end("2026-11-30T21:00:00-06:00") == "2026-12-01T14:00:00.000Z")
        #expect(end("2026-11-30T07:59:00-06:00") == "2026-11-30T14:00:00.000Z")
        #expect(QuietHours(from: 8, until: 8)?.end(after: Instant(seconds: 0), in: zone) == nil)
        #expect(QuietHours(from: 24, until: 8) == nil && QuietHours(from: 1, until: -1) == nil)
    }

    @Test func `a message of the company's own waits for the morning while an answer goes out`() async throws {
        try await ChannelFixture.with { fixture in
            try await fixture.begin()
            let hour = fixture.norte.tenant.timeZone.local(at: fixture.norte.site.wall).time.hour
            try await fixture.norte.database.put(
                try #require(QuietHours(from: hour, until: (hour + 2) % 24)))
            try await fixture.answer("Su factura está lista", by: .system)
            try await fixture.answer("Con gusto")
            try await fixture.work { try await $0.messages(.out).contains { $0.state == .sent } }
            #expect(fixture.lab.received(by: fixture.person).map(\.text) == ["Con gusto"])
            #expect(try await fixture.messages(.out).map(\.state) == [.queued, .sent])
        }
    }
}

extension ChannelFixture {
    /// A worker begins, and is gone as soon as the telephones have so many messages; its lease runs out.
    func kill(after count: Int) async throws {
        let worker = worker(places: 8)
        let work = Loops.tests.all[0].spawn { await worker.run() }
        while lab.people.map({ lab.received(by: $0).count }).reduce(0, +) < count {
            try await Loops.tests.all[0].sleep(for: .milliseconds(5))
        }
        await worker.drain(within: .zero)
        await work.value
        try norte.site.test.superuser().execute(
            """
            DELETE FROM job_workers;
            UPDATE jobs SET state = 'queued', worker_id = NULL, token = NULL, run_at = now()
            WHERE state IN ('running', 'queued');
            INSERT INTO job_arrivals (tenant_id, kind, run_at) SELECT tenant_id, kind, run_at FROM jobs
            """)
    }
}
