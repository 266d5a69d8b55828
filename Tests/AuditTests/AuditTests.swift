import Access
import Events
import HTTP
import Locale
import Panel
import TenantSupport
import Testing

@testable import Audit
@testable import Tenancy

@Suite struct AuditTests {
    private static func page(_ tenant: TestTenant, _ query: String = "", as cookie: String) async throws -> Answer {
        var routes = Panel.Routes()
        AuditRoutes.add(to: &routes)
        let door = tenant.door(routes, credential: Panel.credential, refuse: Panel.refuse)
        return try await tenant.ask(door, "/panel/audit\(query)", headers: ["Cookie": cookie])
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
                try await norte.database.record(act, by: Author.commandLine(at: norte.now).actor, at: norte.now)
            }
            let page = try await Self.page(norte, as: norte.signIn([.auditRead]))
            #expect(page.text.contains("Razón social: ") && page.text.contains("Pie de facturas: "))
            #expect((facts + texts).map(\.name).filter { page.text.contains("<p>\($0): ") } == [])
        }
    }

    @Test func `a company's state and its hours are not confused with a customer's`() async throws {
        try await withTenants { norte, _ in
            let actor = Author.commandLine(at: norte.now).actor
            for (kind, value, zone) in [
                ("company.suspended", "suspended", "America/Lima"), ("customer.changed", "in_debt", "Norte"),
            ] {
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

    @Test func `every text of the room is whole in every language`() {
        #expect(AuditWords.problems + EventWords.problems + DetailWords.problems == [])
    }
}
