import Access
import Declarations
import Locale

/// A one-time setup step, offered on a new company's first page until done.
package struct SetupStep: Sendable {
    package let number: Int
    package let words: Message
    package let path: String
    package let permission: Permission
    package let isDone: @Sendable (Visit) async throws -> Bool

    package init(
        _ number: Int, _ words: Message, path: String, permission: Permission,
        isDone: @escaping @Sendable (Visit) async throws -> Bool
    ) {
        self.number = number
        self.words = words
        self.path = path
        self.permission = permission
        self.isDone = isDone
    }
}
