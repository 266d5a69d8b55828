import Loop
import TestSupport
import Testing

/// What goes with every answer.
@Suite(.servingMastil, .serialized) struct HeaderTests {
    let mastil = RunningMastil.current

    /// With something in the place of each parameter.
    private static func path(of route: ListedRoute) -> String {
        let id = "00000000-0000-7000-8000-000000000001"
        return [":secret": "x", ":hook": "x", ":id": id, ":event": id, ":charge": id].reduce(route.pattern) {
            $0.replacing($1.key, with: $1.value)
        }
    }

    @Test func `every answer says what browsers may do with it`() async throws {
        let person = try await mastil.person(of: "norte")
        let program = try await mastil.program(of: "norte")
        let strangers = mastil.visitor(of: "norte").with("Accept", "text/html")
        for route in try await ListedRoute.all() where route.shell != "internal" && !route.pattern.contains(":") {
            // A stream does not end; its head says it all.
            let method = route.isStream ? "HEAD" : route.method
            for visitor in [person, program, strangers] {
                try Self.check(await visitor.send(method, route.pattern), "\(method) \(route.pattern)")
            }
        }
        for path in ["/panel/nothing", "/nothing", "/api/v1/nothing", "/assets/style.css", "/assets/portal.css"] {
            try Self.check(await person.get(path), path)
            try Self.check(await person.send("BREW", path), path)
        }
    }

    private static func check(_ answer: RawResponse, _ place: String) throws {
        #expect(answer["x-content-type-options"] == "nosniff", "\(place)")
        #expect(answer["cache-control"] != nil, "\(place)")
        #expect(answer["access-control-allow-origin"] == nil && answer["server"] == nil, "\(place)")
        let policy = try #require(answer["content-security-policy"], "\(place)")
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "\(place)")
        #expect(!policy.contains("unsafe-") && !policy.contains("*"), "\(place)")
        if answer.isPage { #expect(answer["referrer-policy"] == "same-origin", "\(place)") }
        guard !answer.body.isEmpty else { return }
        let type = try #require(answer["content-type"], "\(place)")
        if type.hasPrefix("text/") { #expect(type.hasSuffix("; charset=utf-8"), "\(place)") }
    }

    /// Sealed or not yet.
    private func recorded() async throws -> [[String?]] {
        try await mastil.installation.sql(
            "SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM unsealed_events)")
    }

    @Test func `what changes anything is asked for by POST, PUT, PATCH or DELETE`() async throws {
        let person = try await mastil.person(of: "norte")
        let before = try await recorded()
        for route in try await ListedRoute.all() where route.shell == "panel" && route.method == "POST" {
            let path = Self.path(of: route)
            for method in ["GET", "HEAD"] {
                _ = try await person.with("X-HTTP-Method-Override", "POST").send(method, path)
            }
        }
        #expect(try await recorded() == before)
    }

    @Test func `what another site asks for is refused, whatever it is`() async throws {
        let person = try await mastil.person(of: "norte")
        let before = try await recorded()
        for route in try await ListedRoute.all() where route.shell == "panel" && route.method == "POST" {
            let path = Self.path(of: route)
            for visitor in [
                person.with("Sec-Fetch-Site", "cross-site"), person.with("Sec-Fetch-Site", "same-site"),
                person.with("Sec-Fetch-Site", nil).with("Origin", "http://sur.localhost"),
                person.with("Sec-Fetch-Site", nil),
            ] {
                let answer = try await visitor.with("Content-Type", "text/plain").post(path)
                #expect(answer.status == 403 && answer.cookie == nil, "\(route.pattern)")
            }
        }
        #expect(try await recorded() == before)
    }

    @Test func `a session's cookie is for us alone`() async throws {
        let browser = mastil.visitor(of: "norte").with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin")
        let answer = try await browser.post(try await mastil.installation.makeSignInLink("norte"))
        let attributes = try #require(answer["set-cookie"]).split(separator: ";").dropFirst().map {
            $0.drop { $0 == " " }
        }
        #expect(Set(attributes) == ["Path=/", "HttpOnly", "SameSite=Lax"])
    }

    @Test func `signing in makes another session, and a cookie brought along is none`() async throws {
        let browser = mastil.visitor(of: "norte").with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin")
        let present = try await mastil.person(of: "norte")
        let planted = try #require(present.headers["Cookie"])
        for cookie in [planted, "sid=planted"] {
            let link = try await mastil.installation.makeSignInLink("norte")
            let answer = try await browser.with("Cookie", cookie).post(link)
            #expect(answer.status == 303)
            #expect(answer.cookie != nil && answer.cookie != cookie)
        }
        #expect(try await browser.with("Cookie", "sid=planted").get("/panel/customers").status == 401)
    }

    @Test(arguments: [
        "/.git/config", "/Package.swift", "/assets/", "/assets/../README.md", "/assets/%2e%2e/README.md", "/debug",
    ])
    func `what is not offered is not there`(path: String) async throws {
        let person = try await mastil.person(of: "norte")
        #expect(try await [400, 404].contains(person.get(path).status))
    }
}
