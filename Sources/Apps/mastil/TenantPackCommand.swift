import Access
import Addresses
import Assembly
import Auditor
import Backups
import BankFiles
import Branding
import Campaigns
import Collection
import Conversations
import Customers
import Declarations
import Demonstration
import Domains
import Events
import Fibre
import FieldWork
import HTTP
import Identifiers
import Images
import Incidents
import Invoices
import JSON
import Loop
import Monitoring
import OLTCommandLine
import Payments
import Postgres
import Receipts
import RouterOSLab
import Routers
import Sandbox
import Search
import Stock
import Telephony
import Tenancy
import Tickets
import Time
import Topology

extension Command {
    static let applyTenant = Command(
        "apply", "Makes the database say what a tenant's folder says. Doing it again changes nothing.",
        arguments: [Argument("DIRECTORY", "such as Tenants/norte", isRepeated: true)],
        options: [
            Option("history", nil, "invent a year of business for the invented customers of a demonstration, once")
        ]
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            for directory in invocation.arguments {
                try await PackFolder(directory).apply(on: context, withHistory: invocation.has("history"))
            }
        }
    }

    static let diffTenant = Command(
        "diff", "Says what apply would change, and changes nothing.",
        arguments: [Argument("DIRECTORY", "such as Tenants/norte", isRepeated: true)]
    ) { invocation, loops in
        try await CommandContext.use(loops) { context in
            for directory in invocation.arguments { try await PackFolder(directory).compare(on: context) }
        }
    }
}

/// A tenant's folder on disk.
private struct PackFolder: Sendable {
    private let pack: TenantPack
    private let logo: (path: String, bytes: [UInt8])?
    private let directory: String

    init(_ directory: String) throws(Complaint) {
        logo =
            ["svg", "png", "webp", "jpg"].lazy.compactMap { kind in
                File.bytes("\(directory)/logo.\(kind)").map { ("\(directory)/logo.\(kind)", $0) }
            }.first
        self.directory = directory
        let path = "\(directory)/tenant.json"
        guard let bytes = File.bytes(path) else { throw Complaint("\(path) cannot be read.") }
        do {
            pack = try TenantPack(bytes)
        } catch {
            throw Complaint("\(path): \(error)")
        }
    }

    func apply(on context: CommandContext, withHistory: Bool) async throws {
        if let known = try await context.database.platform.tenants().first(where: { $0.slug == pack.slug }) {
            try await context.raiseBillsBeforeChange(of: known)
        }
        let (tenant, outcome) = try await pack.apply(at: context.now, from: .system, in: context.database)
        let database = context.database.tenant(tenant.id.scope)
        var said = outcome.words(made: "made")
        if let texts = pack.texts {
            let changed = try await tenant.put(texts, by: .commandLine, at: context.now, in: database)
            if outcome != .made { said += changed.map { "text \($0.rawValue)" } }
        }
        if let drawn = try await drawnLogo(of: tenant, on: context), tenant.brand.logo != drawn.version {
            _ = try await tenant.put(drawn, by: .commandLine, at: context.now, in: database)
            if outcome != .made { said.append("logo") }
        }
        if let domains = pack.domains {
            let principal = Principal.commandLine(of: context.catalogue, at: context.now)
            do {
                said += try await Domain.vouch(for: domains, by: principal, from: .system, in: database)
            } catch let refusal as DomainRefusal {
                throw Complaint("\(tenant.slug): one of its domains cannot be served: \(refusal.code)")
            }
        }
        let changed = try await applyFiles(of: tenant, in: database, on: context)
        if outcome != .made { said += changed }
        // For a demo tenant with history, policies and settings take effect at its beginning.
        let isInvented = outcome == .made && withHistory
        let beginning =
            isInvented ? InventedYear.firstDay(of: tenant, at: context.now).start(in: tenant.timeZone) : context.now
        if try await applyBilling(of: tenant, at: beginning, in: database, on: context), outcome != .made {
            said.append("billing")
        }
        if try await applyCollection(of: tenant, at: beginning, in: database, on: context), outcome != .made {
            said.append("collection")
        }
        if try await !database.hasSearchEntries() { try await Rooms.list.reindex(database) }
        try await Rooms.list.furnish(
            tenant, knowing: context.catalogue, at: context.now, from: .system, in: database)
        let invented = try await InventedCustomers.fill(
            upTo: pack.demoCustomers, at: context.now, zone: tenant.timeZone, withMail: withHistory, from: .system,
            in: database)
        let days =
            withHistory && pack.demoServices > 0
            ? try await InventedYear(
                of: tenant, knowing: context.catalogue, at: context.now, from: .system, in: database
            ).happen(services: pack.demoServices) : 0
        if days > 0 {
            _ = try await InventedBankFile.upload(
                to: tenant, by: .commandLine(of: context.catalogue, at: context.now),
                through: BankFileActs(vault: try context.vault, randomness: .system), in: database)
        }
        if days > 0 {
            let tools = ReceiptTools(
                PaymentActs(randomness: .system), in: context.sandbox, vault: try context.vault, randomness: .system)
            try await InventedReceipts.send(
                in: tenant, by: .commandLine(of: context.catalogue, at: context.now), with: tools, in: database)
        }
        if days > 0 { _ = try await InventedConversations.fill(of: tenant, at: context.now, in: database) }
        if days > 0 {
            _ = try await InventedTickets.fill(
                of: tenant, knowing: context.catalogue, at: context.now, in: database)
            _ = try await InventedCampaign.fill(
                of: tenant, by: .commandLine(of: context.catalogue, at: context.now), from: .system, in: database)
        }
        if days > 0, let rates = File.bytes("\(directory)/voice-rates.csv") {
            try await InventedTelephony.fill(
                rates: rates, of: tenant, by: .commandLine(of: context.catalogue, at: context.now), from: .system,
                in: database)
        }
        let served = try await InventedServices.fill(
            upTo: pack.demoServices, of: tenant, knowing: context.catalogue, at: context.now, from: .system,
            in: database)
        if days > 0 {
            _ = try await InventedFieldWork.fill(
                of: tenant, knowing: context.catalogue, at: context.now, in: database)
            _ = try await InventedStock.fill(
                of: tenant, knowing: context.catalogue, at: context.now, in: database)
        }
        let bound = pack.demoCustomers == 0 ? 0 : try await bindToLab(tenant, in: database, on: context)
        let lit = pack.demoCustomers == 0 ? 0 : try await light(tenant, in: database, on: context)
        let customers =
            (invented == 0 ? "" : ", \(invented) invented customers added")
            + (served == 0 ? "" : ", \(served) invented services")
            + (days == 0 ? "" : ", \(days) invented days")
            + (bound == 0 ? "" : ", \(bound) services on a lab router")
            + (lit == 0 ? "" : ", \(lit) services with an ONU on lab OLTs")
        Terminal.say("\(tenant.slug): \(said.isEmpty ? "unchanged" : said.joined(separator: "; "))\(customers)")
        if tenant.state == .suspended || tenant.state == .closed {
            Terminal.say("\(tenant.slug): stays \(tenant.state.rawValue); `mastil tenant resume` ends that")
        }
    }

    /// Assigns each demo company a lab router, as far as enough are configured.
    private func bindToLab(
        _ tenant: Tenant, in database: TenantDatabase, on context: CommandContext
    ) async throws -> Int {
        let labs = context.configuration.labRouters
        let slugs = try await context.database.platform.tenants().map(\.slug).sorted()
        guard let place = slugs.firstIndex(of: tenant.slug), !labs.isEmpty,
            case .ip(let address, let port) = labs[place % labs.count]
        else { return 0 }
        let acts = RouterActs(
            RouterDialer(context.configuration.deviceAccess(on: context.loops), vault: try context.vault),
            randomness: .system)
        let principal = Principal.commandLine(of: context.catalogue, at: context.now)
        let bound = try await InventedNetwork.fill(
            at: address, port: port, of: tenant, by: principal, with: acts, in: database)
        if bound > 0, let router = try await database.routers().first {
            try await inventBackup(of: router, in: database, on: context)
            try await AuditActs.audit(router.id, by: principal, in: database)
        }
        guard let towers = File.bytes("\(directory)/towers.csv") else { return bound }
        let sites: InventedSites
        do throws(TenantFileFault) {
            sites = try InventedSites(towers, of: tenant, at: context.now, from: .system)
        } catch {
            throw Complaint("\(directory)/towers.csv: \(error)")
        }
        let fleet = DeviceActs(acts.dialer, vault: try context.vault, randomness: .system)
        _ = try await InventedFleet.fill(
            sites.towers.map(\.name),
            at: context.configuration.labDevices.compactMap { listener -> (address: IPAddress, port: UInt16)? in
                guard case .ip(let address, let port) = listener else { return nil }
                return (address, port)
            }, of: tenant, by: principal, with: fleet, in: database)
        if try await sites.fill(of: tenant, by: principal, from: .system, in: database) > 0 {
            var policy = try await database.outagePolicy()
            (policy.isCredited, policy.creditMinutes) = (true, 5)
            try await policy.put(by: principal, in: database)
        }
        return bound
    }

    /// Gives an invented fibre company's services their ONUs on its lab OLTs.
    private func light(
        _ tenant: Tenant, in database: TenantDatabase, on context: CommandContext
    ) async throws -> Int {
        let labs = context.configuration.labOLTs.filter { $0.tenant == tenant.slug }
        let acts = FibreActs(
            OLTCommandLineDriver(),
            RouterDialer(context.configuration.deviceAccess(on: context.loops), vault: try context.vault),
            vault: try context.vault, randomness: .system)
        return try await InventedFibre.fill(
            at: labs.map(\.invented), of: tenant, by: .commandLine(of: context.catalogue, at: context.now), with: acts,
            in: database)
    }

    /// The lab's configuration of the night before, so that the first audit finds a difference.
    private func inventBackup(
        of router: Router, in database: TenantDatabase, on context: CommandContext
    ) async throws {
        // The lab's configuration besides its customers, now and the night before.
        let scripts = ["router.rsc", "router-before.rsc"].compactMap { File.bytes("\(directory)/\($0)") }
        guard scripts.count == 2 else { return }
        let night = context.now - .seconds(86_400)
        let lab = LabRouter(LabVersion(7, 19), at: night)
        lab.furnish(customers: 150)
        for script in scripts { lab.furnish(script: String(decoding: script, as: UTF8.self)) }
        try await BackupVault(try context.vault, randomness: .system, workingOn: context.loops.blocking).keep(
            lab.export(), hasSecrets: true, of: router, because: .night, at: night, in: database)
    }

    /// Applies the tenant files that rooms define.
    private func applyFiles(
        of tenant: Tenant, in database: TenantDatabase, on context: CommandContext
    ) async throws -> [String] {
        let principal = Principal.commandLine(of: context.catalogue, at: context.now)
        var changed: [String] = []
        for file in context.catalogue.parts(TenantFile.self) {
            let path = "\(directory)/\(file.name)"
            guard let bytes = File.bytes(path) else { continue }
            do {
                changed += try await file.apply(bytes, tenant, principal, .system, database)
            } catch let fault as TenantFileFault {
                throw Complaint("\(path): \(fault)")
            }
        }
        return changed
    }

    private func applyCollection(
        of tenant: Tenant, at moment: Instant, in database: TenantDatabase, on context: CommandContext
    ) async throws -> Bool {
        guard let rules = pack.collection else { return false }
        do {
            return try await CollectionPolicy.put(
                given: rules, of: tenant, by: .commandLine(of: context.catalogue, at: moment), in: database)
        } catch let refusal as any Refusal {
            throw Complaint("\(pack.slug): its collection policy cannot be taken: \(refusal.code)")
        }
    }

    private func applyBilling(
        of tenant: Tenant, at moment: Instant, in database: TenantDatabase, on context: CommandContext
    ) async throws -> Bool {
        guard let settings = pack.billing else { return false }
        do {
            return try await BillingSettings.put(
                given: settings, of: tenant, by: .commandLine(of: context.catalogue, at: moment), in: database)
        } catch let refusal as any Refusal {
            throw Complaint("\(pack.slug): its billing policy cannot be taken: \(refusal.code)")
        }
    }

    private func drawnLogo(of tenant: Tenant, on context: CommandContext) async throws -> Logo? {
        guard let logo else { return nil }
        do {
            return try await Logo.draw(logo.bytes, in: context.sandbox, for: tenant.id.uuid)
        } catch let fault as PictureFault {
            throw Complaint("\(logo.path): it cannot be drawn (\(fault)).")
        } catch let failure as SandboxFailure {
            throw Complaint("\(logo.path): it is too heavy to draw (\(failure)).")
        }
    }

    func compare(on context: CommandContext) async throws {
        let (tenant, outcome) = try await pack.differences(in: context.database.platform)
        var said = outcome.words(made: "would be made")
        if let tenant, let texts = pack.texts {
            let known = try await context.database.tenant(tenant.id.scope).brandTexts()
            said += BrandText.allCases.filter { known[$0] != texts[$0] }.map { "text \($0.rawValue)" }
        }
        if let tenant, let drawn = try await drawnLogo(of: tenant, on: context), tenant.brand.logo != drawn.version {
            said.append("logo")
        }
        if let tenant, let domains = pack.domains {
            said += try await Domain.differences(vouching: domains, in: context.database.tenant(tenant.id.scope))
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
