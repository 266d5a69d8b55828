import API
import Access
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Postgres
import Search
import ShellSupport
import Staff
import Tenancy
import TenantSupport
import Testing
import Tokens

@testable import Customers
@testable import Zones

/// Zones, and people who are limited to some of them.
@Suite struct ZoneTests {
    /// Norte with two zones, a customer in each and one in none, and Luz, who is limited to the first zone.
    private struct ZoneFixture {
        let tenant: TestTenant
        let owner: String
        let limited: String
        let luz: StaffMember.ID
        let (loma, centro): (String, String)
        let (ana, beto, carla): (String, String, String)

        init(_ tenant: TestTenant, may permissions: [Permission] = [.customersRead, .customersWrite]) async throws {
            self.tenant = tenant
            owner = try await tenant.signIn(tenant.everything, as: "Olga")
            loma = try await Self.make("/panel/zones", "name=La+Loma", as: owner, at: tenant)
            centro = try await Self.make("/panel/zones", "name=Centro", as: owner, at: tenant)
            ana = try await Self.make("/panel/customers", "name=Ana+Paz&zone=\(loma)", as: owner, at: tenant)
            beto = try await Self.make("/panel/customers", "name=Beto+Paz&zone=\(centro)", as: owner, at: tenant)
            carla = try await Self.make("/panel/customers", "name=Carla+Paz", as: owner, at: tenant)
            limited = try await tenant.signIn(permissions, as: "Luz")
            luz = try #require(try await tenant.database.staff().first { $0.name == "Luz" }).id
            let answer = try await send("/panel/staff/\(luz)/zones", "reach=zones&zone=\(loma)")
            #expect(answer.status == .seeOther)
        }

        /// The id of what a form made.
        private static func make(_ path: String, _ form: String, as cookie: String, at tenant: TestTenant) async throws
            -> String
        {
            let answer = try await ask(path, form, as: cookie, at: tenant)
            #expect(answer.status == .seeOther, "\(answer.text)")
            if path == "/panel/zones" {
                let name = form.dropFirst(5).replacing("+", with: " ")
                return "\(try #require(try await tenant.database.zones().first { $0.name == name }).id)"
            }
            let place = try #require(answer.headers["Location"]?.split(separator: "?").first)
            return String(try #require(place.split(separator: "/").last))
        }

        func zone(_ name: String) async throws -> String {
            try await Self.make("/panel/zones", "name=\(name.replacing(" ", with: "+"))", as: owner, at: tenant)
        }

        func see(_ path: String, as cookie: String? = nil) async throws -> Answer {
            try await Self.ask(path, nil, as: cookie ?? owner, at: tenant)
        }

        func send(_ path: String, _ form: String = "", as cookie: String? = nil) async throws -> Answer {
            try await Self.ask(path, form, as: cookie ?? owner, at: tenant)
        }

        private static func ask(_ path: String, _ form: String?, as cookie: String, at tenant: TestTenant) async throws
            -> Answer
        {
            let person = Person(tenant, cookie: cookie) { routes, randomness in
                ZoneRoutes(randomness: randomness).add(to: &routes)
                CustomerRoutes(randomness: randomness, files: .tests).add(to: &routes)
                StaffRoutes(randomness: randomness).add(to: &routes)
                SearchRoutes.add(to: &routes)
                TokenRoutes(randomness: randomness).add(to: &routes)
                ListRoutes.add(to: &routes)
            }
            if let form { return try await person.send(path, form) }
            return try await person.see(path)
        }
    }

    @Test func `of twelve who make a zone of the same name at once one does, and the others read why not`() async throws
    {
        try await withTenants { norte, sur in
            let fixture = try await ZoneFixture(norte)
            for _ in 0..<3 {
                let name = "Zona+\(norte.site.randomness.next())"
                let statuses = try await Self.atOnce(12) { _ in try await fixture.send("/panel/zones", "name=\(name)") }
                #expect(statuses == [.seeOther] + Array(repeating: .conflict, count: 11))
            }
            #expect(try await sur.database.zones().isEmpty)
        }
    }

    @Test func `a zone that goes while customers come into it refuses them or stays`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte)
            for round in 0..<5 {
                let zone = try await fixture.zone("Ronda \(round)")
                let statuses = try await Self.atOnce(6) { number in
                    try await number == 3
                        ? fixture.send("/panel/zones/\(zone)/delete")
                        : fixture.send("/panel/customers", "name=Ana+\(round)+\(number)&zone=\(zone)")
                }
                #expect(
                    statuses.allSatisfy { [.seeOther, .conflict, .unprocessableContent].contains($0) }, "\(statuses)")
            }
        }
    }

    @Test func `who sees the customers of one zone adds none beyond what the whole company may have`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte)
            try await norte.set("customer_limit = 4")
            let form = "name=Dora&distinct=yes&zone=\(fixture.loma)"
            #expect(try await fixture.send("/panel/customers", form, as: fixture.limited).status == .seeOther)
            #expect(try await fixture.send("/panel/customers", form, as: fixture.limited).status == .conflict)
            #expect(try await fixture.send("/panel/customers", form).status == .conflict)
            // One who goes leaves one place.
            try await norte.database.execute(
                """
                UPDATE customers SET state = 'cancelled'
                WHERE tenant_id = \(norte.database.tenant) AND customer_id = \(UUID(fixture.beto))
                """)
            #expect(try await fixture.send("/panel/customers", form, as: fixture.limited).status == .seeOther)
            #expect(try await fixture.send("/panel/customers", form).status == .conflict)
        }
    }

    private static func atOnce(
        _ count: Int, _ act: @escaping @Sendable (Int) async throws -> Answer
    ) async throws -> [Status] {
        try await withThrowingTaskGroup(of: Status.self) { group in
            for number in 0..<count { group.addTask { try await act(number).status } }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.code < $1.code }
        }
    }

    @Test func `zones are made, named anew and deleted, and one in use is not`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await ZoneFixture(norte)
            #expect(try await fixture.send("/panel/zones", "name=la+loma").status == .conflict)
            #expect(try await fixture.send("/panel/zones", "name=+").status == .unprocessableContent)
            #expect(try await fixture.send("/panel/zones/\(fixture.loma)", "name=Loma+Alta").status == .seeOther)
            let list = try await fixture.see("/panel/zones").text
            #expect(list.contains("Loma Alta") && !list.contains("La Loma"))
            #expect(try await fixture.see("/panel/zones/\(fixture.loma)/delete").text.contains("Loma Alta"))
            #expect(try await fixture.send("/panel/zones/\(fixture.loma)/delete").status == .conflict)
            let moved = try await fixture.send("/panel/customers/\(fixture.beto)", "name=Beto+Paz")
            #expect(moved.status == .seeOther)
            #expect(try await fixture.send("/panel/zones/\(fixture.centro)/delete").status == .seeOther)
            #expect(try await norte.database.zones().map(\.name) == ["Loma Alta"])
            #expect(try await sur.database.zones().isEmpty)
        }
    }

    @Test func `twenty of the same form make one zone, and of two who name it the second is told`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte)
            let form = try #require(try await fixture.see("/panel/zones/new").hidden("form"))
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await fixture.send("/panel/zones", "name=Mirador&form=\(form)") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == .seeOther })
            #expect(try await norte.database.zones().map(\.name).filter { $0 == "Mirador" }.count == 1)
            let path = "/panel/zones/\(fixture.loma)"
            let revision = try #require(try await fixture.see(path).hidden("revision"))
            #expect(try await fixture.send(path, "name=Loma+Alta&revision=\(revision)").status == .seeOther)
            let told = try await fixture.send(path, "name=Loma+Baja&revision=\(revision)")
            #expect(told.status == .conflict && told.text.contains("Otra persona cambió"))
            #expect(told.text.contains(#"value="Loma Baja""#))
            #expect(try await norte.database.zones().contains { $0.name == "Loma Alta" })
            let again = try #require(told.hidden("revision"))
            #expect(try await fixture.send(path, "name=Loma+Baja&revision=\(again)").status == .seeOther)
        }
    }

    @Test func `a list of zones is paged both ways, and each person chooses its columns`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await ZoneFixture(norte)
            for number in 10..<60 { _ = try await fixture.zone("Zona \(number)") }
            let first = try await fixture.see("/panel/zones?size=25").text
            #expect(first.contains("52 en total") && first.contains("Zona 30") && !first.contains("Anteriores"))
            let next = try #require(first.firstMatch(of: /href="([^"]*)" rel="next"/)).1.replacing("&amp;", with: "&")
            let second = try await fixture.see(String(next)).text
            #expect(second.contains("Zona 40") && !second.contains("Zona 30") && second.contains("52 en total"))
            let previous = try #require(second.firstMatch(of: /href="([^"]*)" rel="prev"/)).1
                .replacing("&amp;", with: "&")
            #expect(try await fixture.see(String(previous)).text.contains("Zona 30"))
            #expect(try await fixture.see("/panel/zones?order=-name").text.contains("Zona 59"))
            let chosen = try await fixture.send(
                "/panel/lists/columns", "list=zones&column=name&column=people&next=/panel/zones")
            #expect(chosen.headers["Location"] == "/panel/zones")
            let own = try await fixture.see("/panel/zones").text
            #expect(own.split(separator: "<th ").count == 3)
            let kept = try await fixture.send(
                "/panel/lists/views", "list=zones&name=Alreves&next=/panel/zones%3Forder%3D-name")
            #expect(kept.headers["Location"] == "/panel/zones?order=-name")
            #expect(try await fixture.see("/panel/zones").text.contains("href=\"/panel/zones?order=-name\""))
            #expect(try await fixture.send("/panel/lists/views", "list=zones&name=&next=/x").status == .badRequest)
            let other = try await norte.signIn([.zonesManage], as: "Nora")
            #expect(!(try await fixture.see("/panel/zones", as: other).text.contains("Alreves")))
            _ = try await fixture.send("/panel/lists/views", "list=zones&remove=Alreves&next=/panel/zones")
            #expect(!(try await fixture.see("/panel/zones").text.contains("Alreves")))
            #expect(try await fixture.see("/panel/zones", as: other).text.split(separator: "<th ").count == 4)
            #expect(try await sur.database.zones().isEmpty)
        }
    }

    @Test func `whoever is limited to a zone reads, finds and changes its customers and no others`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte)
            for path in [
                "/panel/customers", "/panel/search?q=paz", "/panel/customers?q=paz", "/panel/customers?order=-name",
            ] {
                let all = try await fixture.see(path).text
                for name in ["Ana Paz", "Beto Paz", "Carla Paz"] { #expect(all.contains(name), "\(path) \(name)") }
                let own = try await fixture.see(path, as: fixture.limited).text
                #expect(own.contains("Ana Paz"), "\(path)")
                #expect(!own.contains("Beto") && !own.contains("Carla") && !own.contains("Centro"), "\(path)")
            }
            #expect(try await fixture.see("/panel/customers/\(fixture.ana)", as: fixture.limited).status == .ok)
            for id in [fixture.beto, fixture.carla] {
                #expect(try await fixture.see("/panel/customers/\(id)", as: fixture.limited).status == .notFound)
                #expect(try await fixture.see("/panel/customers/\(id)/edit", as: fixture.limited).status == .notFound)
                let answer = try await fixture.send(
                    "/panel/customers/\(id)", "name=X&zone=\(fixture.loma)", as: fixture.limited)
                #expect(answer.status == .notFound)
            }
            #expect(try await fixture.see("/panel/customers?zone=\(fixture.centro)").text.contains("Beto"))
            #expect(!(try await fixture.see("/panel/customers?zone=\(fixture.centro)").text.contains("Ana Paz")))
        }
    }

    @Test func `whoever is limited puts no customer outside their zones`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte)
            let form = try await fixture.see("/panel/customers/new", as: fixture.limited).text
            #expect(form.contains("La Loma") && !form.contains("Centro"))
            for zone in ["", fixture.centro] {
                let new = try await fixture.send("/panel/customers", "name=Dora&zone=\(zone)", as: fixture.limited)
                #expect(new.status == .unprocessableContent)
                let moved = try await fixture.send(
                    "/panel/customers/\(fixture.ana)", "name=Ana+Paz&zone=\(zone)", as: fixture.limited)
                #expect(moved.status == .unprocessableContent)
            }
            let new = try await fixture.send("/panel/customers", "name=Dora&zone=\(fixture.loma)", as: fixture.limited)
            #expect(new.status == .seeOther)
            #expect(try await fixture.see("/panel/search?q=dora", as: fixture.limited).text.contains("Dora"))
        }
    }

    @Test func `a limit holds from the next request, takes what is of the whole company, and is explained`()
        async throws
    {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte, may: norte.everything)
            #expect(try await norte.database.staffMember(fixture.luz)?.permissions == norte.site.catalogue.withinZones)
            #expect(try await fixture.see("/panel/zones", as: fixture.limited).status == .forbidden)
            #expect(
                try await fixture.send("/panel/staff/\(fixture.luz)/zones", "reach=all", as: fixture.limited).status
                    == .forbidden)
            let page = try await fixture.see("/panel/staff/\(fixture.luz)").text
            #expect(page.contains("Es de toda la empresa, y está limitado a zonas"))
            #expect(try await fixture.send("/panel/staff/\(fixture.luz)/zones", "reach=zones").status == .seeOther)
            #expect(!(try await fixture.see("/panel/customers", as: fixture.limited).text.contains("Paz")))
            let stranger = "reach=zones&zone=\(norte.tenant.id)"
            #expect(try await fixture.send("/panel/staff/\(fixture.luz)/zones", stranger).status == .notFound)
            #expect(try await fixture.send("/panel/staff/\(fixture.luz)/zones", "reach=all").status == .seeOther)
            #expect(try await norte.database.staffMember(fixture.luz)?.permissions == norte.site.catalogue.grantable)
            #expect(try await fixture.see("/panel/customers", as: fixture.limited).text.contains("Beto"))
        }
    }

    @Test func `the last owner is not limited`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte)
            let olga = try #require(try await norte.database.staff().first { $0.name == "Olga" }).id
            let answer = try await fixture.send("/panel/staff/\(olga)/zones", "reach=zones&zone=\(fixture.loma)")
            #expect(answer.status == .conflict)
        }
    }

    /// Asks the API, as a program of Norte's.
    private struct Program {
        let tenant: TestTenant
        let key: String

        func ask(_ path: String, _ method: String = "GET", _ body: String = "") async throws -> Answer {
            var routes = API.Routes(of: tenant.site.catalogue)
            ZoneAPI.add(to: &routes)
            API.add(to: &routes)
            CustomerAPI(randomness: tenant.site.randomness).add(to: &routes)
            return try await tenant.ask(
                tenant.gate(routes.visits, credential: API.credential, refuse: API.refuse), path, method: method,
                headers: [
                    "Authorization": "Bearer \(key)", "Content-Type": "application/json", "If-Match": "*",
                    "Idempotency-Key": "\(tenant.site.randomness.next())",
                ], body: Array(body.utf8))
        }
    }

    @Test func `a program limited to a zone reads, finds and changes its customers and no others`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte)
            let made = try await fixture.send(
                "/panel/tokens",
                "name=n8n&permission=customers.read&permission=customers.write&days=30&reach=zones&zone=\(fixture.loma)"
            )
            let program = Program(
                tenant: norte,
                key: "mst_live_" + (made.text.split(separator: "value=\"mst_live_")[1].prefix { $0 != "\"" }))
            for path in ["/api/v1/customers", "/api/v1/search?q=paz", "/api/v1/zones"] {
                let text = try await program.ask(path).text
                #expect(text.contains(path == "/api/v1/zones" ? "La Loma" : "Ana Paz"), "\(path)")
                #expect(!text.contains("Beto") && !text.contains("Carla") && !text.contains("Centro"), "\(path)")
            }
            for id in [fixture.beto, fixture.carla] {
                #expect(try await program.ask("/api/v1/customers/\(id)").status == .notFound)
                #expect(try await program.ask("/api/v1/customers/\(id)", "PATCH", #"{"name":"X"}"#).status == .notFound)
            }
            let away = try await program.ask(
                "/api/v1/customers/\(fixture.ana)", "PATCH", #"{"zone":"\#(fixture.centro)"}"#)
            #expect(away.status == .unprocessableContent)
            #expect(
                try await program.ask("/api/v1/customers", "POST", #"{"name":"Dora"}"#).status == .unprocessableContent)
            let new = try await program.ask("/api/v1/customers", "POST", #"{"name":"Dora","zone":"\#(fixture.loma)"}"#)
            #expect(new.status == .created)
            #expect(try await fixture.see("/panel/tokens").text.contains("Zonas: La Loma"))
            #expect(
                try await fixture.send("/panel/customers/\(fixture.ana)", "name=Ana").status == .seeOther)
            #expect(try await program.ask("/api/v1/customers/\(fixture.ana)").status == .notFound)
        }
    }

    @Test(arguments: [
        (
            "permission=customers.read&permission=audit.read&reach=zones&zone=",
            "solo puede tener permisos sobre los clientes"
        ),
        ("permission=customers.read&reach=zones", "Elija al menos una zona."),
    ])
    func `a token to zones without any, or to more than they have, is not made`(
        form: String, text: String
    ) async throws {
        try await withTenants { norte, sur in
            let fixture = try await ZoneFixture(norte)
            let full = "name=n8n&days=30&" + form + (form.hasSuffix("=") ? fixture.loma : "")
            let answer = try await fixture.send("/panel/tokens", full)
            #expect(answer.status == .unprocessableContent && answer.text.contains(text))
            let stranger = "name=n8n&days=30&permission=customers.read&reach=zones&zone=\(sur.tenant.id)"
            #expect(try await fixture.send("/panel/tokens", stranger).status == .notFound)
            #expect(try await norte.database.apiTokens(at: norte.now).isEmpty)
        }
    }

    @Test func `a zone stays while a token is limited to it`() async throws {
        try await withTenants { norte, _ in
            let fixture = try await ZoneFixture(norte)
            let llano = try await fixture.zone("El Llano")
            _ = try await fixture.send(
                "/panel/tokens", "name=n8n&permission=customers.read&days=30&reach=zones&zone=\(llano)")
            #expect(try await fixture.send("/panel/zones/\(llano)/delete").status == .conflict)
            let token = try #require(try await norte.database.apiTokens(at: norte.now).first)
            #expect(try await fixture.send("/panel/tokens/\(token.id)/revoke").status == .seeOther)
            #expect(try await fixture.send("/panel/zones/\(llano)/delete").status == .seeOther)
        }
    }

    @Test func `a program reads the zones, and a customer's`() async throws {
        try await withTenants { norte, sur in
            let fixture = try await ZoneFixture(norte)
            let program = Program(tenant: norte, key: try await norte.token([.customersRead, .customersWrite]))
            let zones = try await program.ask("/api/v1/zones").text
            #expect(zones.contains(#"{"id":"\#(fixture.loma)","name":"La Loma"}"#))
            let customers = try await program.ask("/api/v1/customers?zone=\(fixture.loma)").text
            #expect(customers.contains("Ana Paz") && !customers.contains("Beto"))
            let free = try await program.ask("/api/v1/customers/\(fixture.ana)", "PATCH", #"{"zone":null}"#)
            #expect(free.status == .ok && free.text.contains(#""zone":null"#))
            let unknown = try await program.ask(
                "/api/v1/customers/\(fixture.ana)", "PATCH", #"{"zone":"\#(sur.tenant.id)"}"#)
            #expect(unknown.status == .unprocessableContent && unknown.text.contains("unknown_zone"))
            let mail = try await program.ask("/api/v1/customers/\(fixture.ana)", "PATCH", #"{"email":"ana"}"#)
            #expect(mail.status == .unprocessableContent && mail.text.contains("/email"))
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(ZoneWords.problems + ZoneAPIWords.problems + ZoneRefusal.problems == [])
    }
}
