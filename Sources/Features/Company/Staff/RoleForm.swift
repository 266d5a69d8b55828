import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel

/// A role's form: its name, and a decision on each permission.
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
    private(set) var allowed: Set<Permission>
    private(set) var denied: Set<Permission>
    /// Whether a module's level was chosen, to be reviewed before saving.
    private(set) var isLeveled = false
    var faults: [FormFault] = []

    static let empty = RoleForm(name: "", allowed: [], denied: [])

    init(name: String, allowed: Set<Permission>, denied: Set<Permission>) {
        self.name = name
        self.allowed = allowed
        self.denied = denied
    }

    init(_ fields: Fields, of catalogue: Catalogue) throws {
        try fields.allow(Set(["name", "level"] + catalogue.grantable.map(\.rawValue)))
        func chosen(_ decision: Decision) -> Set<Permission> {
            Set(catalogue.grantable.filter { fields[$0.rawValue] == decision.rawValue })
        }
        self.init(name: FormText.line(fields["name"]), allowed: chosen(.allow), denied: chosen(.deny))
        let level = (fields["level"] ?? "").split(separator: " ")
        if let module = catalogue.modules.first(where: { $0.module.name == level.first ?? "" }),
            let level = level.last.flatMap({ Level(rawValue: String($0)) })
        {
            isLeveled = true
            denied.subtract(module.all)
            allowed.subtract(module.all)
            allowed.formUnion(level.permissions(of: module))
        } else if name.isEmpty {
            faults.append(FormFault(name: "name", message: StaffWords.nameMissing.message))
        }
    }

    /// A role's access to a module, in one word.
    enum Level: String, CaseIterable {
        case all, reading, nothing

        var words: StaffWords {
            switch self {
            case .all: .levelAll
            case .reading: .levelReading
            case .nothing: .levelNothing
            }
        }

        func permissions(of module: Catalogue.Module) -> Set<Permission> {
            switch self {
            case .all: module.all
            case .reading: module.reading
            case .nothing: []
            }
        }
    }

    /// Nil for a mixture.
    func level(in module: Catalogue.Module) -> Level? {
        guard denied.isDisjoint(with: module.all) else { return nil }
        // In a module without read permissions, reading equals nothing.
        return [Level.all, .nothing, .reading].first { $0.permissions(of: module) == allowed.intersection(module.all) }
    }

    func decision(on permission: Permission) -> Decision {
        allowed.contains(permission) ? .allow : denied.contains(permission) ? .deny : .undecided
    }
}
