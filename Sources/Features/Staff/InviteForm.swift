import Access
import HTTP
import Identifiers
import Identity
import Locale

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

/// Something in a form that its author has to change, told beside the field.
struct FormFault {
    let name: String
    let message: Message
}

enum FormText {
    /// One line as it is stored: no blanks around it, none that hide or turn the text, at most 100 characters.
    static func line(_ text: String?) -> String {
        let visible = (text ?? "").unicodeScalars.filter {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
            default: true
            }
        }
        let words = String(String.UnicodeScalarView(visible)).split(whereSeparator: \.isWhitespace)
        return String(words.joined(separator: " ").prefix(100))
    }

    static func id<Noun>(_ text: String) throws -> ID<Noun> {
        guard let uuid = UUID(text) else { throw BadRequest() }
        return ID(uuid)
    }
}
