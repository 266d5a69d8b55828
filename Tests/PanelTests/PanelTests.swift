import Access
import HTTP
import Locale
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Panel

@Suite struct PanelTests {
    private static func door(of tenant: TestTenant) -> Door {
        var routes = Panel.Routes()
        SignInRoutes(tenant.site.signIn).add(to: &routes)
        PreferenceRoutes.add(to: &routes)
        SearchRoutes.add(to: &routes)
        AssetRoutes(directory: Repository.path("Public")).add(to: &routes)
        return tenant.door(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    @Test func `each tenant's pages wear its own colours`() async throws {
        try await withTenants { norte, sur in
            try await norte.site.test.database.platform.execute(
                "UPDATE tenants SET colour = 16765952 WHERE slug = 'sur'")
            try await norte.site.directory.read(from: norte.site.test.database.platform)
            let mine = try await norte.ask(Self.door(of: norte), "/assets/brand.css")
            #expect(mine.text.hasPrefix(":root{--brand:#0b6e4f;--on-brand:#ffffff;"))
            let theirs = try await sur.ask(Self.door(of: sur), "/assets/brand.css")
            #expect(theirs.text.hasPrefix(":root{--brand:#ffd400;--on-brand:#000000;"))
        }
    }

    @Test func `a refusal is a page in the language asked for, with nothing that runs`() async throws {
        try await withTenants { norte, _ in
            let wishes = [
                ("pt-BR,en;q=0.5", "Este link já foi usado"), ("en", "This link was used"),
                ("fr", "Este enlace ya se usó"),
            ]
            for (wish, text) in wishes {
                let answer = try await norte.ask(
                    Self.door(of: norte), "/panel/enter/nothing", method: "POST", headers: ["Accept-Language": wish])
                #expect(answer.status == .gone)
                #expect(answer.text.contains(text))
                #expect(!answer.text.contains("<script") && !answer.text.contains("style="))
                #expect(answer.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
            }
        }
    }

    @Test func `a host that is nobody's gets no hint of any tenant`() async throws {
        try await withTenants { norte, sur in
            let answer = try await norte.ask(Self.door(of: norte), "/panel", host: "other.test")
            #expect(answer.status == .misdirectedRequest)
            for name in [norte.tenant.name, sur.tenant.name, "norte", "sur"] { #expect(!answer.text.contains(name)) }
        }
    }

    @Test func `the platform's own name appears nowhere a customer looks`() async throws {
        try await withTenants { norte, _ in
            for path in ["/panel/enter/x", "/panel/nowhere", "/assets/brand.css"] {
                let answer = try await norte.ask(Self.door(of: norte), path)
                let words = answer.text.split(separator: "/assets/style.css").joined()
                #expect(!words.lowercased().contains("mastil"), "\(path)")
            }
        }
    }

    @Test func `a file of the house is kept for good under its mark, and its address is in every page`() async throws {
        try await withTenants { norte, _ in
            let door = Self.door(of: norte)
            let cookie = try await norte.signIn([])
            let page = try await norte.ask(door, "/panel/keys", headers: ["Cookie": cookie])
            for asset in [Asset.style, .script, .icons] {
                let address = try #require(asset.address)
                #expect(page.text.contains(address), "\(asset)")
                let kept = try await norte.ask(door, address)
                #expect(kept.headers["Cache-Control"] == "public, max-age=31536000, immutable")
                for other in ["\(asset.path)", "\(asset.path)?v=000000000000"] {
                    let answer = try await norte.ask(door, other)
                    #expect(answer.status == .ok && answer.headers["Cache-Control"] == "public, max-age=300")
                }
            }
            #expect(page.headers["Content-Security-Policy"]?.contains("script-src 'self';") == true)
            #expect(page.headers["Content-Security-Policy"]?.contains("unsafe") == false)
            #expect(!page.text.contains("<script>") && !page.text.contains(" style="))
        }
    }

    @Test func `the theme and the keys are remembered by the browser, and nothing else is`() async throws {
        try await withTenants { norte, _ in
            let door = Self.door(of: norte)
            let cookie = try await norte.signIn([])
            func save(_ form: String) async throws -> Answer {
                try await norte.ask(
                    door, "/panel/preferences", method: "POST",
                    headers: [
                        "Cookie": cookie, "Sec-Fetch-Site": "same-origin",
                        "Content-Type": "application/x-www-form-urlencoded",
                    ], body: Array(form.utf8))
            }
            let dark = try await save("theme=dark&next=%2Fpanel%2Fkeys")
            #expect(dark.status == .seeOther && dark.headers["Location"] == "/panel/keys")
            #expect(dark.headers["Set-Cookie"]?.hasPrefix("theme=dark; Path=/; HttpOnly") == true)
            #expect(try await save("keys=off").headers["Set-Cookie"]?.hasPrefix("keys=off;") == true)
            #expect(try await save("theme=pink&keys=x").headers["Set-Cookie"] == nil)
            #expect(try await save("theme=dark&next=https%3A%2F%2Fexample.com").headers["Location"] == "/panel")
            let page = try await norte.ask(door, "/panel/keys", headers: ["Cookie": "\(cookie); theme=dark; keys=off"])
            #expect(page.text.contains(#"<html lang="es-MX" data-theme="dark">"#))
            #expect(page.text.contains(#"<body class="panel" data-keys="off">"#))
            let odd = try await norte.ask(door, "/panel/keys", headers: ["Cookie": "\(cookie); theme=x"])
            #expect(odd.text.contains(#"<html lang="es-MX">"#))
        }
    }

    @Test func `the box finds pages and acts, and only those one may open`() async throws {
        try await withTenants { norte, _ in
            let door = Self.door(of: norte)
            let owner = try await norte.signIn(Permission.grantable, as: "Olga")
            let cashier = try await norte.signIn([.customersRead], as: "Beto")
            let found = try await norte.ask(door, "/panel/search?q=R%C3%93L", headers: ["Cookie": owner])
            let results = try #require(found.text.split(separator: "id=\"results\"").last)
            #expect(results.contains("/panel/roles") && results.contains("/panel/roles/new"))
            #expect(!results.contains("/panel/customers"))
            let theirs = try await norte.ask(door, "/panel/search?q=rol", headers: ["Cookie": cashier])
            #expect(!theirs.text.contains("/panel/roles") && theirs.text.contains("Nada coincide con «rol»."))
            let markup = try await norte.ask(door, "/panel/search?q=%3Cb%3E", headers: ["Cookie": owner])
            #expect(!markup.text.contains("<b>"))
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(PanelWords.problems + SecondStepWords.problems + CountryWords.problems + CourtesyWords.problems == [])
        #expect(CompanyStateWords.problems + CustomerStateWords.problems == [])
    }
}
