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

/// Who came in with a session: a service, or a hotspot card.
package enum SessionHolder: Sendable, Equatable {
    case service(Service.ID)
    case voucher(UUID)

    var id: UUID {
        switch self {
        case .service(let id): id.uuid
        case .voucher(let id): id
        }
    }
}

/// Ends a service's or card's sessions that should be no more, and looks again until their access servers have reported the end:
/// an answer alone proves nothing. What should be is read anew at each look.
package struct EndSessions: Job {
    package static let kind = "radius.end-sessions"
    package static var rules: JobRules {
        var rules = JobRules()
        rules.timeLimit = .seconds(120)
        return rules
    }

    package let holder: SessionHolder

    package var key: String? { holder.id.description }
    package var lane: String? { "radius \(holder.id)" }
    package var priority: JobPriority { .urgent }

    package init(_ service: Service.ID) { holder = .service(service) }
    package init(voucher: UUID) { holder = .voucher(voucher) }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let (service, voucher) = (
            fields.optional("service", as: String.self), fields.optional("voucher", as: String.self)
        )
        try fields.finish()
        if let id = service.flatMap({ Service.ID($0) }) {
            holder = .service(id)
        } else if let id = voucher.flatMap({ UUID($0) }) {
            holder = .voucher(id)
        } else {
            throw .expected("an id", at: pointer.appending("service"))
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            switch holder {
            case .service(let id): json.member("service", id.description)
            case .voucher(let id): json.member("voucher", id.description)
            }
        }
    }

    /// Sessions of one service that are ended at a time.
    private static let most = 20

    package func run(in context: JobContext, by acts: RadiusActs) async throws {
        let database = context.database
        let due = try await database.sessionsToEnd(of: holder, at: context.now, limit: Self.most)
        for session in due {
            guard let server = try await database.accessServer(session.server) else { continue }
            try await database.noteAsked(session.id, at: context.now)
            let answer = try await acts.end(session, at: server, now: context.now, in: database)
            try await database.note(answer, of: session.id, at: context.now)
        }
        try await database.transaction { database in
            for session in try await database.takeEnded(of: holder) {
                try await database.record(
                    Act(.radiusSessionEnded, session.subject, after: session.details), by: .commandLine,
                    at: context.now, from: context.randomness)
            }
            let left = try await database.sessionsToEnd(of: holder, at: context.now, limit: Self.most)
            guard let tries = left.map(\.asked).max() else { return }
            // Longer and longer, and never so long that an access server that is back waits for half a minute.
            let pause = Duration.seconds(min(20, 2 << min(tries, 4)))
            try await database.queue(self, at: context.now + pause)
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
        let due = try await database.sessionsToEnd(at: now, limit: Self.most)
        try await database.queue(due, at: now)
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

private struct DueHolder: RowReadable {
    let ending: EndSessions

    init(row: Row) throws(DatabaseError) {
        let service: Service.ID? = try row.read("service_id")
        if let service {
            ending = EndSessions(service)
        } else {
            ending = EndSessions(voucher: try row.read("voucher_id"))
        }
    }
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
    /// Under a login that is its service's no more, or of a service or card that may not be on line. A company that the
    /// platform suspended lets nobody in anew, and throws nobody off.
    private func isToEnd(at now: Instant) -> SQL {
        """
        k.ended_at IS NULL AND (
            k.service_id IS NOT NULL AND (
                (radius_standing(\(tenant), k.service_id, \(now))).verdict NOT IN ('ok', 'company') OR NOT EXISTS (
                    SELECT FROM radius_accesses a
                    WHERE a.tenant_id = \(tenant) AND a.service_id = k.service_id AND a.login = k.login))
            OR k.voucher_id IS NOT NULL
                AND (voucher_standing(\(tenant), k.voucher_id, \(now))).verdict NOT IN ('ok', 'company'))
        """
    }

    func sessionsToEnd(
        of holder: SessionHolder, at now: Instant, limit: Int
    ) async throws(DatabaseError) -> [SessionToEnd] {
        try await rows(
            """
            SELECT k.session_id, k.client_id, k.name, k.login, k.address, k.asked FROM radius_sessions k
            WHERE k.tenant_id = \(tenant) AND \(isOf(holder)) AND \(isToEnd(at: now))
            ORDER BY k.started_at LIMIT \(limit)
            """)
    }

    private func isOf(_ holder: SessionHolder) -> SQL {
        switch holder {
        case .service(let id): "k.service_id = \(id)"
        case .voucher(let id): "k.voucher_id = \(id)"
        }
    }

    /// Of all open sessions. Those that may have to end, by the earliest clock there is, are found as a set: the rule
    /// itself is asked about these alone.
    fileprivate func sessionsToEnd(at now: Instant, limit: Int) async throws(DatabaseError) -> [EndSessions] {
        let found: [DueHolder] = try await rows(
            """
            WITH suspects AS MATERIALIZED (
                SELECT k.* FROM radius_sessions k
                LEFT JOIN radius_accesses a ON a.tenant_id = \(tenant) AND a.service_id = k.service_id
                LEFT JOIN services s ON s.tenant_id = \(tenant) AND s.service_id = k.service_id
                LEFT JOIN desired_services d ON d.tenant_id = \(tenant) AND d.service_id = k.service_id
                WHERE k.tenant_id = \(tenant) AND k.ended_at IS NULL AND (
                    k.service_id IS NOT NULL AND (
                        a.login IS DISTINCT FROM k.login OR d.access IS DISTINCT FROM 'open' OR a.ends_at <= \(now)
                        OR (s.prepaid_through + 1)::timestamp AT TIME ZONE 'UTC' - interval '14 hours' <= \(now) OR EXISTS (
                            SELECT FROM cuts c WHERE c.tenant_id = \(tenant) AND c.service_id = k.service_id
                                AND c.lifted_at IS NULL AND c.reason = 'days_over'))
                    OR k.voucher_id IS NOT NULL AND k.due_at <= \(now)))
            SELECT DISTINCT k.service_id, k.voucher_id FROM suspects k WHERE \(isToEnd(at: now)) LIMIT \(limit)
            """)
        return found.map(\.ending)
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

    fileprivate func takeEnded(of holder: SessionHolder) async throws(DatabaseError) -> [EndedSession] {
        try await rows(
            """
            WITH taken AS (
                UPDATE radius_sessions k SET is_recorded = TRUE
                WHERE k.tenant_id = \(tenant) AND \(isOf(holder)) AND ended_at IS NOT NULL AND asked > 0
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
