import Access
import Declarations
import Identifiers
import Locale
import Postgres
import Time

/// Search in a room's own tables, without the search index: by what is printed on papers, such as an invoice's folio,
/// or by how devices know something, such as an address.
package struct DirectSearch: RoomPart {
    package let number: Int
    let heading: Message
    let icon: Icon
    /// The path of their pages, to which the id is appended.
    let path: String
    let permission: Permission
    /// What is printed always contains a digit.
    let needsDigit: Bool
    let statement: @Sendable (Visit, String) -> SQL

    /// `statement` selects `id`, `title`, `detail` and `day`, which may be null, of a few things with this text.
    package init(
        _ number: Int, _ heading: Message, _ icon: Icon, at path: String, for permission: Permission,
        needsDigit: Bool = true, _ statement: @escaping @Sendable (Visit, String) -> SQL
    ) {
        (self.number, self.heading, self.icon) = (number, heading, icon)
        (self.path, self.permission, self.statement) = (path, permission, statement)
        self.needsDigit = needsDigit
    }
}

extension Visit {
    func foundDirectly(by text: String) async throws -> [SearchPage.Found] {
        let hasDigit = text.utf8.contains { (0x30...0x39).contains($0) }
        let parts = catalogue.parts(DirectSearch.self).filter { may($0.permission) && (hasDigit || !$0.needsDigit) }
        guard !parts.isEmpty else { return [] }
        let results = try await database.batch(parts.map { $0.statement(self, text) })
        return try zip(parts, results).map { part, rows in
            let hits: [DirectHit] = try rows.read()
            return SearchPage.Found(
                part.heading, part.icon,
                hits.map { hit in
                    let facts = [hit.detail, hit.day?.text(.short, for: reader) ?? ""].filter { !$0.isEmpty }
                    return (hit.title, facts.joined(separator: " · "), "\(part.path)/\(hit.id)")
                })
        }
    }
}

private struct DirectHit: RowReadable {
    let id: UUID
    let title: String
    let detail: String
    let day: Day?

    init(row: Row) throws(DatabaseError) {
        (id, title) = (try row.read("id"), try row.read("title"))
        (detail, day) = (try row.read("detail"), try row.read("day"))
    }
}
