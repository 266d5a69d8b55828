import Access
import Declarations
import Events
import Identifiers
import JSON
import Jobs
import Postgres
import Tenancy
import Time

/// Hands a notice to the first of the company's channels that takes it. Run again, it goes on after a channel that failed.
package struct CarryNotice: Job {
    package static let kind = "notices.carry"

    package static var rules: JobRules {
        var rules = JobRules()
        rules.attempts = 20
        rules.timeLimit = .seconds(60)
        return rules
    }

    /// How long a channel has to say what became of a notice whose answer never came.
    static let patience = Duration.seconds(600)
    /// How often one channel is tried.
    static let mostTries = 2

    package let notice: CustomerNotice.ID

    package var key: String? { notice.description }

    package init(_ notice: CustomerNotice.ID) { self.notice = notice }

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let id = fields.required("notice", as: String.self).flatMap { CustomerNotice.ID($0) }
        if id == nil { fields.refuse("notice", .expected("an identifier")) }
        notice = try fields.finish(id)
    }

    package func write(to json: inout JSONWriter) { json.object { $0.member("notice", notice.description) } }

    func run(in context: JobContext, knowing catalogue: Catalogue, _ desk: (Tenant) -> NoticeDesk) async throws {
        guard let tenant = try await context.database.lockedTenant() else { return }
        let desk = desk(tenant)
        try await context.database.transaction { database in
            try await carry(at: desk.within(database), knowing: catalogue)
        }
    }

    private func carry(at desk: NoticeDesk, knowing catalogue: Catalogue) async throws {
        let database = desk.database
        guard let found = try await database.notice(notice, locked: true), found.state == .waiting else { return }
        let carriers = catalogue.noticeCarriers
        var attempts = try await database.attempts(of: [notice])
        if let open = attempts.last, open.isOpen {
            guard open.state == .unknown else { return }
            let end = open.changedAt + Self.patience
            guard end <= desk.now else { return try await database.queue(CarryNotice(notice), at: end) }
            try await database.end(open, of: notice, as: .failed, because: open.failure, at: desk.now)
            attempts = try await database.attempts(of: [notice])
        }
        if let kind = catalogue.noticeKinds.first(where: { $0.name == found.kind }),
            try await !kind.applies(found, database)
        {
            return try await database.set(.withdrawn, of: notice, at: desk.now)
        }
        let order = try await database.noticeOrders(by: carriers).channels(of: found.kind)
        for channel in order {
            let tries = attempts.filter { $0.channel == channel }
            // Only a channel that never said what became of the notice is tried again.
            guard tries.isEmpty || (tries.count < Self.mostTries && tries.last?.failure == NoticeFate.unknownCode),
                let carrier = carriers.first(where: { $0.name == channel })
            else { continue }
            let position = attempts.count + 1
            switch try await carrier.carry(found, desk) {
            case .absent: continue
            case .refused(let code):
                try await database.insertAttempt(position, of: notice, channel, refused: code, at: desk.now)
                attempts = try await database.attempts(of: [notice])
            case .later(let moment):
                try await database.wait(notice, for: channel, until: moment)
                return try await database.queue(CarryNotice(notice), at: moment)
            case .taken(let id):
                return try await database.insertAttempt(position, of: notice, channel, taken: id, at: desk.now)
            }
        }
        try await database.fail(found, after: attempts, at: desk.now)
    }
}

extension TenantDatabase {
    fileprivate func insertAttempt(
        _ position: Int, of notice: CustomerNotice.ID, _ channel: String, taken id: UUID? = nil,
        refused code: String? = nil, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO notice_attempts (
                tenant_id, notice_id, position, channel, carried_by, state, failure, made_at, changed_at)
            VALUES (
                \(tenant), \(notice), \(position), \(channel), \(id), \(id == nil ? "failed" : "waiting"), \(code), \(now),
                \(now))
            """)
        guard id != nil else { return }
        try await execute(
            """
            UPDATE notices SET channel = \(channel), waits_until = NULL, changed_at = \(now)
            WHERE tenant_id = \(tenant) AND notice_id = \(notice)
            """)
    }

    fileprivate func wait(
        _ notice: CustomerNotice.ID, for channel: String, until moment: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE notices SET channel = \(channel), waits_until = \(moment)
            WHERE tenant_id = \(tenant) AND notice_id = \(notice)
            """)
    }

    func end(
        _ attempt: NoticeAttempt, of notice: CustomerNotice.ID, as state: NoticeAttempt.State, because failure: String?,
        at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE notice_attempts SET state = \(state.rawValue), failure = \(failure), changed_at = \(now)
            WHERE tenant_id = \(tenant) AND notice_id = \(notice) AND position = \(attempt.position)
            """)
    }

    func set(_ state: CustomerNotice.State, of notice: CustomerNotice.ID, at now: Instant) async throws(DatabaseError) {
        let isOut = state == .sent || state == .delivered || state == .read
        try await execute(
            """
            UPDATE notices SET state = \(state.rawValue), waits_until = NULL, changed_at = \(now), failure = NULL,
                sent_at = CASE WHEN \(isOut) THEN coalesce(sent_at, \(now)) ELSE sent_at END
            WHERE tenant_id = \(tenant) AND notice_id = \(notice)
            """)
    }

    fileprivate func fail(_ notice: CustomerNotice, after attempts: [NoticeAttempt], at now: Instant) async throws {
        let failure = attempts.last?.failure ?? NoticeFate.noChannelCode
        try await execute(
            """
            UPDATE notices SET state = 'failed', failure = \(failure), channel = coalesce(\(attempts.last?.channel), channel),
                waits_until = NULL, changed_at = \(now)
            WHERE tenant_id = \(tenant) AND notice_id = \(notice.id)
            """)
        try await record(
            Act(.noticeFailed, notice.subjectOfActs, after: notice.details), by: .commandLine, at: now)
    }
}

extension CustomerNotice {
    var subjectOfActs: Act.Subject { Act.Subject("customer", customer.uuid, named: customerName) }
    var details: [Act.Detail] { [Act.Detail("notice", "\(number)"), Act.Detail("notice_kind", kind)] }
}
