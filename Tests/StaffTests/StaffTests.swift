import Access
import Crypto
import Customers
import Declarations
import HTTP
import Identifiers
import Identity
import Locale
import Panel
import Postgres
import Roles
import TenantSupport
import Testing

@testable import Staff

@Suite struct StaffTests {

    static func gate(of tenant: TestTenant) -> RequestGate {
        var routes = Panel.Routes()
        SignInRoutes(tenant.site.signIn, tenant.site.visits).add(to: &routes)
        SecondStepRoutes(tenant.site.signIn).add(to: &routes)
        SecondFactorRoutes(tenant.site.signIn).add(to: &routes)
        SecurityRoutes().add(to: &routes)
        AccountRoutes(tenant.site.signIn).add(to: &routes)
        StaffRoutes(randomness: tenant.site.randomness).add(to: &routes)
        RoleRoutes(randomness: tenant.site.randomness).add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    static func post(
        _ tenant: TestTenant, _ path: String, _ form: String = "", as cookie: String = ""
    ) async throws -> Answer {
        try await tenant.ask(
            gate(of: tenant), path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.utf8))
    }

    static func get(_ tenant: TestTenant, _ path: String, as cookie: String) async throws -> Answer {
        try await tenant.ask(gate(of: tenant), path, headers: ["Cookie": cookie])
    }

    /// The link in the page that shows it once.
    static func link(in answer: Answer) throws -> String {
        let parts = answer.text.split(separator: "/panel/enter/", maxSplits: 1)
        let secret = try #require(parts.count == 2 ? parts.last : nil).prefix { $0 != "\"" }
        return "/panel/enter/\(secret)"
    }

    static func cookie(_ answer: Answer) throws -> String {
        try #require(answer.headers["Set-Cookie"]).split(separator: ";").first.map(String.init) ?? ""
    }

    static func invite(_ name: String, _ role: ReadyMadeRole, at tenant: TestTenant, as cookie: String) async throws
        -> String
    {
        let id = try #require(try await tenant.database.roles().first { $0.readyMade == role }?.id)
        let answer = try await post(
            tenant, "/panel/staff", "name=\(name)&email=\(name.lowercased())%40example.com&role=\(id)", as: cookie)
        #expect(answer.status == .ok)
        return try link(in: answer)
    }

    static func signIn(_ email: String, _ password: String, at tenant: TestTenant, cookie: String = "") async throws
        -> Answer
    {
        try await post(
            tenant, "/panel/sign-in", "email=\(email)&password=\(password)&next=%2Fpanel%2Faccount", as: cookie)
    }

    @Test func `somebody invited chooses a password and signs in with it, at one company only`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let link = try await Self.invite("Beto", .cashier, at: norte, as: owner)
            #expect(try await Self.get(norte, link, as: "").text.contains("Elija su contraseña"))
            let weak = try await Self.post(norte, link, "email=&password=12345678")
            #expect(weak.status == .unprocessableContent && weak.text.contains("todos prueban primero"))
            let own = try await Self.post(norte, link, "email=&password=soy-BETO-en-persona")
            #expect(own.status == .unprocessableContent && own.text.contains("No use su nombre"))
            let entered = try await Self.post(norte, link, "email=&password=tres+gatos+negros")
            #expect(entered.status == .seeOther)
            let beto = try Self.cookie(entered)
            #expect(try await Self.get(norte, "/panel/account", as: beto).text.contains("beto@example.com"))
            #expect(try await Self.post(norte, link, "email=&password=otra+frase+mas").status == .gone)

            let again = try await Self.signIn("BETO%40example.com", "tres+gatos+negros", at: norte)
            #expect(again.status == .seeOther && again.headers["Location"] == "/panel/account")
            #expect(
                try await Self.signIn("beto%40example.com", "tres+gatos+negros", at: sur).status
                    == .unprocessableContent)
            #expect(try await Self.get(sur, "/panel/account", as: beto).status == .unauthorized)
        }
    }

    @Test func `a new password ends the links and the sign-ins begun under the one before`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let invitation = try await Self.invite("Beto", .cashier, at: norte, as: owner)
            let beto = try Self.cookie(try await Self.post(norte, invitation, "email=&password=tres+gatos+negros"))
            let id = try #require(try await norte.database.staffMember(email: "beto@example.com")).id
            let reset = try Self.link(in: try await Self.post(norte, "/panel/staff/\(id)/password-link", as: owner))
            let direct = try await SignInLink.make(
                .signIn, for: id, at: norte.now, from: norte.site.randomness, in: norte.database)
            try await norte.database.execute(
                """
                INSERT INTO pending_sign_ins (tenant_id, digest, staff_id, expires_at)
                VALUES (\(norte.database.tenant), sha256('pending'), \(id), \(norte.now)::timestamptz + interval '10 minutes')
                """)
            #expect(try await Self.get(norte, reset, as: "").text.contains("Elija su contraseña"))
            #expect(try await Self.get(sur, reset, as: "").status == .gone)
            let changed = try await Self.post(
                norte, "/panel/account/password", "email=&present=tres+gatos+negros&password=cuatro+gatos+pardos",
                as: beto)
            #expect(changed.status == .seeOther)
            #expect(try await Self.post(norte, reset, "email=&password=cinco+gatos+grises").status == .gone)
            #expect(try await Self.post(norte, "/panel/enter/\(direct.secret.text)").status == .gone)
            let pending: Int? = try await norte.database.value(
                "SELECT count(*) FROM pending_sign_ins WHERE tenant_id = \(norte.database.tenant)")
            #expect(pending == 0)
            #expect(
                try await Self.signIn("beto%40example.com", "cuatro+gatos+pardos", at: norte).status == .seeOther)
        }
    }

    @Test func `nobody is invited, or enabled again, beyond what the plan allows`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let beto = try await norte.staff([], as: "Beto")
            try await norte.set("staff_limit = 2")
            let form = "name=Carla&email=carla%40example.com"
            let refused = try await Self.post(norte, "/panel/staff", form, as: owner)
            #expect(refused.status == .conflict && refused.text.contains("hasta 2 usuarios"))
            #expect(try await Self.post(norte, "/panel/staff/\(beto)/disable", as: owner).status == .seeOther)
            #expect(try await Self.post(norte, "/panel/staff", form, as: owner).status == .ok)
            let enabled = try await Self.post(norte, "/panel/staff/\(beto)/enable", as: owner)
            #expect(enabled.status == .conflict && enabled.text.contains("hasta 2 usuarios"))
        }
    }

    @Test func `a link leads to the stored name, whatever port the request says`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let beto = try await norte.staff([], as: "Beto")
            let answer = try await norte.ask(
                Self.gate(of: norte), "/panel/staff/\(beto)/password-link", method: "POST", host: "norte.test:6666",
                headers: [
                    "Cookie": owner, "Sec-Fetch-Site": "same-origin", "X-Forwarded-Host": "evil.example",
                    "Content-Type": "application/x-www-form-urlencoded",
                ])
            #expect(answer.text.contains("value=\"http://norte.test/panel/enter/"))
            #expect(!answer.text.contains("6666") && !answer.text.contains("evil"))
        }
    }

    @Test func `a wrong password, an unknown account and one without a password read the same`() async throws {
        try await withTenants { norte, _ in
            let none = try await norte.staff([.customersRead], as: "Sinclave")
            let without = try #require(try await norte.database.staffMember(none)).email
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let link = try await Self.invite("Beto", .cashier, at: norte, as: owner)
            _ = try await Self.post(norte, link, "email=&password=tres+gatos+negros")
            for email in ["beto%40example.com", "nadie%40example.com", without, "nada", ""] {
                let answer = try await Self.signIn(email, "cuatro+gatos", at: norte)
                #expect(answer.status == .unprocessableContent, "\(email)")
                #expect(answer.text.contains("El correo o la contraseña no son correctos."))
                #expect(answer.headers["Set-Cookie"] == nil)
            }
        }
    }

    @Test func `ten guesses are all there are, and they lock out no browser that was there before`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let link = try await Self.invite("Beto", .cashier, at: norte, as: owner)
            let entered = try await Self.post(norte, link, "email=&password=tres+gatos+negros")
            let device = try #require(
                entered.headers.all.map(\.value).first { $0.hasPrefix("device=") }?.split(separator: ";").first)
            for _ in 0..<10 {
                #expect(
                    try await Self.signIn("beto%40example.com", "cuatro", at: norte).status == .unprocessableContent)
            }
            let locked = try await Self.signIn("beto%40example.com", "tres+gatos+negros", at: norte)
            #expect(locked.status == .tooManyRequests && locked.text.contains("Espere 15 minutos"))
            // An account nobody has is no different, and the neighbour's sign-in is its own.
            for _ in 0..<10 { _ = try await Self.signIn("nadie%40example.com", "cuatro", at: norte) }
            #expect(try await Self.signIn("nadie%40example.com", "cuatro", at: norte).status == .tooManyRequests)
            #expect(try await Self.signIn("beto%40example.com", "cuatro", at: sur).status == .unprocessableContent)

            let known = try await Self.signIn(
                "beto%40example.com", "tres+gatos+negros", at: norte, cookie: String(device))
            #expect(known.status == .seeOther)
            #expect(try await Self.signIn("beto%40example.com", "tres+gatos+negros", at: norte).status == .seeOther)
        }
    }

    @Test func `a denial wins over what another role allows, and takes effect on the next request`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let ana = try await norte.staff([.staffRead], as: "Ana")
            let session = try await Session.start(
                for: ana, at: Session.Place(device: "", address: ""), now: norte.now, from: norte.site.randomness,
                in: norte.database)
            let cookie = "sid=\(session.secret.text)"
            #expect(try await Self.get(norte, "/panel/staff", as: cookie).status == .ok)
            let made = try await Self.post(norte, "/panel/roles", "name=Aprendiz&staff.read=deny", as: owner)
            #expect(made.status == .seeOther)
            let roles = try await norte.database.roles()
            let apprentice = try #require(roles.first { $0.name == "Aprendiz" })
            let held = try await norte.database.roles(of: ana.uuid)
            let form = (held.union([apprentice.id])).map { "role=\($0)" }.joined(separator: "&")
            #expect(try await Self.post(norte, "/panel/staff/\(ana)/roles", form, as: owner).status == .seeOther)
            #expect(try await Self.get(norte, "/panel/staff", as: cookie).status == .forbidden)
            let why = try await Self.get(norte, "/panel/staff/\(ana)", as: owner)
            #expect(why.text.contains("Lo niega Aprendiz"))
            #expect(try await Self.get(norte, "/panel/account", as: cookie).status == .ok)
        }
    }

    @Test func `nobody hands out more than they have, nor touches those who have more`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.staff(norte.everything, as: "Olga")
            let clerk = try await norte.signIn([.staffRead, .staffManage, .rolesManage], as: "Carla")
            let all = try #require(try await norte.database.roles().first { $0.readyMade == .owner })
            let invited = try await Self.post(
                norte, "/panel/staff", "name=Eva&email=eva%40example.com&role=\(all.id)", as: clerk)
            #expect(invited.status == .forbidden && invited.text.contains("un permiso que usted no tiene"))
            #expect(try await norte.database.staffMember(email: "eva@example.com") == nil)
            #expect(
                try await Self.post(norte, "/panel/roles", "name=Todo&customers.read=allow", as: clerk).status
                    == .forbidden)
            for act in ["roles", "password-link", "disable"] {
                let answer = try await Self.post(norte, "/panel/staff/\(owner)/\(act)", "", as: clerk)
                #expect(answer.status == .forbidden, "\(act)")
            }
            #expect(try await norte.database.staffMember(owner)?.permissions == norte.site.catalogue.grantable)
        }
    }

    @Test func `the last one who can manage people stays`() async throws {
        try await withTenants { norte, _ in
            let first = try await norte.staff(norte.everything, as: "Olga")
            let cookie = try await norte.signIn(norte.everything, as: "Oscar")
            let second = try #require(try await norte.database.staff().first { $0.name == "Oscar" }).id
            #expect(try await Self.post(norte, "/panel/staff/\(first)/disable", as: cookie).status == .seeOther)
            for act in ["disable", "roles"] {
                let answer = try await Self.post(norte, "/panel/staff/\(second)/\(act)", as: cookie)
                #expect(answer.status == .conflict && answer.text.contains("la última persona"), "\(act)")
            }
            #expect(try await Self.get(norte, "/panel/staff", as: cookie).status == .ok)
        }
    }

    @Test func `whoever is disabled is out at once and cannot come back by password or link`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let link = try await Self.invite("Beto", .cashier, at: norte, as: owner)
            let beto = try Self.cookie(try await Self.post(norte, link, "email=&password=tres+gatos+negros"))
            let id = try #require(try await norte.database.staffMember(email: "beto@example.com")).id
            let second = try Self.link(in: try await Self.post(norte, "/panel/staff/\(id)/password-link", as: owner))
            #expect(try await Self.get(norte, "/panel/account", as: beto).status == .ok)
            #expect(try await Self.post(norte, "/panel/staff/\(id)/disable", as: owner).status == .seeOther)
            #expect(try await Self.get(norte, "/panel/account", as: beto).status == .unauthorized)
            #expect(
                try await Self.signIn("beto%40example.com", "tres+gatos+negros", at: norte).status
                    == .unprocessableContent)
            #expect(try await Self.post(norte, second, "email=&password=otra+frase+mas").status == .gone)
            #expect(try await Self.post(norte, "/panel/staff/\(id)/enable", as: owner).status == .seeOther)
            #expect(try await Self.signIn("beto%40example.com", "tres+gatos+negros", at: norte).status == .seeOther)
        }
    }

    @Test func `a session is closed from another device, and a new password closes all others`() async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let link = try await Self.invite("Beto", .cashier, at: norte, as: owner)
            let phone = try Self.cookie(try await Self.post(norte, link, "email=&password=tres+gatos+negros"))
            let desk = try Self.cookie(try await Self.signIn("beto%40example.com", "tres+gatos+negros", at: norte))
            let third = try Self.cookie(try await Self.signIn("beto%40example.com", "tres+gatos+negros", at: norte))
            let beto = try #require(try await norte.database.staffMember(email: "beto@example.com")).id
            let sessions = try await norte.database.openSessions(of: beto, at: norte.now)
            #expect(sessions.count == 3)
            let olga = try #require(try await norte.database.staff().first { $0.name == "Olga" }).id
            let olgas = try #require(try await norte.database.openSessions(of: olga, at: norte.now).first)
            #expect(try await Self.post(norte, "/panel/account/sessions/\(olgas.id)/end", as: desk).status == .notFound)
            let page = try await Self.get(norte, "/panel/account", as: desk)
            let other = try #require(sessions.first { page.text.contains("/sessions/\($0.id)/end") })
            #expect(try await Self.post(norte, "/panel/account/sessions/\(other.id)/end", as: desk).status == .seeOther)
            let open = try await [phone, desk, third].asyncCount {
                try await Self.get(norte, "/panel/account", as: $0).status == .ok
            }
            #expect(open == 2)

            let wrong = try await Self.post(
                norte, "/panel/account/password", "email=&present=mal&password=cinco+gatos+blancos", as: desk)
            #expect(wrong.status == .unprocessableContent)
            let changed = try await Self.post(
                norte, "/panel/account/password", "email=&present=tres+gatos+negros&password=cinco+gatos+blancos",
                as: desk)
            #expect(changed.status == .seeOther)
            #expect(try await Self.get(norte, "/panel/account", as: desk).status == .ok)
            #expect(try await norte.database.openSessions(of: beto, at: norte.now).count == 1)
            #expect(
                try await Self.signIn("beto%40example.com", "tres+gatos+negros", at: norte).status
                    == .unprocessableContent)
        }
    }

    @Test func `whoever came by a link chooses a first password, and needs it from then on`() async throws {
        try await withTenants { norte, _ in
            let cookie = try await norte.signIn([], as: "Dueno")
            let email = try #require(try await norte.database.staff().first).email
            let path = "/panel/account/password"
            #expect(
                try await Self.post(norte, path, "email=&password=corta", as: cookie).status == .unprocessableContent)
            #expect(
                try await Self.post(norte, path, "email=&password=siete+vacas+flacas", as: cookie).status == .seeOther)
            #expect(try await Self.signIn(email, "siete+vacas+flacas", at: norte).status == .seeOther)
            let again = try await Self.post(norte, path, "email=&password=ocho+vacas+gordas", as: cookie)
            #expect(again.status == .unprocessableContent)
        }
    }

    @Test func `a session in use lasts, and one left alone for half an hour is over`() async throws {
        try await withTenants { norte, _ in
            let used = try await norte.signIn([], as: "Ana")
            let idle = try await norte.signIn([], as: "Eva")
            for _ in 0..<4 {
                norte.site.clock.advance(by: .seconds(20 * 60))
                #expect(try await Self.get(norte, "/panel/account", as: used).status == .ok)
            }
            #expect(try await Self.get(norte, "/panel/account", as: idle).status == .unauthorized)
        }
    }

    @Test func `people and roles of a neighbour are not there`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let theirs = try await sur.staff(sur.everything, as: "Sergio")
            let role = try #require(try await sur.database.roles().first { $0.readyMade == nil })
            #expect(try await Self.get(norte, "/panel/staff/\(theirs)", as: owner).status == .notFound)
            #expect(try await Self.get(norte, "/panel/roles/\(role.id)", as: owner).status == .notFound)
            for path in [
                "staff/\(theirs)/roles", "staff/\(theirs)/password-link", "staff/\(theirs)/disable",
                "staff/\(theirs)/enable", "roles/\(role.id)/delete",
            ] {
                #expect(try await Self.post(norte, "/panel/\(path)", as: owner).status == .notFound, "\(path)")
            }
            #expect(try await Self.post(norte, "/panel/roles/\(role.id)", "name=Robado", as: owner).status == .notFound)
            let mine = try #require(try await norte.database.staff().first).id
            #expect(
                try await Self.post(norte, "/panel/staff/\(mine)/roles", "role=\(role.id)", as: owner).status
                    == .notFound)
            #expect(try await sur.database.staffMember(theirs)?.state == .active)
            #expect(try await sur.database.role(role.id) == role)
            #expect(!(try await Self.get(norte, "/panel/staff", as: owner).text.contains("Sergio")))
        }
    }

    @Test(arguments: [
        "https://malo.example", "//malo.example", "/panel//../..//malo", "/panel\\..", "javascript:alert(1)", "/otro",
    ])
    func `signing in leads to our own pages only`(next: String) async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let link = try await Self.invite("Beto", .cashier, at: norte, as: owner)
            _ = try await Self.post(norte, link, "email=&password=tres+gatos+negros")
            let answer = try await Self.post(
                norte, "/panel/sign-in", "email=beto%40example.com&password=tres+gatos+negros&next=\(next)")
            #expect(answer.headers["Location"]?.hasPrefix("/panel") == true)
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(StaffWords.problems + RoleWords.problems == [])
    }
}

extension Array {
    fileprivate func asyncCount(_ isCounted: (Element) async throws -> Bool) async rethrows -> Int {
        var count = 0
        for element in self where try await isCounted(element) { count += 1 }
        return count
    }
}
