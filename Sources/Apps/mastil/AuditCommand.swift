import Access
import Crypto
import Events
import Postgres
import Tenancy

extension Command {
    static let audit = Command(
        "audit", "The record of who did what, which nobody may change.", subcommands: [.verifyAudit, .printHeads])

    private static let verifyAudit = Command(
        "verify", "Recomputes every entry's hash, for each tenant, and says where the record was tampered with.",
        options: [
            Option("tenant", "SLUG", "only this tenant"),
            Option("heads", "FILE", "what `mastil audit heads` printed earlier, kept on another machine"),
        ],
        notes: "Exit status 1 when a record is not whole. Without --heads an end that was cut off may go unnoticed."
    ) { invocation, loops in
        let kept = try invocation.value("heads").map(KeptHeads.init) ?? KeptHeads()
        return try await Workbench.use(loops) { bench in
            var faults: [String] = []
            for tenant in try await bench.tenants(invocation.value("tenant")) {
                do {
                    let head = try await EventChain.verify(
                        against: kept.heads[tenant.slug], in: bench.database.tenant(tenant.id.scope))
                    Terminal.say("ok  \(tenant.slug): \(head.sequence) entries")
                } catch let fault as EventChain.Fault {
                    faults.append("\(tenant.slug): \(fault.sentence)")
                }
            }
            guard faults.isEmpty else { throw Complaint(faults.joined(separator: "\n")) }
        }
    }

    private static let printHeads = Command(
        "heads", "Prints how far each tenant's record reaches, to be kept on another machine."
    ) { _, loops in
        try await Workbench.use(loops) { bench in
            for tenant in try await bench.tenants(nil) {
                guard let head = try await EventChain.head(in: bench.database.tenant(tenant.id.scope)) else { continue }
                Terminal.say("\(tenant.slug)\t\(head.sequence)\t\(Hex.encode(head.hash))")
            }
        }
    }
}

/// The lines of `mastil audit heads`.
private struct KeptHeads {
    private(set) var heads: [String: EventChain.Head] = [:]

    init() {}

    init(_ path: String) throws(Complaint) {
        guard let text = File.text(path) else { throw Complaint("\(path) cannot be read.") }
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            guard parts.count == 3, let sequence = Int(parts[1]), let hash = Hex.decode(parts[2].utf8) else {
                throw Complaint("\(path): '\(line)' is no line of `mastil audit heads`.")
            }
            heads[String(parts[0])] = EventChain.Head(sequence: sequence, hash: hash)
        }
    }
}

extension Workbench {
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
