import Access
import Events
import Identifiers
import JSON
import Nouns
import Postgres
import Tenancy
import Time

/// How fast a company sees to tickets, by which hours, and who hears of those that are late.
package struct TicketPolicy: Sendable, Equatable {
    package var opens = "08:00"
    package var closes = "18:00"
    package var onSaturday = true
    package var onSunday = false
    package var urgentHours = 4
    package var highHours = 8
    package var normalHours = 24
    package var lowHours = 48
    package var soonMinutes = 60
    /// 0 for never.
    package var closeDays = 3
    package var isAssigned = false
    package var isRated = true
    /// E-mail addresses, separated by commas.
    package var alerted = ""

    package init() {}

    /// The shortest working day: a ticket's hours must come to an end.
    private static let shortestDay = 3600

    /// Nil where the hours do not read or are too short.
    package var hours: OfficeHours? {
        guard let opens = TimeOfDay(written: opens), let closes = TimeOfDay(written: closes),
            closes.seconds - opens.seconds >= Self.shortestDay
        else { return nil }
        return OfficeHours(opens: opens, closes: closes, onSaturday: onSaturday, onSunday: onSunday)
    }

    package func seconds(for priority: Ticket.Priority) -> Int {
        let hours =
            switch priority {
            case .urgent: urgentHours
            case .high: highHours
            case .normal: normalHours
            case .low: lowHours
            }
        return hours * 3600
    }

    package var addresses: [String] {
        alerted.split { $0 == "," || $0 == ";" || $0 == " " || $0 == "\n" }.map(String.init)
    }
}

extension TicketPolicy: Fielded {
    package static let noun = "TicketPolicy"

    package static let fields: [Field<TicketPolicy>] = [
        .line("opens", \.opens, 5...5, TicketWords.opens.message).hint(TicketWords.opensHint.message),
        .line("closes", \.closes, 5...5, TicketWords.closes.message),
        .flag("on_saturday", \.onSaturday, TicketWords.onSaturday.message),
        .flag("on_sunday", \.onSunday, TicketWords.onSunday.message),
        .count("urgent_hours", \.urgentHours, 1...720, TicketWords.urgentHours.message).hint(
            TicketWords.hoursHint.message),
        .count("high_hours", \.highHours, 1...720, TicketWords.highHours.message),
        .count("normal_hours", \.normalHours, 1...720, TicketWords.normalHours.message),
        .count("low_hours", \.lowHours, 1...720, TicketWords.lowHours.message),
        .count("soon_minutes", \.soonMinutes, 0...1440, TicketWords.soonMinutes.message),
        .count("close_days", \.closeDays, 0...60, TicketWords.closeDays.message).hint(
            TicketWords.closeDaysHint.message),
        .flag("assigned", \.isAssigned, TicketWords.isAssigned.message),
        .flag("rated", \.isRated, TicketWords.isRated.message),
        .line("alerted", \.alerted, 0...500, TicketWords.alerted.message).hint(TicketWords.alertedHint.message),
    ]
}

extension TicketPolicy: JSONWritable {
    package func write(to json: inout JSONWriter) { json.object { $0.fields(of: self) } }
}

extension TicketPolicy {
    package func put(by principal: Principal, in database: TenantDatabase) async throws {
        guard hours != nil else { throw TicketRefusal.hoursWrong }
        for address in addresses where !address.contains("@") || address.utf8.count > 254 {
            throw TicketRefusal.addressUnreadable
        }
        let policy = self
        try await database.transaction { database in
            let known = try await database.ticketPolicy()
            let company = try await database.lockedTenant()?.name ?? ""
            guard
                let act = Act.change(
                    .ticketPolicyChanged, Act.Subject("tenant", database.tenant.uuid, named: company),
                    from: known.details(), to: policy.details())
            else { return }
            try await database.execute(
                """
                INSERT INTO ticket_policies (
                    tenant_id, opens, closes, on_saturday, on_sunday, urgent_hours, high_hours, normal_hours, low_hours,
                    soon_minutes, close_days, is_assigned, is_rated, alerted)
                VALUES (
                    \(database.tenant), \(policy.opens), \(policy.closes), \(policy.onSaturday), \(policy.onSunday),
                    \(Int32(policy.urgentHours)), \(Int32(policy.highHours)), \(Int32(policy.normalHours)),
                    \(Int32(policy.lowHours)), \(Int32(policy.soonMinutes)), \(Int32(policy.closeDays)),
                    \(policy.isAssigned), \(policy.isRated), \(policy.alerted))
                ON CONFLICT (tenant_id) DO UPDATE SET opens = excluded.opens, closes = excluded.closes,
                    on_saturday = excluded.on_saturday, on_sunday = excluded.on_sunday,
                    urgent_hours = excluded.urgent_hours, high_hours = excluded.high_hours,
                    normal_hours = excluded.normal_hours, low_hours = excluded.low_hours,
                    soon_minutes = excluded.soon_minutes, close_days = excluded.close_days,
                    is_assigned = excluded.is_assigned, is_rated = excluded.is_rated, alerted = excluded.alerted
                """)
            try await database.record(act, by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    package func ticketPolicy() async throws(DatabaseError) -> TicketPolicy {
        try await first(
            """
            SELECT opens, closes, on_saturday, on_sunday, urgent_hours, high_hours, normal_hours, low_hours,
                soon_minutes, close_days, is_assigned, is_rated, alerted
            FROM ticket_policies WHERE tenant_id = \(tenant)
            """) ?? TicketPolicy()
    }
}

extension TicketPolicy: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        func count(_ column: StaticString) throws(DatabaseError) -> Int {
            let number: Int32 = try row.read(column)
            return Int(number)
        }
        (opens, closes) = (try row.read("opens"), try row.read("closes"))
        (onSaturday, onSunday) = (try row.read("on_saturday"), try row.read("on_sunday"))
        (urgentHours, highHours) = (try count("urgent_hours"), try count("high_hours"))
        (normalHours, lowHours) = (try count("normal_hours"), try count("low_hours"))
        (soonMinutes, closeDays) = (try count("soon_minutes"), try count("close_days"))
        (isAssigned, isRated, alerted) = (
            try row.read("is_assigned"), try row.read("is_rated"), try row.read("alerted")
        )
    }
}
