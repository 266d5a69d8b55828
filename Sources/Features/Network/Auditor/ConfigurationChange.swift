import RouterScripts

/// One step of a fix, with its undo. The syntax works in RouterOS 6 and 7.
enum ConfigurationChange: Sendable, Equatable {
    case add(String, [ScriptCommand.Attribute])
    /// Changes attributes of a row.
    case set(String, RouterConfiguration.Row, [ScriptCommand.Attribute])
    case remove(String, RouterConfiguration.Row)
    /// Customers redial by themselves.
    case drop(session: String)

    static func disable(_ row: RouterConfiguration.Row, in menu: String) -> ConfigurationChange {
        .set(menu, row, [.init("disabled", "yes")])
    }

    static func enable(_ row: RouterConfiguration.Row, in menu: String) -> ConfigurationChange {
        .set(menu, row, [.init("disabled", "no")])
    }

    var command: ScriptCommand {
        switch self {
        case .add(let menu, let attributes): ScriptCommand(menu, "add", nil, attributes)
        case .set(let menu, let row, let new):
            ScriptCommand(menu, "set", row.condition, new)
        case .remove(let menu, let row): ScriptCommand(menu, "remove", row.condition)
        case .drop(let session): ScriptCommand("/ppp/active", "remove", .found([.init("name", session)]))
        }
    }

    var undo: ScriptCommand? {
        switch self {
        case .add(let menu, let attributes): ScriptCommand(menu, "remove", .found(attributes))
        case .set(let menu, let row, let new):
            ScriptCommand(
                menu, "set", row.setting(new).condition,
                new.map { .init($0.name, row[$0.name] ?? Self.standard[$0.name] ?? "") })
        case .remove(let menu, let row): ScriptCommand(menu, "add", nil, row.attributes)
        case .drop: nil
        }
    }

    /// Defaults, which an export leaves out.
    private static let standard = ["disabled": "no", "dont-require-permissions": "no", "check-gateway": "none"]
}
