import Access
import Crypto
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Locale
import Loop
import Postgres
import Roles
import Synchronization
import Telemetry
import Tenancy
import TestSupport
import Time
import Vault

/// Gives a test two ISPs on a database of its own, in a program of the rooms that every test has. A test that reads as
/// one ISP also checks that the other sees nothing. A target of tests that needs more rooms has a function of this name
/// that declares them.
package func withTenants(_ body: (TestTenant, TestTenant) async throws -> Void) async throws {
    try await withTenants(in: everyTestsRooms, body)
}

package func withTenants(
    declaring room: RoomDeclarations, _ others: RoomDeclarations...,
    body: (TestTenant, TestTenant) async throws -> Void
) async throws {
    try await withTenants(in: [room] + others + everyTestsRooms, body)
}

private let everyTestsRooms: [RoomDeclarations] = [.roles, .identity, .events, .tenancy]

/// In a program of exactly these rooms.
package func withTenants(
    in rooms: [RoomDeclarations], _ body: (TestTenant, TestTenant) async throws -> Void
) async throws {
    let test = try await TestDatabase(from: .product)
    do {
        let site = try await TestSite(test, Catalogue(rooms))
        try await body(
            site.tenant("norte", "Norte Inalámbrico", "MX", "MXN"), site.tenant("sur", "Sur Fibra", "PE", "PEN"))
        try await test.close()
    } catch {
        try await test.close()
        throw error
    }
}

extension TestTemplate {
    /// The product's own schema.
    package static let product = TestTemplate(migrations: Repository.path("Migrations"))
}

/// Where this checkout lies.
package enum Repository {
    package static func path(_ relative: String) -> String {
        let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(here)/\(relative)"
    }
}

/// An installation without sockets: its database, its directory of tenants, a clock that is held.
package final class TestSite: Sendable {
    package let test: TestDatabase
    package let catalogue: Catalogue
    package let directory = TenantDirectory(base: "test")
    package let clock = HeldClock(at: Instant(seconds: 1_795_000_000))
    package let randomness = Randomness(seed: 11)
    package let log = WrittenLog()

    package let signIn: SignIn
    package let vault: Vault
    package var visits: Impersonations { Impersonations(database: test.database) }

    fileprivate init(_ test: TestDatabase, _ catalogue: Catalogue) async throws {
        self.test = test
        self.catalogue = catalogue
        let key = try KeyRing.Key.make(id: "test", from: randomness)
        vault = try Vault(from: randomness) { try KeyRing(current: key) }
        signIn = SignIn(
            hashing: PasswordHashing(
                pool: BlockingPool(threads: 1, queueLimit: 100, name: "passwords"), randomness: randomness),
            common: CommonPasswords(list: Array("password\ncontraseña\n12345678\n".utf8)), vault: vault,
            randomness: randomness)
    }

    fileprivate func tenant(_ slug: String, _ name: String, _ country: String, _ currency: String) async throws
        -> TestTenant
    {
        let text = """
            {slug: "\(slug)", name: "\(name)", state: "active", country: "\(country)", language: "es",
             currency: "\(currency)", zone: "America/Lima", colour: "#0b6e4f"}
            """
        let (tenant, _) = try await TenantPack(Array(text.utf8)).apply(
            at: clock.now, from: randomness, in: test.database)
        try await directory.read(from: test.database.platform)
        try await Role.putReadyMade(
            of: catalogue, named: tenant.reader, at: clock.now, from: randomness,
            in: test.database.tenant(tenant.id.scope))
        return TestTenant(tenant: tenant, site: self)
    }
}

extension TestSite {
    /// The platform's own tenant.
    package var platform: TestTenant {
        get async throws { TestTenant(tenant: try await test.database.platform.superTenant(), site: self) }
    }
}

extension TestSite {
    /// Whoever answers there by now.
    package func tenant(at host: String) -> TestTenant? {
        directory.tenant(at: host).map { TestTenant(tenant: $0, site: self) }
    }
}

extension TestTenant {
    /// The cookie of somebody of the platform, at its console.
    package func signInAdmin(as role: PlatformRole = .admin, named name: String = "Petra") async throws -> String {
        let link = try await PlatformAdmin.invite(
            email: "\(name.lowercased()).\(site.randomness.next())@example.com", name: name, as: role,
            by: commandLine, from: site.randomness, in: database)
        let (_, member) = try await SignInLink.look(at: link.secret.text, now: now, in: database)
        try await database.execute(
            "UPDATE staff SET state = 'active' WHERE tenant_id = \(database.tenant) AND staff_id = \(member.id)")
        let session = try await Session.start(
            for: member.id, at: Session.Place(device: "", address: ""), now: now, from: site.randomness, in: database)
        return "sid=\(session.secret.text)"
    }
}

/// What the program logged, for tests that look at it.
package final class WrittenLog: LogSink, Sendable {
    private let lines = Mutex<[String]>([])

    package func write(_ line: [UInt8]) {
        lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }

    package var text: String { lines.withLock { $0.joined() } }
}

package struct TestTenant: Sendable {
    package let tenant: Tenant
    package let site: TestSite

    package var host: String { "\(tenant.slug).test" }
    package var database: TenantDatabase { site.test.database.tenant(tenant.id.scope) }
    package var now: Instant { site.clock.now }
    /// Every permission there is.
    package var everything: [Permission] { site.catalogue.permissions.map(\.permission) }
    /// Somebody at the server's command line.
    package var commandLine: Principal { .commandLine(of: site.catalogue, at: now) }

    /// What the platform does to it by hand, and every server then knows: `set("state = 'suspended'")`.
    package func set(_ columns: String) async throws {
        try site.test.superuser().execute("UPDATE tenants SET \(columns) WHERE slug = '\(tenant.slug)'")
        try await readAnew()
    }

    /// Makes the directory say what the database says, as a notice does in the program.
    package func readAnew() async throws { try await site.directory.read(from: site.test.database.platform) }

    /// As it is by now.
    package var present: Tenant? { site.directory.tenant(at: host) }

    /// The cookie of somebody who signed in with these permissions.
    package func signIn(_ permissions: [Permission], as person: String = "Ana") async throws -> String {
        let member = try await staff(permissions, as: person)
        let session = try await Session.start(
            for: member, at: Session.Place(device: "", address: ""), now: now, from: site.randomness, in: database)
        return "sid=\(session.secret.text)"
    }

    /// Somebody with a role of exactly these permissions.
    package func staff(_ permissions: [Permission], as name: String) async throws -> StaffMember.ID {
        let role = Role(
            id: .make(milliseconds: now.milliseconds, from: site.randomness),
            name: "De \(name) \(site.randomness.next())", allowed: Set(permissions))
        let principal = Principal(.commandLine, permissions: Set(permissions), of: site.catalogue, at: now)
        try await role.save(by: principal, in: database)
        let email = "\(name.lowercased()).\(site.randomness.next())@example.com"
        let link = try await StaffMember.invite(
            email: email, name: name, roles: [role.id], by: principal, from: site.randomness,
            in: database)
        let (_, owner) = try await SignInLink.look(at: link.secret.text, now: now, in: database)
        try await database.execute(
            "UPDATE staff SET state = 'active' WHERE tenant_id = \(database.tenant) AND state = 'invited'")
        return owner.id
    }

    package func token(_ permissions: [Permission]) async throws -> String {
        try await APIToken.make(
            named: "prueba", permissions: Set(permissions), until: now + .seconds(3600),
            by: Principal(.commandLine, permissions: Set(permissions), of: site.catalogue, at: now),
            randomness: site.randomness, in: database
        ).text
    }

    package func gate<Shell: ShellVisit>(
        _ routes: Routes<Shell>, at area: RequestGate.Area = .tenants,
        credential: @escaping @Sendable (Request) -> Credential?, forbid: RequestGate.Forbid? = nil,
        refuse: @escaping RequestGate.Refuse
    ) -> RequestGate {
        RequestGate(
            routes, at: area, directory: site.directory, database: site.test.database, catalogue: site.catalogue,
            time: site.clock.source,
            log: Log(to: site.log, as: .json, time: site.clock.source), credential: credential, forbid: forbid,
            refuse: refuse)
    }

    /// Asks a gate of this tenant, without a socket.
    package func ask(
        _ gate: RequestGate, _ target: String, method: String = "GET", host: String? = nil,
        headers: KeyValuePairs<String, String> = [:], body: [UInt8] = [], arrived: Monotonic = .read()
    ) async throws -> Answer {
        let request = try DirectRequests(on: .tests).request(
            method, target, host: host ?? self.host, headers: headers, body: body, arrived: arrived)
        return Answer(await gate.answer(request))
    }
}

/// A response whose body is at hand.
package struct Answer: Sendable {
    package let status: Status
    package let headers: ResponseHeaders
    package let bytes: [UInt8]

    /// A file, which is everybody's, is not read.
    package init(_ response: Response) {
        status = response.status
        headers = response.headers
        if case .bytes(let bytes) = response.body { self.bytes = bytes } else { bytes = [] }
    }

    /// With a body that was read.
    package init(_ response: Response, bytes: [UInt8]) {
        (status, headers) = (response.status, response.headers)
        self.bytes = bytes
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}
