import Access
import HTTP
import Identifiers
import Locale
import Panel

/// A role as its form shows it: a name and a decision on each permission.
struct RoleForm {
    enum Decision: String, CaseIterable {
        case undecided, allow, deny

        var words: StaffWords {
            switch self {
            case .undecided: .undecided
            case .allow: .allow
            case .deny: .deny
            }
        }
    }

    let name: String
    let allowed: Set<Permission>
    let denied: Set<Permission>
    var faults: [FormFault] = []

    static let empty = RoleForm(name: "", allowed: [], denied: [])

    init(name: String, allowed: Set<Permission>, denied: Set<Permission>) {
        self.name = name
        self.allowed = allowed
        self.denied = denied
    }

    init(_ fields: Fields) throws {
        try fields.allow(Set(["name"] + Permission.grantable.map(\.rawValue)))
        func chosen(_ decision: Decision) -> Set<Permission> {
            Set(Permission.grantable.filter { fields[$0.rawValue] == decision.rawValue })
        }
        self.init(name: FormText.line(fields["name"]), allowed: chosen(.allow), denied: chosen(.deny))
        if name.isEmpty { faults.append(FormFault(name: "name", message: StaffWords.nameMissing.message)) }
    }

    func decision(on permission: Permission) -> Decision {
        allowed.contains(permission) ? .allow : denied.contains(permission) ? .deny : .undecided
    }
}
