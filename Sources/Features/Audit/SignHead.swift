import Crypto
import Events
import JSON
import Jobs
import Postgres
import Time

/// What signs the records of this installation, and where a copy goes that the database's owner cannot reach.
package struct HeadSigner: Sendable {
    let key: SigningKey
    /// The public halves of the keys whose signatures are believed; older keys may be among them.
    let believed: [[UInt8]]
    let copy: @Sendable (SignedHead) throws -> Void

    /// None without a key. The first signs.
    package init?(keys: [SigningKey], copy: @escaping @Sendable (SignedHead) throws -> Void) {
        guard let key = keys.first else { return nil }
        self.key = key
        believed = keys.map(\.publicKey)
        self.copy = copy
    }
}

/// Every midnight of the tenant's: what was recorded since the night before is read once more and the record's head signed.
package struct SignHead: Job {
    package static let kind = "audit.sign-head"
    static let schedule = "0 0 * * *"

    package var key: String? { "all" }

    package init() {}

    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        let fields = try JSONFields(json, at: pointer)
        try fields.finish()
    }

    package func write(to json: inout JSONWriter) { json.object { _ in } }

    /// Without a key nothing is signed; `mastil doctor` says so.
    package func run(in context: JobContext, with signer: HeadSigner?) async throws {
        guard let signer else { return }
        try await Self.sign(with: signer, at: context.now, in: context.database)
    }

    /// What was tampered with is not signed: the job dies, and says where.
    static func sign(with signer: HeadSigner, at now: Instant, in database: TenantDatabase) async throws {
        let last = try await database.lastSignedHead()
        if let last, !last.isGenuine(by: signer.believed) {
            throw PermanentFailure("The signature over entry \(last.head.sequence) is not ours")
        }
        let head: EventChain.Head
        do {
            head = try await EventChain.verify(from: last?.head, in: database)
        } catch let fault as EventChain.Fault {
            throw PermanentFailure("The record was tampered with: \(fault)")
        }
        guard head.sequence > 0, head != last?.head else { return }
        let signed = SignedHead(head, of: database.tenant, at: now, by: signer.key)
        // First to where it cannot be taken back; twice does no harm.
        try signer.copy(signed)
        try await database.keep(signed)
    }

    /// Puts it into the tenant's calendar; doing it again changes nothing.
    package static func schedule(in zone: Zone, from now: Instant, in database: TenantDatabase) async throws {
        try await database.schedule(SignHead(), named: kind, at: schedule, in: zone, catchUp: .once, from: now)
    }
}
