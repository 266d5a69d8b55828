import Locale

/// A kind of entry in the record: a noun and what became of it, with what people call it. A room's kinds are constants in
/// an extension of this, and stand in its declarations.
package struct EventKind: Sendable {
    /// `role.changed`, in the record and for programs.
    package let name: String
    /// What somebody did: "Cambió un rol".
    package let words: Message
    /// Nil for what stays in the record.
    package let publication: Publication?
    package let variant: Variant?

    /// Other words where a detail of the event has this value; their blank is filled with another detail.
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

    /// How an event is told outside: by the feed and by webhooks, to those who hold a permission.
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
