import Time

/// What came to an address of ours.
package struct ChannelNotice: Sendable {
    /// Names in lower case.
    package let headers: [String: String]
    package let body: [UInt8]

    package init(headers: [String: String], body: [UInt8]) { (self.headers, self.body) = (headers, body) }

    /// The header fields that any of the providers proves itself with.
    package static let signatureHeaders: [StaticString] = ["x-hub-signature-256", "x-telegram-bot-api-secret-token"]
    /// No provider sends more.
    package static let mostBytes = 3 << 20
}

package enum NoticeFault: Error, Equatable { case unsigned, forged, unreadable }

package enum ChannelEvent: Sendable, Equatable {
    case message(IncomingMessage)
    case fate(MessageFate)
}

/// What somebody wrote to the company.
package struct IncomingMessage: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case text, image, audio, video, document, sticker, location, contact, buttons, unsupported
    }

    /// The company's number, where notices of several come to one address.
    package var account: String?
    /// The provider's identifier of who wrote: what an answer is sent to.
    package var correspondent: String
    /// E.164, where the provider vouches for it.
    package var phone: String?
    package var name: String
    package var id: String
    package var kind: Kind
    package var text: String
    /// The identifier of the pressed button.
    package var choice: String?
    package var place: Place?
    package var files: [IncomingFile]
    package var replyTo: String?
    /// Nil where the provider does not say.
    package var sentAt: Instant?
    /// For a pressed button: the identifier to acknowledge the press with.
    package var receipt: String?

    package struct Place: Sendable, Equatable {
        package let latitude: Double
        package let longitude: Double
        package let name: String

        package init(latitude: Double, longitude: Double, name: String = "") {
            (self.latitude, self.longitude, self.name) = (latitude, longitude, name)
        }
    }

    package init(
        account: String? = nil, from correspondent: String, phone: String? = nil, name: String = "", id: String,
        _ kind: Kind, text: String = "", choice: String? = nil, place: Place? = nil, files: [IncomingFile] = [],
        replyTo: String? = nil, sentAt: Instant?, receipt: String? = nil
    ) {
        (self.account, self.correspondent, self.phone, self.name) = (account, correspondent, phone, name)
        (self.id, self.kind, self.text, self.choice, self.place) = (id, kind, text, choice, place)
        (self.files, self.replyTo, self.sentAt, self.receipt) = (files, replyTo, sentAt, receipt)
    }
}

package struct IncomingFile: Sendable, Equatable {
    package let id: String
    package let mediaType: String
    package let name: String
    /// The size by the provider's account; nil if it gives none.
    package let bytes: Int?

    package init(id: String, mediaType: String, name: String = "", bytes: Int? = nil) {
        (self.id, self.mediaType, self.name, self.bytes) = (id, mediaType, name, bytes)
    }
}

package struct FetchedFile: Sendable, Equatable {
    package let mediaType: String?
    package let bytes: [UInt8]

    package init(mediaType: String?, bytes: [UInt8]) { (self.mediaType, self.bytes) = (mediaType, bytes) }
}

/// What became of a message of ours.
package struct MessageFate: Sendable, Equatable {
    package enum State: String, Sendable { case sent, delivered, read, failed }

    package let account: String?
    package let id: String
    package let mark: String?
    package let state: State
    package let failure: ChannelFailure?
    package let at: Instant

    package init(
        account: String? = nil, of id: String, mark: String? = nil, _ state: State, _ failure: ChannelFailure? = nil,
        at: Instant
    ) {
        (self.account, self.id, self.mark, self.state) = (account, id, mark, state)
        (self.failure, self.at) = (failure, at)
    }
}
