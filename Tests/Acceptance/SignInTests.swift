import Loop
import TestSupport
import Testing

@Suite(.servingMastil) struct SignInTests {
    let mastil = RunningMastil.current

    private func browser(of slug: String) -> Visitor {
        mastil.visitor(of: slug).with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin")
    }

    @Test(arguments: Installation.tenants)
    func `a link signs in once, however often it is looked at`(slug: String) async throws {
        let link = try await mastil.installation.makeSignInLink(slug)
        for _ in 0..<3 {
            let page = try await browser(of: slug).get(link)
            #expect(page.status == 200 && page.isPage && page.cookie == nil)
            #expect(page.text.contains("action=\"\(link)\""))
        }
        let answer = try await browser(of: slug).post(link)
        #expect(answer.status == 303)
        let cookie = try #require(answer.cookie)
        #expect(answer["set-cookie"]?.hasSuffix("; Path=/; HttpOnly; SameSite=Lax") == true)
        let home = try await browser(of: slug).with("Cookie", cookie).get(try #require(answer.location))
        #expect(home.status == 200 && home.isPage)
        #expect(home.text.contains(">Administrador<"))

        let again = try await browser(of: slug).post(link)
        #expect(again.status == 410 && again.isPage && again.cookie == nil)
    }

    @Test func `of two who use a link at once one gets in`() async throws {
        let link = try await mastil.installation.makeSignInLink("norte")
        let browser = browser(of: "norte")
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await browser.post(link).status } }
            return try await group.reduce(into: []) { $0.append($1) }.sorted()
        }
        #expect(statuses == [303] + Array(repeating: 410, count: 7))
    }

    @Test func `a link is over after its time`() async throws {
        let link = try await mastil.installation.makeSignInLink("norte")
        try await mastil.installation.set(Installation.over, of: link, in: "sign_in_links")
        let answer = try await browser(of: "norte").post(link)
        #expect(answer.status == 410 && answer.cookie == nil)
    }

    @Test func `a link of one tenant is none of another's`() async throws {
        let link = try await mastil.installation.makeSignInLink("norte")
        #expect(try await browser(of: "sur").post(link).status == 410)
        #expect(try await browser(of: "norte").post(link).status == 303)
    }

    @Test(arguments: [
        ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://malo.example"),
        ("Origin", "null"), ("Origin", "http://sur.localhost"),
    ])
    func `another site cannot act in a person's name`(header: String, value: String) async throws {
        let person = try await mastil.person(of: "norte").with("Sec-Fetch-Site", nil)
        let link = try await mastil.installation.makeSignInLink("norte")
        let refused = try await person.with(header, value).post("/panel/sign-out")
        #expect(refused.status == 403 && refused.isPage && refused.cookie == nil)
        #expect(try await person.get("/panel/customers").status == 200)
        // Nor may it sign somebody in as somebody else.
        let visitor = mastil.visitor(of: "norte").with("Accept", "text/html")
        #expect(try await visitor.with(header, value).post(link).status == 403)
        #expect(try await visitor.with("Origin", "http://\(visitor.host)").post(link).status == 303)
    }

    @Test func `cookies without a word of where they come from do nothing`() async throws {
        let person = try await mastil.person(of: "norte").with("Sec-Fetch-Site", nil)
        #expect(try await person.post("/panel/sign-out").status == 403)
    }

    @Test func `signing out ends the session at once`() async throws {
        let person = try await mastil.person(of: "norte")
        let other = try await mastil.person(of: "norte")
        let answer = try await person.post("/panel/sign-out")
        #expect(answer.status == 303)
        #expect(answer["set-cookie"]?.hasSuffix("; Max-Age=0") == true)
        #expect(answer["clear-site-data"] == #""cache", "storage""#)
        let page = try await person.get("/panel/customers")
        #expect(page.status == 401 && page.isPage && !page.text.contains(" de norte"))
        #expect(try await other.get("/panel/customers").status == 200)
    }

    @Test func `a session is over after its time`() async throws {
        let person = try await mastil.person(of: "norte")
        let cookie = try #require(person.headers["Cookie"])
        try await mastil.installation.set(Installation.over, of: cookie, in: "sessions")
        #expect(try await person.get("/panel/customers").status == 401)
    }

    @Test func `a token revoked or past its time opens nothing from then on`() async throws {
        let customer = try await mastil.installation.customer(1, of: "norte")
        let path = "/api/v1/customers/\(customer.id)"
        let token = try await mastil.installation.makeToken("norte")
        let program = mastil.visitor(of: "norte").with("Authorization", "Bearer \(token)")
        #expect(try await program.get(path).status == 200)
        _ = try await mastil.installation.mastil("token", "revoke", "norte", token)
        #expect(try await program.get(path).status == 401)
        let again = try await Programs.mastil(
            ["token", "revoke", "norte", token], environment: mastil.installation.environment)
        #expect(again.status == 1)

        let old = try await mastil.installation.makeToken("norte")
        try await mastil.installation.set(Installation.over, of: old, in: "api_tokens")
        let late = mastil.visitor(of: "norte").with("Authorization", "Bearer \(old)")
        #expect(try await late.get(path).status == 401)
    }

    @Test func `no secret is written into the log`() async throws {
        let link = try await mastil.installation.makeSignInLink("sur")
        let answer = try await browser(of: "sur").post(link)
        let cookie = try #require(answer.cookie)
        let token = try await mastil.installation.makeToken("sur")
        let customer = try await mastil.installation.customer(1, of: "sur")
        let program = mastil.visitor(of: "sur").with("Authorization", "Bearer \(token)")
        _ = try await program.get("/api/v1/customers/\(customer.id)")
        _ = try await browser(of: "sur").with("Cookie", cookie).get("/panel/customers")
        try await eventually("the requests are in the log") {
            let log = mastil.log
            return ["/panel/enter/:secret", "/api/v1/customers/:id", "/panel/customers"].allSatisfy {
                log.contains(
                    "\"tenant\":\"sur\",\"method\":\"\($0.hasPrefix("/panel/enter") ? "POST" : "GET")\",\"route\":\"\($0)\""
                )
            }
        }
        let log = mastil.log
        for secret in [link, cookie, token].compactMap({ $0.split(separator: "_").last }) {
            #expect(!log.contains(secret))
        }
    }
}
