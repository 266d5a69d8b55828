import Locale
import Postgres
import Time

extension PlatformDatabase {
    /// The ISPs; the platform's own tenant is none.
    package func tenants() async throws(DatabaseError) -> [Tenant] {
        try await rows(
            """
            SELECT tenant_id, slug, name, state, country, language, currency, zone, colour
            FROM tenants WHERE tenant_id <> \(Tenant.ID.platform) ORDER BY slug
            """)
    }

    func tenant(slug: String) async throws(DatabaseError) -> Tenant? {
        try await first(
            """
            SELECT tenant_id, slug, name, state, country, language, currency, zone, colour
            FROM tenants WHERE slug = \(slug)
            """)
    }

    func insert(_ tenant: Tenant, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO tenants (tenant_id, slug, name, state, country, language, currency, zone, colour, made_at)
            VALUES (\(tenant.id), \(tenant.slug), \(tenant.name), \(tenant.state.rawValue), \(tenant.region.rawValue),
                \(tenant.language.rawValue), \(tenant.currency.rawValue), \(tenant.zone.name),
                \(Int32(tenant.colour.rgb)), \(now))
            """)
    }

    func update(_ tenant: Tenant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE tenants SET name = \(tenant.name), state = \(tenant.state.rawValue),
                country = \(tenant.region.rawValue), language = \(tenant.language.rawValue),
                currency = \(tenant.currency.rawValue), zone = \(tenant.zone.name),
                colour = \(Int32(tenant.colour.rgb))
            WHERE tenant_id = \(tenant.id)
            """)
    }

    /// The names each tenant answers to besides its own under the base host.
    func hostnames() async throws(DatabaseError) -> [Hostname] {
        try await rows("SELECT host, tenant_id FROM hostnames ORDER BY host")
    }

    /// Makes every running server read the tenants anew.
    func announceTenants() async throws(DatabaseError) { try await execute("SELECT pg_notify('tenants', '')") }
}

/// A name of a tenant's own, such as `clientes.internetdelnorte.mx`.
struct Hostname: RowReadable {
    let host: String
    let tenant: Tenant.ID

    init(row: Row) throws(DatabaseError) {
        host = try row.read("host")
        tenant = try row.read("tenant_id")
    }
}

extension Tenant: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("tenant_id")
        slug = try row.read("slug")
        name = try row.read("name")
        state = try Self.known(try row.read("state"), "state")
        region = try Self.known(try row.read("country"), "country")
        language = try Self.known(try row.read("language"), "language")
        currency = try Self.known(try row.read("currency"), "currency")
        let zoneName: String = try row.read("zone")
        do { zone = try Zone.named(zoneName) } catch { throw .wrongColumn("zone: \(error)") }
        colour = Colour(rgb: UInt32(bitPattern: try row.read("colour")))
    }

    /// A word that a newer program wrote, or a hand at the database.
    private static func known<Word: RawRepresentable<String>>(
        _ text: String, _ column: StaticString
    ) throws(DatabaseError) -> Word {
        guard let word = Word(rawValue: text) else { throw .wrongColumn("Column \(column) of tenants says '\(text)'") }
        return word
    }
}
