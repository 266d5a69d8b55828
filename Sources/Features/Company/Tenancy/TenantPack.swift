import Events
import Identifiers
import JSON
import Locale
import Postgres
import Time

/// A tenant's folder in `Tenants/`: `tenant.json`, where comments are allowed. Missing settings stay as they are in the
/// database.
package struct TenantPack: Sendable, Equatable {
    package let slug: String
    package let name: String
    /// `trial` or `active`. A tenant suspended or closed by a person stays so, since that had a reason.
    package let state: Tenant.State
    package let region: Region
    package let language: Language
    package let currency: Currency
    package let timeZone: TimeZone
    package let colour: Colour
    package let legalName: String?
    package let courtesy: Courtesy?
    package let trialEndsOn: Day?
    package let plan: PlatformPlan?
    package let taxes: Taxes?
    package let contact: CompanyContact?
    package let accent: Colour?
    package let texts: [BrandText: String]?
    /// Own domains, vouched for by the operator.
    package let domains: [String]?
    /// Billing settings, read by the billing room.
    package let billing: JSONValue?
    /// Collection rules, read by their room.
    package let collection: JSONValue?
    /// The number of demo customers.
    package let demoCustomers: Int
    /// The number of their services.
    package let demoServices: Int

    package init(_ bytes: [UInt8]) throws(JSONError) {
        try self.init(json: try JSONValue.parse(bytes, as: .json5), at: .root)
    }

    /// The known tenant with the pack's settings, or a new one.
    func applied(to known: Tenant?, id: Tenant.ID) -> Tenant {
        var tenant =
            known
            ?? Tenant(
                id: id, slug: slug, state: state, region: region, currency: currency,
                company: Company(name: name, language: language, timeZone: timeZone), brand: Brand(colour: colour))
        if tenant.state == .trial || tenant.state == .active { tenant.state = state }
        tenant.region = region
        tenant.currency = currency
        tenant.company.name = name
        tenant.company.language = language
        tenant.company.timeZone = timeZone
        tenant.brand = Brand(colour: colour, accent: accent ?? tenant.brand.accent, logo: tenant.brand.logo)
        if let legalName { tenant.company.legalName = legalName }
        if let courtesy { tenant.company.courtesy = courtesy }
        if let trialEndsOn { tenant.trialEndsOn = trialEndsOn }
        if let plan { tenant.plan = plan }
        if let taxes { tenant.company.taxes = taxes }
        if let contact { tenant.company.contact = contact }
        return tenant
    }
}

// Applying a pack is idempotent.
extension TenantPack {
    package enum Outcome: Sendable, Equatable {
        case made
        case changed([String])
        case unchanged
    }

    package func apply(
        at now: Instant, from randomness: Randomness, in database: Database
    ) async throws -> (tenant: Tenant, outcome: Outcome) {
        guard try await database.platform.tenant(slug: slug) != nil else {
            let tenant = applied(to: nil, id: .make(milliseconds: now.milliseconds, from: randomness))
            try await tenant.make(by: .commandLine, at: now, in: database) { _ in }
            return (tenant, .made)
        }
        return try await database.platform.transaction { database in
            guard let known = try await database.tenant(slug: slug, locked: true) else {
                throw TenantActRefusal.unknown(slug: slug)
            }
            var tenant = applied(to: known, id: known.id)
            tenant.settleBilling(at: now)
            let (before, after) = tenant.changes(from: known)
            guard !after.isEmpty else { return (tenant, .unchanged) }
            try await database.update(tenant)
            try await database.record(
                Act(.companyChanged, tenant.subject, before: before, after: after), of: tenant.id.uuid,
                by: .commandLine, at: now)
            try await database.announceTenants()
            return (tenant, .changed(Self.words(before, after)))
        }
    }

    /// A dry run of applying.
    package func differences(in database: PlatformDatabase) async throws -> (tenant: Tenant?, outcome: Outcome) {
        guard let known = try await database.tenant(slug: slug) else { return (nil, .made) }
        let (before, after) = applied(to: known, id: known.id).changes(from: known)
        return (known, after.isEmpty ? .unchanged : .changed(Self.words(before, after)))
    }

    /// `name: 'Norte' → 'Norte Internet'`.
    private static func words(_ before: [Act.Detail], _ after: [Act.Detail]) -> [String] {
        zip(before, after).map { "\($0.name): '\($0.value)' → '\($1.value)'" }
    }
}
