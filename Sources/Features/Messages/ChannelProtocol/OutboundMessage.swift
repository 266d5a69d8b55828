/// What a company says to somebody.
package struct OutboundMessage: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case text(String)
        case buttons(String, [Button])
        /// An approved text of the company's at the provider, and what stands in its places.
        case template(name: String, language: String, values: [String])
        case file(OutboundFile, caption: String)
    }

    package struct Button: Sendable, Equatable {
        package let id: String
        package let title: String

        package init(id: String, title: String) { (self.id, self.title) = (id, title) }
    }

    /// The provider's identifier of the correspondent.
    package let recipient: String
    package let content: Content
    /// Ours, which comes back with its fate where the provider has a place for it.
    package let mark: String
    /// The message that this one answers, by the provider's identifier.
    package let replyTo: String?

    package init(to recipient: String, _ content: Content, mark: String, replyTo: String? = nil) {
        (self.recipient, self.content, self.mark, self.replyTo) = (recipient, content, mark, replyTo)
    }
}

package struct OutboundFile: Sendable, Equatable {
    package let mediaType: String
    package let name: String
    package let bytes: [UInt8]

    package init(mediaType: String, name: String, bytes: [UInt8]) {
        (self.mediaType, self.name, self.bytes) = (mediaType, name, bytes)
    }
}

package struct SentMessage: Sendable, Equatable {
    /// The provider's identifier.
    package let id: String

    package init(id: String) { self.id = id }
}

/// A text that the provider keeps and approves.
package struct ProviderTemplate: Sendable, Equatable {
    package let name: String
    package let language: String
    /// Utility, marketing or authentication.
    package let category: String
    /// Approved, pending, rejected, paused or disabled.
    package let status: String
    package let body: String
    /// It has places outside its text.
    package let isForeign: Bool

    package init(
        name: String, language: String, category: String, status: String = "", body: String, isForeign: Bool = false
    ) {
        (self.name, self.language, self.category) = (name, language, category)
        (self.status, self.body, self.isForeign) = (status, body, isForeign)
    }
}
