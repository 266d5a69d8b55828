import API
import Access
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Postgres
import Search
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
    private struct Ground {
        let tenant: TestTenant
        let owner: String
        let limited: String
        let luz: StaffMember.ID
        let (loma, centro): (String, String)
        let (ana, beto, carla): (String, String, String)

        init(_ tenant: TestTenant, may permissions: [Permission] = [.customersRead, .customersWrite]) async throws {
            self.tenant = tenant
            owner = try await tenant.signIn(Permission.grantable, as: "Olga")
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
                return "\(try #require(try await tenant.database.coverageZones().first { $0.name == name }).id)"
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
            var routes = Panel.Routes()
            ZoneRoutes(randomness: tenant.site.randomness).add(to: &routes)
            CustomerRoutes(randomness: tenant.site.randomness).add(to: &routes)
            StaffRoutes(randomness: tenant.site.randomness).add(to: &routes)
            SearchRoutes.add(to: &routes)
            TokenRoutes(randomness: tenant.site.randomness).add(to: &routes)
            return try await tenant.ask(
                tenant.door(routes, credential: Panel.credential, refuse: Panel.refuse), path,
                method: form == nil ? "GET" : "POST",
                headers: [
                    "Cookie": cookie, "Sec-Fetch-Site": "same-origin",
                    "Content-Type": "application/x-www-form-urlencoded",
                ], body: Array((form ?? "").utf8))
        }
    }

    @Test func `zones are made, named anew and deleted, and one in use is not`() async throws {
        try await withTenants { norte, sur in
            let ground = try await Ground(norte)
            #expect(try await ground.send("/panel/zones", "name=la+loma").status == .conflict)
            #expect(try await ground.send("/panel/zones", "name=+").status == .unprocessableContent)
            #expect(try await ground.send("/panel/zones/\(ground.loma)", "name=Loma+Alta").status == .seeOther)
            let list = try await ground.see("/panel/zones").text
            #expect(list.contains("Loma Alta") && !list.contains("La Loma"))
            #expect(try await ground.see("/panel/zones/\(ground.loma)/delete").text.contains("Loma Alta"))
            #expect(try await ground.send("/panel/zones/\(ground.loma)/delete").status == .conflict)
            let moved = try await ground.send("/panel/customers/\(ground.beto)", "name=Beto+Paz&state=active")
            #expect(moved.status == .seeOther)
            #expect(try await ground.send("/panel/zones/\(ground.centro)/delete").status == .seeOther)
            #expect(try await norte.database.coverageZones().map(\.name) == ["Loma Alta"])
            #expect(try await sur.database.coverageZones().isEmpty)
        }
    }

    @Test func `whoever is limited to a zone reads, finds and changes its customers and no others`() async throws {
        try await withTenants { norte, _ in
            let ground = try await Ground(norte)
            for path in [
                "/panel/customers", "/panel/search?q=paz", "/panel/customers?q=paz", "/panel/customers?order=-name",
            ] {
                let all = try await ground.see(path).text
                for name in ["Ana Paz", "Beto Paz", "Carla Paz"] { #expect(all.contains(name), "\(path) \(name)") }
                let own = try await ground.see(path, as: ground.limited).text
                #expect(own.contains("Ana Paz"), "\(path)")
                #expect(!own.contains("Beto") && !own.contains("Carla") && !own.contains("Centro"), "\(path)")
            }
            #expect(try await ground.see("/panel/customers/\(ground.ana)", as: ground.limited).status == .ok)
            for id in [ground.beto, ground.carla] {
                #expect(try await ground.see("/panel/customers/\(id)", as: ground.limited).status == .notFound)
                #expect(try await ground.see("/panel/customers/\(id)/edit", as: ground.limited).status == .notFound)
                let answer = try await ground.send(
                    "/panel/customers/\(id)", "name=X&zone=\(ground.loma)", as: ground.limited)
                #expect(answer.status == .notFound)
            }
            #expect(try await ground.see("/panel/customers?zone=\(ground.centro)").text.contains("Beto"))
            #expect(!(try await ground.see("/panel/customers?zone=\(ground.centro)").text.contains("Ana Paz")))
        }
    }

    @Test func `whoever is limited puts no customer outside their zones`() async throws {
        try await withTenants { norte, _ in
            let ground = try await Ground(norte)
            let form = try await ground.see("/panel/customers/new", as: ground.limited).text
            #expect(form.contains("La Loma") && !form.contains("Centro"))
            for zone in ["", ground.centro] {
                let new = try await ground.send("/panel/customers", "name=Dora&zone=\(zone)", as: ground.limited)
                #expect(new.status == .unprocessableContent)
                let moved = try await ground.send(
                    "/panel/customers/\(ground.ana)", "name=Ana+Paz&zone=\(zone)", as: ground.limited)
                #expect(moved.status == .unprocessableContent)
            }
            let new = try await ground.send("/panel/customers", "name=Dora&zone=\(ground.loma)", as: ground.limited)
            #expect(new.status == .seeOther)
            #expect(try await ground.see("/panel/search?q=dora", as: ground.limited).text.contains("Dora"))
        }
    }

    @Test func `a limit holds from the next request, takes what is of the whole company, and is explained`()
        async throws
    {
        try await withTenants { norte, _ in
            let ground = try await Ground(norte, may: Permission.grantable)
            #expect(try await norte.database.staffMember(ground.luz)?.permissions == Permission.inZones)
            #expect(try await ground.see("/panel/zones", as: ground.limited).status == .forbidden)
            #expect(
                try await ground.send("/panel/staff/\(ground.luz)/zones", "reach=all", as: ground.limited).status
                    == .forbidden)
            let page = try await ground.see("/panel/staff/\(ground.luz)").text
            #expect(page.contains("Es de toda la empresa, y está limitado a zonas"))
            #expect(try await ground.send("/panel/staff/\(ground.luz)/zones", "reach=zones").status == .seeOther)
            #expect(!(try await ground.see("/panel/customers", as: ground.limited).text.contains("Paz")))
            let stranger = "reach=zones&zone=\(norte.tenant.id)"
            #expect(try await ground.send("/panel/staff/\(ground.luz)/zones", stranger).status == .notFound)
            #expect(try await ground.send("/panel/staff/\(ground.luz)/zones", "reach=all").status == .seeOther)
            #expect(try await norte.database.staffMember(ground.luz)?.permissions == Set(Permission.grantable))
            #expect(try await ground.see("/panel/customers", as: ground.limited).text.contains("Beto"))
        }
    }

    @Test func `the last owner is not limited`() async throws {
        try await withTenants { norte, _ in
            let ground = try await Ground(norte)
            let olga = try #require(try await norte.database.staff().first { $0.name == "Olga" }).id
            let answer = try await ground.send("/panel/staff/\(olga)/zones", "reach=zones&zone=\(ground.loma)")
            #expect(answer.status == .conflict)
        }
    }

    /// Asks the API, as a program of Norte's.
    private struct Program {
        let tenant: TestTenant
        let key: String

        func ask(_ path: String, _ method: String = "GET", _ body: String = "") async throws -> Answer {
            var routes = API.Routes()
            ZoneAPI.add(to: &routes)
            API.add(to: &routes)
            CustomerAPI(randomness: tenant.site.randomness).add(to: &routes)
            return try await tenant.ask(
                tenant.door(routes.visits, credential: API.credential, refuse: API.refuse), path, method: method,
                headers: [
                    "Authorization": "Bearer \(key)", "Content-Type": "application/json", "If-Match": "*",
                    "Idempotency-Key": "\(tenant.site.randomness.next())",
                ], body: Array(body.utf8))
        }
    }

    @Test func `a program limited to a zone reads, finds and changes its customers and no others`() async throws {
        try await withTenants { norte, _ in
            let ground = try await Ground(norte)
            let made = try await ground.send(
                "/panel/tokens",
                "name=n8n&permission=customers.read&permission=customers.write&days=30&reach=zones&zone=\(ground.loma)")
            let program = Program(
                tenant: norte,
                key: "mst_live_" + (made.text.split(separator: "value=\"mst_live_")[1].prefix { $0 != "\"" }))
            for path in ["/api/v1/customers", "/api/v1/search?q=paz", "/api/v1/zones"] {
                let text = try await program.ask(path).text
                #expect(text.contains(path == "/api/v1/zones" ? "La Loma" : "Ana Paz"), "\(path)")
                #expect(!text.contains("Beto") && !text.contains("Carla") && !text.contains("Centro"), "\(path)")
            }
            for id in [ground.beto, ground.carla] {
                #expect(try await program.ask("/api/v1/customers/\(id)").status == .notFound)
                #expect(try await program.ask("/api/v1/customers/\(id)", "PATCH", #"{"name":"X"}"#).status == .notFound)
            }
            let away = try await program.ask(
                "/api/v1/customers/\(ground.ana)", "PATCH", #"{"zone":"\#(ground.centro)"}"#)
            #expect(away.status == .unprocessableContent)
            #expect(
                try await program.ask("/api/v1/customers", "POST", #"{"name":"Dora"}"#).status == .unprocessableContent)
            let new = try await program.ask("/api/v1/customers", "POST", #"{"name":"Dora","zone":"\#(ground.loma)"}"#)
            #expect(new.status == .created)
            #expect(try await ground.see("/panel/tokens").text.contains("Zonas: La Loma"))
            #expect(
                try await ground.send("/panel/customers/\(ground.ana)", "name=Ana&state=active").status == .seeOther)
            #expect(try await program.ask("/api/v1/customers/\(ground.ana)").status == .notFound)
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
            let ground = try await Ground(norte)
            let full = "name=n8n&days=30&" + form + (form.hasSuffix("=") ? ground.loma : "")
            let answer = try await ground.send("/panel/tokens", full)
            #expect(answer.status == .unprocessableContent && answer.text.contains(text))
            let stranger = "name=n8n&days=30&permission=customers.read&reach=zones&zone=\(sur.tenant.id)"
            #expect(try await ground.send("/panel/tokens", stranger).status == .notFound)
            #expect(try await norte.database.apiTokens(at: norte.now).isEmpty)
        }
    }

    @Test func `a zone stays while a token is limited to it`() async throws {
        try await withTenants { norte, _ in
            let ground = try await Ground(norte)
            let llano = try await ground.zone("El Llano")
            _ = try await ground.send(
                "/panel/tokens", "name=n8n&permission=customers.read&days=30&reach=zones&zone=\(llano)")
            #expect(try await ground.send("/panel/zones/\(llano)/delete").status == .conflict)
            let token = try #require(try await norte.database.apiTokens(at: norte.now).first)
            #expect(try await ground.send("/panel/tokens/\(token.id)/revoke").status == .seeOther)
            #expect(try await ground.send("/panel/zones/\(llano)/delete").status == .seeOther)
        }
    }

    @Test func `a program reads the zones, and a customer's`() async throws {
        try await withTenants { norte, sur in
            let ground = try await Ground(norte)
            let program = Program(tenant: norte, key: try await norte.token([.customersRead, .customersWrite]))
            let zones = try await program.ask("/api/v1/zones").text
            #expect(zones.contains(#"{"id":"\#(ground.loma)","name":"La Loma"}"#))
            let customers = try await program.ask("/api/v1/customers?zone=\(ground.loma)").text
            #expect(customers.contains("Ana Paz") && !customers.contains("Beto"))
            let free = try await program.ask("/api/v1/customers/\(ground.ana)", "PATCH", #"{"zone":null}"#)
            #expect(free.status == .ok && free.text.contains(#""zone":null"#))
            let unknown = try await program.ask(
                "/api/v1/customers/\(ground.ana)", "PATCH", #"{"zone":"\#(sur.tenant.id)"}"#)
            #expect(unknown.status == .unprocessableContent && unknown.text.contains("unknown_zone"))
            let mail = try await program.ask("/api/v1/customers/\(ground.ana)", "PATCH", #"{"email":"ana"}"#)
            #expect(mail.status == .unprocessableContent && mail.text.contains("wrong_email"))
        }
    }
}
