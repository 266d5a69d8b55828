import Identifiers
import Time

/// What came from outside, as a driver of a channel read it.
package struct InboundMessage: Sendable {
    package let channel: Channel
    package let account: UUID?
    package let correspondent: String
    /// E.164, and only where the channel itself vouches for it: the number that wrote, or a contact that Telegram says is
    /// the sender's own. A customer is known by it.
    package let phone: String?
    package let name: String
    package let providerID: String
    package let kind: ChatMessage.Kind
    package let body: String
    package let content: MessageContent?
    package let files: [InboundFile]
    package let replyTo: String?
    package let sentAt: Instant

    package init(
        _ channel: Channel, account: UUID?, from correspondent: String, phone: String? = nil, name: String,
        providerID: String, kind: ChatMessage.Kind = .text, body: String, content: MessageContent? = nil,
        files: [InboundFile] = [], replyTo: String? = nil, sentAt: Instant
    ) {
        (self.channel, self.account, self.correspondent) = (channel, account, correspondent)
        (self.phone, self.name, self.providerID) = (phone, name, providerID)
        (self.kind, self.body, self.content, self.files) = (kind, body, content?.withoutNUL, files)
        (self.replyTo, self.sentAt) = (replyTo, sentAt)
    }
}

package struct InboundFile: Sendable {
    package let providerFile: String?
    package let mediaType: String
    package let name: String
    package let bytes: Int?

    package init(providerFile: String?, mediaType: String, name: String, bytes: Int?) {
        (self.providerFile, self.mediaType, self.name, self.bytes) = (providerFile, mediaType, name, bytes)
    }
}

extension MessageContent {
    /// PostgreSQL's jsonb takes no NUL.
    fileprivate var withoutNUL: MessageContent {
        func cleaned(_ text: String) -> String { text.filter { $0 != "\0" } }
        return switch self {
        case .location(let latitude, let longitude, let name):
            .location(latitude: latitude, longitude: longitude, name: cleaned(name))
        case .contact(let name, let phone): .contact(name: cleaned(name), phone: cleaned(phone))
        case .choice(let id): .choice(cleaned(id))
        case .buttons, .template, .activity: self
        }
    }
}
