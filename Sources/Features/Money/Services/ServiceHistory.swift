import Access
import Events
import Identifiers
import Locale
import Nouns
import Plans
import Postgres
import Time

/// An event of a service's life, for its page.
struct ServiceHistoryLine: Sendable {
    enum Kind: String, Sendable {
        case terms, activated, cancelled, frozen, cut, reconnected, moved, promotion, credit, days
    }

    let kind: Kind
    let day: Day
    let until: Day?
    /// A plan's or reason's name, or an address.
    let text: String
    let amount: Money?
    let author: String
}

/// A charge with its id, for ending it.
struct ServiceChargeRow: Sendable {
    let id: ServiceCharge.ID
    let charge: ServiceCharge
}

extension TenantDatabase {
    /// The events, newest first, and the additional charges.
    func serviceHistory(
        _ id: Service.ID, in zone: TimeZone
    ) async throws(DatabaseError) -> (lines: [ServiceHistoryLine], charges: [ServiceChargeRow]) {
        let results = try await batch([
            """
            SELECT kind, day, until, text, amount, currency, author FROM (
                SELECT 'terms' AS kind, t.from_day AS day, NULL::date AS until, p.name AS text, t.price AS amount,
                    t.currency, t.author, t.made_at
                FROM service_terms t JOIN plans p ON p.tenant_id = t.tenant_id AND p.plan_id = t.plan_id
                WHERE t.tenant_id = \(tenant) AND t.service_id = \(id)
                UNION ALL
                SELECT 'activated', day, NULL, '', NULL, NULL, author, made_at FROM activations
                WHERE tenant_id = \(tenant) AND service_id = \(id)
                UNION ALL
                SELECT 'cancelled', day, NULL, reason, NULL, NULL, author, made_at FROM cancellations
                WHERE tenant_id = \(tenant) AND service_id = \(id)
                UNION ALL
                SELECT 'frozen', from_day, to_day, reason, NULL, NULL, author, made_at FROM freezes
                WHERE tenant_id = \(tenant) AND service_id = \(id) AND (to_day IS NULL OR to_day >= from_day)
                UNION ALL
                SELECT 'cut', (made_at AT TIME ZONE \(zone.name))::date, NULL, reason, NULL, NULL, author, made_at
                FROM cuts WHERE tenant_id = \(tenant) AND service_id = \(id)
                UNION ALL
                SELECT 'reconnected', (lifted_at AT TIME ZONE \(zone.name))::date, NULL, '', NULL, NULL, lifted_by,
                    lifted_at
                FROM cuts WHERE tenant_id = \(tenant) AND service_id = \(id) AND lifted_at IS NOT NULL
                UNION ALL
                SELECT 'moved', day, NULL, new_address, NULL, NULL, author, made_at FROM moves
                WHERE tenant_id = \(tenant) AND service_id = \(id)
                UNION ALL
                SELECT 'promotion', from_day, NULL, coalesce(percent || ' %', ''), amount, currency, author, made_at
                FROM service_promotions WHERE tenant_id = \(tenant) AND service_id = \(id)
                UNION ALL
                SELECT 'credit', (made_at AT TIME ZONE \(zone.name))::date, NULL, name, amount, currency, author, made_at
                FROM service_credits WHERE tenant_id = \(tenant) AND service_id = \(id)
                UNION ALL
                SELECT 'days', day, NULL, concat_ws(' · ', days::text, nullif(reason, '')), NULL, NULL, author, made_at
                FROM prepaid_days WHERE tenant_id = \(tenant) AND service_id = \(id) AND withdrawn_at IS NULL
            ) happened
            ORDER BY day DESC, made_at DESC LIMIT 100
            """,
            """
            SELECT charge_id, kind, name, amount, currency, from_day, to_day FROM service_charges
            WHERE tenant_id = \(tenant) AND service_id = \(id) AND (to_day IS NULL OR to_day >= from_day)
            ORDER BY from_day DESC, charge_id DESC LIMIT 100
            """,
        ])
        return (try results[0].read(), try results[1].read())
    }

    func endCharge(
        _ id: ServiceCharge.ID, of service: Service.ID, on day: Day
    ) async throws(DatabaseError) -> ServiceChargeRow? {
        try await first(
            """
            UPDATE service_charges SET to_day = greatest(\(day - 1), from_day - 1)
            WHERE tenant_id = \(tenant) AND service_id = \(service) AND charge_id = \(id)
                AND (to_day IS NULL OR to_day >= \(day))
            RETURNING charge_id, kind, name, amount, currency, from_day, to_day
            """)
    }
}

extension ServiceCharge {
    /// Ends the charge today.
    static func end(
        _ id: ID, of service: Service.ID, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            let locked = try await database.lockedService(service, on: today)
            guard let row = try await database.endCharge(id, of: service, on: today) else {
                throw ServiceRefusal.chargeEnded
            }
            try await database.record(
                Act(.serviceChargeEnded, locked.subject, before: row.charge.details()), by: principal.actor,
                at: principal.now)
        }
    }
}

extension ServiceHistoryLine: RowReadable {
    init(row: Row) throws(DatabaseError) {
        kind = try row.word("kind")
        day = try row.read("day")
        until = try row.read("until")
        text = try row.read("text")
        let (minor, code): (Int64?, String?) = (try row.read("amount"), try row.read("currency"))
        amount = minor.flatMap { minor in code.flatMap { Currency(rawValue: $0) }.map { Money(minor: minor, $0) } }
        author = try row.read("author")
    }
}

extension ServiceChargeRow: RowReadable {
    init(row: Row) throws(DatabaseError) {
        id = try row.read("charge_id")
        let code: String = try row.read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("There is no currency '\(code)'") }
        charge = ServiceCharge(
            kind: try row.word("kind"), name: try row.read("name"),
            amount: Money(minor: try row.read("amount"), currency), day: try row.read("from_day"),
            toDay: try row.read("to_day"))
    }
}
