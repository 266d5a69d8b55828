/// What differs between two configurations and means something: not the clock, not counters, and not the order where order
/// means nothing. Passwords are compared and never told.
package struct ConfigurationDifference: Sendable, Equatable {
    package enum Change: Sendable, Equatable {
        case added(String)
        case removed(String)
        /// A row that has kept its name.
        case changed(String, from: String, to: String)
        /// The same rows in another order, where the first that fits is taken.
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
        let menus = new.menus + old.menus.filter { !new.menus.contains($0) }
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

    /// What moves by itself.
    private static let ignored: Set<String> = [
        "bytes", "packets", "run-count", "last-started", "next-run", "creation-time", "last-logged-in", "uptime",
        "last-logged-out", "last-seen", "expires-after",
    ]
    private static let ignoredByMenu: [String: Set<String>] = ["/system/clock": ["date", "time"]]

    /// Which attributes are secrets, in whatever menu they stand.
    package static func isSecret(_ name: String) -> Bool {
        name.contains("password") || name.contains("secret") || name.hasSuffix("-key") || name == "passphrase"
    }

    private static func changes(
        of menu: String, from old: [RouterConfiguration.Row], to new: [RouterConfiguration.Row]
    ) -> [Change] {
        let skipped = ignored.union(ignoredByMenu[menu] ?? [])
        let (before, after) = (old.map { Line($0, without: skipped) }, new.map { Line($0, without: skipped) })
        if before == after { return [] }
        if let from = before.first, let to = after.first, before.count == 1, after.count == 1,
            from.key == to.key || from.values["name"] == nil
        {
            let (from, to) = from.differing(from: to)
            return [.changed(after[0].key ?? "", from: from, to: to)]
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
        var olds = Dictionary(grouping: removed.filter { $0.key != nil }) { $0.key ?? "" }
        var matched: Set<Line> = []
        for line in added {
            if let key = line.key, let known = olds[key]?.first {
                olds[key]?.removeFirst()
                matched.insert(known)
                let (from, to) = known.differing(from: line)
                changes.append(.changed(key, from: from, to: to))
            } else {
                changes.append(.added(line.text))
            }
        }
        for line in removed where !matched.contains(line) { changes.append(.removed(line.text)) }
        if changes.isEmpty, ordered.contains(menu) { changes.append(.reordered) }
        return changes
    }

    /// A row without what moves by itself; the order of its words means nothing.
    private struct Line: Hashable {
        let values: [String: String]

        init(_ row: RouterConfiguration.Row, without skipped: Set<String>) {
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

        var text: String { Self.text(of: values) }

        func differing(from other: Line) -> (String, String) {
            let names = Set(values.keys).union(other.values.keys).filter { values[$0] != other.values[$0] }
            func part(_ values: [String: String]) -> String { Self.text(of: values.filter { names.contains($0.key) }) }
            return (part(values), part(other.values))
        }

        private static func text(of values: [String: String]) -> String {
            values.sorted { $0.key < $1.key }
                .map { "\($0.key)=\(isSecret($0.key) ? "•••" : ScriptText.quoted($0.value))" }.joined(separator: " ")
        }
    }
}
