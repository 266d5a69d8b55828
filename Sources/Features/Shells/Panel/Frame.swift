import Access
import Declarations
import Identifiers
import Nouns
import Postgres
import Tenancy

/// The personal part of the page layout: short menu, pinned pages, and counts of waiting work.
package struct Frame: Sendable {
    /// The short menu of people whose only role is built-in and has tasks.
    package let tasks: [MenuEntry]
    let pins: [MenuEntry]
    /// By page path.
    let counts: [String: Int]
}

extension Visit {
    /// Read in one round trip for an admitted visitor. Empty on a page that confirms the end of one's own session.
    package func frame() async throws -> Frame {
        let nothing = Frame(tasks: [], pins: [], counts: [:])
        guard let admitted, !tenant.isPlatform else { return nothing }
        do {
            return try await frame(of: admitted.id)
        } catch let error as DatabaseError where error.sqlState == "MA401" {
            return nothing
        }
    }

    private func frame(of person: UUID) async throws -> Frame {
        let counted = openEntries.filter { $0.count != nil }
        let tenant = database.tenant
        let results = try await database.batch(
            [
                """
                SELECT columns FROM list_columns
                WHERE tenant_id = \(tenant) AND staff_id = \(person) AND list = \(Pins.list)
                """,
                """
                SELECT r.ready_made FROM staff_roles h
                JOIN roles r ON r.tenant_id = h.tenant_id AND r.role_id = h.role_id
                WHERE h.tenant_id = \(tenant) AND r.tenant_id = \(tenant) AND h.staff_id = \(person)
                """,
            ] + counted.compactMap { $0.count?(tenant) })
        let chosen: [ChosenList] = try results[0].read()
        let roles: [HeldRole] = try results[1].read()
        var counts: [String: Int] = [:]
        for (entry, result) in zip(counted, results.dropFirst(2)) {
            counts[entry.path] = (try result.read() as [Waiting]).first?.count
        }
        let only = roles.count == 1 ? roles[0].readyMade : nil
        return Frame(
            tasks: only.map { catalogue.menu.tasks(of: $0).filter(mayOpen) } ?? [],
            pins: (chosen.first?.paths ?? []).compactMap { path in openEntries.first { $0.path == path } },
            counts: counts)
    }
}

private struct ChosenList: RowReadable {
    let paths: [String]

    init(row: Row) throws(DatabaseError) { paths = try row.read("columns") }
}

private struct HeldRole: RowReadable {
    let readyMade: ReadyMadeRole?

    init(row: Row) throws(DatabaseError) {
        let word: String? = try row.read("ready_made")
        readyMade = word.flatMap(ReadyMadeRole.init)
    }
}

private struct Waiting: RowReadable {
    let count: Int

    init(row: Row) throws(DatabaseError) { count = try row.read("count") }
}
