import Access
import Declarations
import Locale
import Nouns
import Plans
import Postgres
import Time

/// A price agreed for the service alone, from a day on; zero is a courtesy.
package struct PriceChange: Sendable, Equatable {
    package var price: Money
    package var day: Day

    package init(price: Money, day: Day) { (self.price, self.day) = (price, day) }
}

extension PriceChange: ServiceEvent {
    package static let noun = "PriceChange"
    package static let event = EventKind.servicePriceChanged
    package static let fields: [Field<PriceChange>] = [
        .money(
            "price", \.price, isRequired: true,
            Message(es: "Precio acordado", en: "Agreed price", pt: "Preço combinado")
        )
        .hint(Message(es: "0 es cortesía.", en: "0 is a courtesy.", pt: "0 é cortesia.")),
        .day("day", \.day, Message(es: "Desde", en: "From", pt: "A partir de")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try checkDay(day, on: today)
        guard try await database.serviceLife(service.id).cancelledOn == nil else { throw ServiceRefusal.cancelled }
        guard let agreed = try await database.terms(of: service.id).last(from: day) else {
            throw AccessRefusal.notFound
        }
        guard agreed.price != price else { throw ServiceRefusal.samePrice }
        guard let plan = try await database.plan(agreed.plan) else { throw PlanRefusal.unknown }
        // Back at the plan's price, the service follows its rises again.
        try await database.insert(
            ServiceTerms(from: day, plan: plan.id, price: price, isAgreed: price != plan.price), of: service.id,
            by: principal)
    }
}
