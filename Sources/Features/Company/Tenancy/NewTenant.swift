import Events
import Identifiers
import Locale
import Postgres
import Time

// Creating a company, from the console or from a folder.
extension Tenant {
    /// In the platform's colour until the owner chooses another.
    package init(
        id: ID, slug: String, state: State, trialEndsOn: Day?, plan: PlatformPlan, region: Region, currency: Currency,
        company: Company
    ) {
        self.init(
            id: id, slug: slug, state: state, trialEndsOn: state == .trial ? trialEndsOn : nil, plan: plan,
            region: region, currency: currency, company: company, brand: Brand(colour: Colour(rgb: 0x1F2A44)))
    }

    /// One transaction: its contents are written in its own context, and both records name the author.
    package func make<Result: Sendable>(
        by actor: Actor, at now: Instant, in database: Database, joining platform: TenantDatabase? = nil,
        furnished furnish: (TenantDatabase) async throws -> Result
    ) async throws -> Result {
        var billed = self
        billed.settleBilling(at: now)
        let platform = platform ?? database.tenant(TenantID(Tenant.ID.platform.uuid))
        return try await platform.transaction { [billed] platform in
            guard try await platform.make(billed, at: now) else { throw TenantActRefusal.slugTaken(slug) }
            let facts = facts.filter { !$0.value.isEmpty }
            let result = try await database.tenant(TenantID(id.uuid), within: platform) { inside in
                try await inside.put(company)
                try await inside.put(brand)
                try await inside.record(
                    Act(.companyCreated, subject, after: facts), by: actor.asImpersonator, at: now)
                return try await furnish(inside)
            }
            try await platform.record(
                Act(.platformCompanyCreated, subjectOfPlatform, after: facts), by: actor, at: now)
            return result
        }
    }
}

extension TenantDatabase {
    /// False when the slug is taken.
    fileprivate func make(_ tenant: Tenant, at now: Instant) async throws(DatabaseError) -> Bool {
        let plan = tenant.plan
        return try await value(
            """
            WITH made AS (SELECT make_tenant(
                \(tenant.id), \(tenant.slug), \(tenant.name), \(tenant.state.rawValue), \(tenant.trialEndsOn),
                \(tenant.region.rawValue), \(tenant.language.rawValue), \(tenant.currency.rawValue),
                \(tenant.timeZone.name), \(Int32(tenant.brand.colour.rgb)), \(plan.name),
                \(plan.customers.map(Int32.init(clamping:))), \(plan.staff.map(Int32.init(clamping:))),
                \(plan.routers.map(Int32.init(clamping:))), \(plan.price?.minor), \(plan.price?.currency.rawValue),
                \(plan.cycle.rawValue), \(tenant.billedFrom), \(now)) AS done)
            SELECT done FROM made
            """) ?? false
    }
}
