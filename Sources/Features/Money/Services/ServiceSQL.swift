import Access
import Customers
import Jobs
import Ledger
import Locale
import Nouns
import Plans
import Postgres
import Search
import Time

extension TenantDatabase {
    /// The terms of the service `s` in force on a day: the latest up to that day, or else the first ones to come.
    package func terms(on day: Day) -> SQL {
        """
        SELECT plan_id, price, currency, is_agreed FROM service_terms
        WHERE tenant_id = \(tenant) AND service_id = s.service_id
        ORDER BY from_day > \(day), CASE WHEN from_day > \(day) THEN from_day END, from_day DESC, sequence DESC LIMIT 1
        """
    }

    private func services(on day: Day, _ which: SQL) -> SQL {
        """
        SELECT s.service_id, s.number, s.customer_id, s.address, s.neighbourhood, s.latitude, s.longitude, s.zone_id,
            s.contact, s.contact_phone, s.billing_day, s.profile_id, s.state, s.prepaid_through,
            s.prepaid_through IS NOT NULL AND EXISTS (
                SELECT FROM prepaid_days y
                JOIN ledger_charges g ON g.tenant_id = y.tenant_id AND g.charge_id = y.invoice_id
                WHERE y.tenant_id = s.tenant_id AND y.service_id = s.service_id AND y.withdrawn_at IS NULL
                    AND g.open > 0
            ) AS owes_days,
            p.charge = 'by_days' AS is_prepaid, t.plan_id, p.name AS plan_name, t.price, t.currency, t.is_agreed,
            c.name AS customer_name
        FROM services s
        JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
        CROSS JOIN LATERAL (\(terms(on: day))) t
        JOIN plans p ON p.tenant_id = s.tenant_id AND p.plan_id = t.plan_id
        WHERE s.tenant_id = \(tenant) \(which)
        """
    }

    package func service(_ id: Service.ID, on day: Day, locked: Bool = false) async throws(DatabaseError) -> Service? {
        try await first(services(on: day, "AND s.service_id = \(id) \(locked ? .forUpdate(of: "s") : .nothing)"))
    }

    func services(_ ids: [Service.ID], on day: Day) async throws(DatabaseError) -> [Service] {
        try await rows(services(on: day, "AND s.service_id = ANY (\(ids)) ORDER BY s.number"))
    }

    /// By number.
    package func services(of customer: Customer.ID, on day: Day) async throws(DatabaseError) -> [Service] {
        try await rows(servicesStatement(of: customer, on: day))
    }

    package func servicesStatement(of customer: Customer.ID, on day: Day) -> SQL {
        services(on: day, "AND s.customer_id = \(customer) ORDER BY s.number")
    }

    func services(
        after number: Int, in state: Service.State?, of customer: Customer.ID?, on day: Day, limit: Int
    ) async throws(DatabaseError) -> [Service] {
        let state: SQL = state.map { "AND s.state = \($0.rawValue)" } ?? .nothing
        let customer: SQL = customer.map { "AND s.customer_id = \($0)" } ?? .nothing
        return try await rows(
            services(on: day, "AND s.number > \(number) \(state) \(customer) ORDER BY s.number LIMIT \(limit)"))
    }

    func serviceRows(_ query: ListQuery<ServiceRow>, _ found: SQL, on day: Day) -> SQL {
        services(on: day, "\(query.restriction) \(found) \(query.position) \(query.sorting)")
    }

    func insert(_ service: Service, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO services (
                tenant_id, service_id, number, customer_id, address, neighbourhood, latitude, longitude, zone_id,
                contact, contact_phone, billing_day, profile_id, state, made_at)
            VALUES (
                \(tenant), \(service.id), \(service.number), \(service.customer), \(service.address),
                \(service.neighbourhood), \(service.coordinates.map { Int32($0.latitude) }),
                \(service.coordinates.map { Int32($0.longitude) }), \(service.zone), \(service.contact),
                \(service.contactPhone), \(Int32(service.billingDay)), \(service.profile), \(service.state.rawValue),
                \(now))
            """)
    }

    func update(_ service: Service) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE services SET address = \(service.address), neighbourhood = \(service.neighbourhood),
                latitude = \(service.coordinates.map { Int32($0.latitude) }),
                longitude = \(service.coordinates.map { Int32($0.longitude) }), zone_id = \(service.zone),
                contact = \(service.contact), contact_phone = \(service.contactPhone),
                billing_day = \(Int32(service.billingDay)), profile_id = \(service.profile)
            WHERE tenant_id = \(tenant) AND service_id = \(service.id)
            """)
    }

    func takeServiceNumber() async throws(DatabaseError) -> Int {
        let number: Int? = try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'service', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1
            RETURNING last
            """)
        return number ?? 1
    }
}

extension Service: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let code: String = try row.read("currency")
        guard let currency = Currency(rawValue: code) else { throw .wrongColumn("There is no currency '\(code)'") }
        id = try row.read("service_id")
        number = try row.read("number")
        customer = try row.read("customer_id")
        address = try row.read("address")
        neighbourhood = try row.read("neighbourhood")
        let (latitude, longitude): (Int32?, Int32?) = (try row.read("latitude"), try row.read("longitude"))
        if let latitude, let longitude {
            coordinates = Coordinates(latitude: Int(latitude), longitude: Int(longitude))
        }
        zone = try row.read("zone_id")
        contact = try row.read("contact")
        contactPhone = try row.read("contact_phone")
        let billingDay: Int32 = try row.read("billing_day")
        self.billingDay = Int(billingDay)
        profile = try row.read("profile_id")
        state = try row.word("state")
        plan = try row.read("plan_id")
        planName = try row.read("plan_name")
        price = Money(minor: try row.read("price"), currency)
        isPriceAgreed = try row.read("is_agreed")
        isPrepaid = try row.read("is_prepaid")
        prepaidThrough = try row.read("prepaid_through")
        owesDays = try row.read("owes_days")
    }
}

extension ServiceRow: RowReadable {
    init(row: Row) throws(DatabaseError) {
        service = try Service(row: row)
        customerName = try row.read("customer_name")
    }
}

// States derived from the services' events.
extension TenantDatabase {
    /// Stores the state of these customers' services on a day, and their desired network state. Returns the customers'
    /// states. Called by every act on a service, under the customers' locks.
    func settle(
        _ customers: [Customer.ID], on day: Day, at now: Instant
    ) async throws -> [Customer.ID: Customer.State] {
        let standings = try await standings(of: customers, on: day)
        try await write(standings.services.filter { $0.stored != $0.state })
        try await desire(standings.services.filter(\.isDesiredOtherwise), at: now)
        try await writeEnds(of: standings.services)
        return standings.states
    }

    /// A page of customers after this number: those whose state has changed by this day, and where the next page
    /// begins. Nil at the end.
    func customersToSettle(
        after number: Int, on day: Day
    ) async throws -> (customers: [Customer.ID], last: Int)? {
        let page: [CustomerStanding] = try await rows(
            """
            SELECT customer_id, number, state FROM customers
            WHERE tenant_id = \(tenant) AND number > \(number) AND merged_into IS NULL ORDER BY number LIMIT 1000
            """)
        guard let last = page.last?.number else { return nil }
        let standings = try await standings(of: page.map(\.id), on: day)
        var changed = Set(standings.services.filter { $0.stored != $0.state || $0.isDesiredOtherwise }.map(\.customer))
        // A scheduled plan change starts or ends prepaid billing.
        for service in standings.services where service.isPrepaid != (service.prepaidThrough != nil) {
            changed.insert(service.customer)
        }
        for customer in page where standings.states[customer.id].map({ $0 != customer.state }) == true {
            changed.insert(customer.id)
        }
        return (page.map(\.id).filter(changed.contains), last)
    }

    /// These services' standings on a day.
    func standings(of services: [Service.ID], on day: Day) async throws(DatabaseError) -> [ServiceStanding] {
        try await rows(standings("AND s.service_id = ANY (\(services)) ORDER BY s.number", on: day))
    }

    private func standings(
        of customers: [Customer.ID], on day: Day
    ) async throws -> (services: [ServiceStanding], states: [Customer.ID: Customer.State]) {
        let services: [ServiceStanding] = try await rows(
            standings("AND s.customer_id = ANY (\(customers))", on: day))
        let owing = try await owing(among: customers)
        let states = Dictionary(grouping: services, by: \.customer).compactMap { customer, services in
            Customer.State.derived(from: services.map { ($0.state, $0.isFree) }, owes: owing.contains(customer))
                .map { (customer, $0) }
        }
        return (services, Dictionary(uniqueKeysWithValues: states))
    }

    private func standings(_ which: SQL, on day: Day) -> SQL {
        """
        SELECT s.service_id, s.customer_id, s.state, \(day)::date AS day, a.day AS activated_on, b.day AS cancelled_on,
            EXISTS (
                SELECT FROM cuts WHERE tenant_id = s.tenant_id AND service_id = s.service_id AND lifted_at IS NULL
            ) AS is_cut,
            EXISTS (
                SELECT FROM freezes WHERE tenant_id = s.tenant_id AND service_id = s.service_id
                    AND from_day <= \(day) AND (to_day IS NULL OR to_day >= \(day))) AS is_frozen,
            t.plan_id, t.price, p.charge = 'by_days' AS is_prepaid, s.prepaid_through, d.plan_id AS desired_plan,
            d.access AS desired_access, (\(byDaysFrom("s.service_id", on: day))) AS by_days_from
        FROM services s
        LEFT JOIN activations a ON a.tenant_id = s.tenant_id AND a.service_id = s.service_id
        LEFT JOIN cancellations b ON b.tenant_id = s.tenant_id AND b.service_id = s.service_id
        LEFT JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id
        CROSS JOIN LATERAL (\(terms(on: day))) t
        JOIN plans p ON p.tenant_id = s.tenant_id AND p.plan_id = t.plan_id
        WHERE s.tenant_id = \(tenant) \(which)
        """
    }

    private func write(_ services: [ServiceStanding]) async throws(DatabaseError) {
        guard !services.isEmpty else { return }
        try await execute(
            """
            UPDATE services s SET state = given.state
            FROM unnest(\(services.map(\.id)), \(services.map(\.state.rawValue))) given(id, state)
            WHERE s.tenant_id = \(tenant) AND s.service_id = given.id
            """)
    }

    /// Each change gets a new revision.
    private func desire(_ services: [ServiceStanding], at now: Instant) async throws(DatabaseError) {
        guard !services.isEmpty else { return }
        let desired = services.map(\.desired)
        try await execute(
            """
            INSERT INTO desired_services AS d (tenant_id, service_id, access, plan_id, revision, changed_at)
            SELECT \(tenant), given.id, given.access, given.plan, 1, \(now)
            FROM unnest(
                \(services.map(\.id)), \(desired.map(\.access.rawValue)), \(desired.map(\.plan))) given(id, access, plan)
            ON CONFLICT (tenant_id, service_id) DO UPDATE
            SET access = excluded.access, plan_id = excluded.plan_id, revision = d.revision + 1,
                changed_at = excluded.changed_at
            """)
        try await queue(services.map { LookAtService($0.id) }, at: now)
    }
}

private struct CustomerStanding: RowReadable {
    let id: Customer.ID
    let number: Int
    let state: Customer.State

    init(row: Row) throws(DatabaseError) {
        id = try row.read("customer_id")
        number = try row.read("number")
        state = try row.word("state")
    }
}

/// A service's derived state on a day, beside the stored one.
struct ServiceStanding: RowReadable {
    let id: Service.ID
    let customer: Customer.ID
    let state: Service.State
    let stored: Service.State
    let isFree: Bool
    let desired: DesiredService
    let isDesiredOtherwise: Bool
    let isPrepaid: Bool
    let prepaidThrough: Day?
    let activatedOn: Day?
    /// The first day of its present prepaid plan.
    let byDaysFrom: Day?

    init(row: Row) throws(DatabaseError) {
        id = try row.read("service_id")
        customer = try row.read("customer_id")
        stored = try row.word("state")
        let price: Int64 = try row.read("price")
        isFree = price == 0
        let day: Day = try row.read("day")
        var life = ServiceLife()
        life.activatedOn = try row.read("activated_on")
        life.cancelledOn = try row.read("cancelled_on")
        life.isCut = try row.read("is_cut")
        if try row.read("is_frozen") { life.freezes = [.init(from: day, to: day)] }
        state = life.state(on: day)
        activatedOn = life.activatedOn
        byDaysFrom = try row.read("by_days_from")
        isPrepaid = try row.read("is_prepaid")
        prepaidThrough = try row.read("prepaid_through")
        desired = DesiredService(state, try row.read("plan_id"))
        let (plan, access): (Plan.ID?, String?) = (try row.read("desired_plan"), try row.read("desired_access"))
        isDesiredOtherwise = plan != desired.plan || access != desired.access.rawValue
    }
}
