import Access
import Declarations
import Events
import Locale
import Nouns
import Plans
import Postgres
import Time

/// Another plan, at its price, from a day on.
package struct PlanChange: Sendable, Equatable {
    package var plan: Plan.ID?
    package var day: Day

    package init(plan: Plan.ID? = nil, day: Day) { (self.plan, self.day) = (plan, day) }
}

extension PlanChange: ServiceEvent {
    package func recorded(in database: TenantDatabase) async throws -> [Act.Detail] {
        guard let plan else { return details() }
        return details(naming: ["plan": try await database.plan(plan)?.name ?? ""])
    }

    package static let noun = "PlanChange"
    package static let event = EventKind.servicePlanChanged
    package static let fields: [Field<PlanChange>] = [
        .reference("plan", \.plan, Message(es: "Plan", en: "Plan", pt: "Plano")),
        .day("day", \.day, Message(es: "Desde", en: "From", pt: "A partir de")),
    ]

    package func apply(
        to service: Service, on today: Day, by principal: Principal, in database: TenantDatabase
    ) async throws {
        try checkDay(day, on: today)
        guard try await database.serviceLife(service.id).cancelledOn == nil else { throw ServiceRefusal.cancelled }
        guard let id = plan else { throw ServiceRefusal.planMissing }
        guard let plan = try await database.plan(id, locked: true) else { throw PlanRefusal.unknown }
        guard plan.retiredAt == nil else { throw PlanRefusal.retired }
        let terms = ServiceTerms(from: day, plan: id, price: plan.price)
        guard try await database.terms(of: service.id).last(from: day) != terms.agreed else {
            throw ServiceRefusal.samePlan
        }
        try await database.insert(terms, of: service.id, by: principal)
    }
}
