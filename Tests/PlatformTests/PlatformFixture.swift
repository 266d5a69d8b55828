import Access
import Assembly
import Audit
import Customers
import Declarations
import Events
import HTTP
import Home
import Identity
import Letters
import Loop
import Panel
import PlatformBilling
import Postgres
import ShellSupport
import Staff
import Telemetry
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Tokens

@testable import Platform

/// The console and the tenants' panels of one installation.
struct PlatformFixture {
    let platform: TestTenant
    let console: RequestGate
    let visits: Impersonations
    private let spool: TemporaryFolder

    init(
        _ tenant: TestTenant, mailing: Mailing? = nil, lint: @escaping @Sendable () async throws -> [String] = { [] }
    ) async throws {
        platform = try await tenant.site.platform
        spool = try TemporaryFolder()
        visits = Impersonations(database: tenant.site.test.database)
        let lists = CatalogueLint(platformTables: ["jobs", "dead_jobs"], referenceTables: ["tenants"])
        let parts = Console.Parts(
            tenant.site.context(of: [.customers, .staff], mailing: mailing),
            health: Health([HealthCheck("postgresql") { .ok }]),
            isolation: Isolation(lists, ask: lint),
            spool: ExportSpool(
                directory: spool.path, writingOn: BlockingPool(threads: 1, queueLimit: 8, name: "exports")))
        console = platform.gate(
            Console.routes(parts), at: .platform, credential: Panel.credential, refuse: Panel.refuse)
    }

    func panel(of tenant: TestTenant) -> RequestGate {
        let rooms: [Room] = [.home, .customers, .staff, .audit, .platformBilling, .shells, .tokens]
        return tenant.gate(
            tenant.site.context(of: rooms).panelRoutes, credential: Panel.credential, refuse: Panel.refuse)
    }

    /// At the console's own host.
    func signOut(as cookie: String) async throws -> Answer {
        var routes = Panel.Routes()
        SignInRoutes(platform.site.signIn, visits).add(to: &routes)
        let gate = platform.gate(routes, at: .platform, credential: Panel.credential, refuse: Panel.refuse)
        return try await Self.post(to: gate, of: platform, "/panel/sign-out", "", as: cookie)
    }

    func get(_ path: String, as cookie: String = "") async throws -> Answer {
        try await platform.ask(console, path, headers: ["Cookie": cookie])
    }

    func post(_ path: String, _ form: String = "", as cookie: String = "") async throws -> Answer {
        try await Self.post(to: console, of: platform, path, form, as: cookie)
    }

    func get(at tenant: TestTenant, _ path: String, as cookie: String = "") async throws -> Answer {
        try await tenant.ask(panel(of: tenant), path, headers: ["Cookie": cookie])
    }

    func post(at tenant: TestTenant, _ path: String, _ form: String = "", as cookie: String = "") async throws -> Answer
    {
        try await Self.post(to: panel(of: tenant), of: tenant, path, form, as: cookie)
    }

    private static func post(
        to gate: RequestGate, of tenant: TestTenant, _ path: String, _ form: String, as cookie: String
    ) async throws -> Answer {
        try await tenant.ask(
            gate, path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.utf8))
    }

    static let wish = "reason=Revisar+cortes+de+ayer&power=read&minutes=15"

    /// The path of the link that leads into the tenant's panel.
    func link(to tenant: TestTenant, _ wish: String = wish, as admin: String) async throws -> String {
        let answer = try await post("/platform/tenants/\(tenant.tenant.id)/enter", wish, as: admin)
        try #require(answer.status == .ok, "\(answer.text)")
        let parts = answer.text.split(separator: "/panel/visit/", maxSplits: 1)
        let secret = try #require(parts.count == 2 ? parts.last : nil).prefix { $0 != "\"" }
        return "/panel/visit/\(secret)"
    }

    /// The cookie of an admin who went in.
    func enter(_ tenant: TestTenant, _ wish: String = wish, as admin: String) async throws -> String {
        let link = try await link(to: tenant, wish, as: admin)
        let entered = try await post(at: tenant, link)
        try #require(entered.status == .seeOther)
        return try #require(entered.headers["Set-Cookie"]).split(separator: ";").first.map(String.init) ?? ""
    }
}

extension TestTenant {
    /// Every kind and author in the record, in order.
    func record() async throws -> [String] {
        try await database.events(limit: 100).reversed().map {
            "\($0.kind) \($0.actor)"
        }
    }
}
