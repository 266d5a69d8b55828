import Access
import Identifiers
import Locale
import Nouns
import Plans
import Postgres
import Search
import Time

extension TenantDatabase {
    private var routerColumns: SQL {
        """
        r.router_id, r.number, r.name, r.address, r.port, r.security, r.login, r.zone_id, r.cut, r.cut_profile,
        r.cut_list, r.mode, r.is_paused, r.health, r.identity, r.version, r.board, r.seen_at, r.trouble, r.failures,
        r.rests_until, r.compared_at, r.unbound
        """
    }

    package func router(_ id: Router.ID, locked: Bool = false) async throws(DatabaseError) -> Router? {
        try await first(
            """
            SELECT \(routerColumns) FROM routers r
            WHERE r.tenant_id = \(tenant) AND r.router_id = \(id) \(locked ? .forUpdate(of: "r") : .nothing)
            """)
    }

    package func routerHealth(_ id: Router.ID) async throws(DatabaseError) -> RouterHealth? {
        try await first(
            "SELECT \(routerColumns) FROM routers r WHERE r.tenant_id = \(tenant) AND r.router_id = \(id)")
    }

    /// In order of name.
    package func routers() async throws(DatabaseError) -> [Router] {
        try await rows(
            """
            SELECT \(routerColumns) FROM routers r WHERE r.tenant_id = \(tenant)
            ORDER BY r.name COLLATE "und-x-icu", r.router_id
            """)
    }

    func routers(after number: Int, limit: Int) async throws(DatabaseError) -> [Router] {
        try await rows(
            """
            SELECT \(routerColumns) FROM routers r WHERE r.tenant_id = \(tenant) AND r.number > \(number)
            ORDER BY r.number LIMIT \(limit)
            """)
    }

    func routerUses(_ query: ListQuery<RouterUse>) -> SQL {
        """
        SELECT \(routerColumns), (
            SELECT count(*) FROM access_points a
            WHERE a.tenant_id = \(tenant) AND a.router_id = r.router_id) AS services
        FROM routers r WHERE \(routerConditions(query)) \(query.position) \(query.sorting)
        """
    }

    /// Searches names and addresses.
    func routerConditions(_ query: ListQuery<RouterUse>) -> SQL {
        let found = SearchText.condition(query.text, in: "r.name || ' ' || r.address")
        return "r.tenant_id = \(tenant) \(query.restriction) \(found)"
    }

    func isTaken(routerName name: String, besides id: Router.ID) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM routers
                WHERE tenant_id = \(tenant) AND lower(name) = lower(\(name)) AND router_id <> \(id))
            """) ?? false
    }

    func takeRouterNumber() async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'router', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 1
    }

    func insert(_ router: Router, password: [UInt8], at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO routers (
                tenant_id, router_id, number, name, address, port, security, login, password, zone_id, cut, cut_profile,
                cut_list, mode, is_paused, made_at)
            VALUES (
                \(tenant), \(router.id), \(router.number), \(router.name), \(router.address), \(Int32(router.port)),
                \(router.security.rawValue), \(router.login), \(password), \(router.zone), \(router.cut.rawValue),
                \(router.cutProfile), \(router.cutList), \(router.mode.rawValue), \(router.isPaused), \(now))
            """)
    }

    /// A change of address resets health and certificate.
    func update(_ router: Router, password: [UInt8]?, isElsewhere: Bool) async throws(DatabaseError) {
        let secret: SQL = password.map { ", password = \($0)" } ?? .nothing
        let health: SQL =
            isElsewhere
            ? """
            , fingerprint = NULL, health = 'unknown', trouble = '', failures = 0, rests_until = NULL
            """ : .nothing
        try await execute(
            """
            UPDATE routers SET name = \(router.name), address = \(router.address), port = \(Int32(router.port)),
                security = \(router.security.rawValue), login = \(router.login), zone_id = \(router.zone),
                cut = \(router.cut.rawValue), cut_profile = \(router.cutProfile), cut_list = \(router.cutList),
                mode = \(router.mode.rawValue), is_paused = \(router.isPaused) \(secret) \(health)
            WHERE tenant_id = \(tenant) AND router_id = \(router.id)
            """)
    }

    func delete(_ id: Router.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM routers WHERE tenant_id = \(tenant) AND router_id = \(id)")
    }

    /// The encrypted password and the pinned certificate.
    func routerSecret(_ id: Router.ID) async throws(DatabaseError) -> RouterSecret? {
        try await first(
            "SELECT password, fingerprint FROM routers WHERE tenant_id = \(tenant) AND router_id = \(id)")
    }

    func pin(_ fingerprint: [UInt8], of id: Router.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE routers SET fingerprint = \(fingerprint)
            WHERE tenant_id = \(tenant) AND router_id = \(id) AND fingerprint IS NULL
            """)
    }

    func deviceRanges() async throws(DatabaseError) -> [String] {
        let rows: [DeviceRangeRow] = try await rows(
            "SELECT range FROM device_ranges WHERE tenant_id = \(tenant) ORDER BY range")
        return rows.map(\.text)
    }

    func put(deviceRanges ranges: [String]) async throws(DatabaseError) {
        try await execute("DELETE FROM device_ranges WHERE tenant_id = \(tenant)")
        try await execute(
            """
            INSERT INTO device_ranges (tenant_id, range)
            SELECT \(tenant), given.range FROM unnest(\(ranges)) given(range)
            """)
    }

    package func routerProfiles(_ id: Router.ID) async throws(DatabaseError) -> [Plan.ID: String] {
        let rows: [RouterProfileRow] = try await rows(
            "SELECT plan_id, profile FROM router_profiles WHERE tenant_id = \(tenant) AND router_id = \(id)")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.plan, $0.profile) })
    }

    func put(_ profiles: [Plan.ID: String], of id: Router.ID) async throws(DatabaseError) {
        let given = profiles.filter { !$0.value.isEmpty }.sorted { $0.key.uuid < $1.key.uuid }
        try await execute("DELETE FROM router_profiles WHERE tenant_id = \(tenant) AND router_id = \(id)")
        try await execute(
            """
            INSERT INTO router_profiles (tenant_id, router_id, plan_id, profile)
            SELECT \(tenant), \(id), given.plan, given.profile
            FROM unnest(\(given.map(\.key)), \(given.map(\.value))) given(plan, profile)
            """)
    }
}

struct RouterSecret: RowReadable {
    let password: [UInt8]
    let fingerprint: [UInt8]?

    init(row: Row) throws(DatabaseError) {
        password = try row.read("password")
        fingerprint = try row.read("fingerprint")
    }
}

private struct DeviceRangeRow: RowReadable {
    let text: String

    init(row: Row) throws(DatabaseError) { text = try row.read("range") }
}

private struct RouterProfileRow: RowReadable {
    let plan: Plan.ID
    let profile: String

    init(row: Row) throws(DatabaseError) {
        plan = try row.read("plan_id")
        profile = try row.read("profile")
    }
}

extension Router: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("router_id"))
        number = try row.read("number")
        name = try row.read("name")
        address = try row.read("address")
        let port: Int32 = try row.read("port")
        self.port = Int(port)
        security = try row.word("security")
        login = try row.read("login")
        zone = try row.read("zone_id")
        cut = try row.word("cut")
        cutProfile = try row.read("cut_profile")
        cutList = try row.read("cut_list")
        mode = try row.word("mode")
        isPaused = try row.read("is_paused")
    }
}

extension RouterHealth: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let isPaused: Bool = try row.read("is_paused")
        state = isPaused ? .paused : try row.word("health")
        identity = try row.read("identity")
        version = try row.read("version")
        board = try row.read("board")
        seenAt = try row.read("seen_at")
        trouble = try row.read("trouble")
        let (failures, unbound): (Int32, Int32) = (try row.read("failures"), try row.read("unbound"))
        (self.failures, self.unbound) = (Int(failures), Int(unbound))
        restsUntil = try row.read("rests_until")
        comparedAt = try row.read("compared_at")
    }
}

extension RouterUse: RowReadable {
    init(row: Row) throws(DatabaseError) {
        router = try Router(row: row)
        health = try RouterHealth(row: row)
        services = try row.read("services")
    }
}
