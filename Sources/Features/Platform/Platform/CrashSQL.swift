import Access
import Identifiers
import Loop
import Postgres
import Supervision
import Time

/// A stored crash.
package struct StoredCrash: RowReadable {
    package let id: UUID
    package let at: Instant
    package let process: String
    package let signal: Int32
    package let build: String
    /// A route's method and pattern, or a job's kind; nil if unknown.
    package let name: String?
    package let tenant: UUID?
    package let inFlight: Int32
    /// Function names, innermost first.
    package let backtrace: [String]

    package init(row: Row) throws(DatabaseError) {
        id = try row.read("crash_id")
        at = try row.read("crashed_at")
        process = try row.read("process")
        signal = try row.read("signal")
        build = try row.read("build")
        name = try row.read("name")
        tenant = try row.read("company")
        inFlight = try row.read("in_flight")
        backtrace = try row.read("backtrace")
    }
}

/// A route that is closed, and since when.
struct ClosedRoute: RowReadable {
    let entry: ClosedRoutes.Entry
    let closedAt: Instant

    init(row: Row) throws(DatabaseError) {
        entry = ClosedRoutes.Entry(route: try row.read("route"), tenant: try row.read("company"))
        closedAt = try row.read("closed_at")
    }
}

extension PlatformDatabase {
    /// Stores a crash, and closes what has crashed too often. False when it was already stored.
    package func store(_ crash: Crash) async throws(DatabaseError) -> Bool {
        // Another build's addresses cannot be resolved.
        let functions =
            crash.build == Executable.build
            ? Executable.names(of: crash.frames) : crash.frames.map { "0x" + String($0, radix: 16) }
        let work = crash.work
        let job = work.flatMap { $0.isJob ? $0.job : nil }
        return try await value(
            """
            SELECT store_crash(
                \(crash.id), \(crash.at), \(crash.process), \(crash.signal), \(crash.build), \(work?.name),
                \(work?.isJob ?? false), \(work?.tenant), \(job), \(work?.token), \(Int32(clamping: crash.inFlight)),
                \(functions))
            """) ?? false
    }

    package func closedRoutes() async throws(DatabaseError) -> [ClosedRoutes.Entry] {
        try await allClosedRoutes().map(\.entry)
    }

    func allClosedRoutes() async throws(DatabaseError) -> [ClosedRoute] {
        try await rows("SELECT route, company, closed_at FROM closed_routes ORDER BY closed_at DESC, route")
    }

    /// Newest first.
    package func crashes(limit: Int = 20) async throws(DatabaseError) -> [StoredCrash] {
        try await rows(
            """
            SELECT crash_id, crashed_at, process, signal, build, name, company, in_flight, backtrace FROM crashes
            ORDER BY crashed_at DESC LIMIT \(limit)
            """)
    }

    /// Reopens a route everywhere. False when it was not closed.
    func reopen(_ entry: ClosedRoutes.Entry) async throws(DatabaseError) -> Bool {
        let removed = try await execute(
            """
            DELETE FROM closed_routes
            WHERE route = \(entry.route) AND company IS NOT DISTINCT FROM \(entry.tenant)
            """)
        guard removed > 0 else { return false }
        try await execute("SELECT pg_notify('closed_routes', '')")
        return true
    }
}
