import Access
import Declarations
import Locale

/// Something that a new company does once; the first page offers it until it is done.
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
