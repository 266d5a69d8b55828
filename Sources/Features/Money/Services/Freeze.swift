import Access
import Declarations
import Locale
import Nouns
import Postgres
import Time

/// A pause at the customer's request.
package struct Freeze: Sendable, Equatable {
    package var day: Day
    package var toDay: Day?
    package var reason = ""

    package init(day: Day, toDay: Day? = nil, reason: String = "") {
        (self.day, self.toDay, self.reason) = (day, toDay, reason)
    }
}

extension Freeze: ServiceEvent {
    package static let noun = "Freeze"
    package static let event = EventKind.serviceFrozen
    package static let fields: [Field<Freeze>] = [
        .day("day", \.day, Message(es: "Primer día", en: "First day", pt: "Primeiro dia")),
        .day("to_day", \.toDay, Message(es: "Último día", en: "Last day", pt: "Último dia")).hint(
            Message(es: "Vacío: hasta que vuelva.", en: "Empty: until they return.", pt: "Vazio: até que volte.")),
        .line("reason", \.reason, 0...500, Message(es: "Motivo", en: "Reason", pt: "Motivo")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try checkDay(day, on: today)
        if let toDay {
            guard toDay >= day else { throw ServiceRefusal.endsBeforeItBegins }
            guard toDay <= today + 732 else { throw ServiceRefusal.tooFar }
        }
        let life = try await database.serviceLife(service.id)
        try life.checkIsLive(on: day)
        guard !life.freezes.contains(where: { $0.touches(day, toDay) }) else { throw ServiceRefusal.alreadyFrozen }
        try await database.insert(self, of: service.id, by: principal)
    }
}

/// The end of a pause, from this day on.
package struct FreezeEnd: Sendable, Equatable {
    package init() {}
}

extension FreezeEnd: ServiceEvent {
    package static let noun = "FreezeEnd"
    package static let event = EventKind.serviceUnfrozen
    package static let fields: [Field<FreezeEnd>] = []

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        guard try await database.endFreeze(of: service.id, on: today) else { throw ServiceRefusal.notFrozen }
    }
}
