import Locale

/// A kind of search result, visible to holders of its permission. A room's kinds are constants in an extension of this,
/// listed in its declarations.
package struct SearchKind: Sendable {
    /// As stored, and for programs.
    package let name: String
    /// The plural label.
    package let words: Message
    package let icon: Icon
    /// The path of its pages, to which the id is appended.
    package let path: String
    package let permission: Permission
    /// Whether people know each by a number and search for it.
    package let isNumbered: Bool

    package init(
        _ name: String, _ words: Message, icon: Icon, at path: String, permission: Permission, isNumbered: Bool = false
    ) {
        self.name = name
        self.words = words
        self.icon = icon
        self.path = path
        self.permission = permission
        self.isNumbered = isNumbered
    }
}

extension SearchKind: Hashable {
    package static func == (one: SearchKind, other: SearchKind) -> Bool { one.name == other.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
