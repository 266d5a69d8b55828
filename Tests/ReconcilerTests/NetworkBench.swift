import Access
import AccessProtocol
import Addresses
import Declarations
import Identifiers
import Jobs
import Locale
import Loop
import Nouns
import Postgres
import RouterOSAccess
import RouterOSLab
import Synchronization
import Tenancy
import TenantSupport
import TestSupport
import Time

@testable import Customers
@testable import Plans
@testable import Reconciler
@testable import Routers
@testable import Services
@testable import Zones

/// Two companies with the rooms that the network needs.
func withNetworks(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(
        declaring: .customers, .zones, .plans, .services, .routers, .reconciler, body: body)
}

/// A company's router, which is a lab, and a service of a customer on it.
struct NetworkBench: Sendable {
    let tenant: TestTenant
    let lab: RouterLab
    let port: UInt16
    let acts: RouterActs
    let router: Router.ID
    let plan: Plan.ID

    static let login = login(1)

    /// As the lab calls its customers.
    static func login(_ number: Int) -> String {
        let digits = String(number)
        return "cliente" + String(repeating: "0", count: 5 - digits.count) + digits
    }

    static func open(
        _ tenant: TestTenant, version: LabVersion = LabVersion(7, 19), cut: Router.Cut = .profile,
        mode: Router.Mode = .active, customers: Int = 5, zone: Zone.ID? = nil
    ) async throws -> NetworkBench {
        var plan = RouterLab.Plan()
        (plan.version, plan.customers, plan.onLinePercent) = (version, customers, 100)
        (plan.password, plan.redialDelay) = ("clave", .milliseconds(50))
        let lab = await RouterLab.start(plan, on: Loops.tests.all[0])
        let port = try await lab.listen()
        let acts = tenant.routers(dialling: RouterOSDriver(deadlines: .short), at: [port])
        var router = acts.blank(at: tenant.now)
        (router.name, router.address, router.port) = ("Torre \(port)", "127.0.0.1", Int(port))
        (router.login, router.password, router.cut) = ("admin", "clave", cut)
        (router.mode, router.zone) = (mode, zone)
        let added = try await acts.add(router, by: tenant.commandLine, in: tenant.database)
        return NetworkBench(
            tenant: tenant, lab: lab, port: port, acts: acts, router: added.id,
            plan: try await tenant.makePlan("Plan \(port)"))
    }

    /// A service that is active, bound to an account of the lab.
    @discardableResult
    func serve(_ login: String = login, password: String? = nil) async throws -> Service.ID {
        let id = try await tenant.sell(plan)
        try await bind(id, to: login, password: password)
        return id
    }

    func bind(_ service: Service.ID, to login: String, password: String? = nil) async throws {
        var point = AccessPoint(service: service)
        (point.router, point.name, point.password) = (router, login, password)
        let found = try await tenant.service(service)
        _ = try await acts.bind(point, of: found, by: tenant.commandLine, in: tenant.database)
    }

    /// All that the router says now.
    func observe() async throws -> ObservedAccess {
        guard let router = try await tenant.database.router(router) else { throw NeverCame() }
        let session = try await acts.dialer.connect(to: router, in: tenant.database)
        defer { session.close() }
        return try await session.observe(.all, list: router.cutList)
    }

    func cut(_ service: Service.ID) async throws {
        _ = try await Cut(reason: .unpaid).happen(
            to: service, of: tenant.tenant, by: tenant.commandLine, in: tenant.database)
    }

    func reconnect(_ service: Service.ID) async throws {
        _ = try await Reconnection().happen(
            to: service, of: tenant.tenant, by: tenant.commandLine, in: tenant.database)
    }

    func standing(_ service: Service.ID) async throws -> NetworkState.Standing? {
        try await tenant.database.networkState(of: service)?.standing
    }

    func becomes(_ standing: NetworkState.Standing, _ service: Service.ID) async throws {
        try await eventually { try await self.standing(service) == standing }
    }

    /// As the router has it: the account's profile, and whether the queue of its session is the profile's.
    func profile(_ login: String = login) async -> String? {
        await lab.inspect { $0.text("profile", of: login, in: "/ppp/secret") }
    }

    func speed(_ login: String = login) async -> String? {
        await lab.inspect { $0.text("max-limit", of: "<pppoe-\(login)>", in: "/queue/simple") }
    }

    /// Without its first line, which tells the time.
    func export() async -> String { String(await lab.inspect { $0.export() }.drop { $0 != "\n" }) }

    /// Commands that changed something, in their order.
    func journal() async -> [String] {
        await lab.inspect { $0.journal.map { ([$0.path] + $0.attributes).joined(separator: " ") } }
    }

    func commands() async throws -> [RouterCommand] {
        try await tenant.database.routerCommands(of: router, limit: 100).reversed()
    }

    /// Works while the test looks: as many workers as there are drivers.
    func working(
        with drivers: [any AccessDriver]? = nil, at ports: [UInt16] = [], places: Int = 1,
        _ use: () async throws -> Void
    ) async throws {
        let ports = ports.isEmpty ? [port] : ports
        // One that is halted takes nothing else meanwhile.
        let workers =
            drivers?.map { worker(with: $0, at: ports, places: places) }
            ?? [worker(with: RouterOSDriver(deadlines: .short), at: ports, places: 8)]
        let work = workers.map { worker in Loops.tests.all[0].spawn { await worker.run() } }
        func end() async {
            for worker in workers { await worker.drain(within: .seconds(5)) }
            for one in work { await one.value }
        }
        do {
            try await use()
            await end()
        } catch {
            await end()
            throw error
        }
    }

    private func worker(with driver: any AccessDriver, at ports: [UInt16], places: Int) -> Worker {
        let dialer = tenant.routers(dialling: driver, at: ports).dialer
        var kinds = JobKinds()
        kinds.add(LookAtService.self) { try await $0.run(in: $1) }
        kinds.add(CompareRouters.self) { try await $0.run(in: $1) }
        kinds.add(AlignRouter.self) { try await $0.run(in: $1, with: dialer) }
        var configuration = WorkerConfiguration()
        configuration.poll = .milliseconds(100)
        configuration.places = places
        return Worker(
            database: tenant.site.test.database, loops: .tests, kinds: kinds, time: .system,
            randomness: tenant.site.randomness, configuration: configuration)
    }
}

extension TestTenant {
    func routers(dialling driver: any AccessDriver, at ports: [UInt16]) -> RouterActs {
        RouterActs(
            RouterDialer(
                driver, vault: site.vault, on: .tests, labs: ports.map { (AddressRange("127.0.0.1/32")!, $0) }),
            randomness: site.randomness)
    }

    /// As where a process was frozen: its lease runs out, and others take its routers over.
    func takeOverRouters() throws {
        try site.test.superuser().execute(
            """
            DELETE FROM job_workers;
            UPDATE jobs SET state = 'queued', worker_id = NULL, token = NULL, run_at = now()
            WHERE kind = 'network.align-router' AND state = 'running';
            INSERT INTO job_arrivals (tenant_id, kind, run_at)
            SELECT tenant_id, kind, run_at FROM jobs WHERE kind = 'network.align-router'
            """)
    }

    /// Whether anything waits for a router or is under way there.
    var isNetworkBusy: Bool {
        get throws {
            try site.test.superuser().column(
                "SELECT 1 FROM jobs WHERE kind IN ('network.align-router', 'network.look-at-service') LIMIT 1"
            ).isEmpty == false
        }
    }

    /// How many wait for a router and begin within so long.
    func networkJobs(within span: String) throws -> Int {
        try site.test.superuser().column(
            "SELECT 1 FROM jobs WHERE kind = 'network.align-router' AND run_at < now() + interval '\(span)'"
        ).count
    }

    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    var today: Day { tenant.timeZone.day(at: now) }

    func makePlan(_ name: String) async throws -> Plan.ID {
        var plan = Plan(id: newID(), in: tenant.currency)
        (plan.name, plan.price) = (name, Money(minor: 30_000, tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 10_000), Speed(kilobits: 5000))
        return try await plan.add(by: commandLine, in: database).id
    }

    func sell(_ plan: Plan.ID, isInstalled: Bool = true) async throws -> Service.ID {
        let customer = Customer(id: newID(), name: "Beto", state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add([customer], distinct: true, to: tenant, by: commandLine, in: database)
        var service = Service.blank(of: customer, for: tenant, at: now, from: site.randomness)
        service.plan = plan
        let sold = try await service.add(of: tenant, by: commandLine, in: database)
        if isInstalled {
            _ = try await Activation(day: today).happen(to: sold.id, of: tenant, by: commandLine, in: database)
        }
        return sold.id
    }

    /// What stands in the place of a service's state.
    func sight(of service: Service.ID) async throws -> [String] {
        let seen: [SeenStanding] = try await database.rows(NetworkState.sight("s.service_id = \(service)", database))
        return seen.map(\.standing)
    }

    /// As the cash desk takes it.
    func pay(_ customer: UUID) async throws {
        let id = UUID.v7(milliseconds: now.milliseconds, from: site.randomness)
        try await database.execute(
            """
            INSERT INTO payment_methods (tenant_id, method, name, kind, needs_reference, is_active, place)
            VALUES (\(database.tenant), 'cash', 'Efectivo', 'cash', FALSE, TRUE, 99) ON CONFLICT DO NOTHING
            """)
        try await database.execute(
            """
            INSERT INTO payments (
                tenant_id, payment_id, entry, series, number, customer_id, method, method_name, amount, currency, day,
                reference, note, chosen, state, held_for, actor, made_at, decided_at)
            VALUES (
                \(database.tenant), \(id), 1, 'A', 1, \(customer), 'cash', 'Efectivo', 100, 'MXN', '2026-01-01', '',
                '', '{}', 'applied', '', 'x', \(TimeSource.system.now()), \(TimeSource.system.now()))
            """)
    }

    func service(_ id: Service.ID) async throws -> Service {
        guard let service = try await database.service(id, on: today) else { throw NeverCame() }
        return service
    }
}

private struct SeenStanding: RowReadable {
    let standing: String

    init(row: Row) throws(DatabaseError) { standing = try row.read("standing") }
}

struct NeverCame: Error {}

/// Looks again and again until it is so; throws when it does not become so.
func eventually(within span: Duration = .seconds(30), _ isSo: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + span
    while try await !isSo() {
        guard ContinuousClock.now < end else { throw NeverCame() }
        try await Loops.tests.all[1].sleep(for: .milliseconds(10))
    }
}

/// The real driver, halted where a test wants to do something in between.
final class HaltingDriver: AccessDriver {
    enum Point: CaseIterable {
        /// A router was looked at, and nothing was sent yet.
        case afterLook
        /// The decision was checked once more, and a command is about to leave.
        case beforeSending
        case afterSending
    }

    private let driver = RouterOSDriver(deadlines: .short)
    private let reached: @Sendable (Point, _ port: UInt16) async -> Void

    init(reached: @escaping @Sendable (Point, _ port: UInt16) async -> Void) { self.reached = reached }

    convenience init(afterLook: @escaping @Sendable () async -> Void) {
        self.init { point, _ in if point == .afterLook { await afterLook() } }
    }

    func open(_ target: AccessTarget, on loop: EventLoop) async throws(AccessFailure) -> any AccessSession {
        HaltingSession(session: try await driver.open(target, on: loop)) { [reached] point in
            await reached(point, target.port)
        }
    }

    func text(of step: AccessStep) -> String { driver.text(of: step) }
}

private struct HaltingSession: AccessSession {
    let session: any AccessSession
    let reached: @Sendable (HaltingDriver.Point) async -> Void

    func identify() async throws(AccessFailure) -> DeviceIdentity { try await session.identify() }

    func observe(_ part: ObservedPart, list: String) async throws(AccessFailure) -> ObservedAccess {
        let observed = try await session.observe(part, list: list)
        await reached(.afterLook)
        return observed
    }

    func perform(_ step: AccessStep) async throws(AccessFailure) {
        await reached(.beforeSending)
        try await session.perform(step)
        await reached(.afterSending)
    }

    func passwords(of logins: Set<String>) async throws(AccessFailure) -> [String: String] {
        try await session.passwords(of: logins)
    }

    func pools() async throws(AccessFailure) -> [AddressPool] { try await session.pools() }

    func ping(_ address: IPAddress) async throws(AccessFailure) -> PingAnswer { try await session.ping(address) }

    func close() { session.close() }
}

/// Lets through whoever waits, once it is opened.
final class Gate: Sendable {
    private let isOpen = Atomic<Bool>(false)
    private let isReached = Atomic<Bool>(false)

    func open() { isOpen.store(true, ordering: .releasing) }
    var hasBeenReached: Bool { isReached.load(ordering: .acquiring) }

    func pass() async {
        isReached.store(true, ordering: .releasing)
        while !isOpen.load(ordering: .acquiring) { try? await Loops.tests.all[1].sleep(for: .milliseconds(5)) }
    }
}

final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
    var value: Int { count.load(ordering: .relaxed) }
}
