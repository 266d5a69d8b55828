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
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Staff

@Suite struct ExternalSignInTests {
    private static let back = "/panel/sign-in/google/return"
    private static let client = "client=\(LabProvider.client)&client-secret=\(LabProvider.secret)"

    private static func gate(of tenant: TestTenant, _ external: ExternalSignIn?) -> RequestGate {
        var routes = Panel.Routes()
        SignInRoutes(tenant.site.signIn, tenant.site.visits, hasExternal: external != nil).add(to: &routes)
        SecondStepRoutes(tenant.site.signIn).add(to: &routes)
        ExternalRoutes(external).add(to: &routes)
        SecondFactorRoutes(tenant.site.signIn, external).add(to: &routes)
        ExternalAccountRoutes(external).add(to: &routes)
        SecurityRoutes(external).add(to: &routes)
        AccountRoutes(tenant.site.signIn, external).add(to: &routes)
        StaffRoutes(randomness: tenant.site.randomness).add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    /// A company that lets its people in with Google, and Beto who has a password there.
    private static func open(
        _ tenant: TestTenant, _ external: ExternalSignIn, domain: String = ""
    ) async throws -> (owner: Browser, beto: Browser) {
        let owner = Browser(at: tenant, gate: gate(of: tenant, external))
        owner.keep(try await tenant.signIn(tenant.everything, as: "Olga"))
        #expect(
            try await owner.post("/panel/security/google", "google=yes&\(client)&domain=\(domain)").status == .seeOther)
        let beto = Browser(at: tenant, gate: gate(of: tenant, external))
        let link = try await StaffTests.invite("Beto", .cashier, at: tenant, as: "sid=\(owner.cookies["sid"] ?? "")")
        #expect(try await beto.post(link, "email=&password=tres+gatos+negros").status == .seeOther)
        return (owner, beto)
    }

    private static func browser(_ tenant: TestTenant, _ external: ExternalSignIn) -> Browser {
        Browser(at: tenant, gate: gate(of: tenant, external))
    }

    /// The address of the other site in the page that leads there.
    private static func link(in page: Answer) throws -> String {
        let parts = page.text.split(separator: "<a class=\"button primary\" href=\"", maxSplits: 1)
        let shown = try #require(parts.count == 2 ? parts.last : nil).prefix { $0 != "\"" }
        return String(shown).replacing("&amp;", with: "&")
    }

    private static func linkAccount(_ browser: Browser, _ lab: LabProvider) async throws -> Answer {
        let page = try await browser.post("/panel/account/google", "google-password=tres+gatos+negros")
        return try await browser.get(try #require(lab.agree(to: link(in: page))))
    }

    /// To the other site and back.
    private static func comeBack(_ browser: Browser, _ lab: LabProvider, next: String = "") async throws -> Answer {
        let sent = try await browser.get("/panel/sign-in/google?next=\(next)")
        #expect(sent.status == .seeOther)
        return try await browser.get(try #require(lab.agree(to: sent.headers["Location"] ?? "")))
    }

    @Test func `an account is linked by who is signed in, and opens from then on`() async throws {
        try await withTenants { norte, sur in
            try await LabProvider.run(for: norte) { lab, external in
                let (_, beto) = try await Self.open(norte, external)
                let stranger = Self.browser(norte, external)
                #expect(try await stranger.get("/panel/sign-in").text.contains("Continuar con Google"))
                // The address alone opens nothing, verified or not.
                let refused = try await Self.comeBack(stranger, lab)
                #expect(refused.status == .forbidden && stranger.cookies["sid"] == nil)
                #expect(
                    try await beto.post("/panel/account/google", "google-password=otra").status == .unprocessableContent
                )
                let linked = try await Self.linkAccount(beto, lab)
                #expect(linked.headers["Location"]?.hasPrefix("/panel/account") == true)
                #expect(try await beto.get("/panel/account").text.contains("Vinculada con beto@example.com"))
                let entered = try await Self.comeBack(stranger, lab, next: "%2Fpanel%2Faccount")
                #expect(entered.status == .seeOther && entered.headers["Location"] == "/panel/account")
                #expect(try await stranger.get("/panel/account").text.contains("beto@example.com"))
                lab.person.isVerified = false
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .forbidden)
                lab.person.isVerified = true
                // The site's own name counts, not the address.
                lab.person.email = "otro@example.com"
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .seeOther)
                lab.person.subject = "g-101"
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .forbidden)
                // Nor at the neighbour's, which has not even allowed it.
                lab.person = LabProvider.Person()
                #expect(try await Self.browser(sur, external).get("/panel/sign-in/google").status == .notFound)
                let kinds = try await norte.database.eventKinds()
                #expect(kinds.contains("staff.identity_linked") && kinds.contains("security.external_sign_in"))

                #expect(
                    try await beto.post("/panel/account/google/unlink", "google-password=otra").status
                        == .unprocessableContent)
                #expect(
                    try await beto.post("/panel/account/google/unlink", "google-password=tres+gatos+negros").status
                        == .seeOther)
                lab.person.subject = "g-100"
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .forbidden)
            }
        }
    }

    @Test(arguments: LabProvider.Token.allCases.filter { $0 != .good })
    func `a token that is not as it must be opens nothing`(token: LabProvider.Token) async throws {
        try await withTenants { norte, _ in
            try await LabProvider.run(for: norte) { lab, external in
                let (_, beto) = try await Self.open(norte, external)
                #expect(try await Self.linkAccount(beto, lab).status == .seeOther)
                lab.token = token
                let browser = Self.browser(norte, external)
                let answer = try await Self.comeBack(browser, lab)
                #expect(answer.status == .badRequest && answer.text.contains("no es válida"))
                #expect(browser.cookies["sid"] == nil)
                lab.token = .good
                #expect(try await Self.comeBack(browser, lab).status == .seeOther)
                #expect(lab.keyReads == 1, "Names that anybody can write do not make us ask each time")
            }
        }
    }

    @Test func `nobody comes back twice, nor with what another browser asked`() async throws {
        try await withTenants { norte, _ in
            try await LabProvider.run(for: norte) { lab, external in
                let (_, beto) = try await Self.open(norte, external)
                _ = try await Self.linkAccount(beto, lab)
                let browser = Self.browser(norte, external)
                let sent = try await browser.get("/panel/sign-in/google")
                let jar = browser.cookies
                let back = try #require(lab.agree(to: sent.headers["Location"] ?? ""))
                // Somebody else's browser is handed the address: it must not be signed in as another.
                let victim = Self.browser(norte, external)
                #expect(try await victim.get(back).status == .badRequest)
                _ = try await victim.get("/panel/sign-in/google")
                #expect(try await victim.get(back).status == .badRequest && victim.cookies["sid"] == nil)
                #expect(try await browser.get("\(Self.back)?error=access_denied").status == .badRequest)
                #expect(try await browser.get(back).status == .seeOther)
                let replayed = Self.browser(norte, external)
                replayed.cookies = jar
                #expect(try await replayed.get(back).status == .badRequest)
                let late = Self.browser(norte, external)
                let question = try await late.get("/panel/sign-in/google")
                norte.site.clock.advance(by: .seconds(601))
                #expect(
                    try await late.get(try #require(lab.agree(to: question.headers["Location"] ?? ""))).status
                        == .badRequest)
            }
        }
    }

    @Test func `an invitation is taken up with the address it was sent to, and no other`() async throws {
        try await withTenants { norte, _ in
            try await LabProvider.run(for: norte) { lab, external in
                let (owner, _) = try await Self.open(norte, external)
                let cookie = "sid=\(owner.cookies["sid"] ?? "")"
                let link = try await StaffTests.invite("Caro", .cashier, at: norte, as: cookie)
                let caro = Self.browser(norte, external)
                #expect(try await caro.get(link).text.contains("href=\"\(link)/google\""))
                func takeUp() async throws -> Answer {
                    let sent = try await caro.get("\(link)/google")
                    return try await caro.get(try #require(lab.agree(to: sent.headers["Location"] ?? "")))
                }
                lab.person = LabProvider.Person(subject: "g-7", email: "otra@example.com")
                #expect(try await takeUp().status == .forbidden)
                lab.person = LabProvider.Person(subject: "g-7", email: "caro@example.com", isVerified: false)
                #expect(try await takeUp().status == .forbidden)
                #expect(try await norte.database.staffMember(email: "caro@example.com")?.state == .invited)
                lab.person.isVerified = true
                #expect(try await takeUp().status == .seeOther)
                #expect(try await caro.get("/panel/account").text.contains("caro@example.com"))
                #expect(try await caro.get("\(link)/google").status == .gone)
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .seeOther)
            }
        }
    }

    @Test func `the second step is owed after Google too, and only a company's own domain is let in`() async throws {
        try await withTenants { norte, _ in
            try await LabProvider.run(for: norte) { lab, external in
                lab.person.domain = "norte.example"
                let (owner, beto) = try await Self.open(norte, external, domain: "Norte.Example")
                _ = try await Self.linkAccount(beto, lab)
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .seeOther)
                lab.person.domain = nil
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .forbidden)
                lab.person.domain = "norte.example"
                #expect(try await owner.post("/panel/security", "everybody=yes").status == .seeOther)
                let browser = Self.browser(norte, external)
                let owed = try await Self.comeBack(browser, lab)
                #expect(owed.headers["Location"]?.hasPrefix("/panel/sign-in/second-step") == true)
                #expect(browser.cookies["sid"] == nil)
                // Without a new secret the one there is stays.
                let rule = "client=\(LabProvider.client)&client-secret="
                #expect(
                    try await owner.post("/panel/security/google", "google=yes&\(rule)&domain=").status == .seeOther)
                lab.person.domain = nil
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .seeOther)
                #expect(try await owner.post("/panel/security/google", "\(rule)&domain=").status == .seeOther)
                #expect(try await browser.get("/panel/sign-in/google").status == .notFound)
            }
        }
    }

    @Test func `a key that is new is looked for, not more than once a minute`() async throws {
        try await withTenants { norte, _ in
            try await LabProvider.run(for: norte) { lab, external in
                let (_, beto) = try await Self.open(norte, external)
                _ = try await Self.linkAccount(beto, lab)
                norte.site.clock.advance(by: .seconds(61))
                lab.rotateKey()
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .seeOther)
                #expect(lab.keyReads == 2)
                lab.token = .unknownKey
                for _ in 0..<3 {
                    #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .badRequest)
                }
                #expect(lab.keyReads == 2)
            }
        }
    }

    @Test func `a company's own client is asked for, its secret sealed and shown to nobody`() async throws {
        try await withTenants { norte, sur in
            try await LabProvider.run(for: norte) { lab, external in
                let owner = Self.browser(norte, external)
                owner.keep(try await norte.signIn(norte.everything, as: "Olga"))
                let page = "/panel/security/google"
                for form in [
                    "google=yes&client=&client-secret=&domain=", "google=yes&client=a&client-secret=&domain=",
                    "google=yes&\(Self.client)&domain=x", "client=a&client-secret=&domain=",
                ] {
                    #expect(try await owner.post(page, form).status == .unprocessableContent, "\(form)")
                }
                #expect(try await owner.get("/panel/sign-in/google").status == .notFound)
                #expect(
                    try await owner.post(page, "google=yes&client=\(LabProvider.client)&client-secret=old").status
                        == .seeOther)
                let stranger = Self.browser(norte, external)
                let refused = try await Self.comeBack(stranger, lab)
                #expect(refused.status == .badGateway && refused.text.contains("Google no responde"))

                #expect(try await owner.post(page, "google=yes&\(Self.client)").status == .seeOther)
                #expect(try await Self.comeBack(stranger, lab).status == .forbidden)
                let shown = try await owner.get("/panel/security").text
                #expect(shown.contains(LabProvider.client) && shown.contains(Self.back))
                let superuser = try norte.site.test.superuser()
                try await norte.database.sealEvents()
                let stored = try superuser.column(
                    "SELECT r::text || encode(secret, 'escape') FROM external_sign_in_rules r")
                let told = try superuser.column("SELECT e::text FROM events e WHERE e::text LIKE '%client_secret%'")
                #expect(stored.count == 1 && !told.isEmpty)
                for text in [shown] + stored + told { #expect(!text.contains(LabProvider.secret)) }
                #expect(try await sur.database.externalSignInRule().client == nil)

                #expect(try await owner.post(page, "client=&client-secret=&domain=").status == .seeOther)
                #expect(try superuser.column("SELECT 1 FROM external_sign_in_rules WHERE secret IS NOT NULL") == [])
            }
        }
    }

    @Test(arguments: [LabProvider.Health.hasOtherName, .handsOutNothing])
    func `a site that is not as it must be signs nobody in`(health: LabProvider.Health) async throws {
        try await withTenants { norte, _ in
            try await LabProvider.run(for: norte) { lab, external in
                let (owner, _) = try await Self.open(norte, external)
                lab.health = health
                let browser = Self.browser(norte, external)
                var answer = try await browser.get("/panel/sign-in/google")
                if health == .handsOutNothing {
                    answer = try await browser.get(try #require(lab.agree(to: answer.headers["Location"] ?? "")))
                }
                #expect(answer.status == .badGateway && answer.text.contains("Google no responde"))
                #expect(browser.cookies["sid"] == nil)
                #expect(try await owner.get("/panel/account").status == .ok)
            }
        }
    }

    @Test func `who was thrown out meanwhile links nothing`() async throws {
        try await withTenants { norte, _ in
            try await LabProvider.run(for: norte) { lab, external in
                let (owner, beto) = try await Self.open(norte, external)
                // Somebody who knows Beto's password began; Beto changes it.
                let thief = Self.browser(norte, external)
                #expect(try await thief.signIn("beto@example.com").status == .seeOther)
                let page = try await thief.post("/panel/account/google", "google-password=tres+gatos+negros")
                #expect(
                    try await beto.post(
                        "/panel/account/password", "present=tres+gatos+negros&password=cinco+perros+rojos"
                    )
                    .status == .seeOther)
                let back = try #require(lab.agree(to: Self.link(in: page)))
                #expect(try await thief.get(back).status == .unauthorized)
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .forbidden)

                // One account there opens one here.
                let again = try await beto.post("/panel/account/google", "google-password=cinco+perros+rojos")
                #expect(try await beto.get(try #require(lab.agree(to: Self.link(in: again)))).status == .seeOther)
                let link = try await StaffTests.invite(
                    "Caro", .cashier, at: norte, as: "sid=\(owner.cookies["sid"] ?? "")")
                let caro = Self.browser(norte, external)
                #expect(try await caro.post(link, "email=&password=tres+gatos+negros").status == .seeOther)
                #expect(try await Self.linkAccount(caro, lab).status == .conflict)
                lab.person.subject = "g-200"
                #expect(try await Self.linkAccount(caro, lab).status == .seeOther)
                // A password that was forgotten is a new beginning: nothing that was linked before opens it.
                let caroID = try #require(try await norte.database.staffMember(email: "caro@example.com")).id
                let forgotten = try await SignInLink.make(
                    .password, for: caroID, at: norte.now, from: norte.site.randomness, in: norte.database)
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .seeOther)
                #expect(
                    try await caro.post("/panel/enter/\(forgotten.secret.text)", "email=&password=cuatro+loros+verdes")
                        .status == .seeOther)
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .forbidden)
                let relinked = try await caro.post("/panel/account/google", "google-password=cuatro+loros+verdes")
                #expect(try await caro.get(try #require(lab.agree(to: Self.link(in: relinked)))).status == .seeOther)
                lab.person.subject = "g-201"
                let other = try await caro.post("/panel/account/google", "google-password=cuatro+loros+verdes")
                #expect(try await caro.get(try #require(lab.agree(to: Self.link(in: other)))).status == .conflict)
                // Whoever is disabled does not come in this way either.
                #expect(try await owner.post("/panel/staff/\(caroID)/disable").status == .seeOther)
                lab.person.subject = "g-200"
                #expect(try await Self.comeBack(Self.browser(norte, external), lab).status == .forbidden)
            }
        }
    }

    @Test func `nobody is sent there as often as they like`() async throws {
        try await withTenants { norte, _ in
            try await LabProvider.run(for: norte) { _, external in
                _ = try await Self.open(norte, external)
                var statuses: [Status] = []
                for _ in 0..<61 {
                    statuses.append(try await Self.browser(norte, external).get("/panel/sign-in/google").status)
                }
                #expect(statuses.first == .seeOther && statuses.last == .tooManyRequests)
            }
        }
    }

    @Test func `an installation without Google has nothing there`() async throws {
        try await withTenants { norte, _ in
            let browser = Browser(at: norte, gate: Self.gate(of: norte, nil))
            #expect(try await browser.get("/panel/sign-in/google").status == .notFound)
            #expect(try await browser.get(Self.back).status == .notFound)
            #expect(try await !browser.get("/panel/sign-in").text.contains("Google"))
            browser.keep(try await norte.signIn(norte.everything, as: "Olga"))
            #expect(try await !browser.get("/panel/account").text.contains("Google"))
            #expect(try await !browser.get("/panel/security").text.contains("Google"))
            #expect(try await browser.post("/panel/security/google", "google=yes").status == .notFound)
            #expect(try await browser.post("/panel/account/google", "google-password=x").status == .notFound)
            #expect(try await browser.post("/panel/account/google/unlink", "google-password=x").status == .notFound)
        }
    }
}
