import Access
import Customers
import Declarations
import HTTP
import Identifiers
import Locale
import Plans
import Routers
import Services
import ShellSupport
import Tenancy
import TenantSupport
import Testing
import Zones

@testable import Radius

/// Access servers and ways in, in the panel.
@Suite struct RadiusPageTests {
    @Test func `a NAS is added, its secret is shown once, and the neighbour sees nothing of it`() async throws {
        try await withTenants(declaring: .customers, .zones, .plans, .services, .routers, .radius) { norte, sur in
            let acts = norte.radius(reaching: 3799)
            let person = try await Person(norte, norte.everything) { routes, _ in
                AccessServerRoutes(acts).add(to: &routes)
            }
            let form = try await person.see("/panel/radius/new")
            let sent = "form=\(form.hidden("form") ?? "")&name=Nodo&address=127.0.0.9&port=3799"
            let made = try await person.send("/panel/radius", sent)
            #expect(made.status == .ok)
            let server = try #require(try await norte.database.accessServers().first)
            let shown = try #require(made.text.split(separator: "secret=").dropFirst().first)
            let secret = String(shown.prefix { $0 != " " })
            #expect(secret.count == 32)
            // Sent again it makes nothing new and shows nothing.
            let again = try await person.send("/panel/radius", sent)
            #expect(again.status == .seeOther && !again.text.contains(secret))
            let page = try await person.see("/panel/radius/\(server.id)")
            #expect(page.status == .ok && !page.text.contains(secret))
            #expect(try await person.see("/panel/radius").text.contains("Nodo"))
            #expect(try await norte.database.accessServers().count == 1)
            let renewed = try await person.send("/panel/radius/\(server.id)/secret")
            #expect(renewed.status == .ok && !renewed.text.contains(secret))
            // An address beyond the company's networks is refused beside its field.
            let refused = try await person.send(
                "/panel/radius", "form=\(server.id)&name=Otro&address=10.1.1.1&port=3799")
            #expect(refused.status == .unprocessableContent && refused.text.contains("Redes de equipos"))

            let stranger = try await Person(sur, sur.everything) { routes, _ in
                AccessServerRoutes(sur.radius(reaching: 3799)).add(to: &routes)
            }
            #expect(try await stranger.see("/panel/radius/\(server.id)").status == .notFound)
            #expect(try await stranger.send("/panel/radius/\(server.id)/delete").status == .notFound)
            #expect(try await !stranger.see("/panel/radius").text.contains("Nodo"))
            #expect(try await person.send("/panel/radius/\(server.id)/delete").status == .seeOther)
            #expect(try await norte.database.accessServers() == [])
        }
    }

    @Test func `who is on line and why others were refused is read in words`() async throws {
        try await RadiusBench.serving { norte, sur in
            let id = try await norte.serve("ana", "clave-de-ana")
            try await norte.report("Start", "1", "ana", "Framed-IP-Address = 10.9.0.2")
            _ = try await norte.authenticate("ana", "otra")
            _ = try await norte.authenticate("nadie", "otra")
            func person(_ bench: RadiusBench) async throws -> Person {
                try await Person(bench.tenant, bench.tenant.everything) { routes, _ in
                    AccessServerRoutes(bench.acts).add(to: &routes)
                }
            }
            let reader = try await person(norte)
            let page = try await reader.see("/panel/radius/sessions")
            for words in ["10.9.0.2", "Beto", "Contraseña", "No existe"] { #expect(page.text.contains(words)) }
            #expect(try await reader.see("/panel/radius/sessions?q=10.9.0.3").text.contains("Nadie está en línea"))
            let password = try await reader.send("/panel/services/\(id)/radius/password")
            #expect(password.text.contains("clave-de-ana"))
            let other = try await person(sur).see("/panel/radius/sessions")
            #expect(!other.text.contains("10.9.0.2") && !other.text.contains("nadie"))
        }
    }

    @Test func `the room's words are whole in every language`() {
        #expect(RadiusWords.problems == [] && RadiusAPIWords.problems == [] && RadiusRefusal.problems == [])
    }
}
