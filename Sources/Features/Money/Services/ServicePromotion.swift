import Access
import Declarations
import Locale
import Nouns
import Postgres
import Time

/// A discount in percent or as an amount, for the first periods.
package struct ServicePromotion: Sendable, Equatable {
    package var percent = 0
    package var amount: Money
    package var day: Day
    package var periods = 1

    package init(percent: Int = 0, amount: Money, day: Day, periods: Int = 1) {
        (self.percent, self.amount, self.day, self.periods) = (percent, amount, day, periods)
    }
}

extension ServicePromotion: ServiceEvent {
    package static let noun = "ServicePromotion"
    package static let event = EventKind.servicePromotionAdded
    package static let fields: [Field<ServicePromotion>] = [
        .count("percent", \.percent, 0...100, Message(es: "Porcentaje", en: "Percentage", pt: "Porcentagem")),
        .money("amount", \.amount, Message(es: "O importe", en: "Or amount", pt: "Ou valor")),
        .day("day", \.day, Message(es: "Desde", en: "From", pt: "A partir de")),
        .count("periods", \.periods, 1...120, Message(es: "Periodos", en: "Periods", pt: "Períodos")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try checkDay(day, on: today)
        guard try await database.serviceLife(service.id).cancelledOn == nil else { throw ServiceRefusal.cancelled }
        guard (percent > 0) != amount.isPositive else { throw ServiceRefusal.discountMissing }
        try await database.insert(self, of: service.id, by: principal)
    }
}
