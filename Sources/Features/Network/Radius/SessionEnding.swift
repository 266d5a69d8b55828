import Access
import Addresses
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Postgres
import RADIUS
import Routers
import Services
import Tenancy
import Time

/// Ends a service's sessions that should be no more, and looks again until their access servers have reported the end:
/// an answer alone proves nothing. What should be is read anew at each look.
package struct EndSessions: Job {
    package static let kind = "radius.end-sessions"
    package static var rules: JobRules {
        var rules = JobRules()
        rules.timeLimit = .seconds(120)
        return rules
    }

    package let service: Service.ID

    package var key: String? { service.description }
    package var lane: String? { "radius \(service)" }
    package var priority: JobPriority { .urgent }

    package init(_ service: Service.ID) { self.service = service }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let text = fields.required("service", as: String.self)
        guard let id = Service.ID(try fields.finish(text)) else {
            throw .expected("an id", at: pointer.appending("service"))
        }
        self.init(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("service", service.description) } }

    /// Sessions of one service that are ended at a time.
    private static let most = 20

    package func run(in context: JobContext, by acts: RadiusActs) async throws {
        let database = context.database
        let due = try await database.sessionsToEnd(of: service, at: context.now, limit: Self.most)
        for session in due {
            guard let server = try await database.accessServer(session.server) else { continue }
            try await database.noteAsked(session.id, at: context.now)
            let answer = try await acts.end(session, at: server, now: context.now, in: database)
            try await database.note(answer, of: session.id, at: context.now)
        }
        try await database.transaction { database in
            for session in try await database.takeEnded(of: service) {
                try await database.record(
                    Act(.radiusSessionEnded, session.subject, after: session.details), by: .commandLine,
                    at: context.now, from: context.randomness)
            }
            let left = try await database.sessionsToEnd(of: service, at: context.now, limit: Self.most)
            guard let tries = left.map(\.asked).max() else { return }
            // Longer and longer, and never so long that an access server that is back waits for half a minute.
            let pause = Duration.seconds(min(20, 2 << min(tries, 4)))
            try await database.queue(EndSessions(service), at: context.now + pause)
            try await context.complete(in: database)
        }
    }
}

/// Each minute, at companies that have access servers: sessions of which nothing was heard for three intervals count as
/// over, and what should be no more and still is, is ended.
package struct WatchSessions: Job {
    package static let kind = "radius.watch-sessions"
    /// Three of the intervals that access servers are told to report in.
    static let silence = Duration.seconds(900)
    private static let keeping = Duration.seconds(180 * 86_400)
    private static let most = 1000

    package var key: String? { "all" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        try JSONFields(json, at: pointer).finish()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    static func schedule(in zone: TimeZone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(Self(), named: kind, at: "* * * * *", in: zone, catchUp: .skip, from: now)
    }

    package func run(in context: JobContext) async throws {
        let (database, now) = (context.database, context.now)
        try await database.sweepSessions(unheardSince: now - Self.silence, keepingSince: now - Self.keeping, at: now)
        let services = try await database.servicesToEnd(at: now, limit: Self.most)
        try await database.queue(services.map(EndSessions.init), at: now)
        if try await database.accessServers(limit: 1).isEmpty { try await database.unschedule(Self.kind) }
    }
}

extension RadiusActs {
    func end(
        _ session: SessionToEnd, at server: AccessServer, now: Instant, in database: TenantDatabase
    ) async throws -> SessionDisconnect.Answer {
        let order = SessionDisconnect(
            session: session.name, login: session.login, address: IPAddress(session.address))
        do {
            return try await send(order, to: server, at: now, in: database)
        } catch is RouterRefusal {
            // Its network is no longer the company's own.
            return .silence
        }
    }
}

/// Open, and should not be.
struct SessionToEnd: RowReadable, Sendable {
    let id: RadiusSession.ID
    let server: AccessServer.ID
    let name: String
    let login: String
    let address: String
    let asked: Int

    init(row: Row) throws(DatabaseError) {
        id = try row.read("session_id")
        server = try row.read("client_id")
        name = try row.read("name")
        login = try row.read("login")
        address = try row.read("address")
        let asked: Int32 = try row.read("asked")
        self.asked = Int(asked)
    }
}

/// Over since its end was asked for.
private struct EndedSession: RowReadable {
    let subject: Act.Subject
    let details: [Act.Detail]

    init(row: Row) throws(DatabaseError) {
        let (number, plan): (Int, String) = (try row.read("number"), try row.read("plan_name"))
        let service: Service.ID = try row.read("service_id")
        subject = Act.Subject("service", service.uuid, named: "\(plan) (\(number))")
        let (login, answer, cause): (String, String, String) = (
            try row.read("login"), try row.read("answer"), try row.read("cause")
        )
        details = [Act.Detail("login", login), Act.Detail("answer", answer), Act.Detail("cause", cause)]
    }
}

private struct ServiceToEnd: RowReadable {
    let id: Service.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("service_id") }
}

extension SessionDisconnect.Answer {
    /// The answer as the sessions table stores it.
    var text: String {
        switch self {
        case .ended: "ACK"
        case .refused(let cause): cause.map { "NAK \($0)" } ?? "NAK"
        case .silence: "-"
        }
    }
}

extension TenantDatabase {
    /// Under a login that is its service's no more, or of a service that may not be on line. A company that the platform
    /// suspended lets nobody in anew, and throws nobody off.
    private func isToEnd(at now: Instant) -> SQL {
        """
        k.ended_at IS NULL AND k.service_id IS NOT NULL AND (
            (radius_standing(\(tenant), k.service_id, \(now))).verdict NOT IN ('ok', 'company') OR NOT EXISTS (
                SELECT FROM radius_accesses a
                WHERE a.tenant_id = \(tenant) AND a.service_id = k.service_id AND a.login = k.login))
        """
    }

    func sessionsToEnd(
        of service: Service.ID, at now: Instant, limit: Int
    ) async throws(DatabaseError) -> [SessionToEnd] {
        try await rows(
            """
            SELECT k.session_id, k.client_id, k.name, k.login, k.address, k.asked FROM radius_sessions k
            WHERE k.tenant_id = \(tenant) AND k.service_id = \(service) AND \(isToEnd(at: now))
            ORDER BY k.started_at LIMIT \(limit)
            """)
    }

    fileprivate func servicesToEnd(at now: Instant, limit: Int) async throws(DatabaseError) -> [Service.ID] {
        let found: [ServiceToEnd] = try await rows(
            """
            SELECT DISTINCT k.service_id FROM radius_sessions k
            WHERE k.tenant_id = \(tenant) AND \(isToEnd(at: now)) LIMIT \(limit)
            """)
        return found.map(\.id)
    }

    /// Before it leaves.
    fileprivate func noteAsked(_ session: RadiusSession.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE radius_sessions SET asked_at = \(now), asked = asked + 1, answer = ''
            WHERE tenant_id = \(tenant) AND session_id = \(session)
            """)
    }

    /// Stores the answer; a session unknown to its access server counts as ended.
    fileprivate func note(
        _ answer: SessionDisconnect.Answer, of session: RadiusSession.ID, at now: Instant
    ) async throws(DatabaseError) {
        let isGone = answer == .noSession
        let end: SQL =
            isGone
            ? """
            , ended_at = coalesce(ended_at, greatest(\(now), started_at)),
            cause = CASE WHEN ended_at IS NULL THEN 'Not-Found' ELSE cause END
            """ : .nothing
        try await execute(
            """
            UPDATE radius_sessions SET answer = \(answer.text) \(end)
            WHERE tenant_id = \(tenant) AND session_id = \(session)
            """)
    }

    fileprivate func takeEnded(of service: Service.ID) async throws(DatabaseError) -> [EndedSession] {
        try await rows(
            """
            WITH taken AS (
                UPDATE radius_sessions SET is_recorded = TRUE
                WHERE tenant_id = \(tenant) AND service_id = \(service) AND ended_at IS NOT NULL AND asked > 0
                    AND NOT is_recorded
                RETURNING service_id, login, answer, cause)
            SELECT t.service_id, t.login, t.answer, t.cause, s.number, p.name AS plan_name
            FROM taken t
            JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = t.service_id
            JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = t.service_id
            JOIN plans p ON p.tenant_id = \(tenant) AND p.plan_id = d.plan_id
            """)
    }

    func sweepSessions(
        unheardSince silent: Instant, keepingSince old: Instant, at now: Instant
    ) async throws(DatabaseError) {
        _ = try await batch([
            """
            UPDATE radius_sessions SET ended_at = \(now), cause = 'Stale'
            WHERE tenant_id = \(tenant) AND ended_at IS NULL AND seen_at < \(silent)
            """,
            "DELETE FROM radius_sessions WHERE tenant_id = \(tenant) AND ended_at < \(old)",
        ])
    }
}
