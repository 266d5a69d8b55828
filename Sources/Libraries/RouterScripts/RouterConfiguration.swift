/// A router's configuration, parsed from its export.
package struct RouterConfiguration: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        /// The exported attributes; for a built-in row also those that `find` identifies it by.
        package let attributes: [ScriptCommand.Attribute]

        package init(_ attributes: [ScriptCommand.Attribute]) { self.attributes = attributes }

        package subscript(name: String) -> String? { attributes.last { $0.name == name }?.value }

        package var isDisabled: Bool { self["disabled"] == "yes" || self["disabled"] == "true" }

        /// A `find` condition: its name, or else all its attributes.
        package var condition: ScriptCommand.Target {
            if let name = self["name"] { return .found([.init("name", name)]) }
            return .found(attributes.filter { !$0.name.hasPrefix("!") })
        }

        package func setting(_ new: [ScriptCommand.Attribute]) -> Row {
            Row(attributes.filter { old in !new.contains { $0.name == old.name } } + new)
        }
    }

    package let version: String?
    /// In the export's order.
    package let menus: [String]
    private let rowsOfMenu: [String: [Row]]

    package init(_ script: RouterScript) {
        var (menus, rows) = ([String](), [String: [Row]]())
        for command in script.commands where command.verb == "add" || command.verb == "set" {
            if rows[command.menu] == nil { menus.append(command.menu) }
            var attributes = command.attributes
            switch command.target {
            case .found(let conditions):
                attributes = conditions.filter { one in !attributes.contains { $0.name == one.name } } + attributes
            case .named(let name):
                if command["name"] == nil { attributes.insert(.init("name", name), at: 0) }
            case nil: break
            }
            rows[command.menu, default: []].append(Row(attributes))
        }
        (version, self.menus, rowsOfMenu) = (script.version, menus, rows)
    }

    package init(_ text: String) { self.init(RouterScript(text)) }

    package func rows(_ menu: String) -> [Row] { rowsOfMenu[menu] ?? [] }

    package func enabled(_ menu: String) -> [Row] { rows(menu).filter { !$0.isDisabled } }

    /// A value of a single-record menu.
    package func value(_ name: String, in menu: String) -> String? { rows(menu).compactMap { $0[name] }.last }

    /// 7 of `7.19.2`.
    package var majorVersion: Int? { version.flatMap { $0.split(separator: ".").first }.flatMap { Int($0) } }
}
