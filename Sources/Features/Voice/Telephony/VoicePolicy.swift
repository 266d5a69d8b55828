import API
import Access
import Declarations
import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy

/// Which numbers always go through, and the rules against fraud, which hold an account's next calls back.
package struct VoicePolicy: Sendable, Equatable {
    package var emergency = "911 112"
    /// Answered calls of less than six seconds in five minutes; 0 turns a rule off.
    package var shortCalls = 30
    /// Failed calls in ten minutes, if they are more than four of five.
    package var failedCalls = 20
    /// Calls an hour from 22:00 to 06:00.
    package var nightCalls = 0
    /// An hour's price.
    package var hourSpend: Money
    package var blockedMinutes = 60

    package init(in currency: Currency) { hourSpend = .zero(currency) }
}

extension VoicePolicy: Fielded {
    package static let noun = "VoicePolicy"

    package static let fields: [Field<VoicePolicy>] = [
        Field<VoicePolicy>.line("emergency", \.emergency, 0...100, TelephonyWords.emergency.message)
            .hint(TelephonyWords.emergencyHint.message),
        Field<VoicePolicy>.count("short_calls", \.shortCalls, 0...10_000, TelephonyWords.shortCalls.message)
            .hint(TelephonyWords.zeroIsOff.message),
        .count("failed_calls", \.failedCalls, 0...10_000, TelephonyWords.failedCalls.message),
        .count("night_calls", \.nightCalls, 0...10_000, TelephonyWords.nightCalls.message),
        .money("hour_spend", \.hourSpend, TelephonyWords.hourSpend.message),
        .count("blocked_minutes", \.blockedMinutes, 1...10_080, TelephonyWords.blockedMinutes.message),
    ]
}

extension VoicePolicy: Resource {
    package static let schema = Schema.object(noun, schemaFields)
    package var path: String { "/api/v1/voice-policy" }

    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension VoicePolicy {
    package func put(by principal: Principal, in database: TenantDatabase) async throws -> VoicePolicy {
        guard emergency.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x20 }) else {
            throw TelephonyRefusal.emergencyWrong
        }
        let policy = self
        return try await database.transaction { database in
            guard let company = try await database.lockedTenant() else { return policy }
            let known = try await database.voicePolicy(in: policy.hourSpend.currency)
            guard
                let act = Act.change(
                    .voicePolicyChanged, Act.Subject("tenant", database.tenant.uuid, named: company.name),
                    from: known.details(), to: policy.details())
            else { return policy }
            try await database.execute(
                """
                INSERT INTO voice_policies (
                    tenant_id, emergency, short_calls, failed_calls, night_calls, hour_spend, blocked_minutes)
                VALUES (
                    \(database.tenant), \(policy.emergency), \(Int32(policy.shortCalls)), \(Int32(policy.failedCalls)),
                    \(Int32(policy.nightCalls)), \(policy.hourSpend.minor), \(Int32(policy.blockedMinutes)))
                ON CONFLICT (tenant_id) DO UPDATE SET emergency = excluded.emergency,
                    short_calls = excluded.short_calls, failed_calls = excluded.failed_calls,
                    night_calls = excluded.night_calls, hour_spend = excluded.hour_spend,
                    blocked_minutes = excluded.blocked_minutes
                """)
            try await database.record(act, by: principal.actor, at: principal.now)
            return policy
        }
    }
}

extension TenantDatabase {
    package func voicePolicy(in currency: Currency) async throws(DatabaseError) -> VoicePolicy {
        let found: StoredPolicy? = try await first(
            """
            SELECT emergency, short_calls, failed_calls, night_calls, hour_spend, blocked_minutes FROM voice_policies
            WHERE tenant_id = \(tenant)
            """)
        guard let found else {
            // As calls are decided where the company said nothing.
            var policy = VoicePolicy(in: currency)
            (policy.shortCalls, policy.failedCalls) = (0, 0)
            return policy
        }
        return found.policy(in: currency)
    }
}

private struct StoredPolicy: RowReadable {
    private let emergency: String
    private let numbers: [Int]
    private let spend: Int64

    init(row: Row) throws(DatabaseError) {
        emergency = try row.read("emergency")
        let (short, failed, night, minutes): (Int32, Int32, Int32, Int32) = (
            try row.read("short_calls"), try row.read("failed_calls"), try row.read("night_calls"),
            try row.read("blocked_minutes")
        )
        numbers = [Int(short), Int(failed), Int(night), Int(minutes)]
        spend = try row.read("hour_spend")
    }

    func policy(in currency: Currency) -> VoicePolicy {
        var policy = VoicePolicy(in: currency)
        policy.emergency = emergency
        (policy.shortCalls, policy.failedCalls, policy.nightCalls) = (numbers[0], numbers[1], numbers[2])
        (policy.hourSpend, policy.blockedMinutes) = (Money(minor: spend, currency), numbers[3])
        return policy
    }
}
