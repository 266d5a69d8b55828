import Access
import Declarations
import Locale
import Nouns
import Postgres
import Time

/// The first day of a service, from which it is billed. Installations are often registered some days late.
package struct Activation: Sendable, Equatable {
    package var day: Day

    package init(day: Day) { self.day = day }
}

extension Activation: ServiceEvent {
    package static let noun = "Activation"
    package static let event = EventKind.serviceActivated
    package static let fields: [Field<Activation>] = [
        .day("day", \.day, Message(es: "Primer día", en: "First day", pt: "Primeiro dia")).hint(
            Message(
                es: "Se cobra desde ese día.", en: "It is charged from that day on.",
                pt: "É cobrado a partir desse dia."))
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try checkDay(day, on: today, back: 62)
        let life = try await database.serviceLife(service.id)
        guard life.cancelledOn == nil else { throw ServiceRefusal.cancelled }
        guard life.activatedOn == nil else { throw ServiceRefusal.alreadyActivated }
        try await database.insert(self, of: service.id, by: principal)
    }
}
