import Access
import Customers
import Events
import Identifiers
import JSON
import Jobs
import Ledger
import Locale
import Postgres
import Tenancy
import Time

/// Every five minutes, at companies that sell calls: what was used becomes charges in the ledger, a prepaid account's at
/// once and a postpaid one's when the day is over. Fractions of the smallest coin wait for more. Calls whose end nobody
/// told are closed.
struct PostUsage: Job {
    static let kind = "voice.post-usage"

    var key: String? { "all" }

    init() {}

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) { try JSONFields(json, at: pointer).finish() }

    func write(to json: inout JSONWriter) { json.object { _ in } }

    static func schedule(in zone: TimeZone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(Self(), named: kind, at: "*/5 * * * *", in: zone, catchUp: .skip, from: now)
    }

    func run(in context: JobContext) async throws {
        let (database, now) = (context.database, context.now)
        try await database.closeLostVoiceCalls(at: now)
        for account in try await database.voiceAccountsToPost(limit: 10_000) {
            try await Self.post(account, at: now, from: context.randomness, in: database)
        }
        if try await database.voices(VoiceAccount.self, limit: 1).isEmpty { try await database.unschedule(Self.kind) }
    }

    static func post(
        _ id: VoiceAccount.ID, at now: Instant, from randomness: Randomness, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            guard let account = try await database.voice(id, locked: true), let customer = account.customer,
                let zone = try await database.lockedTenant()?.timeZone
            else { return }
            let today = zone.day(at: now)
            let before = account.payment == .prepaid ? now : today.start(in: zone)
            guard let usage = try await database.voiceUsage(of: id, endedBefore: before) else { return }
            let currency = account.creditLimit.currency
            let scale = Micros.perMinor(of: currency)
            // With what was left of the smallest coin before.
            let minor = (account.unposted - usage.later) / scale
            guard minor > 0 else { return }
            let posting = Transaction.ID.make(milliseconds: now.milliseconds, from: randomness)
            let amount = Money(minor: minor, currency)
            try await database.post(
                Transaction(
                    id: posting, .charge, of: posting.uuid, on: today,
                    note: "\(account.name): \(usage.calls) × ☎ \(usage.seconds / 60)′",
                    [Posting(.receivable(customer), amount), Posting(.income("voice"), try -amount)]),
                by: .commandLine, at: now)
            let settlement = Transaction.ID.make(milliseconds: now.milliseconds, from: randomness)
            try await database.settleOldest(
                [(customer, settlement, settlement.uuid)], in: currency, on: today, by: .commandLine, at: now)
            try await database.notePosted(posting, of: id, endedBefore: before, minor * scale)
        }
    }
}

/// What an account's calls come to that are not in the ledger.
private struct VoiceUsage: RowReadable {
    let calls: Int
    let seconds: Int
    /// Of calls that ended too late for this posting.
    let later: Int64

    init(row: Row) throws(DatabaseError) {
        calls = try row.read("calls")
        seconds = try row.read("seconds")
        later = try row.read("later")
    }
}

private struct AccountToPost: RowReadable {
    let id: VoiceAccount.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("account_id") }
}

extension TenantDatabase {
    fileprivate func voiceAccountsToPost(limit: Int) async throws(DatabaseError) -> [VoiceAccount.ID] {
        let found: [AccountToPost] = try await rows(
            """
            SELECT account_id FROM voice_accounts WHERE tenant_id = \(tenant) AND unposted > 0
            ORDER BY account_id LIMIT \(limit)
            """)
        return found.map(\.id)
    }

    /// Nil without a call to post.
    fileprivate func voiceUsage(
        of account: VoiceAccount.ID, endedBefore moment: Instant
    ) async throws(DatabaseError) -> VoiceUsage? {
        let usage: VoiceUsage? = try await first(
            """
            SELECT count(*) FILTER (WHERE ended_at < \(moment)) AS calls,
                coalesce(sum(seconds) FILTER (WHERE ended_at < \(moment)), 0)::bigint AS seconds,
                coalesce(sum(amount) FILTER (WHERE ended_at >= \(moment)), 0)::bigint AS later
            FROM voice_calls
            WHERE tenant_id = \(tenant) AND account_id = \(account) AND posting_id IS NULL AND amount > 0
            """)
        return usage.flatMap { $0.calls > 0 ? $0 : nil }
    }

    fileprivate func notePosted(
        _ posting: Transaction.ID, of account: VoiceAccount.ID, endedBefore moment: Instant, _ micros: Int64
    ) async throws(DatabaseError) {
        _ = try await batch([
            """
            UPDATE voice_calls SET posting_id = \(posting)
            WHERE tenant_id = \(tenant) AND account_id = \(account) AND posting_id IS NULL AND amount > 0
                AND ended_at < \(moment)
            """,
            """
            UPDATE voice_accounts SET unposted = unposted - \(micros)
            WHERE tenant_id = \(tenant) AND account_id = \(account)
            """,
        ])
    }

    /// They count as over from the moment when they had to be, and are not charged.
    fileprivate func closeLostVoiceCalls(at now: Instant) async throws(DatabaseError) {
        _ = try await batch([
            """
            WITH lost AS (
                SELECT call_id, coalesce(answered_at, deadline) AS moment FROM voice_calls
                WHERE tenant_id = \(tenant) AND state = 'live' AND deadline < \(now)),
            closed AS (SELECT voice_close(\(tenant), l.call_id, 408, l.moment) FROM lost l)
            SELECT count(*) FROM closed
            """,
            """
            UPDATE voice_calls SET reason = 'lost'
            WHERE tenant_id = \(tenant) AND state = 'answered' AND seconds = 0 AND reason = '' AND deadline < \(now)
                AND deadline > \(now - .seconds(86_400))
            """,
        ])
    }
}
