import Locale

/// A room's contribution to the pages of a room below it. The lower room defines the type and asks the catalogue for
/// all parts of it.
package protocol RoomPart: Sendable {
    /// Orders parts of one type.
    var number: Int { get }
}

/// A tab on a customer's page, for holders of its permission.
package struct CustomerTab: Sendable {
    package let words: Message
    /// Appended to the customer's path: `/contracts`.
    package let path: String
    package let permission: Permission
    /// Orders the tabs.
    package let number: Int

    package init(_ number: Int, _ words: Message, path: String, permission: Permission) {
        self.number = number
        self.words = words
        self.path = path
        self.permission = permission
    }
}

/// A room's card on the subscriber's portal.
package struct PortalCard: Sendable {
    package let words: Message
    package let hint: Message?
    /// The label of the button that leads to its page.
    package let button: Message
    package let path: String
    /// Orders the cards.
    package let number: Int

    package init(_ number: Int, _ words: Message, hint: Message? = nil, button: Message, path: String) {
        self.number = number
        self.words = words
        self.hint = hint
        self.button = button
        self.path = path
    }
}

/// A page in the portal's bottom bar.
package struct PortalTab: Sendable, Equatable {
    package let words: Message
    package let path: String
    /// The icon's SVG, with two-unit strokes in a 24-unit square.
    package let drawing: String
    /// Orders the tabs.
    package let number: Int

    package init(_ number: Int, _ words: Message, path: String, drawing: String) {
        self.number = number
        self.words = words
        self.path = path
        self.drawing = drawing
    }

    package static func == (one: PortalTab, other: PortalTab) -> Bool { one.path == other.path }
}
