import Access
import Crypto
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Panel
import Postgres
import Roles
import TenantSupport
import Testing

@testable import Staff

@Suite struct SecondFactorTests {
    private static let step = "/panel/sign-in/second-step"

    /// Beto the cashier, or whatever else he is, with a password, in a browser of his.
    private static func beto(at tenant: TestTenant, as role: ReadyMadeRole = .cashier) async throws -> Browser {
        let owner = try await tenant.signIn(tenant.everything, as: "Olga")
        let link = try await StaffTests.invite("Beto", role, at: tenant, as: owner)
        let browser = Browser(at: tenant)
        #expect(try await browser.post(link, "email=&password=tres+gatos+negros").status == .seeOther)
        return browser
    }

    /// The secret a page shows as text.
    private static func secret(in page: Answer) throws -> TOTP {
        let parts = page.text.split(separator: "<code class=\"secret\">", maxSplits: 1)
        let shown = try #require(parts.count == 2 ? parts.last : nil).prefix { $0 != "<" }
        return TOTP(secret: try #require(Base32.decode(shown.utf8.filter { $0 != UInt8(ascii: " ") })))
    }

    private static func recoveryCodes(in page: Answer) -> [String] {
        page.text.split(separator: "<li><code>").dropFirst().map { String($0.prefix { $0 != "<" }) }
    }

    private static func turnOn(_ browser: Browser) async throws -> (TOTP, [String]) {
        let begun = try await browser.post("/panel/account/second-factor", "factor-password=tres+gatos+negros")
        #expect(begun.status == .seeOther)
        let page = try await browser.get("/panel/account/second-factor")
        #expect(page.text.contains("<svg class=\"square\""))
        let totp = try secret(in: page)
        let confirmed = try await browser.post("/panel/account/second-factor/confirm", "code=\(code(totp, browser))")
        #expect(confirmed.status == .ok)
        return (totp, recoveryCodes(in: confirmed))
    }

    private static func code(_ totp: TOTP, _ browser: Browser) -> String {
        totp.code(of: TOTP.step(at: browser.tenant.now))
    }

    private static func kinds(of tenant: TestTenant) async throws -> [String] {
        try await tenant.database.eventKinds()
    }

    @Test func `a code counts once it was confirmed, and opens once`() async throws {
        try await withTenants { norte, sur in
            let beto = try await Self.beto(at: norte)
            let elsewhere = Browser(at: norte)
            #expect(try await elsewhere.signIn("beto%40example.com").status == .seeOther)
            let wrong = try await beto.post("/panel/account/second-factor", "factor-password=dos+gatos")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("La contraseña no es correcta"))
            #expect(
                try await beto.post("/panel/account/second-factor", "factor-password=tres+gatos+negros").status
                    == .seeOther)
            // Not asked for before it is confirmed.
            #expect(
                try await Browser(at: norte).signIn("beto%40example.com").headers["Location"]?.hasPrefix(
                    "/panel/account") == true)
            let before = beto.cookies["sid"]
            let (totp, codes) = try await Self.turnOn(beto)
            #expect(codes.count == 10 && Set(codes).count == 10)
            // The secret is shown no more, the session is another, and those made without a code are over.
            #expect(try await beto.get("/panel/account/second-factor").status == .seeOther)
            #expect(beto.cookies["sid"] != before)
            #expect(
                try await beto.get("/panel/account").text.contains(
                    "códigos de recuperación que le quedan: 10".dropFirst()))
            #expect(try await elsewhere.get("/panel/account").status == .unauthorized)
            let stored: [UInt8]? = try await norte.database.value(
                "SELECT secret FROM second_factors WHERE tenant_id = \(norte.database.tenant)")
            #expect(try !Hex.encode(#require(stored)).contains(Hex.encode(totp.secret)))

            let phone = Browser(at: norte)
            let owed = try await phone.signIn("beto%40example.com")
            #expect(owed.headers["Location"] == "\(Self.step)?next=%2Fpanel%2Faccount%3Fa%3D1%26b")
            #expect(phone.cookies["sid"] == nil)
            #expect(try await phone.get("/panel/account").status == .unauthorized)
            // The code that confirmed it was used.
            #expect(try await phone.post(Self.step, "code=\(Self.code(totp, phone))").status == .unprocessableContent)
            norte.site.clock.advance(by: .seconds(30))
            let next = Self.code(totp, phone)
            let thief = Browser(at: sur)
            thief.cookies = phone.cookies
            #expect(try await thief.post(Self.step, "code=\(next)").status == .gone)
            let entered = try await phone.post(Self.step, "code=\(next)&next=%2Fpanel%2Faccount%3Fa%3D1%26b")
            #expect(entered.status == .seeOther && entered.headers["Location"] == "/panel/account?a=1&b")
            #expect(phone.cookies["sid"] != nil && phone.cookies["pending"]?.isEmpty != false)

            let again = Browser(at: norte)
            _ = try await again.signIn("beto%40example.com")
            let used = try await again.post(Self.step, "code=\(next)")
            #expect(used.status == .unprocessableContent && used.text.contains("ya se usó"))
            let kinds = try await Self.kinds(of: norte)
            #expect(kinds.contains("staff.second_factor_on") && kinds.contains("session.started"))
        }
    }

    @Test func `two who show the same code at the same moment are let in once`() async throws {
        try await withTenants { norte, _ in
            let beto = try await Self.beto(at: norte)
            let (totp, _) = try await Self.turnOn(beto)
            norte.site.clock.advance(by: .seconds(60))
            let code = Self.code(totp, beto)
            var cookies: [[String: String]] = []
            for _ in 0..<4 {
                let browser = Browser(at: norte)
                _ = try await browser.signIn("beto%40example.com")
                cookies.append(browser.cookies)
            }
            let statuses = try await withThrowingTaskGroup(of: Status.self) { group in
                for jar in cookies {
                    group.addTask {
                        let browser = Browser(at: norte)
                        browser.cookies = jar
                        return try await browser.post(Self.step, "code=\(code)").status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == .seeOther } == 1 && statuses.count { $0 == .unprocessableContent } == 3)
        }
    }

    /// Whose pages ask the database for more.
    @Test func `an owner is shown the codes too, although the session they were asked in is over`() async throws {
        try await withTenants { norte, _ in
            let (_, codes) = try await Self.turnOn(try await Self.beto(at: norte, as: .owner))
            #expect(codes.count == 10)
        }
    }

    @Test func `a recovery code opens once, and new ones end the old`() async throws {
        try await withTenants { norte, _ in
            let beto = try await Self.beto(at: norte)
            let (totp, codes) = try await Self.turnOn(beto)
            #expect(codes.allSatisfy { $0.filter { $0 != "-" }.count == 24 }, "120 bits")
            for (typed, expected) in [
                (codes[0].uppercased(), Status.seeOther), (codes[0], .unprocessableContent),
                (codes[1].replacing("-", with: "+"), .seeOther),
                ("aaaa-aaaa-aaaa-aaaa-aaaa-aaaa", .unprocessableContent),
            ] {
                let browser = Browser(at: norte)
                _ = try await browser.signIn("beto%40example.com")
                #expect(try await browser.post(Self.step, "code=\(typed)").status == expected, "\(typed)")
            }
            norte.site.clock.advance(by: .seconds(60))
            let wrong = try await beto.post(
                "/panel/account/recovery-codes", "factor-password=tres+gatos+negros&code=000000")
            #expect(wrong.status == .unprocessableContent)
            let made = try await beto.post(
                "/panel/account/recovery-codes", "factor-password=tres+gatos+negros&code=\(Self.code(totp, beto))")
            #expect(Self.recoveryCodes(in: made).count == 10)
            let browser = Browser(at: norte)
            _ = try await browser.signIn("beto%40example.com")
            #expect(try await browser.post(Self.step, "code=\(codes[5])").status == .unprocessableContent)
            #expect(try await browser.post(Self.step, "code=\(Self.recoveryCodes(in: made)[5])").status == .seeOther)
            #expect(try await Self.kinds(of: norte).contains("staff.recovery_code_used"))
        }
    }

    @Test func `five guesses are all there are, and they lock out no browser that was there before`() async throws {
        try await withTenants { norte, _ in
            let beto = try await Self.beto(at: norte)
            let (totp, _) = try await Self.turnOn(beto)
            norte.site.clock.advance(by: .seconds(60))
            let stranger = Browser(at: norte)
            _ = try await stranger.signIn("beto%40example.com")
            for _ in 0..<5 {
                #expect(try await stranger.post(Self.step, "code=000000").status == .unprocessableContent)
            }
            let locked = try await stranger.post(Self.step, "code=\(Self.code(totp, stranger))")
            #expect(locked.status == .tooManyRequests)
            let known = Browser(at: norte)
            known.cookies["device"] = beto.cookies["device"]
            _ = try await known.signIn("beto%40example.com")
            #expect(try await known.post(Self.step, "code=\(Self.code(totp, known))").status == .seeOther)
        }
    }

    @Test func `a browser that is trusted is asked for no code for a month, until the factor is another`() async throws
    {
        try await withTenants { norte, _ in
            let beto = try await Self.beto(at: norte)
            let (totp, _) = try await Self.turnOn(beto)
            let home = Browser(at: norte)
            func asked() async throws -> Bool {
                let answer = try await home.signIn("beto%40example.com")
                return answer.headers["Location"]?.hasPrefix(Self.step) == true
            }
            norte.site.clock.advance(by: .seconds(60))
            #expect(try await asked())
            #expect(try await home.post(Self.step, "code=\(Self.code(totp, home))&trust=yes").status == .seeOther)
            #expect(try await !asked())
            norte.site.clock.advance(by: .seconds(29 * 86_400))
            #expect(try await !asked())
            norte.site.clock.advance(by: .seconds(2 * 86_400))
            #expect(try await asked())
            #expect(try await home.post(Self.step, "code=\(Self.code(totp, home))&trust=yes").status == .seeOther)
            #expect(try await !asked())
            norte.site.clock.advance(by: .seconds(60))
            let off = try await home.post(
                "/panel/account/second-factor/off", "factor-password=tres+gatos+negros&code=\(Self.code(totp, home))")
            #expect(off.status == .seeOther)
            #expect(try await !asked())
            _ = try await Self.turnOn(home)
            #expect(try await asked())
        }
    }

    @Test func `whoever must have a second factor sets it up before anything else`() async throws {
        try await withTenants { norte, sur in
            let beto = try await Self.beto(at: norte)
            let owner = Browser(at: norte)
            owner.keep(try await norte.signIn(norte.everything, as: "Olga"))
            let cashier = try #require(try await norte.database.roles().first { $0.readyMade == .cashier }).id
            let foreign = try #require(try await sur.database.roles().first).id
            #expect(try await owner.post("/panel/security", "role=\(foreign)").status == .notFound)
            #expect(try await owner.post("/panel/security", "role=\(cashier)").status == .seeOther)
            #expect(try await Self.kinds(of: norte).contains("security.second_factor_rule"))
            #expect(try await beto.post("/panel/security", "").status == .forbidden)
            // Who is in stays in; the next sign-in asks.
            #expect(try await beto.get("/panel/account").status == .ok)
            let phone = Browser(at: norte)
            #expect(try await phone.signIn("beto%40example.com").headers["Location"]?.hasPrefix(Self.step) == true)
            #expect(try await phone.get("/panel/account").status == .unauthorized)
            let page = try await phone.get(Self.step)
            #expect(page.text.contains("Su empresa la exige"))
            let totp = try Self.secret(in: page)
            #expect(try await phone.post(Self.step, "code=000000").status == .unprocessableContent)
            let enrolled = try await phone.post(Self.step, "code=\(Self.code(totp, phone))&next=%2Fpanel%2Faccount")
            #expect(enrolled.status == .ok && Self.recoveryCodes(in: enrolled).count == 10)
            #expect(enrolled.text.contains("href=\"/panel/account\""))
            #expect(try await phone.get("/panel/account").status == .ok)
            norte.site.clock.advance(by: .seconds(60))
            let off = try await phone.post(
                "/panel/account/second-factor/off", "factor-password=tres+gatos+negros&code=\(Self.code(totp, phone))")
            #expect(off.status == .conflict && off.text.contains("Su empresa exige"))
            // At the other company nobody is asked.
            let other = try await Self.beto(at: sur)
            #expect(
                try await other.signIn("beto%40example.com").headers["Location"]?.hasPrefix("/panel/account") == true)
        }
    }

    @Test func `a link to a new password leads no further than to the code`() async throws {
        try await withTenants { norte, _ in
            let beto = try await Self.beto(at: norte)
            let (totp, _) = try await Self.turnOn(beto)
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let id = try #require(try await norte.database.staffMember(email: "beto@example.com")).id
            let link = try StaffTests.link(
                in: try await StaffTests.post(norte, "/panel/staff/\(id)/password-link", as: owner))
            let thief = Browser(at: norte)
            let chosen = try await thief.post(link, "email=&password=cuatro+perros+blancos")
            #expect(chosen.headers["Location"]?.hasPrefix(Self.step) == true && thief.cookies["sid"] == nil)
            norte.site.clock.advance(by: .seconds(60))
            #expect(try await thief.post(Self.step, "code=\(Self.code(totp, thief))").status == .seeOther)
        }
    }

    @Test func `a colleague removes it for who lost everything, and nobody for who may do more`() async throws {
        try await withTenants { norte, _ in
            let beto = try await Self.beto(at: norte)
            _ = try await Self.turnOn(beto)
            let id = try #require(try await norte.database.staffMember(email: "beto@example.com")).id
            let clerk = try await norte.signIn([.staffRead, .staffManage], as: "Carla")
            #expect(
                try await StaffTests.post(norte, "/panel/staff/\(id)/second-factor/reset", as: clerk).status
                    == .forbidden)
            let reader = try await norte.signIn([.staffRead], as: "Rita")
            #expect(
                try await StaffTests.post(norte, "/panel/staff/\(id)/second-factor/reset", as: reader).status
                    == .forbidden)
            #expect(try await beto.get("/panel/account").text.contains("Está activada"))
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            #expect(
                try await StaffTests.get(norte, "/panel/staff/\(id)", as: owner).text.contains("Quitar la verificación")
            )
            #expect(
                try await StaffTests.post(norte, "/panel/staff/\(id)/second-factor/reset", as: owner).status
                    == .seeOther)
            #expect(try await beto.get("/panel/account").status == .unauthorized)
            #expect(
                try await beto.signIn("beto%40example.com").headers["Location"]?.hasPrefix("/panel/account") == true)
            #expect(try await Self.kinds(of: norte).contains("staff.second_factor_reset"))
        }
    }
}
