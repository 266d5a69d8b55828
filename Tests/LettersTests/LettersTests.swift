import Access
import Crypto
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Mail
import Panel
import Postgres
import Roles
import Staff
import Tenancy
import TenantSupport
import Testing
import Time

@testable import LetterBook
@testable import Letters

@Suite struct LettersTests {
    static func gate(of tenant: TestTenant, mailing: Mailing? = Mailing()) -> RequestGate {
        var routes = Panel.Routes()
        var signIn = tenant.site.signIn
        signIn.mailing = mailing
        SignInRoutes(signIn, tenant.site.visits).add(to: &routes)
        StaffRoutes(randomness: tenant.site.randomness, mailing: mailing).add(to: &routes)
        LetterRoutes.add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    static func post(
        _ tenant: TestTenant, _ path: String, _ form: String = "", as cookie: String = "", host: String? = nil,
        gate: RequestGate? = nil
    ) async throws -> Answer {
        try await tenant.ask(
            gate ?? Self.gate(of: tenant), path, method: "POST", host: host,
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0",
            ], body: Array(form.utf8))
    }

    static func state(at tenant: TestTenant) async throws -> [String] {
        try await tenant.database.letters(before: nil, limit: 50).map {
            "\($0.kind) \($0.recipient) \($0.state) \($0.reason ?? "")"
        }
    }

    static func eventually(_ isSo: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while try await !isSo() {
            guard ContinuousClock.now < end else { throw TestPost.NeverCame() }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    static func link(in message: MailMessage) throws -> String {
        let line = try #require(message.text.split(separator: "\n").first { $0.contains("/panel/enter/") })
        return String(line)
    }

    @Test func `whoever is invited gets a letter of the ISP's, and its link lets them in`() async throws {
        try await withTenants { norte, sur in
            try await TestPost.with(norte.site, StaffLetters.add) { post in
                let owner = try await norte.signIn(norte.everything, as: "Olga")
                let role = try #require(try await norte.database.roles().first { $0.readyMade == .cashier }?.id)
                let answer = try await Self.post(
                    norte, "/panel/staff", "name=Beto+%3Cb%3E&email=beto%40example.com&role=\(role)", as: owner,
                    host: "norte.test:8080")
                #expect(answer.status == .seeOther && answer.headers["Location"] == "/panel/staff?notice=mailed")
                #expect(!answer.text.contains("/panel/enter/"))
                let message = try await post.mail(1)
                #expect(message.recipient.address == "beto@example.com")
                #expect(message.sender.address == "avisos@norte.example" && message.sender.name == "Norte Inalámbrico")
                #expect(message.subject == "Su acceso al panel de Norte Inalámbrico")
                #expect(message.html.contains("Hola, Beto &lt;b&gt;:") && message.html.contains("#0b6e4f"))
                #expect(!String(decoding: message.bytes, as: UTF8.self).lowercased().contains("mastil"))
                #expect(!(message.html + message.text).lowercased().contains("mastil"))
                let link = try Self.link(in: message)
                // The port that the browser names is the visitor's word, and counts for nothing.
                #expect(link.hasPrefix("http://norte.test/panel/enter/msl_"))
                let path = String(link.dropFirst("http://norte.test".count))
                let entered = try await Self.post(norte, path, "email=&password=tres+gatos+negros")
                #expect(entered.status == .seeOther)
                try await Self.eventually {
                    try await Self.state(at: norte) == ["invitation beto@example.com sent "]
                }
                #expect(try await Self.state(at: sur) == [])
            }
        }
    }

    @Test func `the ISP's logo travels with its letters`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, StaffLetters.add) { post in
                let version = String(repeating: "0a", count: 16)
                var brand = norte.tenant.brand
                brand.logo = version
                _ = try await norte.tenant.put(brand, by: .commandLine, at: norte.now, in: norte.database)
                try await norte.database.execute(
                    """
                    INSERT INTO brand_pictures (tenant_id, version, name, width, height, png)
                    VALUES (\(norte.database.tenant), \(version), 'logo', 16, 16, \([UInt8]([1, 2, 3])))
                    """)
                let ana = try await norte.staff([.customersRead], as: "Ana")
                let email = try #require(try await norte.database.staffMember(ana)).email
                _ = try await Self.post(norte, "/panel/forgot", "email=\(email)")
                let message = try await post.mail(1)
                #expect(message.picture?.png == [1, 2, 3])
                #expect(message.html.contains("<img src=\"cid:logo@picture\""))
            }
        }
    }

    @Test func `asking for a forgotten password tells nobody whether the account exists`() async throws {
        try await withTenants { norte, sur in
            try await TestPost.with(norte.site, StaffLetters.add) { post in
                let ana = try await norte.staff([.customersRead], as: "Ana")
                let email = try #require(try await norte.database.staffMember(ana)).email
                let known = try await Self.post(norte, "/panel/forgot", "email=\(email)")
                let unknown = try await Self.post(norte, "/panel/forgot", "email=nadie%40example.com")
                let neighbour = try await Self.post(sur, "/panel/forgot", "email=\(email)")
                let nobody = try await Self.post(sur, "/panel/forgot", "email=nadie%40example.com")
                #expect(known.status == .ok && known.said == unknown.said)
                #expect(neighbour.said == nobody.said)
                let message = try await post.mail(1)
                #expect(message.recipient.address == email)
                #expect(try Self.link(in: message).hasPrefix("http://norte.test/panel/enter/msl_"))
                // What nobody has leaves nothing behind.
                try await Self.eventually {
                    let left = (try await Self.state(at: norte), try await Self.state(at: sur))
                    return left == (["password_link \(email) sent "], [])
                }
                // Nobody's mailbox is filled: three in a quarter of an hour.
                for _ in 0..<6 {
                    #expect(try await Self.post(norte, "/panel/forgot", "email=\(email)").said == unknown.said)
                }
                try await Self.eventually { try await Self.state(at: norte).count == 3 }
                _ = try await post.mail(3)
                #expect(post.count == 3)
                // The newest of the links is the only one.
                let first = try Self.link(in: message).dropFirst("http://norte.test".count)
                #expect(try await Self.post(norte, String(first), "email=&password=tres+gatos+negros").status == .gone)
            }
        }
    }

    @Test func `what is no address, and a house without mail, say so`() async throws {
        try await withTenants { norte, _ in
            #expect(try await Self.post(norte, "/panel/forgot", "email=ana").status == .unprocessableContent)
            let silent = Self.gate(of: norte, mailing: nil)
            #expect(try await Self.post(norte, "/panel/forgot", "email=a%40b.c", gate: silent).status == .notFound)
            let page = try await norte.ask(silent, "/panel/forgot")
            #expect(page.status == .ok && !page.text.contains("<form"))
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let invited = try await Self.post(
                norte, "/panel/staff", "name=Beto&email=beto%40example.com", as: owner, gate: silent)
            #expect(invited.text.contains("/panel/enter/msl_"))
            #expect(try await Self.state(at: norte) == [])
        }
    }

    @Test func `a sign-in from a new device is told, from a known one it is not`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, StaffLetters.add) { post in
                let ana = try await norte.staff([.customersRead], as: "Ana")
                let email = try #require(try await norte.database.staffMember(ana)).email
                let link = try await SignInLink.make(
                    .password, for: ana, at: norte.now, from: norte.site.randomness, in: norte.database)
                _ = try await Self.post(
                    norte, "/panel/enter/\(link.secret.text)", "email=&password=tres+gatos+negros")
                let form = "email=\(email)&password=tres+gatos+negros&next=%2Fpanel"
                let first = try await Self.post(norte, "/panel/sign-in", form)
                #expect(first.status == .seeOther)
                let message = try await post.mail(1)
                #expect(message.subject == "Inicio de sesión desde un equipo nuevo")
                #expect(message.text.contains("Firefox · Linux"))
                let device = first.headers.all.filter { $0.value.hasPrefix("device=") }
                    .compactMap { $0.value.split(separator: ";").first.map(String.init) }
                let again = try await Self.post(norte, "/panel/sign-in", form, as: try #require(device.first))
                #expect(again.status == .seeOther)
                #expect(try await Self.state(at: norte).count == 1)
            }
        }
    }

    @Test func `not now is tried again, no is told, and what failed is sent again by hand`() async throws {
        try await withTenants { norte, sur in
            try await TestPost.with(norte.site, StaffLetters.add) { post in
                let manager = try await norte.signIn([.lettersManage], as: "Olga")
                let ana = try await norte.staff([], as: "Ana")
                let email = try #require(try await norte.database.staffMember(ana)).email
                post.answer(with: .postponed("451 later"), .refused("550 no such mailbox"))
                _ = try await Self.post(norte, "/panel/forgot", "email=\(email)")
                try await Self.eventually {
                    try await Self.state(at: norte).first?.hasSuffix("waiting The mail server says: not now: 451 later")
                        == true
                }
                try await Self.eventually {
                    norte.site.clock.advance(by: .seconds(1))
                    return try await Self.state(at: norte).first?.hasSuffix("refuses: 550 no such mailbox") == true
                }
                let page = try await norte.ask(
                    Self.gate(of: norte), "/panel/letters", headers: ["Cookie": manager])
                #expect(page.text.contains("550 no such mailbox") && page.text.contains(email))
                let id = try #require(try await norte.database.letters(before: nil, limit: 1).first).id
                let thief = try await sur.signIn([.lettersManage], as: "Sergio")
                #expect(try await Self.post(sur, "/panel/letters/\(id)/resend", as: thief).status == .notFound)
                #expect(try await Self.post(norte, "/panel/letters/\(id)/resend", as: manager).status == .seeOther)
                _ = try await post.mail(1)
                try await Self.eventually { try await Self.state(at: norte).first?.contains("sent") == true }
                #expect(try await Self.post(norte, "/panel/letters/\(id)/resend", as: manager).status == .notFound)
            }
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(LetterWords.problems + StaffLetterWords.problems == [])
    }
}

extension Answer {
    /// Without the marks of the files it names: another test of this process may have read those meanwhile.
    fileprivate var said: String { text.replacing(/\?v=[0-9a-f]{12}/, with: "") }
}
