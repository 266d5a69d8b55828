import Access
import ChannelProtocol
import Conversations
import HTTP
import Locale
import Panel
import Postgres
import ShellSupport
import TenantSupport
import TestSupport
import Testing

@testable import Channels
@testable import Notices

/// Keys are tried before they are kept, and what is wrong is said in plain words.
@Suite struct ChannelSetupTests {
    @Test func `an owner connects WhatsApp, reads what is missing, and never reads a key again`() async throws {
        try await ChannelFixture.with(.telegram) { _ in }
        try await ChannelFixture.with { fixture in
            let ana = try await Person(fixture.sur, [.channelsManage]) { routes, _ in
                ChannelRoutes(fixture.acts).add(to: &routes)
            }
            #expect(try await ana.see("/panel/channels").text.contains("Todavía no hay ningún canal conectado"))
            let path = "/panel/channels/whatsapp"
            func send(_ token: String, _ number: String, _ secret: String) async throws -> Answer {
                try await ana.send(path, "token=\(token)&number=\(number)&secret=\(secret)")
            }
            let (number, secret) = ("106540352242922", "app-secret-lab")
            for (token, number, secret, words) in [
                ("", number, secret, "Escriba todas las claves"), ("EAAotro", number, secret, "no reconoce el token"),
                ("EAAlab", "5215550000", secret, "no el número"),
                ("EAAlab", number, "otra", "no es la de la aplicación"),
            ] {
                let answer = try await send(token, number, secret)
                #expect(answer.status == .unprocessableContent && answer.text.contains(words))
            }
            #expect(try await fixture.sur.database.channelAccounts().isEmpty)

            let kept = try await send("EAAlab", number, secret)
            #expect(kept.text.contains("Las claves funcionan: son de Empresa de prueba"))
            #expect(kept.text.contains("El proveedor avisa a otra dirección"))
            let account = try #require(try await fixture.sur.database.channelAccounts().first)
            let page = "/panel/channels/accounts/\(account.id)"
            try await fixture.tell("/lab/hook", ["address": "http://\(fixture.sur.host)\(account.hookPath)"])
            let tested = try await ana.send("\(page)/test")
            #expect(tested.status == .ok && !tested.text.contains("otra dirección"))
            #expect(tested.text.contains(account.hook) && tested.text.contains(account.verification))
            #expect(!tested.text.contains("EAAlab") && !tested.text.contains(secret))
            let stored = try fixture.sur.site.test.superuser().column(
                "SELECT encode(token, 'escape') || encode(secret, 'escape') FROM channel_accounts")
            #expect(!stored.joined().contains("EAAlab") && !stored.joined().contains(secret))
            // The same number once.
            #expect(try await send("EAAlab", number, secret).status == .conflict)
            #expect(try await ana.send("\(page)/off").status == .seeOther)
            #expect(try await ana.see("/panel/channels").text.contains("Desconectado"))
            #expect(try await ana.send("/panel/channels/quiet", "from=22&until=7").status == .seeOther)
            #expect(try await fixture.sur.database.quietHours() == QuietHours(from: 22, until: 7))
            #expect(try await ana.see("/panel/channels/accounts/\(fixture.account.id)").status == .notFound)
        }
    }

    @Test func `Telegram is told our address by itself`() async throws {
        try await ChannelFixture.with(.telegram) { fixture in
            let found = try await fixture.acts.examine(
                fixture.account, reachedAt: "http://\(fixture.norte.host)", by: fixture.norte.commandLine,
                in: fixture.norte.database)
            #expect(found.flaws == [] && found.handle == "@empresa_prueba_bot")
        }
    }

    @Test func `every word is there in every language`() {
        #expect(ChannelWords.problems + TemplateWords.problems + TemplateAnswerWords.problems == [])
        #expect(ChatCarrierRefusal.problems + TemplateRefusal.problems == [])
        #expect(NoticeWords.problems + NoticeAPIWords.problems == [])
        for provider in ChannelProvider.allCases {
            for reason in ChannelFailure.Reason.allCases {
                let message = reason.message(of: provider)
                #expect(message.text(for: Reader(.es, in: .mexico)) != message.text(for: Reader(.en, in: .mexico)))
            }
        }
    }
}
