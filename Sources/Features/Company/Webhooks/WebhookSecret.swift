import Crypto
import Identifiers
import Time
import Vault

/// What a message is signed with. Its owner sees it once.
struct WebhookSecret: Sendable, Equatable {
    private static let prefix = "whsec_"
    private static let count = 32

    let bytes: [UInt8]

    /// Rotation moves a sealed secret from one column to the other, so both are one place.
    static func field(of webhook: Webhook.ID) -> SecretField {
        SecretField("secret", of: "webhooks", row: webhook.uuid)
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    static func make(from randomness: Randomness) -> WebhookSecret { WebhookSecret(bytes: randomness.bytes(count)) }

    /// As receivers' libraries take it.
    var text: String { Self.prefix + Base64.standard.encode(bytes) }

    /// Of one attempt to deliver a message.
    func signature(of body: [UInt8], id: String, at now: Instant) -> String {
        "v1," + Base64.standard.encode(HMAC.sha256(Array("\(id).\(now.seconds).".utf8) + body, key: bytes))
    }
}
