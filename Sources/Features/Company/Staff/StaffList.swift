import Access
import Declarations
import Identifiers
import Identity
import Locale
import Nouns
import Postgres
import Search

/// A staff member in the list.
struct StaffRow: Sendable {
    let id: StaffMember.ID
    let name: String
    let email: String
    let state: StaffMember.State
    /// The labels of their roles.
    let roles: String
    let isLimited: Bool
    let hasSecondFactor: Bool

    static let fields: [Field<StaffRow>] = [
        Field("name", .line(1...100), StaffWords.name.message) { .text($0.name) }
            .sorted(by: "s.name COLLATE \"und-x-icu\""),
        Field("email", .email, StaffWords.email.message) { .text($0.email) }.sorted(by: "s.email"),
        Field("roles", .line(0...1000), StaffWords.roles.message) { .text($0.roles) },
        Field("is_limited", .flag, StaffWords.limited.message) { .flag($0.isLimited) }.minor()
            .filtered(by: "(s.zones IS NOT NULL)"),
        Field("second_factor", .flag, StaffWords.secondFactor.message) { .flag($0.hasSecondFactor) }.named()
            .filtered(by: "(f.staff_id IS NOT NULL)"),
        .derived("state", \.state, StaffWords.state.message).filtered(by: "s.state"),
    ]

    static let list = List<StaffRow>(
        "staff", at: "/panel/staff", StaffWords.users.message, of: fields, by: "name", key: "s.staff_id",
        id: \.id.uuid, isSearchable: true)
}

extension StaffMember.State: FieldChoice {
    package var message: Message {
        switch self {
        case .invited: StaffWords.invited.message
        case .active: StaffWords.active.message
        case .disabled: StaffWords.disabledState.message
        }
    }

    package var tone: Tone {
        switch self {
        case .invited: .warning
        case .active: .good
        case .disabled: .quiet
        }
    }
}

extension TenantDatabase {
    func staff(_ query: ListQuery<StaffRow>) -> SQL {
        """
        SELECT s.staff_id, s.name, s.email, s.state, s.zones IS NOT NULL AS is_limited,
            f.staff_id IS NOT NULL AS has_second_factor, coalesce(h.roles, '') AS roles
        \(staffFound(query)) \(query.position) \(query.sorting)
        """
    }

    /// Searches names, addresses and roles without an index: a company has some dozen users.
    func staffFound(_ query: ListQuery<StaffRow>) -> SQL {
        """
        FROM staff s
            LEFT JOIN second_factors f
                ON f.tenant_id = s.tenant_id AND f.staff_id = s.staff_id AND f.confirmed_at IS NOT NULL
            LEFT JOIN LATERAL (
                SELECT string_agg(r.name, ', ' ORDER BY r.name) AS roles FROM staff_roles g
                    JOIN roles r ON r.tenant_id = g.tenant_id AND r.role_id = g.role_id
                WHERE g.tenant_id = s.tenant_id AND g.staff_id = s.staff_id) h ON true
        WHERE s.tenant_id = \(tenant) \(query.restriction)
            \(SearchText.condition(query.text, in: "s.name || ' ' || s.email || ' ' || coalesce(h.roles, '')"))
        """
    }
}

extension StaffRow: RowReadable {
    init(row: Row) throws(DatabaseError) {
        id = try row.read("staff_id")
        name = try row.read("name")
        email = try row.read("email")
        state = try row.word("state")
        roles = try row.read("roles")
        isLimited = try row.read("is_limited")
        hasSecondFactor = try row.read("has_second_factor")
    }
}
