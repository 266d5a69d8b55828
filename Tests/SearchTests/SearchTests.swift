import Declarations
import Identifiers
import Locale
import Tenancy
import TenantSupport
import TestSupport
import Testing

@testable import Postgres
@testable import Search

extension SearchKind {
    fileprivate static let customer = SearchKind(
        "customer", Message(es: "Clientes", en: "Customers", pt: "Clientes"), icon: .customers, at: "/customers",
        permission: .signedIn, isNumbered: true)
    fileprivate static let staff = SearchKind(
        "staff", Message(es: "Usuarios", en: "Users", pt: "Usuários"), icon: .staff, at: "/staff",
        permission: .signedIn)
}

@Suite struct SearchTests {
    private static func id(_ number: Int) -> UUID { UUID(high: 7, low: UInt64(number)) }

    private static func entry(
        _ number: Int, _ name: String, phone: String = "", zone: UUID? = nil, _ kind: SearchKind = .customer
    ) -> SearchEntry {
        SearchEntry(
            kind, id(number), number: kind.isNumbered ? number : nil, title: name, detail: phone, zone: zone,
            tokens: SearchText.words(name) + SearchText.phone(phone))
    }

    private static func query(_ text: String) -> SearchQuery { SearchQuery(text, in: .mexico) }

    private static func names(
        _ text: String, _ kinds: [SearchKind] = [.customer, .staff], limit: Int = 9, in database: TenantDatabase
    ) async throws -> [String] {
        try await database.find(query(text), among: kinds, limit: limit).map(\.title)
    }

    @Test func `what is typed finds who is meant, and nobody of the neighbour's`() async throws {
        try await withTenants { norte, sur in
            try await norte.database.index([
                Self.entry(1, "José Núñez Ávila", phone: "55 0000 1234"), Self.entry(2, "Josefina Ávila"),
                Self.entry(3, "Ana Josefa", .staff), Self.entry(4, "Jose"),
            ])
            try await sur.database.index([Self.entry(9, "José de Sur")])
            func names(_ text: String, _ kinds: [SearchKind] = [.customer, .staff]) async throws -> [String] {
                try await Self.names(text, kinds, in: norte.database)
            }
            #expect(try await names("jose") == ["Jose", "José Núñez Ávila", "Josefina Ávila", "Ana Josefa"])
            #expect(try await names("JOSÉ avil") == ["José Núñez Ávila", "Josefina Ávila"])
            #expect(try await names("avil JOSÉ") == ["José Núñez Ávila", "Josefina Ávila"])
            #expect(try await names("nuñ") == ["José Núñez Ávila"])
            #expect(try await names("1234") == ["José Núñez Ávila"])
            #expect(try await names("55 0000-12") == ["José Núñez Ávila"])
            #expect(try await names("jose 55 0000 1234") == ["José Núñez Ávila"])
            #expect(try await names("jose", [.staff]) == ["Ana Josefa"])
            for nobody in ["osef", "", "' OR 1=1 --", "josefina nunez"] {
                #expect(try await names(nobody) == [], "\(nobody)")
            }
            #expect(try await names("jose", []) == [])
        }
    }

    @Test func `a phone is found however it was written, and however it is pasted`() async throws {
        try await withTenants { norte, _ in
            try await norte.database.index([
                Self.entry(1, "Como en casa", phone: "81 0000 1853"),
                Self.entry(2, "De WhatsApp", phone: "+52 81 0000 1854"),
                Self.entry(3, "De antes", phone: "044 81 0000 1855"),
                Self.entry(4, "De lejos", phone: "+57 300 000 1856"),
            ])
            for (typed, found) in [
                ("+52 81 0000 1853", "Como en casa"), ("+52 1 81 0000 1853", "Como en casa"),
                ("8100001853", "Como en casa"), ("(81) 0000-1853", "Como en casa"), ("00001853", "Como en casa"),
                ("81 0000 1854", "De WhatsApp"), ("+52 81 0000 1854", "De WhatsApp"), ("1854", "De WhatsApp"),
                ("+52 81 0000 1855", "De antes"), ("+57 300 000 1856", "De lejos"), ("300 000 1856", "De lejos"),
            ] {
                #expect(try await Self.names(typed, in: norte.database) == [found], "\(typed)")
            }
        }
    }

    @Test func `who has the number typed comes first, then others whose number begins so`() async throws {
        try await withTenants { norte, _ in
            try await norte.database.index([
                Self.entry(7, "Calle 81"), Self.entry(8, "Teléfono", phone: "81 0000 0000"),
                Self.entry(810, "Ochocientos diez"), Self.entry(81, "Ochenta y uno"), Self.entry(90, "Noventa"),
                Self.entry(81_000, "Ochenta y un mil"), Self.entry(82, "Ochenta y dos"),
            ])
            let found = try await Self.names("81", in: norte.database)
            #expect(found == ["Ochenta y uno", "Calle 81", "Ochenta y un mil", "Ochocientos diez"])
            #expect(try await Self.names("ochocientos 81", in: norte.database) == ["Ochocientos diez"])
            // So few digits begin too many telephones.
            #expect(try await Self.names("810", in: norte.database) == ["Ochocientos diez", "Ochenta y un mil"])
            #expect(try await Self.names("81000", in: norte.database) == ["Ochenta y un mil", "Teléfono"])
            #expect(try await Self.names("0", in: norte.database) == [])
            #expect(try await Self.names("99999999999999999999", in: norte.database) == [])
        }
    }

    @Test func `what is changed is found as it is now, and what is gone is not`() async throws {
        try await withTenants { norte, _ in
            try await norte.database.index([Self.entry(1, "Ana Lara"), Self.entry(2, "Ana Bravo")])
            try await norte.database.index([Self.entry(1, "Eva Lara")])
            #expect(try await Self.names("ana", in: norte.database) == ["Ana Bravo"])
            #expect(try await Self.names("eva", in: norte.database) == ["Eva Lara"])
            try await norte.database.unindex(.customer, Self.id(1))
            #expect(try await Self.names("lara", in: norte.database) == [])
            #expect(try await Self.names("ana", limit: 0, in: norte.database) == [])
            let left: [String] = try await norte.database.rows(
                "SELECT token AS text FROM search_blocks WHERE tenant_id = \(norte.database.tenant) AND kind = 'customer' ORDER BY token",
                as: Text.self
            ).map(\.text)
            #expect(left == ["@", "ana", "bravo"])
        }
    }

    /// Against reading every name, over three blocks, after many changes.
    @Test func `what is found is exactly what has the words, in the zones of whoever asks`() async throws {
        try await withTenants { norte, _ in
            let (here, there) = (Self.id(1001), Self.id(1002))
            let randomness = Randomness(seed: 5)
            func one(_ words: [String]) -> String { words[Int(randomness.next() % UInt64(words.count))] }
            var known: [Int: SearchEntry] = [:]
            for _ in 0..<6 {
                let entries = (0..<400).map { _ in
                    Self.entry(
                        Int(1 + randomness.next() % 9000),
                        "\(one(["Ana", "Anabel", "Eva", "Luis"])) \(one(["Lara", "Laredo", "Ríos"])) \(one(["del", "sol", "5"]))",
                        zone: [here, there, SearchEntry.noZone][Int(randomness.next() % 3)])
                }
                let changed = Dictionary(entries.map { ($0.number ?? 0, $0) }) { $1 }
                try await norte.database.index(Array(changed.values))
                known.merge(changed) { $1 }
            }
            for words in [["ana"], ["ana", "lar"], ["l", "a"], ["del", "eva", "rios"], ["luis", "ana"], ["nadie"]] {
                let all = known.values.filter { entry in
                    words.allSatisfy { word in entry.tokens.contains { $0.hasPrefix(word) } }
                }
                let query = Self.query(words.joined(separator: " "))
                for zones in [nil, [here], [here, there]] as [[UUID]?] {
                    let wanted = all.filter { entry in zones?.contains { $0 == entry.zone } ?? true }
                    let found = try await norte.database.transaction { database in
                        if let zones { try await database.execute("SELECT stay_in_zones(\(zones))") }
                        return try await database.find(query, among: [.customer], limit: 10_000)
                    }
                    #expect(Set(found.map(\.id)) == Set(wanted.map(\.id)), "\(words) \(zones?.count ?? 0)")
                    #expect(found.count == wanted.count)
                }
                let numbers = all.compactMap(\.number).filter { $0 > 3000 }.sorted().prefix(5)
                let listed = try await norte.database.rows(
                    """
                    SELECT n FROM generate_series(1, 9000) n
                    WHERE true \(norte.database.matching(query, .customer, number: "n", beyond: 3000, limit: 5))
                    """, as: Number.self)
                #expect(listed.map(\.n) == Array(numbers))
                let matching = try await norte.database.matching(query, .customer, number: "n")
                let every = try await norte.database.rows(
                    "SELECT n FROM generate_series(1, 20000) n WHERE true \(matching)", as: Number.self)
                #expect(every.map(\.n) == all.compactMap(\.number).sorted())
            }
        }
    }

    @Test func `two who change the same words at once leave both right`() async throws {
        try await withTenants { norte, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...40 {
                    group.addTask {
                        for name in ["Ana Lara \(number)", "Eva Lara"] {
                            try await norte.database.transaction { database in
                                try await database.index([Self.entry(number, name)])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.names("eva lara", limit: 99, in: norte.database).count == 40)
            #expect(try await Self.names("ana", in: norte.database) == [])
        }
    }
}

private struct Text: RowReadable {
    let text: String
    init(row: Row) throws(DatabaseError) { text = try row.read("text") }
}

private struct Number: RowReadable {
    let n: Int
    init(row: Row) throws(DatabaseError) { n = try row.read("n") }
}
