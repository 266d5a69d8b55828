import Locale
import Postgres
import Time

extension PlatformDatabase {
    /// The ISPs, without the platform's own tenant.
    package func tenants() async throws(DatabaseError) -> [Tenant] {
        try await rows("SELECT \(Tenant.columns) FROM tenants WHERE tenant_id <> \(Tenant.ID.platform) ORDER BY slug")
    }

    package func tenant(slug: String, locked: Bool = false) async throws(DatabaseError) -> Tenant? {
        try await first(
            """
            SELECT \(Tenant.columns) FROM tenants
            WHERE slug = \(slug) AND tenant_id <> \(Tenant.ID.platform) \(locked ? .forUpdate(of: "tenants") : .nothing)
            """)
    }

    func update(_ tenant: Tenant) async throws(DatabaseError) {
        let (company, plan, brand) = (tenant.company, tenant.plan, tenant.brand)
        try await execute(
            """
            UPDATE tenants SET name = \(company.name), legal_name = \(company.legalName),
                state = \(tenant.state.rawValue), state_reason = \(tenant.stateReason),
                trial_ends_on = \(tenant.trialEndsOn), country = \(tenant.region.rawValue),
                language = \(company.language.rawValue), courtesy = \(company.courtesy.rawValue),
                currency = \(tenant.currency.rawValue), zone = \(company.timeZone.name),
                plan = \(plan.name), customer_limit = \(plan.customers.map(Int32.init(clamping:))),
                staff_limit = \(plan.staff.map(Int32.init(clamping:))),
                router_limit = \(plan.routers.map(Int32.init(clamping:))), plan_price = \(plan.price?.minor),
                plan_currency = \(plan.price?.currency.rawValue), plan_cycle = \(plan.cycle.rawValue),
                exported_at = \(tenant.exportedAt),
                billed_from = \(tenant.billedFrom),
                tax_name = \(company.taxes.name), tax_rate = \(Int32(company.taxes.rate.hundredths)),
                prices_include_tax = \(company.taxes.areIncluded), tax_id_label = \(company.taxes.idLabel),
                tax_id = \(company.taxes.id), colour = \(Int32(brand.colour.rgb)),
                accent = \(brand.accent.map { Int32($0.rgb) }), logo = \(brand.logo),
                phone = \(company.contact.phone?.e164 ?? ""), whatsapp = \(company.contact.whatsApp?.e164 ?? ""),
                hours = \(company.contact.hours), address = \(company.contact.address)
            WHERE tenant_id = \(tenant.id)
            """)
    }

    /// The tenants changed since a snapshot, the platform's own included, and all own domains, each tenant's oldest
    /// first.
    func tenantChanges(since seen: String?) async throws(DatabaseError) -> TenantChanges {
        // Also covers transactions that were in progress at the last read: their rows have at least the oldest xid of
        // those.
        let changed: SQL = seen.map { "WHERE age(t.xmin) <= age(\($0)::text::xid)" } ?? .nothing
        let answers = try await batch([
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS seen",
            "SELECT \(Tenant.columns) FROM tenants t \(changed)",
            "SELECT host, tenant_id FROM hostnames ORDER BY proven_at, host",
        ])
        guard let first = answers[0].first else { throw .wrongColumn("There is no snapshot") }
        return TenantChanges(
            seen: try first.read("seen"), tenants: try answers[1].read(), hostnames: try answers[2].read())
    }

    /// Makes all running servers refresh their directories.
    func announceTenants() async throws(DatabaseError) { try await execute("SELECT pg_notify('tenants', '')") }
}

/// Changes for a directory.
struct TenantChanges {
    let seen: String
    let tenants: [Tenant]
    let hostnames: [Hostname]
}

extension TenantDatabase {
    func put(_ company: Company) async throws(DatabaseError) {
        let taxes = company.taxes
        try await execute(
            """
            WITH put AS (SELECT put_company(
                \(tenant), \(company.name), \(company.legalName), \(company.language.rawValue),
                \(company.courtesy.rawValue), \(company.timeZone.name), \(taxes.idLabel), \(taxes.id), \(taxes.name),
                \(Int32(taxes.rate.hundredths)), \(taxes.areIncluded)) AS done)
            SELECT done FROM put
            """)
        let contact = company.contact
        try await execute(
            """
            WITH put AS (SELECT put_company_contact(
                \(tenant), \(contact.phone?.e164 ?? ""), \(contact.whatsApp?.e164 ?? ""), \(contact.hours),
                \(contact.address)) AS done)
            SELECT done FROM put
            """)
    }

    func put(_ brand: Brand) async throws(DatabaseError) {
        try await execute(
            """
            WITH put AS (SELECT put_brand(
                \(tenant), \(Int32(brand.colour.rgb)), \(brand.accent.map { Int32($0.rgb) }), \(brand.logo)) AS done)
            SELECT done FROM put
            """)
    }
}

/// A tenant's own domain, such as `clientes.internetdelnorte.mx`.
struct Hostname: RowReadable {
    let host: String
    let tenant: Tenant.ID

    init(row: Row) throws(DatabaseError) {
        host = try row.read("host")
        tenant = try row.read("tenant_id")
    }
}

extension Tenant: RowReadable {
    static let columns: SQL = """
        tenant_id, slug, name, legal_name, state, state_reason, trial_ends_on, country, language, courtesy, currency,
        zone, plan, customer_limit, staff_limit, router_limit, plan_price, plan_currency, plan_cycle, exported_at,
        billed_from, tax_name, tax_rate, prices_include_tax, tax_id_label,
        tax_id, colour, accent, logo, phone, whatsapp, hours, address
        """

    package init(row: Row) throws(DatabaseError) {
        id = try row.read("tenant_id")
        slug = try row.read("slug")
        state = try Self.known(try row.read("state"), "state")
        stateReason = try row.read("state_reason")
        trialEndsOn = try row.read("trial_ends_on")
        region = try Self.known(try row.read("country"), "country")
        currency = try Self.known(try row.read("currency"), "currency")
        plan = try PlatformPlan(row: row)
        exportedAt = try row.read("exported_at")
        billedFrom = try row.read("billed_from")
        company = try Company(row: row)
        let (colour, accent): (Int32, Int32?) = (try row.read("colour"), try row.read("accent"))
        brand = Brand(
            colour: Colour(rgb: UInt32(bitPattern: colour)), accent: accent.map { Colour(rgb: UInt32(bitPattern: $0)) },
            logo: try row.read("logo"))
    }

    /// Reports a word written by a newer program, or by hand.
    fileprivate static func known<Word: RawRepresentable<String>>(
        _ text: String, _ column: StaticString
    ) throws(DatabaseError) -> Word {
        guard let word = Word(rawValue: text) else { throw .wrongColumn("Column \(column) of tenants says '\(text)'") }
        return word
    }
}

extension PlatformPlan {
    fileprivate init(row: Row) throws(DatabaseError) {
        name = try row.read("plan")
        let (customers, staff, routers): (Int32?, Int32?, Int32?) = (
            try row.read("customer_limit"), try row.read("staff_limit"), try row.read("router_limit")
        )
        self.customers = customers.map(Int.init)
        self.staff = staff.map(Int.init)
        self.routers = routers.map(Int.init)
        let (minor, currency): (Int64?, String?) = (try row.read("plan_price"), try row.read("plan_currency"))
        if let minor, let currency { price = Money(minor: minor, try Tenant.known(currency, "plan_currency")) }
        cycle = try Tenant.known(try row.read("plan_cycle"), "plan_cycle")
    }
}

extension Company {
    fileprivate init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        legalName = try row.read("legal_name")
        language = try Tenant.known(try row.read("language"), "language")
        courtesy = try Tenant.known(try row.read("courtesy"), "courtesy")
        let zoneName: String = try row.read("zone")
        do { timeZone = try TimeZone.named(zoneName) } catch { throw .wrongColumn("zone: \(error)") }
        taxes.name = try row.read("tax_name")
        let rate: Int32 = try row.read("tax_rate")
        taxes.rate = TaxRate(hundredths: Int(rate))
        taxes.areIncluded = try row.read("prices_include_tax")
        taxes.idLabel = try row.read("tax_id_label")
        taxes.id = try row.read("tax_id")
        let (phone, whatsApp): (String, String) = (try row.read("phone"), try row.read("whatsapp"))
        contact.phone = Phone(e164: phone)
        contact.whatsApp = Phone(e164: whatsApp)
        contact.hours = try row.read("hours")
        contact.address = try row.read("address")
    }
}
