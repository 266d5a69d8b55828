import Access
import Audit
import Crypto
import Events
import Postgres
import Tenancy
import Time

extension Command {
    static let audit = Command(
        "audit", "The record of who did what, which nobody may change.",
        subcommands: [.verifyAudit, .printHeads, .printAuditKeys])

    private static let verifyAudit = Command(
        "verify", "Recomputes every entry's hash, for each tenant, and says where the record was tampered with.",
        options: [
            Option("tenant", "SLUG", "only this tenant"),
            Option("heads", "FILE", "what `mastil audit heads` printed earlier, kept on another machine"),
            Option("key", "FILE", "what `mastil audit keys` printed, instead of the key of MASTIL_AUDIT_KEY"),
        ],
        notes: """
            Exit status 1 when a record is not whole. It is held against the heads signed every midnight, those in the
            database and those in MASTIL_AUDIT_HEADS; without either of these, and without --heads, an end that was cut
            off or written anew may go unnoticed. What was recorded a moment ago is not sealed yet, and is told apart. Checking takes the public half of the key alone.
            """
    ) { invocation, loops in
        var kept = KeptHeads()
        if let path = invocation.value("heads") { try kept.read(path) }
        return try await CommandContext.use(loops) { [kept] context in
            let keys =
                try invocation.value("key").map(publicKeys) ?? context.configuration.auditKeys().map(\.publicKey)
            var faults: [String] = []
            for tenant in try await context.tenants(invocation.value("tenant")) {
                let checked = try await check(tenant, kept, keys, in: context)
                if let words = checked.words { Terminal.say("ok  \(tenant.slug): \(words)") }
                faults += checked.faults.map { "\(tenant.slug): \($0)" }
            }
            guard faults.isEmpty else { throw Complaint(faults.joined(separator: "\n")) }
        }
    }

    /// Recomputes a tenant's record; words when it is whole.
    private static func check(
        _ tenant: Tenant, _ kept: KeptHeads, _ keys: [[UInt8]], in context: CommandContext
    ) async throws -> (words: String?, faults: [String]) {
        let database = context.database.tenant(tenant.id.scope)
        var kept = kept
        if let directory = context.configuration.auditHeads { try kept.read(of: tenant, in: directory) }
        let signed = try await database.signedHeads() + kept.signed.filter { $0.tenant == database.tenant }
        let genuine = signed.filter { keys.isEmpty || $0.isGenuine(by: keys) }
        let forged = Set(signed.map(\.head.sequence)).subtracting(genuine.map(\.head.sequence)).sorted().map {
            "the signature over entry \($0) is not genuine"
        }
        do {
            let head = try await EventChain.verify(
                against: genuine.map(\.head) + kept.heads[tenant.slug, default: []], in: database)
            let unsealed = try await database.unsealedEvents().flatMap(words) ?? ""
            return ("\(head.sequence) entries, \(words(genuine, keys))\(unsealed)", forged)
        } catch let fault as EventChain.Fault {
            return (nil, forged + [fault.sentence])
        }
    }

    /// The faults in every tenant's record.
    static func auditFaults(in context: CommandContext) async throws -> [String] {
        let keys = try context.configuration.auditKeys().map(\.publicKey)
        var faults: [String] = []
        for tenant in try await context.tenants(nil) {
            faults += try await check(tenant, KeptHeads(), keys, in: context).faults.map { "\(tenant.slug): \($0)" }
        }
        return faults
    }

    private static func words(_ genuine: [SignedHead], _ keys: [[UInt8]]) -> String {
        guard !keys.isEmpty else { return "signatures not checked: neither --key nor MASTIL_AUDIT_KEY" }
        guard let last = genuine.max(by: { $0.head.sequence < $1.head.sequence }) else { return "not signed yet" }
        return "signed up to \(last.head.sequence) at \(last.signedAt.rfc3339)"
    }

    private static func words(_ unsealed: UnsealedEvents) -> String? {
        guard let since = unsealed.since else { return nil }
        return "; \(unsealed.count) not sealed yet, the first of \(since.rfc3339)"
    }

    private static func publicKeys(_ path: String) throws(Complaint) -> [[UInt8]] {
        guard let bytes = File.bytes(path) else { throw Complaint("\(path) cannot be read.") }
        do {
            return try PublicKey.read(pem: bytes)
        } catch {
            throw Complaint("\(path): \(error)")
        }
    }

    private static let printHeads = Command(
        "heads", "Prints the signed heads of each tenant's record and how far it reaches now, to be kept elsewhere.",
        notes:
            "A signed line: tenant, entry, hash, moment, public key, signature. A tenant's last line is its head now."
    ) { _, loops in
        try await CommandContext.use(loops) { context in
            for tenant in try await context.tenants(nil) {
                let database = context.database.tenant(tenant.id.scope)
                for signed in try await database.signedHeads() { Terminal.say(signed.line) }
                guard let head = try await EventChain.head(in: database) else { continue }
                Terminal.say("\(tenant.slug)\t\(head.sequence)\t\(Hex.encode(head.hash))")
            }
        }
    }

    private static let printAuditKeys = Command(
        "keys", "Prints the public halves of the keys that sign, for `mastil audit verify --key` on another machine."
    ) { _, _ in
        let configuration = try Configuration.read()
        let keys = try configuration.auditKeys()
        guard !keys.isEmpty else {
            throw Complaint("MASTIL_AUDIT_KEY names no key.", status: ExitStatus.configuration)
        }
        for key in keys { Terminal.say(PublicKey.pem(key.publicKey)) }
        return ExitStatus.done
    }
}

/// Audit heads read from the output of `mastil audit heads`, and from the signature directory.
private struct KeptHeads {
    private(set) var heads: [String: [EventChain.Head]] = [:]
    private(set) var signed: [SignedHead] = []

    mutating func read(_ path: String) throws(Complaint) {
        guard let text = File.text(path) else { throw Complaint("\(path) cannot be read.") }
        for line in text.split(separator: "\n") {
            if let head = SignedHead(line: line) {
                signed.append(head)
                continue
            }
            let parts = line.split(separator: "\t")
            guard parts.count == 3, let sequence = Int(parts[1]), let hash = Hex.decode(parts[2].utf8) else {
                throw Complaint("\(path): '\(line)' is no line of `mastil audit heads`.")
            }
            heads[String(parts[0]), default: []].append(EventChain.Head(sequence: sequence, hash: hash))
        }
    }

    /// Reads nothing when nothing has been signed yet.
    mutating func read(of tenant: Tenant, in directory: String) throws(Complaint) {
        let path = "\(directory)/\(tenant.id).heads"
        if File.exists(path) { try read(path) }
    }
}

extension CommandContext {
    fileprivate func tenants(_ slug: String?) async throws -> [Tenant] {
        let all = try await database.platform.everyTenant()
        guard let slug else { return all }
        guard let tenant = all.first(where: { $0.slug == slug }) else { return [try await tenant(slug)] }
        return [tenant]
    }
}

extension EventChain.Fault {
    fileprivate var sentence: String {
        switch self {
        case .missing(let sequence): "entry \(sequence) is missing"
        case .altered(let sequence): "entry \(sequence) is not what was written, or one before it was replaced"
        case .cut(let last, let known): "the record ends with entry \(last), but entry \(known) was written"
        case .otherRecord(let sequence): "entry \(sequence) is another than the one whose head was kept"
        }
    }
}
