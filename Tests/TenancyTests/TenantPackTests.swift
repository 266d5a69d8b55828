import JSON
import Postgres
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Tenancy

@Suite struct TenantPackTests {
    @Test func `applying a pack twice changes nothing and a changed pack says what changed`() async throws {
        try await withTenants { norte, sur in
            let platform = norte.site.test.database.platform
            func apply(_ name: String, _ colour: String) async throws -> TenantPack.Outcome {
                let text = """
                    {slug: "norte", name: "\(name)", state: "active", country: "MX", language: "es",
                     currency: "MXN", zone: "America/Lima", colour: "\(colour)"}
                    """
                return try await TenantPack(Array(text.utf8)).apply(
                    at: norte.now, from: norte.site.randomness, in: norte.site.test.database
                ).outcome
            }
            #expect(try await apply("Norte Inalámbrico", "#0b6e4f") == .unchanged)
            #expect(
                try await apply("Norte", "#112233")
                    == .changed(["name: 'Norte Inalámbrico' → 'Norte'", "colour: '#0b6e4f' → '#112233'"]))
            try await norte.site.directory.read(from: platform)
            #expect(norte.site.directory.tenant(at: "norte.test")?.name == "Norte")
            #expect(norte.site.directory.tenant(at: "sur.test") == sur.tenant)
        }
    }

    @Test func `a closed tenant answers nowhere`() async throws {
        try await withTenants { norte, sur in
            try norte.site.test.superuser().execute("UPDATE tenants SET state = 'closed' WHERE slug = 'norte'")
            try await norte.site.directory.read(from: norte.site.test.database.platform)
            #expect(norte.site.directory.tenant(at: "norte.test") == nil)
            #expect(norte.site.directory.tenants == [sur.tenant])
        }
    }

    @Test func `a tenant answers at names of its own`() async throws {
        try await withTenants { norte, sur in
            try norte.site.test.superuser().execute(
                "INSERT INTO hostnames SELECT 'clientes.sur.example', tenant_id FROM tenants WHERE slug = 'sur'")
            try await norte.site.directory.read(from: norte.site.test.database.platform)
            #expect(norte.site.directory.tenant(at: "clientes.sur.example") == sur.tenant)
        }
    }

    @Test func `every fault of a pack is named with its place`() {
        let text = """
            {slug: "Norte!", name: " ", state: "open", country: "XX", language: "es", currency: "MXN",
             zone: "America/Nowhere", colour: "red", demo: {customers: -1}, color: "#fff"}
            """
        do {
            _ = try TenantPack(Array(text.utf8))
            Issue.record("The pack was accepted")
        } catch {
            let words = "\(error)"
            for place in ["/slug", "/name", "/state", "/country", "/zone", "/colour", "/demo/customers", "/color"] {
                #expect(words.contains(place), "\(place) is not named in: \(words)")
            }
        }
    }

    /// What a reader takes for one letter may be thousands of scalars, which is what a column counts.
    @Test(arguments: [
        "name: \"N%\"", "legalName: \"N%\"", "plan: {name: \"N%\"}", "texts: {senderName: \"N%\"}",
        "texts: {mailFooter: \"N%\"}", "tax: {name: \"N%\", rate: \"16\", included: true}", "demo: \(deep)",
    ])
    func `a pack that is longer or deeper than it looks is refused`(member: String) {
        let accents = String(repeating: "\u{301}", count: 3000)
        let text = """
            {slug: "norte", state: "active", country: "MX", language: "es", currency: "MXN", zone: "America/Lima",
             colour: "#112233", \(member.hasPrefix("name") ? "" : "name: \"N\", ")\(member.replacing("%", with: accents))}
            """
        #expect(throws: JSONError.self) { try TenantPack(Array(text.utf8)) }
    }

    private static let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)

    @Test(arguments: [("#ffffff", "#000000"), ("#ffd000", "#000000"), ("#0b6e4f", "#ffffff"), ("#000000", "#ffffff")])
    func `text on a brand's colour is the more readable of black and white`(brand: String, text: String) throws {
        let colour = try #require(Colour(brand))
        #expect(colour.readableText.text == text)
    }

    @Test(arguments: ["", "red", "#12345", "#1234567", "#+12345", "#12345g", "112233", "#fff;}"])
    func `what is no colour is refused`(text: String) {
        #expect(Colour(text) == nil)
    }
}
