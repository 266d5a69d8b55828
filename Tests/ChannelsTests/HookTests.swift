import ChannelProtocol
import Conversations
import HTTP
import MessagingLab
import Postgres
import TenantSupport
import TestSupport
import Testing

@testable import Channels

/// What comes in, and from whom.
@Suite struct HookTests {
    @Test(arguments: ChannelProvider.allCases)
    func `what a customer writes arrives once, however often it is told`(provider: ChannelProvider) async throws {
        try await ChannelFixture.with(provider) { fixture in
            try await fixture.write("Buenos días, ¿cuánto debo? 👋")
            let notices = fixture.lab.takeNotices()
            for _ in 0..<3 { for notice in notices { #expect(try await fixture.receive(notice) == .ok) } }
            try await fixture.work()
            let messages = try await fixture.messages(.in)
            #expect(messages.map(\.body) == ["Buenos días, ¿cuánto debo? 👋"] && messages[0].state == .received)
            #expect(try await fixture.conversation().name == "Ana")
            #expect(try await fixture.conversation().phone == (provider == .whatsapp ? "+525512345678" : nil))
            #expect(try await fixture.sur.database.conversation(fixture.conversation().id) == nil)

            try await fixture.write("otra", count: 3)
            try await fixture.receiveAll { $0.reversed() }
            try await fixture.work()
            #expect(Set(try await fixture.messages(.in).map(\.body)).count == 4)
            #expect(
                try fixture.norte.site.test.superuser().column("SELECT count(*) FROM channel_notices") == ["0"])
        }
    }

    @Test(arguments: ChannelProvider.allCases)
    func `forged notices, and those for somebody else, leave nothing`(provider: ChannelProvider) async throws {
        try await ChannelFixture.with(provider) { fixture in
            try await fixture.tell("/lab/faults", ["forge": "yes"])
            try await fixture.write("hola")
            let forged = fixture.lab.takeNotices()
            try await fixture.tell("/lab/faults", ["forge": "no"])
            for notice in forged { #expect(try await fixture.receive(notice) == .forbidden) }
            try await fixture.write("hola")
            let genuine = try #require(fixture.lab.takeNotices().first)
            // A neighbour's host does not know the address, and a guessed one nobody does.
            #expect(try await fixture.receive(genuine, at: fixture.sur) == .notFound)
            #expect(try await fixture.receive(genuine, path: "/hooks/channels/chan_x") == .notFound)
            #expect(
                try await fixture.ask("POST", fixture.account.hookPath, at: fixture.norte, [], genuine.body).status
                    == .forbidden)
            #expect(try fixture.isIdle)
            #expect(try await fixture.norte.database.channelAccount(fixture.account.id)?.forgedAt != nil)
            try await fixture.acts.set(
                fixture.account.id, isOn: false, by: fixture.norte.commandLine, in: fixture.norte.database)
            #expect(try await fixture.receive(genuine) == .notFound)
        }
    }

    @Test func `Meta makes sure of the address with our word only`() async throws {
        try await ChannelFixture.with { fixture in
            func answer(_ token: String) async throws -> Response {
                try await fixture.ask(
                    "GET",
                    "\(fixture.account.hookPath)?hub.mode=subscribe&hub.verify_token=\(token)&hub.challenge=1158201444",
                    at: fixture.norte)
            }
            let right = try await answer(fixture.account.verification)
            guard case .bytes(let bytes) = right.body else { throw NoBody() }
            #expect(right.status == .ok && bytes == Array("1158201444".utf8))
            #expect(try await answer("otro").status == .forbidden)
        }
    }

    private struct NoBody: Error {}

    @Test(arguments: ChannelProvider.allCases)
    func `a picture is drawn anew, and what is no picture, too large or a bomb is refused with words`(
        provider: ChannelProvider
    ) async throws {
        try await ChannelFixture.with(provider) { fixture in
            try await fixture.show(TestPictures.small, "image/png")
            try await fixture.show(TestPictures.bomb, "image/png")
            try await fixture.show(Array("%PDF-1.4".utf8), "image/jpeg")
            try await fixture.show(Array("%PDF-1.4".utf8), "application/pdf")
            try await fixture.show([0x4D, 0x5A], "application/x-msdownload")
            try await fixture.show(Array(repeating: 0xFF, count: MessageFile.mostBytes + 1), "image/jpeg")
            try await fixture.receiveAll()
            try await fixture.work()
            let files = try await fixture.norte.database.files(of: fixture.messages(.in).map(\.id))
            #expect(files.map(\.state) == [.kept, .refused, .refused, .kept, .refused, .refused])
            #expect(files.compactMap(\.refusal) == [.tooLarge, .unreadable, .kind, .tooLarge])
            let picture = try await fixture.norte.database.content(of: files[0].id, from: fixture.norte.site.vault)
            #expect(
                picture?.content.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true && files[0].mediaType == "image/png")
            #expect(try fixture.norte.site.test.superuser().column("SELECT 1 FROM jobs WHERE state = 'dead'").isEmpty)
            // Nobody fills the disk: a chat's files of a day have a sum.
            try fixture.norte.site.test.superuser().execute(
                "UPDATE message_files SET bytes = \(MessageFile.mostBytesADay) WHERE file_id = '\(files[0].id)'")
            try await fixture.show(TestPictures.small, "image/png")
            try await fixture.receiveAll()
            try await fixture.work()
            let later = try await fixture.norte.database.files(of: fixture.messages(.in).map(\.id))
            #expect(later.last?.refusal == .tooMany)
        }
    }
}
