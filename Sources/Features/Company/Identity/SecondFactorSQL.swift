import Access
import Crypto
import Identifiers
import Postgres
import Time

struct StoredSecondFactor: RowReadable {
    let sealed: [UInt8]
    let isConfirmed: Bool
    let lastStep: Int64?

    init(row: Row) throws(DatabaseError) {
        sealed = try row.read("secret")
        isConfirmed = try row.read("is_confirmed")
        lastStep = try row.read("last_step")
    }
}

/// Whether a second factor is needed besides the password.
package struct SecondFactorState: RowReadable {
    package let isOn: Bool
    /// By the company, for everybody or for one of the person's roles.
    package let isRequired: Bool
    /// Whether this browser is trusted for a while.
    let isTrusted: Bool
    package let recoveryCodesLeft: Int

    package init(row: Row) throws(DatabaseError) {
        isOn = try row.read("is_on")
        isRequired = try row.read("is_required")
        isTrusted = try row.read("is_trusted")
        recoveryCodesLeft = try row.read("codes_left")
    }
}

extension TenantDatabase {
    func secondFactor(of staff: StaffMember.ID) async throws(DatabaseError) -> StoredSecondFactor? {
        try await first(
            """
            SELECT secret, confirmed_at IS NOT NULL AS is_confirmed, last_step FROM second_factors
            WHERE tenant_id = \(tenant) AND staff_id = \(staff)
            """)
    }

    package func secondFactorState(
        of staff: StaffMember.ID, on device: KnownDevice?, at now: Instant
    ) async throws(DatabaseError) -> SecondFactorState {
        let state: SecondFactorState? = try await first(
            """
            SELECT
                EXISTS (SELECT FROM second_factors
                    WHERE tenant_id = \(tenant) AND staff_id = \(staff) AND confirmed_at IS NOT NULL) AS is_on,
                EXISTS (SELECT FROM second_factor_rules WHERE tenant_id = \(tenant) AND is_for_everybody)
                    OR EXISTS (SELECT FROM second_factor_roles r
                        JOIN staff_roles h ON h.tenant_id = r.tenant_id AND h.role_id = r.role_id
                        WHERE r.tenant_id = \(tenant) AND h.staff_id = \(staff)) AS is_required,
                EXISTS (SELECT FROM known_devices
                    WHERE tenant_id = \(tenant) AND staff_id = \(staff) AND digest = \(device?.secret.digest ?? [])
                        AND expires_at > \(now) AND trusted_until > \(now)) AS is_trusted,
                (SELECT count(*) FROM recovery_codes
                    WHERE tenant_id = \(tenant) AND staff_id = \(staff) AND used_at IS NULL) AS codes_left
            """)
        guard let state else { throw .wrongColumn("A SELECT without FROM gave no row") }
        return state
    }

    /// The staff with a second factor.
    package func staffWithSecondFactor() async throws(DatabaseError) -> Set<StaffMember.ID> {
        let found: [StaffWithFactor] = try await rows(
            "SELECT staff_id FROM second_factors WHERE tenant_id = \(tenant) AND confirmed_at IS NOT NULL")
        return Set(found.map(\.id))
    }

    /// Deletes recovery codes as well, and trusts no browser any more.
    func deleteSecondFactor(of staff: StaffMember.ID) async throws(DatabaseError) {
        try await execute("DELETE FROM second_factors WHERE tenant_id = \(tenant) AND staff_id = \(staff)")
        try await KnownDevice.distrustAll(of: staff, in: self)
    }
}

private struct StaffWithFactor: RowReadable {
    let id: StaffMember.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("staff_id") }
}
