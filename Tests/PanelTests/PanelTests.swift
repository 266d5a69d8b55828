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

    @Test func `every text of the room is whole in every language`() {
        #expect(PanelWords.problems + SecondStepWords.problems == [])
    }
}
