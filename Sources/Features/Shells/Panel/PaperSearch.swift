import Access
import Declarations
import Identifiers
import Locale
import Postgres
import Time

/// Search by what is printed on papers: an invoice's folio, a payment's reference. Queried in their own tables, without
/// the search index.
package struct PaperSearch: RoomPart {
    package let number: Int
    let heading: Message
    let icon: Icon
    /// The path of their pages, to which the id is appended.
    let path: String
    let permission: Permission
    let statement: @Sendable (Visit, String) -> SQL

    /// `statement` selects `id`, `title`, `detail` and `day` of a few papers with this text.
    package init(
        _ number: Int, _ heading: Message, _ icon: Icon, at path: String, for permission: Permission,
        _ statement: @escaping @Sendable (Visit, String) -> SQL
    ) {
        (self.number, self.heading, self.icon) = (number, heading, icon)
        (self.path, self.permission, self.statement) = (path, permission, statement)
    }
}

extension Visit {
    /// Printed references always contain a digit.
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
