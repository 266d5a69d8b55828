import API
import Access
import Audit
import Branding
import Customers
import Domains
import Events
import Identifiers
import Identity
import Images
import JSON
import Jobs
import Letters
import Loop
import Postgres
import Search
import Subscribers
import Tenancy
import Time
import Webhooks

extension Command {
    static let applyTenant = Command(
        "apply", "Makes the database say what a tenant's folder says. Doing it again changes nothing.",
        arguments: [Argument("DIRECTORY", "such as Tenants/norte", isRepeated: true)]
    ) { invocation, loops in
        try await Workbench.use(loops) { bench in
            for directory in invocation.arguments { try await PackFolder(directory).apply(on: bench) }
        }
    }

    static let diffTenant = Command(
        "diff", "Says what apply would change, and changes nothing.",
        arguments: [Argument("DIRECTORY", "such as Tenants/norte", isRepeated: true)]
    ) { invocation, loops in
        try await Workbench.use(loops) { bench in
            for directory in invocation.arguments { try await PackFolder(directory).compare(on: bench) }
        }
    }
}

/// A tenant's folder on disk.
private struct PackFolder: Sendable {
    private let pack: TenantPack
    private let logo: (path: String, bytes: [UInt8])?

    init(_ directory: String) throws(Complaint) {
        logo =
            ["svg", "png", "webp", "jpg"].lazy.compactMap { kind in
                File.bytes("\(directory)/logo.\(kind)").map { ("\(directory)/logo.\(kind)", $0) }
            }.first
        let path = "\(directory)/tenant.json"
        guard let bytes = File.bytes(path) else { throw Complaint("\(path) cannot be read.") }
        do {
            pack = try TenantPack(bytes)
        } catch {
            throw Complaint("\(path): \(error)")
        }
    }

    func apply(on bench: Workbench) async throws {
        if let known = try await bench.database.platform.tenants().first(where: { $0.slug == pack.slug }) {
            try await bench.raiseBillsBeforeChange(of: known)
        }
        let (tenant, outcome) = try await pack.apply(at: bench.now, from: .system, in: bench.database)
        let database = bench.database.tenant(tenant.id.scope)
        var said = outcome.words(made: "made")
        if let texts = pack.texts {
            let changed = try await tenant.put(texts, by: .commandLine, at: bench.now, in: database)
            if outcome != .made { said += changed.map { "text \($0.rawValue)" } }
        }
        if let drawn = try await drawnLogo(), tenant.brand.logo != drawn.version {
            _ = try await tenant.put(drawn, by: .commandLine, at: bench.now, in: database)
            if outcome != .made { said.append("logo") }
        }
        if let domains = pack.domains {
            let author = Author.commandLine(at: bench.now)
            do {
                said += try await Domain.vouch(for: domains, by: author, from: .system, in: database)
            } catch let refusal as DomainRefusal {
                throw Complaint("\(tenant.slug): one of its domains cannot be served: \(refusal.code)")
            }
        }
        if try await !database.hasSearchEntries() { try await Command.rebuildSearch(in: database) }
        try await Calendar.furnish(tenant, at: bench.now, database)
        let invented = try await InventedCustomers.fill(
            upTo: pack.demoCustomers, at: bench.now, zone: tenant.zone, from: .system, in: database)
        let customers = invented == 0 ? "" : ", \(invented) invented customers added"
        Terminal.say("\(tenant.slug): \(said.isEmpty ? "unchanged" : said.joined(separator: "; "))\(customers)")
        if tenant.state == .suspended || tenant.state == .closed {
            Terminal.say("\(tenant.slug): stays \(tenant.state.rawValue); `mastil tenant resume` ends that")
        }
    }

    private func drawnLogo() async throws -> Logo? {
        guard let logo else { return nil }
        do {
            return try await Logo.draw(logo.bytes, on: BlockingPool(threads: 1, queueLimit: 1, name: "pictures"))
        } catch let fault as PictureFault {
            throw Complaint("\(logo.path): it cannot be drawn (\(fault)).")
        }
    }

    func compare(on bench: Workbench) async throws {
        let (tenant, outcome) = try await pack.differences(in: bench.database.platform)
        var said = outcome.words(made: "would be made")
        if let tenant, let texts = pack.texts {
            let known = try await bench.database.tenant(tenant.id.scope).brandTexts()
            said += BrandText.allCases.filter { known[$0] != texts[$0] }.map { "text \($0.rawValue)" }
        }
        if let tenant, let drawn = try await drawnLogo(), tenant.brand.logo != drawn.version { said.append("logo") }
        if let tenant, let domains = pack.domains {
            said += try await Domain.differences(vouching: domains, in: bench.database.tenant(tenant.id.scope))
        }
        Terminal.say("\(pack.slug): \(said.isEmpty ? "unchanged" : said.joined(separator: "; "))")
    }
}

extension TenantPack.Outcome {
    fileprivate func words(made: String) -> [String] {
        switch self {
        case .made: [made]
        case .changed(let differences): differences
        case .unchanged: []
        }
    }
}

/// What is done for every tenant again and again, by its own clock.
enum Calendar {
    /// What every company has from its first day: its nightly work, and the roles that come with the product.
    static func furnish(_ tenant: Tenant, at now: Instant, _ database: TenantDatabase) async throws {
        try await put(in: tenant.zone, from: now, database)
        try await Role.putReadyMade(named: tenant.reader, at: now, from: .system, in: database)
    }

    static func put(in zone: Zone, from now: Instant, _ database: TenantDatabase) async throws {
        try await ForgetCredentials.schedule(in: zone, from: now, in: database)
        try await ForgetPortalCredentials.schedule(in: zone, from: now, in: database)
        try await ForgetLetters.schedule(in: zone, from: now, in: database)
        try await ForgetIdempotencyKeys.schedule(in: zone, from: now, in: database)
        try await SignHead.schedule(in: zone, from: now, in: database)
        try await ForgetDeliveries.schedule(in: zone, from: now, in: database)
        try await RecheckDomains.schedule(in: zone, from: now, in: database)
    }
}
