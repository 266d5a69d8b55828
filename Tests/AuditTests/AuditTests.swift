import Access
import HTTP
import Locale
import Panel
import TenantSupport
import Testing

@testable import Audit

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

    @Test func `every text of the room is whole in every language`() {
        #expect(AuditWords.problems + EventWords.problems + DetailWords.problems == [])
    }
}
