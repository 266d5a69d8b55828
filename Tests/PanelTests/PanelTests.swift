import Access
import Customers
import Events
import HTTP
import Locale
import Nouns
import Postgres
import Roles
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Panel

@Suite struct PanelTests {
    private static func gate(of tenant: TestTenant) -> RequestGate {
        var routes = Panel.Routes()
        SignInRoutes(tenant.site.signIn, tenant.site.visits).add(to: &routes)
        PreferenceRoutes.add(to: &routes)
        SearchRoutes.add(to: &routes)
        AssetRoutes(directory: Repository.path("Public")).add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    @Test func `each tenant's pages wear its own colours`() async throws {
        try await withTenants { norte, sur in
            try await norte.site.test.database.platform.execute(
                "UPDATE tenants SET colour = 16765952 WHERE slug = 'sur'")
            try await norte.site.directory.read(from: norte.site.test.database.platform)
            let mine = try await norte.ask(Self.gate(of: norte), "/assets/brand.css")
            #expect(mine.text.hasPrefix(":root{--brand:#0b6e4f;--on-brand:#ffffff;"))
            let theirs = try await sur.ask(Self.gate(of: sur), "/assets/brand.css")
            #expect(theirs.text.hasPrefix(":root{--brand:#ffd400;--on-brand:#000000;"))
        }
    }

    @Test func `a company's name leads subscribers to their portal and staff to their panel`() async throws {
        try await withTenants { norte, _ in
            let stranger = try await norte.ask(Self.gate(of: norte), "/")
            #expect(stranger.headers["Location"] == "/portal")
            let cookie = try await norte.signIn([.customersRead])
            let staff = try await norte.ask(Self.gate(of: norte), "/", headers: ["Cookie": cookie])
            #expect(staff.headers["Location"] == "/panel")
            let page = try await norte.ask(Self.gate(of: norte), "/panel/sign-in").text
            #expect(page.contains("Norte Inalámbrico") && page.contains("¿Es cliente de Norte Inalámbrico?"))
            #expect(page.contains("href=\"/portal\""))
        }
    }

    @Test func `who lacks a permission is told which one, with the menu beside it`() async throws {
        try await withTenants { norte, _ in
            var routes = Panel.Routes()
            routes.get("/panel/roles", .staffRead, "Roles") { _ in .text("roles") }
            let gate = norte.gate(routes, credential: Panel.credential, forbid: Panel.forbid, refuse: Panel.refuse)
            let auditor = try await norte.signIn([.auditRead], as: "Contadora")
            let told = try await norte.ask(gate, "/panel/roles", headers: ["Cookie": auditor])
            #expect(told.status == .forbidden && !told.text.contains("roles</"))
            #expect(told.text.contains("«Ver usuarios y roles»") && told.text.contains("href=\"/panel/settings\""))
            let stranger = try await norte.ask(gate, "/panel/roles")
            #expect(stranger.status == .unauthorized && !stranger.text.contains("/panel/audit"))
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
                    Self.gate(of: norte), "/panel/enter/nothing", method: "POST", headers: ["Accept-Language": wish])
                #expect(answer.status == .gone)
                #expect(answer.text.contains(text))
                #expect(!answer.text.contains("<script") && !answer.text.contains("style="))
                #expect(answer.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
            }
        }
    }

    @Test func `a host that is nobody's gets no hint of any tenant`() async throws {
        try await withTenants { norte, sur in
            let answer = try await norte.ask(Self.gate(of: norte), "/panel", host: "other.test")
            #expect(answer.status == .misdirectedRequest)
            for name in [norte.tenant.name, sur.tenant.name, "norte", "sur"] { #expect(!answer.text.contains(name)) }
        }
    }

    @Test func `the platform's own name appears nowhere a customer looks`() async throws {
        try await withTenants { norte, _ in
            for path in ["/panel/enter/x", "/panel/nowhere", "/assets/brand.css"] {
                let answer = try await norte.ask(Self.gate(of: norte), path)
                let words = answer.text.split(separator: "/assets/style.css").joined()
                #expect(!words.lowercased().contains("mastil"), "\(path)")
            }
        }
    }

    @Test func `a file of the house is kept for good under its mark, and its address is in every page`() async throws {
        try await withTenants { norte, _ in
            let gate = Self.gate(of: norte)
            let cookie = try await norte.signIn([])
            let page = try await norte.ask(gate, "/panel/keys", headers: ["Cookie": cookie])
            for asset in [Asset.style, .script, .icons] {
                let address = try #require(asset.address)
                #expect(page.text.contains(address), "\(asset)")
                let kept = try await norte.ask(gate, address)
                #expect(kept.headers["Cache-Control"] == "public, max-age=31536000, immutable")
                for other in ["\(asset.path)", "\(asset.path)?v=000000000000"] {
                    let answer = try await norte.ask(gate, other)
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
            let gate = Self.gate(of: norte)
            let cookie = try await norte.signIn([])
            func save(_ form: String) async throws -> Answer {
                try await norte.ask(
                    gate, "/panel/preferences", method: "POST",
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
            let page = try await norte.ask(gate, "/panel/keys", headers: ["Cookie": "\(cookie); theme=dark; keys=off"])
            #expect(page.text.contains(#"<html lang="es-MX" data-theme="dark">"#))
            #expect(page.text.contains(#"<body class="panel" data-keys="off">"#))
            let odd = try await norte.ask(gate, "/panel/keys", headers: ["Cookie": "\(cookie); theme=x"])
            #expect(odd.text.contains(#"<html lang="es-MX">"#))
        }
    }

    @Test(arguments: [
        ("contraseña", "/panel/account"), ("logo", "/panel/brand"), ("MOROSO", "/panel/customers?state=in_debt"),
        ("factura", "/panel/plan"), ("bitacora", "/panel/audit"), ("permisos", "/panel/roles"),
    ])
    func `a page is found by the word that comes to mind`(word: String, path: String) async throws {
        try await withTenants { norte, _ in
            let gate = Self.gate(of: norte)
            let query = word.replacing("ñ", with: "%C3%B1")
            let owner = try await norte.signIn(norte.everything)
            let found = try await norte.ask(gate, "/panel/search?q=\(query)", headers: ["Cookie": owner])
            let results = try #require(found.text.split(separator: #"id="results""#).last)
            #expect(results.contains(#"href="\#(path)""#))
            let nobody = try await norte.signIn([], as: "Nadie")
            let theirs = try await norte.ask(gate, "/panel/search?q=\(query)", headers: ["Cookie": nobody])
            #expect(
                theirs.text.split(separator: #"id="results""#).last?.contains(#"href="\#(path)""#)
                    == (path == "/panel/account"))
        }
    }

    @Test func `the box finds pages and acts, and only those one may open`() async throws {
        try await withTenants { norte, _ in
            let gate = Self.gate(of: norte)
            let owner = try await norte.signIn(norte.everything, as: "Olga")
            let cashier = try await norte.signIn([.customersRead], as: "Beto")
            let found = try await norte.ask(gate, "/panel/search?q=R%C3%93L", headers: ["Cookie": owner])
            let results = try #require(found.text.split(separator: "id=\"results\"").last)
            #expect(results.contains("/panel/roles") && results.contains("/panel/roles/new"))
            #expect(!results.contains("/panel/customers"))
            let theirs = try await norte.ask(gate, "/panel/search?q=rol", headers: ["Cookie": cashier])
            #expect(!theirs.text.contains("/panel/roles") && theirs.text.contains("Nada coincide con «rol»."))
            let markup = try await norte.ask(gate, "/panel/search?q=%3Cb%3E", headers: ["Cookie": owner])
            #expect(!markup.text.contains("<b>"))
        }
    }

    /// One letter to a reader may be thousands of scalars, which is what a column counts.
    @Test func `what was typed is cut where the database counts it too long`() {
        let accents = "e" + String(repeating: "\u{301}", count: 3000)
        #expect(accents.count == 1)
        #expect(FormText.line(accents).unicodeScalars.count == 100)
        #expect(FormText.line(String(repeating: "👩‍👩‍👧", count: 100), upTo: 60).unicodeScalars.count == 60)
        #expect(FormText.line("  José   Peña ") == "José Peña")
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(PanelWords.problems + SecondStepWords.problems + CourtesyWords.problems == [])
        #expect(ListWords.problems + StandingWords.problems == [])
    }
}
