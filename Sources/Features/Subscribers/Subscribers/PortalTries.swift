import Access
import Crypto
import Identity
import Postgres
import Time

/// Rate limits on requesting and guessing codes, by contact and by network. Known devices of the contact are counted
/// apart, so that strangers cannot lock anybody out.
struct PortalTries: Sendable {
    enum Act: String, Sendable {
        case ask, guess

        var perContact: Int { self == .ask ? 5 : 10 }
        var perAddress: Int { self == .ask ? 30 : 60 }
    }

    static let span = Duration.seconds(15 * 60)

    let contact: Contact
    let device: PortalDevice?
    let address: String
    let addresses: AddressQuota

    /// Counts an attempt; false when it is over the limit. Beyond the network's quota nothing is written.
    func count(_ act: Act, at now: Instant, in database: TenantDatabase) async throws(DatabaseError) -> Bool {
        let isKnown = try await device?.isOf(contact, at: now, in: database) ?? false
        if !isKnown {
            guard addresses.take(address, at: now) else { return false }
            let network = digest("\(act) at \(AddressQuota.network(of: address))")
            let shared = try await database.countTry(network, within: Self.span, at: now)
            guard shared <= act.perAddress else { return false }
        }
        return try await database.countTry(subject(act, isKnown), within: Self.span, at: now) <= act.perContact
    }

    /// A successful sign-in clears the attempts.
    func forgive(in database: TenantDatabase) async throws(DatabaseError) {
        let subjects = [Act.ask, .guess].flatMap { [subject($0, false), subject($0, true)] }
        try await database.execute(
            "DELETE FROM sign_in_tries WHERE tenant_id = \(database.tenant) AND subject = ANY (\(subjects))")
    }

    private func subject(_ act: Act, _ isKnown: Bool) -> [UInt8] {
        digest(isKnown ? "\(act) on \(device?.secret.text ?? "")" : "\(act) of \(contact.text)")
    }

    private func digest(_ text: String) -> [UInt8] { SHA256.digest(of: "portal \(text)".utf8) }
}
