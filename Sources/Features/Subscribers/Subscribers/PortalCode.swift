import Access
import Crypto
import Customers
import Events
import Identifiers
import Identity
import Letters
import Postgres
import Time

/// A six-digit sign-in code, valid for ten minutes and five guesses.
package struct PortalCode: Sendable {
    package typealias ID = Identifiers.ID<PortalCode>

    package static let span = Duration.seconds(10 * 60)
    static let guesses = 5

    static func digits(from randomness: Randomness) -> String {
        // The modulo bias of 2^64 over a million is negligible.
        let number = String(randomness.next() % 1_000_000)
        return String(repeating: "0", count: 6 - number.utf8.count) + number
    }

    static func digest(of digits: String, _ id: ID) -> [UInt8] { SHA256.digest(of: "portal \(id) \(digits)".utf8) }
}

extension PortalCode {
    /// A signed-out visitor asks for a code. The account is only looked up when the letter is written, so that response
    /// times do not reveal it. Above the rate limit the visitor gets the id of a non-existent code.
    package static func ask(
        for contact: Contact, from device: PortalDevice?, at address: String, within addresses: AddressQuota,
        on head: Letterhead?, now: Instant, randomness: Randomness, in database: TenantDatabase
    ) async throws -> ID {
        let id = ID.make(milliseconds: now.milliseconds, from: randomness)
        let tries = PortalTries(contact: contact, device: device, address: address, addresses: addresses)
        guard try await tries.count(.ask, at: now, in: database) else { return id }
        try await database.transaction { database in
            try await database.execute(
                """
                INSERT INTO portal_codes (tenant_id, code_id, contact, made_at, expires_at)
                VALUES (\(database.tenant), \(id), \(contact.text), \(now), \(now + span))
                """)
            guard let head else { return }
            try await database.write(
                .portalCode, to: contact.text, about: id.uuid, on: head, at: now, from: randomness)
        }
        return id
    }

    /// Made by staff, to be read out on the phone.
    package static func make(
        for customer: Customer.ID, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> String {
        let (id, digits) = (
            ID.make(milliseconds: principal.now.milliseconds, from: randomness), digits(from: randomness)
        )
        try await database.transaction { database in
            guard let subscriber = try await database.subscriber(customer) else { throw AccessRefusal.notFound }
            // A new code replaces earlier ones.
            try await database.execute(
                """
                UPDATE portal_codes SET used_at = \(principal.now)
                WHERE tenant_id = \(database.tenant) AND customer_id = \(customer) AND used_at IS NULL
                """)
            try await database.execute(
                """
                INSERT INTO portal_codes (tenant_id, code_id, customer_id, digest, made_at, expires_at)
                VALUES (\(database.tenant), \(id), \(customer), \(digest(of: digits, id)), \(principal.now),
                    \(principal.now + span))
                """)
            try await database.record(
                Act(.portalCodeMade, subscriber.subject), by: principal.actor, at: principal.now)
        }
        return digits
    }

    /// Generates the digits of a requested code and returns the mailbox to send it to; nil when there is none.
    static func address(
        _ id: ID, at now: Instant, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> (recipient: String, digits: String, subscribers: [Subscriber])? {
        let contact: String? = try await database.value(
            """
            SELECT contact FROM portal_codes
            WHERE tenant_id = \(database.tenant) AND code_id = \(id) AND used_at IS NULL AND expires_at > \(now)
                AND contact IS NOT NULL
            """)
        guard let contact else { return nil }
        let subscribers = try await database.subscribers(known: Contact(stored: contact))
        // A telephone number of two mailboxes is ambiguous: one of them is somebody else's.
        let mailboxes = Set(subscribers.map(\.email)).subtracting([""])
        guard mailboxes.count == 1, let recipient = mailboxes.first else { return nil }
        let digits = digits(from: randomness)
        try await database.execute(
            """
            UPDATE portal_codes SET digest = \(digest(of: digits, id)), recipient = \(recipient)
            WHERE tenant_id = \(database.tenant) AND code_id = \(id)
            """)
        return (recipient, digits, subscribers.filter { $0.email == recipient })
    }
}

/// A requested code's state.
struct AskedCode: RowReadable {
    let contact: Contact
    let recipient: String?
    let digest: [UInt8]?

    init(row: Row) throws(DatabaseError) {
        contact = Contact(stored: try row.read("contact"))
        recipient = try row.read("recipient")
        digest = try row.read("digest")
    }
}

/// A code made by staff.
struct ReadOutCode: RowReadable {
    let id: PortalCode.ID
    let customer: Customer.ID
    let digest: [UInt8]

    init(row: Row) throws(DatabaseError) {
        id = try row.read("code_id")
        customer = try row.read("customer_id")
        digest = try row.read("digest")
    }
}

extension TenantDatabase {
    /// Counts a guess before comparing it; nil when the code has expired.
    func countGuess(at id: PortalCode.ID, now: Instant) async throws(DatabaseError) -> AskedCode? {
        try await first(
            """
            UPDATE portal_codes SET guesses = guesses + 1
            WHERE tenant_id = \(tenant) AND code_id = \(id) AND contact IS NOT NULL AND used_at IS NULL
                AND expires_at > \(now) AND guesses < \(PortalCode.guesses)
            RETURNING contact, recipient, digest
            """)
    }

    func readOutCodes(for contact: Contact, at now: Instant) async throws(DatabaseError) -> [ReadOutCode] {
        try await rows(
            """
            SELECT code_id, customer_id, digest FROM portal_codes JOIN customers USING (tenant_id, customer_id)
            WHERE tenant_id = \(tenant) AND used_at IS NULL AND expires_at > \(now) AND \(contact.condition)
            """)
    }

    /// Marks codes as used. False when a concurrent call was first.
    func useCodes(_ ids: [PortalCode.ID], at now: Instant) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE portal_codes SET used_at = \(now)
            WHERE tenant_id = \(tenant) AND code_id = ANY (\(ids)) AND used_at IS NULL
            """) == ids.count
    }
}
