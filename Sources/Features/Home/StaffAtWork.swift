import Access
import Identifiers
import Identity
import Postgres
import Time

/// Somebody who uses the panel now.
struct StaffAtWork: Sendable {
    let id: StaffMember.ID
    let name: String
    let seenAt: Instant
}

extension TenantDatabase {
    func staffAtWork(at now: Instant) async throws(DatabaseError) -> [StaffAtWork] {
        try await rows(
            """
            SELECT p.staff_id, p.name, max(s.seen_at) AS seen_at
            FROM sessions s JOIN staff p ON p.tenant_id = s.tenant_id AND p.staff_id = s.staff_id
            WHERE s.tenant_id = \(tenant) AND s.ended_at IS NULL AND s.expires_at > \(now)
                AND s.seen_at > \(now - Credential.idleSpan) AND p.state = 'active'
            GROUP BY p.tenant_id, p.staff_id ORDER BY max(s.seen_at) DESC LIMIT 8
            """)
    }
}

extension StaffAtWork: RowReadable {
    init(row: Row) throws(DatabaseError) {
        id = try row.read("staff_id")
        name = try row.read("name")
        seenAt = try row.read("seen_at")
    }
}
