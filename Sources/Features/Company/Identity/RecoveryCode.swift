import Crypto
import Identifiers
import Postgres
import Time

/// A single-use recovery code on paper, for a lost app. It has 120 random bits, so a plain digest suffices.
package struct RecoveryCode: Sendable {
    package static let count = 10
    private static let byteCount = 15

    private let bytes: [UInt8]

    private init(from randomness: Randomness) { bytes = randomness.bytes(Self.byteCount) }

    /// Typed in any form; nil when malformed.
    init?(typed text: String) {
        let plain = text.uppercased().filter { !$0.isWhitespace && $0 != "-" }
        guard let bytes = Base32.decode(plain.utf8), bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// `k3xm-7qpd-…`: in groups of four, for copying by hand.
    package var text: String {
        let plain = Array(Base32.encode(bytes).lowercased())
        return stride(from: 0, to: plain.count, by: 4).map { String(plain[$0..<min($0 + 4, plain.count)]) }
            .joined(separator: "-")
    }

    /// Replaces earlier codes.
    static func makeAll(
        for staff: StaffMember.ID, from randomness: Randomness, in database: TenantDatabase
    ) async throws(DatabaseError) -> [RecoveryCode] {
        let codes = (0..<count).map { _ in RecoveryCode(from: randomness) }
        _ = try await database.batch([
            "DELETE FROM recovery_codes WHERE tenant_id = \(database.tenant) AND staff_id = \(staff)",
            """
            INSERT INTO recovery_codes (tenant_id, staff_id, digest)
            SELECT \(database.tenant), \(staff), unnest(\(codes.map { $0.digest(of: staff) })::bytea[])
            """,
        ])
        return codes
    }

    /// False when it is not this person's, or was used.
    func use(of staff: StaffMember.ID, at now: Instant, in database: TenantDatabase) async throws(DatabaseError) -> Bool
    {
        try await database.execute(
            """
            UPDATE recovery_codes SET used_at = \(now)
            WHERE tenant_id = \(database.tenant) AND staff_id = \(staff) AND digest = \(digest(of: staff))
                AND used_at IS NULL
            """) == 1
    }

    private func digest(of staff: StaffMember.ID) -> [UInt8] {
        SHA256.digest(of: Array("recovery code of \(staff) ".utf8) + bytes)
    }
}
