import Access
import HTTP
import Identifiers
import Identity
import Locale
import Panel

/// What is asked of whoever invites somebody.
struct InviteForm {
    let name: String
    let email: String
    let roles: Set<Role.ID>
    var faults: [FormFault] = []

    static let empty = InviteForm(name: "", email: "", roles: [])

    private init(name: String, email: String, roles: Set<Role.ID>) {
        self.name = name
        self.email = email
        self.roles = roles
    }

    init(_ fields: Fields) throws {
        try fields.allow(["name", "email"], repeated: ["role"])
        let typed = fields["email"] ?? ""
        let known = StaffMember.email(typed)
        self.init(
            name: FormText.line(fields["name"]), email: known ?? typed,
            roles: Set(try fields.values("role").map { try FormText.id($0) }))
        if name.isEmpty { faults.append(FormFault(name: "name", message: StaffWords.nameMissing.message)) }
        if known == nil { faults.append(FormFault(name: "email", message: StaffWords.emailWrong.message)) }
    }
}
