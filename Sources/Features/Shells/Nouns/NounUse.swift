import Access
import Declarations
import Identifiers
import Locale
import Postgres

/// The rows of a room that refer to another room's noun: they are counted in the noun's list, and while there are any the
/// noun is not deleted. The noun's room asks for them and names none of their tables.
package struct NounUse<Noun>: RoomPart {
    package let number: Int
    let name: String
    /// Over the column of the list; nil for what only a deletion asks for.
    let heading: Message?
    let rows: @Sendable (TenantDatabase, SQL) -> SQL

    /// `rows` is a statement from FROM on, of the noun with this id.
    package init(
        _ number: Int, _ name: String, _ heading: Message? = nil,
        _ rows: @escaping @Sendable (TenantDatabase, SQL) -> SQL
    ) {
        (self.number, self.name, self.heading, self.rows) = (number, name, heading, rows)
    }
}

/// A noun in its list, with how many rows of other rooms refer to it.
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
    /// With a column for each use that has a heading.
    package func counting<Noun>(usesIn catalogue: Catalogue) -> List where Row == UsedNoun<Noun> {
        adding(
            catalogue.columns(of: Noun.self).enumerated().map { place, use in
                .counted(use.name, \.counts[place], use.heading ?? Message(es: "", en: "", pt: ""))
            })
    }
}

extension TenantDatabase {
    /// `uses`, as `UsedNoun` reads them, where `id` is the noun's column.
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
