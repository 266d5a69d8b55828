import Access
import Declarations
import Identifiers
import Locale
import Postgres

/// Rows of another room that refer to a noun: they are counted in the noun's list, and prevent its deletion. The noun's
/// room queries them without naming their tables.
package struct NounUse<Noun>: RoomPart {
    package let number: Int
    let name: String
    /// The list's column heading; nil if only deletion asks.
    let heading: Message?
    let rows: @Sendable (TenantDatabase, SQL) -> SQL

    /// `rows` is the FROM and WHERE clause for the noun with this id.
    package init(
        _ number: Int, _ name: String, _ heading: Message? = nil,
        _ rows: @escaping @Sendable (TenantDatabase, SQL) -> SQL
    ) {
        (self.number, self.name, self.heading, self.rows) = (number, name, heading, rows)
    }
}

/// A noun in its list, with the number of referring rows.
package struct UsedNoun<Noun: Sendable>: Sendable {
    package let noun: Noun
    package let counts: [Int]
}

extension UsedNoun: RowReadable where Noun: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        noun = try Noun(row: row)
        counts = try row.read("uses")
    }
}

extension Catalogue {
    fileprivate func columns<Noun>(of noun: Noun.Type) -> [NounUse<Noun>] {
        parts(NounUse<Noun>.self).filter { $0.heading != nil }
    }
}

extension List {
    /// Adds a column for each use with a heading.
    package func counting<Noun>(usesIn catalogue: Catalogue) -> List where Row == UsedNoun<Noun> {
        adding(
            catalogue.columns(of: Noun.self).enumerated().map { place, use in
                .counted(use.name, \.counts[place], use.heading ?? Message(es: "", en: "", pt: ""))
            })
    }
}

extension TenantDatabase {
    /// The `uses` column read by `UsedNoun`; `id` is the noun's column.
    package func uses<Noun>(of noun: Noun.Type, _ id: SQL, knowing catalogue: Catalogue) -> SQL {
        let counts = catalogue.columns(of: noun).reduce(SQL.nothing) { counts, use in
            "\(counts) || (SELECT count(*) \(use.rows(self, id)))"
        }
        return "'{}'::bigint[] \(counts) AS uses"
    }

    package func isUsed<Noun>(_ id: ID<Noun>, knowing catalogue: Catalogue) async throws(DatabaseError) -> Bool {
        for use in catalogue.parts(NounUse<Noun>.self) {
            if try await value("SELECT EXISTS (SELECT \(use.rows(self, "\(id)")))") ?? false { return true }
        }
        return false
    }
}
