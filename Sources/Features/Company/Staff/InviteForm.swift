import Access
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Roles

/// A staff member's name and e-mail in a form.
struct IdentityForm {
    let name: String
    let email: String
    var faults: [FormFault] = []

    static let empty = IdentityForm(name: "", email: "")

    private init(name: String, email: String) {
        self.name = name
        self.email = email
    }

    init(_ member: StaffMember) { self.init(name: member.name, email: member.email) }

    init(_ fields: Fields, repeated: Set<String> = []) throws {
        try fields.allow(["name", "email"], repeated: repeated)
        let typed = fields["email"] ?? ""
        let known = StaffMember.email(typed)
        self.init(name: FormText.line(fields["name"]), email: known ?? typed)
        if name.isEmpty { faults.append(FormFault(name: "name", message: StaffWords.nameMissing.message)) }
        if known == nil { faults.append(FormFault(name: "email", message: StaffWords.emailWrong.message)) }
    }
}

/// The form for inviting a staff member.
struct InviteForm {
    var identity: IdentityForm
    let roles: Set<Role.ID>

    static let empty = InviteForm(identity: .empty, roles: [])

    private init(identity: IdentityForm, roles: Set<Role.ID>) {
        self.identity = identity
        self.roles = roles
    }

    init(_ fields: Fields) throws {
        self.init(
            identity: try IdentityForm(fields, repeated: ["role"]),
            roles: Set(try fields.values("role").map { try FormText.id($0) }))
    }
}
