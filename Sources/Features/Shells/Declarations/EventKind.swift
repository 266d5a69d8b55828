import Locale

/// A kind of event: a noun and what happened to it, with its wording. A room's kinds are constants in an extension of
/// this, listed in its declarations.
package struct EventKind: Sendable {
    /// `role.changed`, as stored and published.
    package let name: String
    /// What was done: "Cambió un rol".
    package let words: Message
    /// Nil for events that are not published.
    package let publication: Publication?
    package let variant: Variant?

    /// Another wording if a detail of the event has this value; its blank is filled with another detail.
    package struct Variant: Sendable {
        package let detail: String
        package let value: String
        package let blank: String
        package let words: Message

        package init(_ detail: String, is value: String, naming blank: String, _ words: Message) {
            self.detail = detail
            self.value = value
            self.blank = blank
            self.words = words
        }
    }

    /// How an event is published, by the feed and by webhooks, to holders of a permission.
    package struct Publication: Sendable {
        /// What happened: "Rol cambiado".
        package let words: Message
        package let permission: Permission
    }

    package init(_ name: String, _ words: Message) {
        self.name = name
        self.words = words
        publication = nil
        variant = nil
    }

    package init(
        _ name: String, _ words: Message, told publicWords: Message, to permission: Permission,
        where variant: Variant? = nil
    ) {
        self.name = name
        self.words = words
        publication = Publication(words: publicWords, permission: permission)
        self.variant = variant
    }
}
