import Locale

/// A kind of letter, written by the room responsible for it: a constant in an extension of this, listed in the room's
/// declarations.
package struct LetterKind: Sendable {
    /// As stored.
    package let name: String
    package let words: Message

    package init(_ name: String, _ words: Message) {
        self.name = name
        self.words = words
    }
}
