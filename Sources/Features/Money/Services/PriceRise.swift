import Access
import Customers
import Declarations
import Events
import Identifiers
import Letters
import Locale
import Nouns
import Plans
import Postgres
import Tenancy
import Time

/// A plan's price change, for new services at once and from a day on for those at the plan's price. Prices agreed with
/// a customer stay.
package struct PriceRise: Sendable, Equatable {
    var plan: Plan.ID?
    var price: Money
    var day: Day

    /// The usual notice to customers, in days.
    static let usualNotice = 30

    init(plan: Plan.ID? = nil, price: Money, day: Day) { (self.plan, self.price, self.day) = (plan, price, day) }
}

extension PriceRise: Fielded {
    package static let noun = "PriceRise"
    package static let fields: [Field<PriceRise>] = [
        .reference("plan", \.plan, Message(es: "Plan", en: "Plan", pt: "Plano")),
        .money("price", \.price, isRequired: true, Message(es: "Precio nuevo", en: "New price", pt: "Preço novo")),
        .day("day", \.day, Message(es: "Desde", en: "From", pt: "A partir de")).hint(
            Message(
                es: "Los servicios nuevos tienen el precio nuevo desde hoy.",
                en: "New services have the new price from today.",
                pt: "Os serviços novos têm o preço novo a partir de hoje.")),
    ]
}

/// A service affected by a price rise.
struct RisingService: Sendable {
    let id: Service.ID
    let number: Int
    let customer: Customer.ID
    let customerName: String
    let email: String
}

/// The preview of a price rise.
struct PriceRisePreview: Sendable {
    let plan: Plan
    let rising: [RisingService]
    /// Services that keep a price of their own.
    let kept: Int
}

extension PriceRise {
    func preview(on today: Day, locked: Bool = false, in database: TenantDatabase) async throws -> PriceRisePreview {
        guard let id = plan else { throw ServiceRefusal.planMissing }
        guard day > today else { throw ServiceRefusal.inThePast }
        try checkDay(day, on: today)
        guard let plan = try await database.plan(id, locked: locked) else { throw PlanRefusal.unknown }
        guard plan.retiredAt == nil else { throw PlanRefusal.retired }
        guard price != plan.price else { throw ServiceRefusal.samePrice }
        let found = try await database.servicesToRise(of: plan, on: day)
        return PriceRisePreview(
            plan: plan, rising: found.filter { !$0.isKept }.map(\.service), kept: found.count(where: \.isKept))
    }

    /// Returns the services whose price changes.
    func happen(
        of tenant: Tenant, reachedAt address: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> [Service.ID] {
        try await database.transaction { database in
            let today = tenant.timeZone.day(at: principal.now)
            let asked = try await preview(on: today, locked: true, in: database)
            _ = try await database.customers(Array(Set(asked.rising.map(\.customer))), locked: true)
            let preview = try await preview(on: today, in: database)
            let rising = preview.rising
            var plan = preview.plan
            plan.price = price
            _ = try await preview.plan.change(to: plan, by: principal, in: database)
            let terms = ServiceTerms(from: day, plan: plan.id, price: price)
            try await database.insert(terms, of: rising.map(\.id), by: principal)
            let change = PriceChange(price: price, day: day).details()
            try await database.record(
                rising.map { service in
                    Act(
                        .servicePriceChanged,
                        Act.Subject("service", service.id.uuid, named: "\(plan.name) (\(service.number))"),
                        after: change)
                },
                as: Act(
                    .pricesRaised, Act.Subject("plan", plan.id.uuid, named: plan.name),
                    before: [Act.Detail("price", preview.plan.price.plainText)],
                    after: change + [Act.Detail("services", "\(rising.count)")]),
                by: principal.actor, at: principal.now)
            let head = Letterhead(language: tenant.language, origin: address)
            for service in rising where !service.email.isEmpty {
                try await database.write(
                    .priceRise, to: service.email, about: service.id.uuid, on: head, at: principal.now, from: .system)
            }
            return rising.map(\.id)
        }
    }
}

extension TenantDatabase {
    /// The services with this plan on a day, by number; those with an agreed price are marked as kept.
    fileprivate func servicesToRise(
        of plan: Plan, on day: Day
    ) async throws(DatabaseError) -> [(service: RisingService, isKept: Bool)] {
        let found: [FoundService] = try await rows(
            """
            SELECT s.service_id, s.number, s.customer_id, c.name, c.email,
                t.is_agreed OR t.currency <> \(plan.price.currency.code) AS is_kept
            FROM services s
            JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            CROSS JOIN LATERAL (\(terms(on: day))) t
            WHERE s.tenant_id = \(tenant) AND s.state <> 'cancelled' AND t.plan_id = \(plan.id)
            ORDER BY s.number
            """)
        return found.map { ($0.service, $0.isKept) }
    }

    /// Call under the plan's lock, which serialises its rises. Later changes at the plan's old price are replaced too.
    fileprivate func insert(
        _ terms: ServiceTerms, of services: [Service.ID], by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO service_terms (
                tenant_id, service_id, sequence, from_day, plan_id, price, currency, author, made_at)
            SELECT \(tenant), given.id,
                last.sequence + row_number() OVER (PARTITION BY given.id ORDER BY begins.day), begins.day,
                \(terms.plan), \(terms.price.minor), \(terms.price.currency.code), \(principal.actor.name),
                \(principal.now)
            FROM unnest(\(services)) given(id)
            CROSS JOIN LATERAL (
                SELECT max(sequence) AS sequence FROM service_terms
                WHERE tenant_id = \(tenant) AND service_id = given.id) last
            CROSS JOIN LATERAL (
                SELECT \(terms.from)::date AS day
                UNION
                SELECT t.from_day FROM service_terms t
                WHERE t.tenant_id = \(tenant) AND t.service_id = given.id AND t.from_day > \(terms.from)
                    AND t.plan_id = \(terms.plan) AND NOT t.is_agreed) begins
            """)
    }
}

private struct FoundService: RowReadable {
    let service: RisingService
    let isKept: Bool

    init(row: Row) throws(DatabaseError) {
        service = RisingService(
            id: try row.read("service_id"), number: try row.read("number"), customer: try row.read("customer_id"),
            customerName: try row.read("name"), email: try row.read("email"))
        isKept = try row.read("is_kept")
    }
}

/// The written notice to customers.
package enum PriceRiseLetters {
    package static func add(to office: inout LetterSender) {
        office.add(.priceRise) { letter, desk in
            let (today, reader) = (desk.tenant.timeZone.day(at: desk.now), desk.reader)
            guard let about = letter.about, let service = try await desk.database.service(Service.ID(about), on: today),
                service.state != .cancelled,
                let coming = try await desk.database.terms(of: service.id).last(where: { $0.from > today }),
                let customer = try await desk.database.customer(service.customer)
            else { return nil }
            let words: [Blank] = [
                .text("company", desk.tenant.name), .name(customer.name), .text("plan", service.planName),
                .text("day", coming.from.text(.long, for: reader)),
                .text("price", coming.price.exactText(for: reader)), .text("old", service.price.exactText(for: reader)),
            ]
            return LetterText(
                subject: PriceRiseWords.subject.message.text(for: reader, words),
                paragraphs: [PriceRiseWords.greeting, .letter].map { $0.message.text(for: reader, words) },
                link: (PriceRiseWords.portal.text(for: reader), "\(letter.origin)/portal"),
                closing: [PriceRiseWords.closing.message.text(for: reader, words)])
        }
    }
}
