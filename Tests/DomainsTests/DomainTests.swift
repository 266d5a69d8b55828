import Access
import DNS
import Events
import HTTP
import Identifiers
import Locale
import Loop
import Panel
import Postgres
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Domains

@Suite struct DomainRuleTests {
    private static let now = Instant(seconds: 1_795_000_000)

    private static func domain(served: Bool, lostDaysAgo days: Int?, isVouched: Bool = false) -> Domain {
        Domain(
            id: .make(milliseconds: 0, from: .system), host: "clientes.norte.mx", proof: "x", claimedAt: now,
            servedSince: served ? now : nil, lostAt: days.map { now - .seconds($0 * 86_400) }, isVouched: isVouched)
    }

    @Test(arguments: [
        (false, nil, Domain.Finding.present, Domain.Verdict.serve), (false, nil, .missing, .stay),
        (false, nil, .unanswered, .stay), (true, nil, .present, .stay), (true, nil, .missing, .warn),
        (true, 1, .missing, .stay), (true, 3, .missing, .release), (true, 3, .unanswered, .stay),
        (true, 9, .present, .found),
    ])
    func `a lost proof is warned of first, and ends the name after three days`(
        served: Bool, lost: Int?, finding: Domain.Finding, verdict: Domain.Verdict
    ) {
        #expect(Self.domain(served: served, lostDaysAgo: lost).verdict(on: finding, at: Self.now) == verdict)
    }

    @Test func `what the operator vouches for needs no proof`() {
        let domain = Self.domain(served: true, lostDaysAgo: nil, isVouched: true)
        #expect(domain.verdict(on: .missing, at: Self.now) == .stay)
    }

    @Test func `every text about domains is whole`() { #expect(DomainWords.problems == []) }
}

@Suite struct DomainTests {
    private static let pool = BlockingPool(threads: 2, queueLimit: 100, name: "domain-tests")
    private static let base = "test"

    private static func gate(of tenant: TestTenant, asking server: String) -> RequestGate {
        var routes = Panel.Routes()
        DomainRoutes(asking: records(of: server), base: base, randomness: tenant.site.randomness).add(to: &routes)
        return tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    private static func records(of server: String) -> TextRecords {
        TextRecords(servers: server, on: pool)
    }

    private static func post(
        _ tenant: TestTenant, _ path: String, _ form: String = "", as cookie: String, asking server: String
    ) async throws -> Answer {
        try await tenant.ask(
            gate(of: tenant, asking: server), path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.utf8))
    }

    private static func proofs(_ domains: [Domain]) -> [String: [String]] {
        Dictionary(domains.map { ($0.proofName, ["otro", $0.proofText]) }) { $0 + $1 }
    }

    @Test func `a name is served once the DNS shows its proof, and not before`() async throws {
        try await withTenants { norte, sur in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            try await NameServer.serving([:]) { empty in
                let empty = empty.address
                let claimed = try await Self.post(
                    norte, "/panel/domains", "host=Clientes.Norte.example.", as: owner, asking: empty)
                #expect(claimed.status == .seeOther)
                let domain = try #require(try await norte.database.domains().first)
                #expect(domain.host == "clientes.norte.example" && domain.proof.count == 32)
                let page = try await norte.ask(
                    Self.gate(of: norte, asking: empty), "/panel/domains", headers: ["Cookie": owner])
                #expect(page.text.contains(domain.proofName) && page.text.contains(domain.proofText))
                #expect(page.text.contains("norte.test"))

                let path = "/panel/domains/\(domain.id)/check"
                let early = try await Self.post(norte, path, as: owner, asking: empty)
                #expect(early.status == .ok && early.text.contains("todavía no aparece"))
                try await norte.readAnew()
                #expect(norte.site.directory.tenant(at: domain.host) == nil)

                try await NameServer.serving(Self.proofs([domain])) { told in
                    let told = told.address
                    #expect(try await Self.post(norte, path, as: owner, asking: told).status == .seeOther)
                    try await norte.readAnew()
                    #expect(norte.site.directory.tenant(at: domain.host)?.slug == "norte")
                    #expect(norte.site.directory.address(of: norte.tenant) == "http://clientes.norte.example")
                    #expect(try await sur.database.domains().isEmpty)

                    let removal = "/panel/domains/\(domain.id)/remove"
                    let asked = try await norte.ask(
                        Self.gate(of: norte, asking: told), removal, headers: ["Cookie": owner])
                    #expect(asked.text.contains("¿Quitar clientes.norte.example?"))
                    try await norte.readAnew()
                    #expect(norte.site.directory.tenant(at: domain.host)?.slug == "norte")

                    #expect(try await Self.post(norte, removal, as: owner, asking: told).status == .seeOther)
                    try await norte.readAnew()
                    #expect(norte.site.directory.tenant(at: domain.host) == nil)
                    let kinds = try await norte.database.events(
                        limit: 3
                    )
                    .map(\.kind)
                    #expect(kinds == ["domain.removed", "domain.proven", "domain.claimed"])
                }
            }
        }
    }

    @Test func `a lost proof is warned of, then the name is released, and nobody else gets it for thirty days`()
        async throws
    {
        try await withTenants { norte, sur in
            let (now, randomness) = (norte.now, norte.site.randomness)
            let principal = norte.commandLine
            func claim(_ tenant: TestTenant) async throws -> Domain {
                try await Domain.claim(
                    "clientes.example", besides: Self.base, by: principal, from: randomness, in: tenant.database)
            }
            let (mine, theirs) = (try await claim(norte), try await claim(sur))
            #expect(mine.proof != theirs.proof)
            try await NameServer.serving(Self.proofs([mine, theirs])) { knowing in
                try await NameServer.serving([:]) { empty in
                    let both = Self.records(of: knowing.address)
                    let none = Self.records(of: empty.address)
                    let silent = TextRecords(servers: "127.0.0.1:9", on: Self.pool)
                    func recheck(_ records: TextRecords, days: Int, _ tenant: TestTenant) async throws -> Domain.State?
                    {
                        let moment = now + .seconds(days * 86_400)
                        try await RecheckDomains.check(asking: records, at: moment, in: tenant.database)
                        return try await tenant.database.domains().first?.state
                    }
                    #expect(try await recheck(both, days: 0, norte) == .served)
                    // Another's name is not taken over, whoever rules over its DNS by now.
                    await #expect(throws: DomainRefusal.taken) {
                        try await Domain.check(theirs.id, asking: both, by: .commandLine, at: now, in: sur.database)
                    }
                    #expect(try await recheck(none, days: 1, norte) == .losing)
                    #expect(try await recheck(both, days: 2, norte) == .served)
                    #expect(try await recheck(none, days: 3, norte) == .losing)
                    #expect(try await recheck(silent, days: 9, norte) == .losing)
                    #expect(try await recheck(none, days: 10, norte) == .claimed)
                    try await norte.readAnew()
                    #expect(norte.site.directory.tenant(at: mine.host) == nil)

                    #expect(try await recheck(both, days: 11, sur) == .claimed)
                    #expect(try await recheck(both, days: 39, sur) == .claimed)
                    #expect(try await recheck(both, days: 41, sur) == .served)
                    try await norte.readAnew()
                    #expect(norte.site.directory.tenant(at: mine.host)?.slug == "sur")
                    await #expect(throws: DomainRefusal.taken) {
                        try await Domain.check(mine.id, asking: both, by: .commandLine, at: now, in: norte.database)
                    }
                }
            }
        }
    }

    @Test func `whoever had the name before gets it back at once`() async throws {
        try await withTenants { norte, _ in
            let principal = norte.commandLine
            #expect(
                try await Domain.vouch(
                    for: ["Clientes.example"], by: principal, from: norte.site.randomness, in: norte.database)
                    == ["domain + clientes.example"])
            #expect(
                try await Domain.vouch(
                    for: ["clientes.example"], by: principal, from: norte.site.randomness, in: norte.database) == [])
            #expect(
                try await Domain.vouch(for: [], by: principal, from: norte.site.randomness, in: norte.database)
                    == ["domain - clientes.example"])
            _ = try await Domain.vouch(
                for: ["clientes.example"], by: principal, from: norte.site.randomness, in: norte.database)
            try await norte.readAnew()
            #expect(norte.site.directory.tenant(at: "clientes.example")?.slug == "norte")
        }
    }

    @Test(arguments: [
        ("norte", "Escriba un dominio"), ("otro.test", "es del sistema"), ("test", "Escriba un dominio"),
        ("clientes.norte.example%3A8080", "Escriba un dominio"), ("10.0.0.1", "Escriba un dominio"),
        ("%3Cscript%3E.example", "Escriba un dominio"), ("", "Escriba un dominio"),
    ])
    func `what is no name of theirs is refused beside its field`(host: String, told: String) async throws {
        try await withTenants { norte, _ in
            let owner = try await norte.signIn([.settingsManage], as: "Olga")
            let answer = try await Self.post(norte, "/panel/domains", "host=\(host)", as: owner, asking: "127.0.0.1:9")
            #expect(answer.status.code == 422 || answer.status == .conflict)
            #expect(answer.text.contains(told))
            #expect(try await norte.database.domains().isEmpty)
        }
    }

    @Test func `a company has twenty names at most, each once`() async throws {
        try await withTenants { norte, _ in
            let principal = norte.commandLine
            func claim(_ host: String) async throws {
                _ = try await Domain.claim(
                    host, besides: Self.base, by: principal, from: norte.site.randomness, in: norte.database)
            }
            for number in 1...20 {
                try await claim("d\(number).example")
                if number == 1 { await #expect(throws: DomainRefusal.known) { try await claim("D1.example") } }
            }
            await #expect(throws: DomainRefusal.tooMany) { try await claim("d21.example") }
        }
    }
}
