import API
import Access
import Crypto
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Portal
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Conversations
@testable import Customers
@testable import Subscribers

/// The other doors to conversations: a customer's page, the portal, programs.
@Suite struct ChatShellTests {
    @Test func `a customer's page shows their chats, begins one on the portal, and hands out a code`() async throws {
        try await withChats { norte, sur in
            let beto = try await norte.makeCustomer("Beto", phone: TestTenant.phone)
            let permissions: [Permission] = [
                .conversationsRead, .conversationsAnswer, .customersRead, .customersExport,
            ]
            func person(_ tenant: TestTenant) async throws -> Person {
                try await Person(tenant, permissions) { routes, randomness in
                    CustomerChatRoutes(randomness: randomness, files: .tests).add(to: &routes)
                    InboxRoutes(
                        vault: tenant.site.vault, sandbox: .tests, randomness: randomness
                    ).add(to: &routes)
                }
            }
            let ana = try await person(norte)
            let path = "/panel/customers/\(beto)"
            #expect(try await ana.see("\(path)/conversation").text.contains("no está vinculado"))
            // What a provider asks for: that they agreed, and how that is known.
            #expect(try await ana.see("\(path)/conversation").text.contains("no consta que aceptara"))
            #expect(
                try await ana.send("\(path)/consent", "way=call&day=2090-01-01&proof=x").status == .unprocessableContent
            )
            #expect(
                try await ana.send("\(path)/consent", "way=call&day=2026-01-02&proof=").text.contains("cómo consta"))
            #expect(
                try await ana.send("\(path)/consent", "way=call&day=2026-01-02&proof=Llamada+7").status == .seeOther)
            let agreed = try await ana.see("\(path)/conversation").text
            #expect(agreed.contains("Llamada 7 (anotó Ana)") && !agreed.contains("no consta que aceptara"))
            #expect(try await norte.database.hasConsent(beto))
            #expect(try await !sur.database.hasConsent(beto))
            try norte.site.test.superuser().execute("UPDATE customers SET phone = '+525500000000'")
            #expect(try await !norte.database.hasConsent(beto))
            try norte.site.test.superuser().execute("UPDATE customers SET phone = '\(TestTenant.phone)'")
            #expect(try await ana.send("\(path)/consent/end").status == .seeOther)
            #expect(try await !norte.database.hasConsent(beto))
            #expect(try await ana.see("\(path)/conversation").text.contains("Ya no: lo anotó Ana"))
            #expect(try await ana.see(CustomerChatRoutes.unlinked).text.contains("0 de 1"))
            #expect(try await ana.download("\(CustomerChatRoutes.unlinked).csv").text.contains("Beto"))
            let made = try await ana.send("\(path)/link-code").text
            #expect(made.contains("Acepta que se le escriba"))
            let code = try #require(made.firstMatch(of: /vincular ([2-9A-Z]{8})</)).1
            #expect(made.contains("https://wa.me/\(TestTenant.phone.dropFirst())"))
            #expect(try await norte.write("vincular \(code)", "1", on: .telegram, from: "telegram").customer == beto)
            for _ in 0..<2 {
                let begun = try await ana.send("\(path)/conversation")
                #expect(begun.status == .seeOther && begun.place?.hasPrefix("/panel/inbox/") == true)
            }
            #expect(
                try await norte.database.conversations(of: beto, limit: 9).map(\.channel.rawValue).sorted() == [
                    "portal", "telegram",
                ])
            #expect(try await ana.see(CustomerChatRoutes.unlinked).text.contains("1 de 1"))
            #expect(try await !ana.download("\(CustomerChatRoutes.unlinked).csv").text.contains("Beto"))
            let neighbour = try await person(sur)
            #expect(try await neighbour.see("\(path)/conversation").status == .notFound)
            #expect(try await neighbour.send("\(path)/link-code").status == .notFound)
            #expect(
                try await neighbour.send("\(path)/consent", "way=call&day=2026-01-02&proof=x").status == .notFound)
        }
    }

    @Test func `a subscriber writes on the portal, and reads the answers and no notes`() async throws {
        try await withChats { norte, _ in
            let (beto, cookie) = try await norte.subscriber("Beto")
            var routes = Portal.Routes()
            PortalChatRoutes().add(to: &routes)
            let gate = norte.gate(routes, credential: Portal.credential, refuse: Portal.refuse)
            func ask(_ body: String? = nil) async throws -> Answer {
                try await norte.ask(
                    gate, PortalChatRoutes.path, method: body == nil ? "GET" : "POST",
                    headers: [
                        "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded",
                        "Sec-Fetch-Site": "same-origin",
                    ],
                    body: Array((body ?? "").utf8))
            }
            let form = try #require(try await ask().hidden("form"))
            for _ in 0..<2 {
                #expect(try await ask("form=\(form)&text=%3Cb%3EHola%3C%2Fb%3E").status == .seeOther)
            }
            let chat = try #require(try await norte.database.conversations(of: beto, limit: 2).first)
            #expect(chat.unread == 1 && chat.proof == .portal)
            let agent = try await norte.answerer("Ana")
            try await norte.database.writeNote("Es moroso", in: chat.id, by: agent, at: norte.now)
            try await norte.database.send(.text("Buenas tardes"), in: chat.id, by: agent, at: norte.now)
            let page = try await ask().text
            #expect(page.contains("&lt;b&gt;Hola") && page.contains("Buenas tardes"))
            #expect(!page.contains("moroso") && !page.contains("tomó la conversación"))
            #expect(try await ask("form=&text=+").status == .unprocessableContent)
            for number in 0..<PortalChatRoutes.mostUnanswered { _ = try await ask("form=&text=\(number)") }
            #expect(try await ask("form=&text=otra").status == .conflict)
        }
    }

    @Test func `a program reads what was said, answers, hands over and is silent while a person answers`() async throws
    {
        try await withChats { norte, sur in
            try await norte.database.setStartsWithBot(true)
            let chat = try await norte.write("Hola")
            func program(_ tenant: TestTenant) async throws -> ShellSupport.Program {
                try await ShellSupport.Program(tenant, [.conversationsRead, .conversationsAnswer]) { routes, _ in
                    ConversationAPI().add(to: &routes)
                }
            }
            let (n8n, neighbour) = (try await program(norte), try await program(sur))
            let path = "/api/v1/conversations/\(chat.id)"
            let list = try await n8n.ask("/api/v1/conversations?state=bot").text
            #expect(list.contains("\(chat.id)") && list.contains(#""correspondent":"525512345678""#))
            #expect(
                try await n8n.create("\(path)/messages", #"{"text":"¿Qué necesita?","buttons":["Saldo"]}"#).status
                    == .created)
            #expect(try await n8n.create("\(path)/notes", #"{"text":"Primera vez"}"#).status == .created)
            let said = try await n8n.ask("\(path)/messages?limit=2")
            #expect(said.text.contains(#""text":"Hola""#) && said.text.contains(#""title":"Saldo""#))
            let next = try #require(said.headers["Link"]?.firstMatch(of: /<([^>]+)>/)).1
            #expect(try await n8n.ask(String(next)).text.contains("Primera vez"))
            #expect(
                try await n8n.create("\(path)/handovers", #"{"reason":"unsure"}"#).text.contains(#""state":"open""#))
            let ana = try await norte.answerer("Ana")
            try await norte.database.send(.text("Le atiendo"), in: chat.id, by: ana, at: norte.now)
            #expect(try await n8n.create("\(path)/messages", #"{"text":"Soy el bot"}"#).status == .conflict)
            #expect(try await n8n.create("\(path)/closings", "{}").text.contains(#""state":"closed""#))
            #expect(try await n8n.create("\(path)/closings", "{}").status == .conflict)
            for place in [path, "\(path)/messages"] { #expect(try await neighbour.ask(place).status == .notFound) }
            #expect(try await neighbour.create("\(path)/messages", #"{"text":"Robo"}"#).status == .notFound)
        }
    }

    @Test func `invented conversations look like a company's own`() async throws {
        try await withChats { norte, _ in
            #expect(try await InventedConversations.fill(of: norte.tenant, at: norte.now, in: norte.database) == 0)
            for number in 10..<22 {
                _ = try await norte.makeCustomer("Cliente \(number)", phone: "+5255123456\(number)")
            }
            #expect(try await InventedConversations.fill(of: norte.tenant, at: norte.now, in: norte.database) == 12)
            #expect(try await InventedConversations.fill(of: norte.tenant, at: norte.now, in: norte.database) == 0)
            let found = try norte.site.test.superuser().column(
                "SELECT state || ' ' || coalesce(link_proof, '-') FROM conversations ORDER BY number")
            #expect(Set(found.map { $0.prefix { $0 != " " } }) == ["open", "waiting", "closed"])
            #expect(found.contains("closed staff") && found.contains("open -") && found.contains("open portal"))
            let states = try norte.site.test.superuser().column(
                "SELECT DISTINCT state FROM messages WHERE direction = 'out' ORDER BY 1")
            #expect(states == ["delivered", "read"])
        }
    }
}

extension TestTenant {
    /// A customer who is signed in on the portal, with their cookie.
    fileprivate func subscriber(_ name: String) async throws -> (Customer.ID, String) {
        let id = try await makeCustomer(name)
        let link = try await PortalLink.make(for: id, by: commandLine, from: site.randomness, in: database)
        let (session, _) = try await PortalEntry.enter(
            with: link.secret.text, at: Session.Place(device: name, address: name), now: now,
            randomness: site.randomness, in: database)
        return (id, "portal=\(session.secret.text)")
    }
}
