import Customers
import Locale
import Notices
import Postgres
import Services
import Tenancy
import Time

/// The policies, the platform's stop and the customers' facts at a moment. The run, the simulator, «¿Por qué?», the
/// lists and the portal all decide through this.
struct CollectionView: Sendable {
    let policies: Policies
    let day: Day
    private let stop: String?
    private var hour: Int
    private let moment: Instant
    private let isNow: Bool
    private let tenant: Tenant
    private let database: TenantDatabase

    /// As of now, or of the end of a past day.
    init(of tenant: Tenant, on asked: Day? = nil, at now: Instant, in database: TenantDatabase) async throws {
        let local = tenant.timeZone.local(at: now)
        isNow = asked.map { $0 >= local.day } ?? true
        day = isNow ? local.day : asked ?? local.day
        hour = isNow ? local.time.hour : 23
        moment = isNow ? now : (day + 1).start(in: tenant.timeZone) + .milliseconds(-1)
        policies = try await database.collectionPolicies(in: tenant.currency, at: moment)
        stop = try await database.collectionStop(at: moment)
        (self.tenant, self.database) = (tenant, database)
    }

    /// Includes what is still to be done today.
    var atTheDaysEnd: CollectionView {
        var view = self
        view.hour = 23
        return view
    }

    /// Decisions about all services of these customers.
    func decisions(about customers: [Customer.ID]) async throws -> [Decision] {
        try await facts(of: customers).map(decision)
    }

    func facts(of customers: [Customer.ID]) async throws -> [CollectionFacts] {
        try await database.collectionFacts(
            of: customers, on: day, at: moment, from: policies.company.rules.start, in: tenant.currency, isNow: isNow)
    }

    func decision(about facts: CollectionFacts) -> Decision {
        Decision(about: facts, under: policies.policy(for: facts), on: day, at: hour, stop: stop)
    }

    func simulation(
        of facts: CollectionFacts, through last: Day, charging coming: [CollectionFacts.OpenCharge] = []
    ) -> Simulation {
        Simulation(
            of: facts, under: policies.policy(for: facts), from: day, through: last, stop: stop, charging: coming)
    }

    /// The next cut of a service that nobody pays; nil if there is none within two months.
    func nextCut(of facts: CollectionFacts) -> Decision? {
        guard facts.state == .active else { return nil }
        let last = Simulation(
            of: facts, under: policies.policy(for: facts), from: day, at: hour, through: day + Simulation.longest,
            stop: stop, upTo: \.cuts
        ).decisions.last
        return last.flatMap { $0.cuts ? $0 : nil }
    }

    /// Pages through all customers with something to decide, until the closure returns true.
    func forEachPage(
        onlyCut: Bool = false, through last: Day? = nil, _ hasEnough: ([CollectionFacts]) async throws -> Bool
    ) async throws {
        var before: Customer.ID?
        let ending = (last ?? day) + policies.daysBeforeEnd
        while true {
            let page =
                onlyCut
                ? try await database.customersCut(after: before, limit: 100)
                : try await database.customersToCollect(
                    after: before, in: tenant.currency, endingBy: ending, limit: 500)
            guard let end = page.last else { return }
            if try await hasEnough(try await facts(of: page)) { return }
            before = end
        }
    }

    /// Adds customers' names; returns one more than `limit` if there are more.
    func named(
        _ decisions: [Decision], by channels: CollectionChannels, limit: Int
    ) async throws -> [ForeseenStep] {
        let customers = Array(Set(decisions.prefix(limit + 1).map(\.facts.customer)))
        let reach = try await channels.reach(customers, of: tenant, at: moment, in: database)
        let people = try await database.customers(Array(Set(decisions.map(\.facts.customer))))
        let names = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
        return decisions.prefix(limit + 1).map { decision in
            let person = names[decision.facts.customer]
            return ForeseenStep(
                decision: decision, customerName: person?.name ?? "", number: person?.number ?? 0,
                hasChannel: decision.notices.allSatisfy { reach.contains(decision.facts.customer, of: $0) })
        }
    }
}
