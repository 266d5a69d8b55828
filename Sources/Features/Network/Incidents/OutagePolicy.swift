import Access
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy

/// What an outage means for those it affects, and who is alerted.
package struct OutagePolicy: Sendable, Equatable {
    package var isTold = true
    /// No money moves until the company says so.
    package var isCredited = false
    /// The shortest outage that is credited.
    package var creditMinutes = 60
    /// 0 for never.
    package var escalationMinutes = 15
    /// E-mail addresses, separated by commas.
    package var alerted = ""

    package init() {}

    /// A customer is told of outages of one place at most once in this time.
    package static let spacing = Duration.seconds(1800)
    /// The minutes of a month by which a monthly price is divided.
    package static let monthMinutes: Int64 = 43_200

    /// What is taken off the next invoice: the price's share of the minutes, to the cent. They may be part of a longer
    /// outage, of which the rest was credited before.
    package func credit(
        for minutes: Int, ofOutage whole: Int? = nil, of price: Money
    ) throws(MoneyError) -> Money? {
        guard isCredited, whole ?? minutes >= creditMinutes, price.isPositive else { return nil }
        let share = try price.times(
            min(Int64(minutes), Self.monthMinutes), over: Self.monthMinutes, .halfAwayFromZero)
        return share.isPositive ? share : nil
    }

    package var addresses: [String] {
        alerted.split { $0 == "," || $0 == ";" || $0 == " " || $0 == "\n" }.map(String.init)
    }
}

extension OutagePolicy: Fielded {
    package static let noun = "OutagePolicy"

    package static let fields: [Field<OutagePolicy>] = [
        .flag("told", \.isTold, IncidentWords.policyTold.message),
        .flag("credited", \.isCredited, IncidentWords.policyCredited.message),
        .count("credit_minutes", \.creditMinutes, 1...43_200, IncidentWords.policyCreditMinutes.message),
        .count("escalation_minutes", \.escalationMinutes, 0...1440, IncidentWords.policyEscalation.message).hint(
            IncidentWords.policyEscalationHint.message),
        .line("alerted", \.alerted, 0...500, IncidentWords.policyAlerted.message).hint(
            IncidentWords.policyAlertedHint.message),
    ]
}

extension OutagePolicy: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension OutagePolicy {
    package func put(by principal: Principal, in database: TenantDatabase) async throws {
        let policy = self
        for address in addresses where !address.contains("@") || address.utf8.count > 254 {
            throw IncidentRefusal.addressUnreadable
        }
        try await database.transaction { database in
            let known = try await database.outagePolicy()
            let company = try await database.lockedTenant()?.name ?? ""
            guard
                let act = Act.change(
                    .outagePolicyChanged, Act.Subject("tenant", database.tenant.uuid, named: company),
                    from: known.details(), to: policy.details())
            else { return }
            try await database.execute(
                """
                INSERT INTO outage_policies (
                    tenant_id, is_told, is_credited, credit_minutes, escalation_minutes, alerted)
                VALUES (
                    \(database.tenant), \(policy.isTold), \(policy.isCredited), \(Int32(policy.creditMinutes)),
                    \(Int32(policy.escalationMinutes)), \(policy.alerted))
                ON CONFLICT (tenant_id) DO UPDATE SET is_told = excluded.is_told, is_credited = excluded.is_credited,
                    credit_minutes = excluded.credit_minutes, escalation_minutes = excluded.escalation_minutes,
                    alerted = excluded.alerted
                """)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    package func outagePolicy() async throws(DatabaseError) -> OutagePolicy {
        try await first(
            """
            SELECT is_told, is_credited, credit_minutes, escalation_minutes, alerted FROM outage_policies
            WHERE tenant_id = \(tenant)
            """) ?? OutagePolicy()
    }
}

extension OutagePolicy: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        isTold = try row.read("is_told")
        isCredited = try row.read("is_credited")
        let (credit, escalation): (Int32, Int32) = (
            try row.read("credit_minutes"), try row.read("escalation_minutes")
        )
        (creditMinutes, escalationMinutes) = (Int(credit), Int(escalation))
        alerted = try row.read("alerted")
    }
}
