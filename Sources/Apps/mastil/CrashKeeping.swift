import Access
import Identifiers
import Loop
import Platform
import Postgres
import Supervision
import Telemetry

/// Stores the crash reports left by a supervisor, and closes routes that crashed too often.
struct CrashKeeping: Sendable {
    private let files: CrashFiles
    private let database: Database
    private let log: Log

    init(_ configuration: Configuration, _ database: Database, log: Log) {
        files = CrashFiles(directory: configuration.crashes)
        self.database = database
        self.log = log
    }

    /// Runs before anything is served, so that a route that crashed too often is closed in time. Reports that cannot be
    /// stored are left to the next process.
    func storeLeft() async {
        for crash in files.read() {
            do {
                _ = try await database.platform.store(crash)
                files.remove(crash)
            } catch {
                log.error("crash_not_stored", .init("crash", crash.id.description), .error(error))
            }
        }
    }

    func readClosed(into routes: ClosedRoutes) async {
        do {
            routes.replace(with: try await database.platform.closedRoutes())
        } catch {
            log.error("closed_routes_not_read", .error(error))
        }
    }

    func followClosed(into routes: ClosedRoutes) async {
        for await _ in database.listen("closed_routes") { await readClosed(into: routes) }
    }
}
