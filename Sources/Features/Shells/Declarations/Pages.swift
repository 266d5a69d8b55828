import Locale

/// What a room adds to the pages of a room below it. The lower room says what such a part is, and asks the catalogue for
/// all of its kind.
package protocol RoomPart: Sendable {
    /// Parts of a kind stand in the order of their numbers.
    var number: Int { get }
}

/// A page about a customer, beside the others about them: a tab for those who hold its permission.
package struct CustomerTab: Sendable {
    package let words: Message
    /// Behind the customer's own path: `/contracts`.
    package let path: String
    package let permission: Permission
    /// Tabs stand in the order of their numbers.
    package let number: Int

    package init(_ number: Int, _ words: Message, path: String, permission: Permission) {
        self.number = number
        self.words = words
        self.path = path
        self.permission = permission
    }
}

/// What a room has for a subscriber, as a card among their details in the portal.
package struct PortalCard: Sendable {
    package let words: Message
    package let hint: Message?
    /// What the button says that leads to its page.
    package let button: Message
    package let path: String
    /// Cards stand in the order of their numbers.
    package let number: Int

    package init(_ number: Int, _ words: Message, hint: Message? = nil, button: Message, path: String) {
        self.number = number
        self.words = words
        self.hint = hint
        self.button = button
        self.path = path
    }
}

/// A page of the portal that its bottom bar leads to.
package struct PortalTab: Sendable, Equatable {
    package let words: Message
    package let path: String
    /// The icon, drawn with a pen of two units in a square of 24.
    package let drawing: String
    /// Tabs stand in the order of their numbers.
    package let number: Int

    package init(_ number: Int, _ words: Message, path: String, drawing: String) {
        self.number = number
        self.words = words
        self.path = path
        self.drawing = drawing
    }

    package static func == (one: PortalTab, other: PortalTab) -> Bool { one.path == other.path }
}
