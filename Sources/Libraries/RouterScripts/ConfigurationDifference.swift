/// The meaningful differences between two configurations: without the clock, counters, or the order of rows where it is
/// irrelevant. Passwords are compared but never shown.
package struct ConfigurationDifference: Sendable, Equatable {
    package enum Change: Sendable, Equatable {
        case added(String)
        case removed(String)
        /// A row identified by its name.
        case changed(String, from: String, to: String)
        /// The same rows in another order, in a menu where the first match wins.
        case reordered
    }

    package struct Section: Sendable, Equatable {
        package let menu: String
        package let changes: [Change]
    }

    package let sections: [Section]

    package var isEmpty: Bool { sections.isEmpty }
    package var count: Int { sections.reduce(0) { $0 + $1.changes.count } }

    package init(from old: RouterConfiguration, to new: RouterConfiguration) {
        let known = Set(new.menus)
        let menus = new.menus + old.menus.filter { !known.contains($0) }
        sections = menus.compactMap { menu in
            let changes = Self.changes(of: menu, from: old.rows(menu), to: new.rows(menu))
            return changes.isEmpty ? nil : Section(menu: menu, changes: changes)
        }
    }

    private static let ordered: Set<String> = [
        "/ip/firewall/filter", "/ip/firewall/nat", "/ip/firewall/mangle", "/ip/firewall/raw", "/ipv6/firewall/filter",
        "/ipv6/firewall/nat", "/ipv6/firewall/mangle", "/ipv6/firewall/raw", "/queue/simple", "/radius",
        "/routing/filter", "/routing/filter/rule", "/routing/rule", "/ip/route/rule", "/interface/bridge/filter",
        "/interface/bridge/nat", "/ip/hotspot/walled-garden", "/ip/hotspot/walled-garden/ip",
    ]

    /// Attributes that change by themselves.
    private static let ignored: Set<String> = [
        "bytes", "packets", "run-count", "last-started", "next-run", "creation-time", "last-logged-in", "uptime",
        "last-logged-out", "last-seen", "expires-after",
    ]
    private static let ignoredByMenu: [String: Set<String>] = ["/system/clock": ["date", "time"]]

    /// Whether an attribute is a secret, in any menu. Scripts may hold third parties' tokens and passwords.
    package static func isSecret(_ name: String) -> Bool {
        let part = name.split(separator: ".").last.map(String.init) ?? name
        return part.contains("password") || part.contains("secret") || part.contains("passphrase")
            || part.contains("community") || part.hasSuffix("-key") || part.hasSuffix("script")
            || scripts.contains(part)
    }

    private static let scripts: Set<String> = ["source", "on-event", "on-up", "on-down", "user-data"]
    /// Menus in which a row's name is a secret.
    private static let secretlyNamed: Set<String> = ["/snmp/community"]

    private static func changes(
        of menu: String, from old: [RouterConfiguration.Row], to new: [RouterConfiguration.Row]
    ) -> [Change] {
        let skipped = ignored.union(ignoredByMenu[menu] ?? [])
        let hidesName = secretlyNamed.contains(menu)
        let before = old.map { Line($0, without: skipped, hidesName: hidesName) }
        let after = new.map { Line($0, without: skipped, hidesName: hidesName) }
        if before == after { return [] }
        if let from = before.first, let to = after.first, before.count == 1, after.count == 1,
            from.key == to.key || from.values["name"] == nil
        {
            let (from, to) = from.differing(from: to)
            return [.changed(after[0].title, from: from, to: to)]
        }
        var changes: [Change] = []
        var counts: [Line: Int] = [:]
        for line in before { counts[line, default: 0] += 1 }
        var added: [Line] = []
        for line in after {
            if let count = counts[line], count > 0 { counts[line] = count - 1 } else { added.append(line) }
        }
        var removed: [Line] = []
        for line in before.reversed() {
            guard let count = counts[line], count > 0 else { continue }
            counts[line] = count - 1
            removed.append(line)
        }
        removed.reverse()
        // Differing rows are usually few; beyond that, unnamed rows are reported as removed and added.
        let looksAtAll = added.count * removed.count <= 250_000
        for line in added {
            let place = removed.firstIndex { old in
                line.key.map { old.key == $0 } ?? (looksAtAll && old.key == nil && old.isNear(line))
            }
            if let place {
                let (from, to) = removed.remove(at: place).differing(from: line)
                changes.append(.changed(line.title, from: from, to: to))
            } else {
                changes.append(.added(line.text))
            }
        }
        changes += removed.map { .removed($0.text) }
        if changes.isEmpty, ordered.contains(menu) { changes.append(.reordered) }
        return changes
    }

    /// A row without the ignored attributes; the order of attributes is irrelevant.
    private struct Line: Hashable {
        let values: [String: String]
        private let hidesName: Bool

        init(_ row: RouterConfiguration.Row, without skipped: Set<String>, hidesName: Bool) {
            self.hidesName = hidesName
            var values: [String: String] = [:]
            for attribute in row.attributes where !skipped.contains(attribute.name) {
                values[attribute.name] = attribute.value
            }
            self.values = values
        }

        var key: String? {
            values["name"] ?? values["default-name"].map { "default-name=\($0)" }
                ?? (values["default"] == "yes" ? "default" : nil)
        }

        /// The name by which people know the row.
        var title: String { hidesName ? "" : key ?? values["comment"] ?? "" }

        var text: String { text(of: values) }

        /// Whether exactly one attribute differs.
        func isNear(_ other: Line) -> Bool {
            Set(values.keys).union(other.values.keys).count { values[$0] != other.values[$0] } == 1
        }

        func differing(from other: Line) -> (String, String) {
            let names = Set(values.keys).union(other.values.keys).filter { values[$0] != other.values[$0] }
            func part(_ values: [String: String]) -> String { text(of: values.filter { names.contains($0.key) }) }
            return (part(values), part(other.values))
        }

        private func text(of values: [String: String]) -> String {
            values.sorted { $0.key < $1.key }.map { name, value in
                let isHidden = isSecret(name) || hidesName && name == "name"
                return "\(name)=\(isHidden ? "•••" : ScriptText.quoted(value))"
            }.joined(separator: " ")
        }
    }
}
