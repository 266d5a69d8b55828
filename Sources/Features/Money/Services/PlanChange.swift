import Access
import Declarations
import Events
import HTML
import HTTP
import Locale
import Nouns
import Plans
import Postgres
import Time

/// A change to another plan at its price, from a day on.
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
        let plan = try await planned(
            for: service, on: today, locked: true, knowing: principal.catalogue, in: database)
        try await database.insert(terms(of: plan), of: service.id, by: principal)
    }

    /// The plan, if changing to it on that day is possible.
    package func planned(
        for service: Service, on today: Day, locked: Bool = false, knowing catalogue: Catalogue,
        in database: TenantDatabase
    ) async throws -> Plan {
        try checkDay(day, on: today)
        guard try await database.serviceLife(service.id).cancelledOn == nil else { throw ServiceRefusal.cancelled }
        guard let id = plan else { throw ServiceRefusal.planMissing }
        guard let plan = try await database.plan(id, locked: locked) else { throw PlanRefusal.unknown }
        guard plan.retiredAt == nil else { throw PlanRefusal.retired }
        guard try await database.terms(of: service.id).last(from: day) != terms(of: plan).agreed else {
            throw ServiceRefusal.samePlan
        }
        for rule in catalogue.parts(PlanChangeRule.self) { try await rule.check(service, plan, day, database) }
        return plan
    }

    private func terms(of plan: Plan) -> ServiceTerms { ServiceTerms(from: day, plan: plan.id, price: plan.price) }
}

/// Another room's rule on plan changes, which throws a refusal.
package struct PlanChangeRule: RoomPart {
    package typealias Check =
        @Sendable (
            _ service: Service, _ plan: Plan, _ from: Day, _ database: TenantDatabase
        ) async throws -> Void

    package let number: Int
    let check: Check

    package init(_ number: Int, _ check: @escaping Check) { (self.number, self.check) = (number, check) }
}

/// Days invoiced by the month are not paid for again: prepaid days start after them.
package struct BilledThrough: Refusal, Equatable {
    /// The last invoiced day.
    package let day: Day

    package init(_ day: Day) { self.day = day }

    package var status: Status { .conflict }
    package var code: String { "days_billed" }

    package var message: Message {
        func first(_ language: Language) -> String { (day + 1).text(.long, for: Reader(language, in: .mexico)) }
        return Message(
            es: .always("Ese día ya está facturado por mes: los días prepago pueden empezar el \(first(.es))."),
            en: .always("That day is invoiced by the month already: prepaid days can begin on \(first(.en))."),
            pt: .always("Esse dia já está faturado por mês: os dias pré-pagos podem começar em \(first(.pt))."))
    }
}

/// Another room's preview of a plan change: its cost.
package struct PlanChangePart: RoomPart {
    package typealias Show =
        @Sendable (
            _ service: Service, _ plan: Plan, _ from: Day, _ visit: Visit
        ) async throws -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(of service: Service, to plan: Plan, from day: Day, _ visit: Visit) async throws -> [Markup] {
        var parts: [Markup] = []
        for part in visit.catalogue.parts(PlanChangePart.self) {
            parts.append(try await part.show(service, plan, day, visit))
        }
        return parts
    }
}
