import Access
import Addresses
import CashDesk
import Declarations
import Expenses
import Identifiers
import Jobs
import Ledger
import Locale
import Loop
import Nouns
import Payments
import Postgres
import Reconciler
import RouterOSAccess
import Routers
import Tenancy
import TenantSupport
import TestSupport
import Time
import Vouchers
import Zones

@testable import Customers
@testable import Plans
@testable import Radius
@testable import Services

/// Two companies, each with an access server at an address of its own and a plan of 5 and 10 Mb/s, and a FreeRADIUS that
/// serves both.
struct RadiusBench: Sendable {
    let tenant: TestTenant
    let acts: RadiusActs
    let server: AccessServer
    let source: String
    let plan: Plan.ID
    let radius: FreeRADIUS

    var secret: String { server.newSecret ?? "" }
    private var database: TenantDatabase { tenant.database }

    static func serving(
        port: UInt16 = 3799, _ body: (_ norte: RadiusBench, _ sur: RadiusBench) async throws -> Void
    ) async throws {
        try await withTenants(
            declaring: .customers, .zones, .plans, .services, .ledger, .payments, .cashDesk, .expenses, .routers,
            .reconciler, .radius,
            .vouchers
        ) { norte, sur in
            try await FreeRADIUS.serving(norte.site.test) { radius in
                try await body(
                    open(norte, at: "127.0.0.1", port, radius), open(sur, at: "127.0.0.2", port, radius))
            }
        }
    }

    private static func open(
        _ tenant: TestTenant, at source: String, _ port: UInt16, _ radius: FreeRADIUS
    ) async throws -> RadiusBench {
        let acts = tenant.radius(reaching: port)
        var server = acts.blank(at: tenant.now)
        (server.name, server.address, server.port) = ("Nodo", source, Int(port))
        let added = try await acts.add(server, to: tenant.tenant, by: tenant.commandLine, in: tenant.database)
        var plan = Plan(id: tenant.newID(), in: tenant.tenant.currency)
        (plan.name, plan.price) = ("Hogar", Money(minor: 30_000, tenant.tenant.currency))
        (plan.download, plan.upload) = (Speed(kilobits: 10_000), Speed(kilobits: 5000))
        return RadiusBench(
            tenant: tenant, acts: acts, server: added, source: source,
            plan: try await plan.add(by: tenant.commandLine, in: tenant.database).id, radius: radius)
    }

    /// As of now by the machine's clock, which the database reads too.
    var principal: Principal { .commandLine(of: tenant.site.catalogue, at: TimeSource.system.now()) }

    /// A service that is active, with a way in.
    @discardableResult
    func serve(
        _ login: String, _ password: String, address: String = "", trialHours: Int = 0, isInstalled: Bool = true
    ) async throws -> Service.ID {
        let customer = Customer(id: tenant.newID(), name: "Beto", state: .active, since: Day(iso: "2026-01-01")!)
        _ = try await Customer.add(
            [customer], distinct: true, to: tenant.tenant, by: tenant.commandLine, in: database)
        var service = Service.blank(of: customer, for: tenant.tenant, at: tenant.now, from: tenant.site.randomness)
        service.plan = plan
        let sold = try await service.add(of: tenant.tenant, by: tenant.commandLine, in: database).id
        if isInstalled {
            _ = try await Activation(day: tenant.tenant.timeZone.day(at: tenant.now)).happen(
                to: sold, of: tenant.tenant, by: tenant.commandLine, in: database)
        }
        var access = RadiusAccess(service: sold)
        (access.login, access.password, access.address) = (login, password, address)
        access.trialHours = trialHours
        _ = try await acts.put(access, of: self.service(sold), by: principal, in: database)
        return sold
    }

    func service(_ id: Service.ID) async throws -> Service {
        guard let service = try await database.service(id, on: tenant.tenant.timeZone.day(at: tenant.now)) else {
            throw NeverCame()
        }
        return service
    }

    func cut(_ service: Service.ID) async throws {
        _ = try await Cut(reason: .unpaid).happen(
            to: service, of: tenant.tenant, by: tenant.commandLine, in: database)
    }

    func reconnect(_ service: Service.ID) async throws {
        _ = try await Reconnection().happen(
            to: service, of: tenant.tenant, by: tenant.commandLine, in: database)
    }

    func authenticate(_ login: String, _ password: String) async throws -> FreeRADIUS.Reply {
        try await radius.authenticate(login, password, from: source, secret: secret)
    }

    /// What the access server says of a session.
    @discardableResult
    func report(_ status: String, _ session: String, _ login: String, _ more: String...) async throws
        -> FreeRADIUS.Reply
    {
        try await radius.report(
            [
                "Acct-Status-Type = \(status)", "Acct-Session-Id = \"\(session)\"", "User-Name = \"\(login)\"",
                "NAS-IP-Address = 192.168.88.1",
            ] + more, from: source, secret: secret)
    }

    /// Of those who were refused: login and why.
    func rejections() async throws -> [String] {
        try await database.rejections(limit: 100).map { "\($0.login): \($0.reason.rawValue)" }
    }

    func sessions(of service: Service.ID) async throws -> [RadiusSession] {
        try await database.radiusSessions(of: service, limit: 10)
    }

    func change(_ statement: String) throws { try tenant.site.test.superuser().execute(statement) }

    /// Does what waits, while the test looks.
    func working(_ use: () async throws -> Void) async throws {
        let acts = acts
        var kinds = JobKinds()
        kinds.add(LookAtService.self) { try await $0.run(in: $1) }
        kinds.add(EndSessions.self) { try await $0.run(in: $1, by: acts) }
        kinds.add(WatchSessions.self) { try await $0.run(in: $1) }
        var configuration = WorkerConfiguration()
        configuration.poll = .milliseconds(100)
        let worker = Worker(
            database: tenant.site.test.database, loops: .tests, kinds: kinds, time: .system,
            randomness: tenant.site.randomness, configuration: configuration)
        let work = Loops.tests.all[0].spawn { await worker.run() }
        do {
            try await use()
        } catch {
            await worker.drain(within: .seconds(5))
            await work.value
            throw error
        }
        await worker.drain(within: .seconds(5))
        await work.value
    }
}

extension TestTenant {
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }

    func radius(reaching port: UInt16) -> RadiusActs {
        let dialer = RouterDialer(
            RouterOSDriver(), vault: site.vault, on: .tests, labs: [(AddressRange("127.0.0.0/8")!, port)])
        return RadiusActs(dialer, vault: site.vault, randomness: site.randomness)
    }
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
