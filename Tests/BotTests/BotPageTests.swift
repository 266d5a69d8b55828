import Access
import Conversations
import HTTP
import Postgres
import ShellSupport
import TenantSupport
import Testing

@testable import Bot

@Suite struct BotPageTests {
    private static func person(_ tenant: TestTenant) async throws -> Person {
        try await Person(tenant, [.botManage]) { BotRoutes(randomness: $1).add(to: &$0) }
    }

    @Test func `a company's own question is answered in its own words, and only there`() async throws {
        try await withBots { norte, sur in
            let owner = try await Self.person(norte)
            let made = try await owner.send(
                "/panel/bot/questions",
                "question=¿Venden+cámaras?&ways=instalan+camaras+de+seguridad&answer=Sí,+desde+$900.")
            #expect(made.status == .seeOther, "\(made.text)")
            #expect(try await norte.chat("1").say("oiga venden camaraz").first == "Sí, desde $900.")
            #expect(try await sur.chat("1").say("oiga venden camaraz").first?.contains("900") == false)
            let id = try await norte.database.botQuestions()[0].id
            let neighbour = try await Self.person(sur)
            for path in ["/panel/bot/questions/\(id)", "/panel/bot/questions/\(id)/delete"] {
                #expect(try await owner.see(path).status == .ok)
                #expect(try await neighbour.see(path).status == .notFound)
                #expect(try await neighbour.send(path, "question=x&ways=&answer=x").status == .notFound)
            }
            #expect(try await owner.send("/panel/bot/questions/\(id)/delete").status == .seeOther)
            #expect(try await norte.database.botQuestions().isEmpty)
        }
    }

    @Test func `a sentence is tried without sending anything`() async throws {
        try await withBots { norte, _ in
            let owner = try await Self.person(norte)
            let page = try await owner.see("/panel/bot?text=kuanto+devo").text
            #expect(page.contains("Cuánto debe") && page.contains("Mi saldo, con los datos del cliente"))
            #expect(try await owner.see("/panel/bot?text=humano").text.contains("Le paso con una persona"))
            let sent: Int? = try await norte.database.value(
                "SELECT count(*) FROM messages WHERE tenant_id = \(norte.database.tenant)")
            #expect(sent == 0)
        }
    }

    @Test func `the company says it in its own words`() async throws {
        try await withBots { norte, sur in
            let owner = try await Self.person(norte)
            let saved = try await owner.send(
                "/panel/bot",
                "is_on=yes&name=Robi&greeting=Quiubo&office=Lunes+a+sábado&handed_over=Ya+viene+Caro&not_understood=&not_linked="
            )
            #expect(saved.status == .seeOther, "\(saved.text)")
            let chat = norte.chat("1")
            #expect(try await chat.say("hola") == ["Quiubo"])
            #expect(try await chat.say("horario") == ["Lunes a sábado"])
            #expect(try await chat.say("humano") == ["Ya viene Caro\nLunes a sábado"])
            #expect(try await sur.chat("1").say("hola") != ["Quiubo"])
            let turns = try await owner.see("/panel/bot/messages?show=all").text
            #expect(turns.contains("humano") && turns.contains("Pasó a una persona"))
        }
    }
}
