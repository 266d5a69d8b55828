import Identifiers
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Postgres
@testable import Search

@Suite struct SearchTests {
    private static func id(_ number: UInt64) -> UUID { UUID(high: 7, low: number) }

    private static func entry(_ number: UInt64, _ name: String, phone: String = "", _ kind: SearchKind = .customer)
        -> SearchEntry
    {
        SearchEntry(
            kind, id(number), title: name, detail: phone, tokens: SearchText.words(name) + SearchText.phone(phone))
    }

    @Test func `what is typed finds who is meant, and nobody of the neighbour's`() async throws {
        try await withTenants { norte, sur in
            try await norte.database.index([
                Self.entry(1, "José Núñez Ávila", phone: "55 0000 1234"), Self.entry(2, "Josefina Ávila"),
                Self.entry(3, "Ana Josefa", .staff), Self.entry(4, "Jose"),
            ])
            try await sur.database.index([Self.entry(9, "José de Sur")])
            func names(_ text: String, _ kinds: [SearchKind] = [.customer, .staff]) async throws -> [String] {
                try await norte.database.find(SearchText.query(text), among: kinds, limit: 9).map(\.title)
            }
            #expect(try await names("jose") == ["Jose", "José Núñez Ávila", "Josefina Ávila", "Ana Josefa"])
            #expect(Set(try await names("JOSÉ avil")) == ["José Núñez Ávila", "Josefina Ávila"])
            #expect(try await names("nuñ") == ["José Núñez Ávila"])
            #expect(try await names("1234") == ["José Núñez Ávila"])
            #expect(try await names("55 0000-12") == ["José Núñez Ávila"])
            #expect(try await names("jose", [.staff]) == ["Ana Josefa"])
            #expect(try await names("jose", []) == [])
            #expect(try await names("osef") == [])
            #expect(try await names("") == [])
            #expect(try await names("' OR 1=1 --").isEmpty)
        }
    }

    @Test func `what is changed is found as it is now, and what is gone is not`() async throws {
        try await withTenants { norte, _ in
            try await norte.database.index([Self.entry(1, "Ana Lara"), Self.entry(2, "Ana Bravo")])
            try await norte.database.index([Self.entry(1, "Eva Lara")])
            #expect(try await norte.database.find(["ana"], among: [.customer], limit: 9).map(\.title) == ["Ana Bravo"])
            #expect(try await norte.database.find(["eva"], among: [.customer], limit: 9).map(\.title) == ["Eva Lara"])
            try await norte.database.unindex(.customer, Self.id(1))
            #expect(try await norte.database.find(["lara"], among: [.customer], limit: 9).isEmpty)
            #expect(try await norte.database.find(["ana"], among: [.customer], limit: 0).isEmpty)
        }
    }

    /// Two hundred thousand customers: the plan, under the tenant's policy, reads ranges of the key and never a table.
    @Test func `a prefix is a range of the index, however many customers there are`() async throws {
        try await withTenants { norte, _ in
            let tenant = norte.tenant.id
            let superuser = try norte.site.test.superuser()
            try superuser.execute(
                """
                INSERT INTO search_entries (tenant_id, kind, id, title, detail)
                SELECT '\(tenant)', 'customer', ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'x', ''
                FROM generate_series(1, 200000) n
                """)
            try superuser.execute(
                """
                INSERT INTO search_tokens (tenant_id, kind, token, id)
                SELECT '\(tenant)', 'customer', word, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid
                FROM generate_series(1, 200000) n, LATERAL (VALUES ('maria' || n % 7), ('lopez' || n % 3001)) w(word)
                """)
            try superuser.execute("ANALYZE search_entries; ANALYZE search_tokens")
            try superuser.execute("SET ROLE mastil_app; SET app.tenant_id = '\(tenant)'")
            for words in [["mar"], ["lopez300"], ["lopez1", "maria"], ["m"], ["nadie"]] {
                let find = norte.database.find(words[0], words.dropFirst(), among: SearchKind.allCases, limit: 8)
                let plan = try superuser.column("EXPLAIN \(Self.text(of: find, words, "\(tenant)"))")
                let text = plan.joined(separator: "\n")
                #expect(text.contains("search_tokens_pkey"), "\(words)\n\(text)")
                #expect(!text.contains("Seq Scan on search"), "\(words)\n\(text)")
            }
            #expect(try await norte.database.find(["lopez3000", "maria"], among: [.customer], limit: 8).count == 8)
            #expect(try await norte.database.find(["nadie"], among: [.customer], limit: 8).isEmpty)
        }
    }

    /// The statement with its values written in, in the order in which it binds them.
    private static func text(of find: SQL, _ words: [String], _ tenant: String) -> String {
        func range(_ word: String) -> [String] { ["'\(word)'::text", "'\(word)\u{10FFFF}'::text"] }
        var values = ["'{customer,staff,role}'::text[]", "'\(tenant)'::uuid"] + range(words[0])
        for word in words.dropFirst() { values += ["'\(tenant)'::uuid"] + range(word) }
        values += ["32", "8", "'\(tenant)'::uuid"]
        var text = find.text
        for (index, value) in values.enumerated().reversed() { text = text.replacing("$\(index + 1)", with: value) }
        return text
    }
}
