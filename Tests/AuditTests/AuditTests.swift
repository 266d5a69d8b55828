import Access
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Panel
import Postgres
import ShellSupport
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Audit
@testable import Tenancy

@Suite struct AuditTests {
    private static func page(
        _ tenant: TestTenant, _ query: String = "", as cookie: String
    ) async throws -> Answer {
        var routes = Panel.Routes()
        AuditRoutes.add(to: &routes)
        let gate = tenant.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
        return try await tenant.ask(gate, "/panel/audit\(query)", headers: ["Cookie": cookie])
    }

    private static func file(
        _ tenant: TestTenant, _ query: String = "", as cookie: String
    ) async throws -> Answer {
        try await Person(tenant, cookie: cookie) { routes, _ in AuditRoutes.add(to: &routes) }
            .download("/panel/audit/export\(query)")
    }

    @Test func `who did what is read in people's words, and a neighbour's is not`() async throws {
        try await withTenants { norte, sur in
            _ = try await sur.staff([.customersRead], as: "Sergio")
            _ = try await norte.staff([.customersRead], as: "Beto")
            let auditor = try await norte.signIn([.auditRead], as: "Contadora")
            let page = try await Self.page(norte, as: auditor)
            #expect(page.status == .ok)
            for text in ["Invitó a un usuario", "Creó un rol", "Beto", "beto."] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(!page.text.contains("Sergio"))
            let filtered = try await Self.page(norte, "?kind=role.created", as: auditor)
            #expect(filtered.text.contains("<td>Creó un rol") && !filtered.text.contains("<td>Invitó a un usuario"))
            #expect(try await Self.page(norte, as: norte.signIn([.customersRead])).status == .forbidden)
        }
    }

    @Test func `following the pages shows every entry once`() async throws {
        try await withTenants { norte, _ in
            for number in 0..<40 { _ = try await norte.staff([.customersRead], as: "P\(number)x") }
            let auditor = try await norte.signIn([.auditRead], as: "Contadora")
            var path: String? = ""
            var seen: [String] = []
            while let query = path {
                let page = try await Self.page(norte, query, as: auditor)
                for row in page.text.split(separator: "<tr>").dropFirst(2) where row.contains("Invitó a un usuario") {
                    seen.append(String(row.split(separator: "</td>")[3]))
                }
                path = page.text.split(separator: "href=\"/panel/audit").dropFirst().map(String.init)
                    .first { $0.contains("rel=\"next\"") }.map { String($0.prefix { $0 != "\"" }) }
            }
            #expect(seen.count == 41 && Set(seen).count == 41)
        }
    }

    @Test func `whatever can change about a company and its brand is named as people name it`() async throws {
        try await withTenants { norte, _ in
            let facts = norte.tenant.facts.map { Act.Detail($0.name, $0.value + "*") }
            let texts = BrandText.allCases.map { Act.Detail($0.rawValue, "nuevo") }
            for act in [
                Act("company.changed", norte.tenant.subject, before: norte.tenant.facts, after: facts),
                Act("brand.changed", norte.tenant.subject, after: texts),
            ] {
                try await norte.database.record(act, by: Actor.commandLine, at: norte.now)
            }
            let page = try await Self.page(norte, as: norte.signIn([.auditRead]))
            #expect(page.text.contains("Razón social: ") && page.text.contains("Pie de facturas: "))
            #expect((facts + texts).map(\.name).filter { page.text.contains("<p>\($0): ") } == [])
        }
    }

    @Test func `a company's state and its hours are not confused with a customer's`() async throws {
        try await withTenants { norte, _ in
            let actor = Actor.commandLine
            for (kind, value, zone) in [
                ("company.suspended", "suspended", "America/Lima"), ("customer.changed", "in_debt", "Norte"),
            ] as [(EventKind, String, String)] {
                try await norte.database.record(
                    Act(
                        kind, norte.tenant.subject, before: [Act.Detail("state", "active")],
                        after: [Act.Detail("state", value), Act.Detail("zone", zone)]), by: actor, at: norte.now)
            }
            let page = try await Self.page(norte, as: norte.signIn([.auditRead]))
            for text in [
                "Estado: <del>Activa</del> → <ins>Suspendida</ins>", "Zona horaria: <ins>America/Lima",
                "Estado: <del>Activo</del> → <ins>Con deuda</ins>", "Zona: <ins>Norte",
            ] {
                #expect(page.text.contains(text), "\(text)")
            }
        }
    }

    @Test func `the record is asked by person, day and subject, on the page and as a file that no spreadsheet runs`()
        async throws
    {
        try await withTenants { norte, sur in
            // What came before happened later than what follows, which no record has.
            try norte.site.test.superuser().execute("TRUNCATE events, event_heads, unsealed_events CASCADE")
            let (ana, beto) = (UUID(high: 1, low: 1), UUID(high: 1, low: 2))
            let (router, antenna) = (UUID(high: 2, low: 1), UUID(high: 2, low: 2))
            for (days, person, id, thing, name) in [
                (3, ana, "Ana", router, "=1+1"), (2, beto, "Beto", router, "=1+1"),
                (2, ana, "Ana", antenna, "An\"tena"),
                (0, ana, "Ana", router, "=1+1"),
            ] as [(Int, UUID, String, UUID, String)] {
                for tenant in [norte, sur] {
                    try await tenant.database.record(
                        Act(
                            "role.changed", Act.Subject("role", thing, named: name),
                            after: [Act.Detail("name", "\(tenant.tenant.slug)\(days)\(id)")]),
                        by: Actor(.staff, id: person, name: id), at: tenant.now - .seconds(days * 86_400))
                }
            }
            let zone = norte.tenant.timeZone
            func day(_ days: Int) -> String { zone.day(at: norte.now - .seconds(days * 86_400)).iso }
            let auditor = try await norte.signIn([.auditRead], as: "Contadora")
            for (query, expected) in [
                ("?actor=\(ana)", ["norte3Ana", "norte2Ana", "norte0Ana"]), ("?subject=\(antenna)", ["norte2Ana"]),
                ("?from=\(day(2))&to=\(day(2))", ["norte2Beto", "norte2Ana"]), ("?to=\(day(3))", ["norte3Ana"]),
                ("?from=\(day(2))&to=\(day(1))&actor=\(beto)&kind=role.changed", ["norte2Beto"]),
                ("?from=9999-12-31&to=9999-12-31", []), ("?to=0001-01-01", []),
                ("?from=x&actor=\(beto)", ["norte2Beto"]),
            ] as [(String, [String])] {
                let page = try await Self.page(norte, query, as: auditor)
                let file = try await Self.file(norte, query, as: auditor)
                let all = ["norte3Ana", "norte2Beto", "norte2Ana", "norte0Ana"]
                #expect(all.filter { page.text.contains($0) } == expected, "\(query)")
                #expect(all.filter { file.text.contains($0) } == expected, "\(query)")
                #expect(!file.text.contains("sur2"))
            }
            let lines = try await Self.file(norte, "?kind=role.changed", as: auditor).text
            #expect(lines.split(separator: "\r\n").count == 5)
            #expect(lines.contains(",'=1+1,") && lines.contains(#","An""tena","#))
            let cashier = try await norte.signIn([.customersRead])
            #expect(try await Self.file(norte, as: cashier).status == .forbidden)
        }
    }

    @Test func `a file of many pages has every entry once, in order`() async throws {
        try await withTenants { norte, _ in
            let acts = (0..<2500).map { Act("role.changed", after: [Act.Detail("name", "n\($0).")]) }
            let actor = Actor.commandLine
            try await norte.database.record(acts, as: Act("role.created"), by: actor, at: norte.now)
            try await norte.database.sealEvents(atMost: .max)
            let auditor = try await norte.signIn([.auditRead], as: "Contadora")
            let file = try await Self.file(norte, "?kind=role.changed", as: auditor).text
            let numbers = file.split(separator: "\r\n").dropFirst().compactMap { line in
                line.split(separator: ": n").last.flatMap { Int($0.prefix { $0.isNumber }) }
            }
            #expect(numbers == Array(0..<2500))
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(AuditWords.problems + ImpersonationRecordWords.problems == [])
    }
}
