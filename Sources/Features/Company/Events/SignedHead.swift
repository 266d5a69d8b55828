import Crypto
import Identifiers
import Postgres
import Time

/// The signed head of a tenant's chain at a moment: from then on nobody without the key, not even the database's owner,
/// can change, truncate or replace what precedes it.
package struct SignedHead: Sendable, Equatable {
    package let tenant: TenantID
    package let head: EventChain.Head
    package let signedAt: Instant
    package let publicKey: [UInt8]
    let signature: [UInt8]

    package init(_ head: EventChain.Head, of tenant: TenantID, at now: Instant, by key: SigningKey) {
        // Rounded to the precision that is written down.
        let moment = Instant(microseconds: now.milliseconds * 1000)
        self.tenant = tenant
        self.head = head
        signedAt = moment
        publicKey = key.publicKey
        signature = key.sign(Self.text(head, of: tenant, at: moment))
    }

    private static func text(_ head: EventChain.Head, of tenant: TenantID, at moment: Instant) -> [UInt8] {
        Array("mastil audit head 1\n\(tenant)\n\(head.sequence)\n\(Hex.encode(head.hash))\n\(moment.rfc3339)\n".utf8)
    }

    /// Whether one of these keys made the signature.
    package func isGenuine(by keys: [[UInt8]]) -> Bool {
        keys.contains(publicKey)
            && Signature.isGenuine(signature, of: Self.text(head, of: tenant, at: signedAt), by: publicKey)
    }

    /// Tenant, entry, hash, moment, key and signature, separated by tabs.
    package var line: String {
        [
            "\(tenant)", "\(head.sequence)", Hex.encode(head.hash), signedAt.rfc3339,
            Base64.standard.encode(publicKey), Base64.standard.encode(signature),
        ].joined(separator: "\t")
    }

    package init?(line: some StringProtocol) {
        let parts = String(line).split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, let tenant = TenantID(parts[0]), let sequence = Int(parts[1]),
            let hash = Hex.decode(parts[2].utf8), let signedAt = Instant(rfc3339: parts[3]),
            let publicKey = Base64.standard.decode(parts[4].utf8), let signature = Base64.standard.decode(parts[5].utf8)
        else { return nil }
        self.tenant = tenant
        head = EventChain.Head(sequence: sequence, hash: hash)
        self.signedAt = signedAt
        self.publicKey = publicKey
        self.signature = signature
    }
}

extension TenantDatabase {
    /// Oldest first.
    package func signedHeads() async throws(DatabaseError) -> [SignedHead] {
        try await rows(
            """
            SELECT tenant_id, sequence, hash, signed_at, public_key, signature FROM signed_heads
            WHERE tenant_id = \(tenant) ORDER BY sequence
            """)
    }

    package func lastSignedHead() async throws(DatabaseError) -> SignedHead? {
        try await first(
            """
            SELECT tenant_id, sequence, hash, signed_at, public_key, signature FROM signed_heads
            WHERE tenant_id = \(tenant) ORDER BY sequence DESC LIMIT 1
            """)
    }

    package func keep(_ head: SignedHead) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO signed_heads (tenant_id, sequence, hash, signed_at, public_key, signature)
            VALUES (\(tenant), \(head.head.sequence), \(head.head.hash), \(head.signedAt), \(head.publicKey),
                \(head.signature))
            ON CONFLICT (tenant_id, sequence) DO NOTHING
            """)
    }
}

extension SignedHead: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        tenant = try row.read("tenant_id")
        head = try EventChain.Head(row: row)
        signedAt = try row.read("signed_at")
        publicKey = try row.read("public_key")
        signature = try row.read("signature")
    }
}
