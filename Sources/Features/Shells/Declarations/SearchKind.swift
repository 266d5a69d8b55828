import Locale

/// A kind of thing that people find by searching; who holds its permission finds it. A room's kinds are constants in an
/// extension of this, and stand in its declarations.
package struct SearchKind: Sendable {
    /// In the database and for programs.
    package let name: String
    /// What many of them are called.
    package let words: Message
    package let icon: Icon
    /// Where the page of each is, with its id behind it.
    package let path: String
    package let permission: Permission
    /// Whether people know such a thing by a number, and find it by that.
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
