import Access
import Customers
import Declarations
import Jobs
import Ledger
import Locale
import Nouns
import Postgres
import Time

/// Prepaid days given for an outage, or as a courtesy.
package struct DayCredit: Sendable, Equatable {
    package var days: Int
    package var reason = ""

    package init(days: Int = 1, reason: String = "") { (self.days, self.reason) = (days, reason) }
}

extension DayCredit: ServiceEvent {
    package static let noun = "DayCredit"
    package static let event = EventKind.serviceDaysGiven
    package static let fields: [Field<DayCredit>] = [
        .count("days", \.days, 1...366, Message(es: "Días", en: "Days", pt: "Dias")),
        .line("reason", \.reason, 1...300, Message(es: "Motivo", en: "Reason", pt: "Motivo")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard service.state != .cancelled else { throw ServiceRefusal.cancelled }
        guard service.isPrepaid else { throw ServiceRefusal.notPrepaid }
        try await database.insert(
            PrepaidDays(on: today, days), of: service.id, chargedBy: nil, reason: reason, by: principal)
        try await database.queueLook(at: service, at: principal.now)
    }
}

extension TenantDatabase {
    /// Collection then decides whether the days reconnect the service.
    package func queueLook(at service: Service, at now: Instant) async throws(DatabaseError) {
        guard let account = try await account(of: service.customer) else { return }
        try await queue(LookAtCustomer(account), at: now)
    }
}
