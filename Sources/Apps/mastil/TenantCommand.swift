import API
import Access
import Audit
import Crypto
import Customers
import HTTP
import Identifiers
import Identity
import JSON
import Letters
import Loop
import Postgres
import Search
import Subscribers
import Tenancy
import Time
import Webhooks

extension Command {
    static let tenant = Command(
        "tenant", "The ISPs of this installation.",
        subcommands: [.applyTenant, .listTenants, .signInToTenant])

    private static let applyTenant = Command(
        "apply", "Makes the database say what a tenant's folder says. Doing it again changes nothing.",
        arguments: [Argument("DIRECTORY", "such as Tenants/norte", isRepeated: true)]
    ) { invocation, loops in
        try await Workbench.use(loops) { bench in
            for directory in invocation.arguments { try await apply(directory, on: bench) }
        }
    }

    private static let listTenants = Command("list", "Lists the tenants and where they answer.") { _, loops in
        try await Workbench.use(loops) { bench in
            for tenant in try await bench.database.platform.tenants() {
                Terminal.say("\(tenant.slug)\t\(tenant.state)\t\(bench.address(of: tenant))\t\(tenant.name)")
            }
        }
    }

    private static let signInToTenant = Command(
        "sign-in", "Prints a link that signs a person in, once, within 15 minutes.",
        arguments: [Argument("SLUG", "the tenant, such as norte")],
        options: [
            Option("name", "NAME", "whom the panel greets, where the person is new (Administrador)"),
            Option("email", "ADDRESS", "who signs in; a new address becomes an administrator (admin@SLUG.invalid)"),
            Option("without-second-factor", nil, "remove the person's second factor: the app and the paper are lost"),
        ]
    ) { invocation, loops in
        try await Workbench.use(loops) { bench in
            let tenant = try await bench.tenant(invocation.arguments[0])
            let typed = invocation.value("email") ?? "admin@\(tenant.slug).invalid"
            guard let email = StaffMember.email(typed) else { throw Complaint("'\(typed)' is no e-mail address.") }
            let database = bench.database.tenant(tenant.id.scope)
            let link = try await database.transaction { database in
                let person = try await StaffMember.ensureOwner(
                    email: email, name: invocation.value("name") ?? "Administrador", by: .commandLine(at: bench.now),
                    from: .system,
                    in: database)
                if invocation.has("without-second-factor") {
                    try await StaffMember.resetSecondFactor(of: person, by: .commandLine(at: bench.now), in: database)
                }
                return try await SignInLink.make(.signIn, for: person, at: bench.now, from: .system, in: database)
            }
            Terminal.say("\(bench.address(of: tenant))/panel/enter/\(link.secret.text)")
        }
    }

    private static func apply(_ directory: String, on bench: Workbench) async throws {
        let path = "\(directory)/tenant.json"
        guard let bytes = File.bytes(path) else { throw Complaint("\(path) cannot be read.") }
        let pack: TenantPack
        do {
            pack = try TenantPack(bytes)
        } catch {
            throw Complaint("\(path): \(error)")
        }
        let (tenant, outcome) = try await pack.apply(at: bench.now, from: .system, in: bench.database.platform)
        let database = bench.database.tenant(tenant.id.scope)
        if try await !database.hasSearchEntries() { try await rebuildSearch(in: database) }
        try await ForgetCredentials.schedule(in: tenant.zone, from: bench.now, in: database)
        try await ForgetPortalCredentials.schedule(in: tenant.zone, from: bench.now, in: database)
        try await ForgetLetters.schedule(in: tenant.zone, from: bench.now, in: database)
        try await ForgetIdempotencyKeys.schedule(in: tenant.zone, from: bench.now, in: database)
        try await SignHead.schedule(in: tenant.zone, from: bench.now, in: database)
        try await ForgetDeliveries.schedule(in: tenant.zone, from: bench.now, in: database)
        try await Role.putReadyMade(named: tenant.reader, at: bench.now, from: .system, in: database)
        let invented = try await InventedCustomers.fill(
            upTo: pack.demoCustomers, at: bench.now, zone: tenant.zone, from: .system, in: database)
        let customers = invented == 0 ? "" : ", \(invented) invented customers added"
        switch outcome {
        case .made: Terminal.say("\(tenant.slug): made\(customers)")
        case .changed(let differences):
            Terminal.say("\(tenant.slug): \(differences.joined(separator: "; "))\(customers)")
        case .unchanged: Terminal.say("\(tenant.slug): unchanged\(customers)")
        }
    }
}

/// The database for a command that does one thing and ends.
struct Workbench: Sendable {
    let configuration: Configuration
    let database: Database
    let now: Instant

    static func use(_ loops: Loops, _ work: @escaping @Sendable (Workbench) async throws -> Void) async throws -> Int32
    {
        let configuration = try Configuration.read()
        let database = try configuration.openDatabase(on: loops)
        let bench = Workbench(configuration: configuration, database: database, now: TimeSource.system.now())
        do {
            try await work(bench)
        } catch let error as DatabaseError {
            throw Complaint(error.advice)
        }
        return ExitStatus.done
    }

    func tenant(_ slug: String) async throws -> Tenant {
        guard let tenant = try await database.platform.tenants().first(where: { $0.slug == slug }) else {
            throw Complaint("There is no tenant '\(slug)'. `mastil tenant list` names them.")
        }
        return tenant
    }

    /// Where the tenant answers, as a browser on this machine would write it.
    func address(of tenant: Tenant) -> String { address(at: "\(tenant.slug).\(configuration.baseHost)") }

    func address(at host: String) -> String {
        let scheme = configuration.certificates == nil ? "http" : "https"
        let ports = configuration.listeners.compactMap { listener -> UInt16? in
            guard case .ip(_, let port) = listener else { return nil }
            return port
        }
        let standard: UInt16 = scheme == "https" ? 443 : 80
        let port = ports.first.map { $0 == standard ? "" : ":\($0)" } ?? ""
        return "\(scheme)://\(host)\(port)"
    }
}
