import Access
import Declarations
import Identifiers
import Postgres
import Roles
import Time

extension TenantDatabase {
    package func staff() async throws(DatabaseError) -> [StaffMember] {
        try await rows(
            """
            SELECT staff_id, email, name, state, password IS NOT NULL AS has_password, permissions, zones
            FROM staff WHERE tenant_id = \(tenant) ORDER BY state = 'disabled', name, email
            """)
    }

    package func staffMember(_ id: StaffMember.ID) async throws(DatabaseError) -> StaffMember? {
        try await first(
            """
            SELECT staff_id, email, name, state, password IS NOT NULL AS has_password, permissions, zones
            FROM staff WHERE tenant_id = \(tenant) AND staff_id = \(id)
            """)
    }

    package func staffMember(email: String) async throws(DatabaseError) -> StaffMember? {
        try await first(
            """
            SELECT staff_id, email, name, state, password IS NOT NULL AS has_password, permissions, zones
            FROM staff WHERE tenant_id = \(tenant) AND email = \(email)
            """)
    }

    /// False when the e-mail address is taken.
    func insert(_ member: StaffMember, at now: Instant) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            INSERT INTO staff (tenant_id, staff_id, email, name, state, made_at)
            VALUES (\(tenant), \(member.id), \(member.email), \(member.name), \(member.state.rawValue), \(now))
            ON CONFLICT (tenant_id, email) DO NOTHING
            """) == 1
    }

    /// Refuses more staff than the plan allows. Serialises concurrent invitations.
    func keepStaff(below limit: Int?) async throws {
        guard let limit else { return }
        try await execute("SELECT FROM roles WHERE tenant_id = \(tenant) FOR UPDATE")
        let count: Int? = try await value(
            "SELECT count(*) FROM staff WHERE tenant_id = \(tenant) AND state <> 'disabled'")
        if (count ?? 0) >= limit { throw PlanLimit.staff(limit) }
    }

    func setIdentity(of member: StaffMember) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE staff SET name = \(member.name), email = \(member.email)
            WHERE tenant_id = \(tenant) AND staff_id = \(member.id)
            """)
    }

    func endSignInLinks(of id: StaffMember.ID, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE sign_in_links SET used_at = \(now)
            WHERE tenant_id = \(tenant) AND staff_id = \(id) AND used_at IS NULL
            """)
    }

    func setState(_ state: StaffMember.State, of id: StaffMember.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE staff SET state = \(state.rawValue) WHERE tenant_id = \(tenant) AND staff_id = \(id)")
    }

    func setZones(_ zones: Set<UUID>?, of id: StaffMember.ID, knowing catalogue: Catalogue) async throws(DatabaseError)
    {
        try await execute(
            "UPDATE staff SET zones = \(zones.map(Array.init)) WHERE tenant_id = \(tenant) AND staff_id = \(id)")
        try await refreshPermissions(of: catalogue)
    }

    /// Choosing a password activates the account. All open links and pending sign-ins, begun under the old password,
    /// end.
    func setPassword(_ hash: String, of id: StaffMember.ID, at now: Instant) async throws(DatabaseError) {
        _ = try await batch([
            """
            UPDATE staff SET password = \(hash), state = 'active'
            WHERE tenant_id = \(tenant) AND staff_id = \(id) AND state <> 'disabled'
            """,
            """
            UPDATE sign_in_links SET used_at = \(now)
            WHERE tenant_id = \(tenant) AND staff_id = \(id) AND used_at IS NULL
            """,
            "DELETE FROM pending_sign_ins WHERE tenant_id = \(tenant) AND staff_id = \(id)",
        ])
    }

    /// Whether the verified password is still current; it is locked until the transaction ends, and optionally
    /// rehashed.
    func holdPassword(
        _ stored: String, of id: StaffMember.ID, rehashed: String? = nil
    ) async throws(DatabaseError) -> Bool {
        try await execute(
            """
            UPDATE staff SET password = coalesce(\(rehashed), password)
            WHERE tenant_id = \(tenant) AND staff_id = \(id) AND password = \(stored)
            """) == 1
    }

    func password(of id: StaffMember.ID) async throws(DatabaseError) -> String? {
        try await value(
            """
            SELECT password FROM staff WHERE tenant_id = \(tenant) AND staff_id = \(id) AND password IS NOT NULL
            """)
    }
}

extension StaffMember: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("staff_id")
        email = try row.read("email")
        name = try row.read("name")
        let word: String = try row.read("state")
        guard let known = State(rawValue: word) else { throw .wrongColumn("Column state of staff says '\(word)'") }
        state = known
        hasPassword = try row.read("has_password")
        let words: [String] = try row.read("permissions")
        permissions = Set(words.map(Permission.init(rawValue:)))
        let reach: [UUID]? = try row.read("zones")
        zones = reach.map(Set.init)
    }
}
