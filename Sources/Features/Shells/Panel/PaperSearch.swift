import Access
import Declarations
import Identifiers
import Locale
import Postgres
import Time

/// Papers that the search finds by what is printed on them: an invoice by its folio, a payment by its reference. They are
/// looked up where they are kept, not among the words.
package struct PaperSearch: RoomPart {
    package let number: Int
    let heading: Message
    let icon: Icon
    /// Their pages are at this path with an id behind it.
    let path: String
    let permission: Permission
    let statement: @Sendable (Visit, String) -> SQL

    /// `statement` selects `id`, `title`, `detail` and `day` of a few that have this text.
    package init(
        _ number: Int, _ heading: Message, _ icon: Icon, at path: String, for permission: Permission,
        _ statement: @escaping @Sendable (Visit, String) -> SQL
    ) {
        (self.number, self.heading, self.icon) = (number, heading, icon)
        (self.path, self.permission, self.statement) = (path, permission, statement)
    }
}

extension Visit {
    /// Nothing is printed on them that has no digit.
    func papers(with text: String) async throws -> [SearchPage.Found] {
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [] }
        let parts = catalogue.parts(PaperSearch.self).filter { may($0.permission) }
        let results = try await database.batch(parts.map { $0.statement(self, text) })
        return try zip(parts, results).map { part, rows in
            let papers: [Paper] = try rows.read()
            return SearchPage.Found(
                part.heading, part.icon,
                papers.map { paper in
                    let day = paper.day.text(.short, for: reader)
                    return (paper.title, "\(paper.detail) · \(day)", "\(part.path)/\(paper.id)")
                })
        }
    }
}

private struct Paper: RowReadable {
    let id: UUID
    let title: String
    let detail: String
    let day: Day

    init(row: Row) throws(DatabaseError) {
        (id, title) = (try row.read("id"), try row.read("title"))
        (detail, day) = (try row.read("detail"), try row.read("day"))
    }
}
