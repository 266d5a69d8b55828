import Crypto
import Identifiers
import Time
import Vault

/// A webhook's signing secret, shown once to its owner.
struct WebhookSecret: Sendable, Equatable {
    private static let prefix = "whsec_"
    private static let count = 32

    let bytes: [UInt8]

    /// Rotation moves the sealed secret between two columns, so both count as one place.
    static func field(of webhook: Webhook.ID) -> SecretField {
        SecretField("secret", of: "webhooks", row: webhook.uuid)
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    static func make(from randomness: Randomness) -> WebhookSecret { WebhookSecret(bytes: randomness.bytes(count)) }

    /// In the format of receivers' libraries.
    var text: String { Self.prefix + Base64.standard.encode(bytes) }

    /// The signature of one delivery attempt.
    func signature(of body: [UInt8], id: String, at now: Instant) -> String {
        "v1," + Base64.standard.encode(HMAC.sha256(Array("\(id).\(now.seconds).".utf8) + body, key: bytes))
    }
}
