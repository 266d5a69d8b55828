import Access
import HTML
import HTTP
import Locale
import Postgres
import Supervision
import Time

struct VersionRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/versions", .see, "Versiones de la base de datos y de su esquema", show)
    }

    private func show(_ visit: ConsoleVisit) async throws -> Response {
        let platform = parts.database.platform
        let page = VersionPage(
            server: try await platform.value("SELECT current_setting('server_version')") ?? "",
            migrations: try await platform.rows("SELECT name, applied_at FROM migrations ORDER BY number DESC"),
            visit: visit)
        return try await Console.page(page, titled: PlatformWords.versions.text(for: visit.reader), for: visit)
    }
}

struct AppliedMigration: RowReadable {
    let name: String
    let appliedAt: Instant

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        appliedAt = try row.read("applied_at")
    }
}

struct VersionPage: View {
    let server: String
    let migrations: [AppliedMigration]
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        h1 { PlatformWords.versions.text(for: reader) }
        Facts(facts: [
            (
                "Mastil",
                Executable.builtAt.map { PlatformWords.builtAt.text(for: reader, .text("time", visit.text($0))) } ?? "–"
            ), ("PostgreSQL", server),
            (PlatformWords.schema.text(for: reader), migrations.first?.name ?? "–"),
        ])
        h2 { PlatformWords.migrations.text(for: reader) }
        ConsoleTable(
            label: PlatformWords.migrations.text(for: reader),
            headings: [PlatformWords.migration, .appliedAt].map { $0.text(for: reader) },
            rows: migrations.map { migration in
                tr {
                    td { code { migration.name } }
                    td { visit.text(migration.appliedAt) }
                }
            })
    }
}
