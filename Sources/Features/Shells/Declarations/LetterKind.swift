import Locale

/// What a letter is for. Each kind is written by the room whose business it is: a constant in an extension of this, which
/// stands in the room's declarations.
package struct LetterKind: Sendable {
    /// In the database.
    package let name: String
    package let words: Message

    package init(_ name: String, _ words: Message) {
        self.name = name
        self.words = words
    }
}
