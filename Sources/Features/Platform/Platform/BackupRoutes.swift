import Access
import HTTP
import Locale
import Panel
import Postgres

/// Backups of the database, and whether they can be restored.
struct BackupRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/backups", .see, "Respaldos de la base de datos y pruebas de restauración", show)
    }

    private func show(_ visit: ConsoleVisit) async throws -> Response {
        let platform = parts.database.platform
        let page = BackupPage(
            standing: try await platform.backupStanding(), runs: try await platform.backupRuns(), visit: visit)
        return try await Console.page(page, titled: BackupWords.title.text(for: visit.reader), for: visit)
    }
}
