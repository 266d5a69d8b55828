import Crypto
import Events
import Jobs
import Postgres
import Time

/// Every midnight of the tenant's: verifies the events since the last signature and signs the record's head.
package struct SignHead: NightlyJob {
    package static let kind = "audit.sign-head"
    package static let time = "0 0 * * *"

    package init() {}

    /// Without a key nothing is signed; `mastil doctor` says so.
    package func run(in context: JobContext, with signer: HeadSigner?) async throws {
        guard let signer else { return }
        try await Self.sign(with: signer, at: context.now, in: context.database)
    }

    /// A tampered record is not signed: the job dies and reports where.
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
        // The outside copy first, where it cannot be taken back; copying twice is harmless.
        try signer.copy(signed)
        try await database.keep(signed)
    }
}
