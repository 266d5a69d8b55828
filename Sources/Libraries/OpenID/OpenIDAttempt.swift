import Crypto
import Identifiers

/// One way to the other site and back. The browser keeps its secret in a cookie; all that travels is made from it, so that
/// nothing but its digest has to be stored here.
package struct OpenIDAttempt: Sendable {
    package let secret: Token

    private static let prefix = "mso"

    package static func make(from randomness: Randomness) -> OpenIDAttempt {
        OpenIDAttempt(secret: .make(prefix: prefix, from: randomness))
    }

    private init(secret: Token) { self.secret = secret }

    /// As a cookie brings it; nil when it cannot be one.
    package init?(_ text: String) {
        guard let token = Token(text), token.prefix == Self.prefix else { return nil }
        secret = token
    }

    /// Comes back in the address: the answer is to this browser's question.
    var state: String { derived("state") }
    /// Comes back in the token: it was made for this question.
    var nonce: String { derived("nonce") }
    /// RFC 7636: shown when the code is redeemed, so that a code that was overheard is worth nothing.
    var verifier: String { derived("verifier") }

    var challenge: String { Self.challenge(of: verifier) }

    static func challenge(of verifier: String) -> String { Base64.url.encode(SHA256.digest(of: verifier.utf8)) }

    package func asked(_ state: String) -> Bool { ConstantTime.equal(state.utf8, to: self.state.utf8) }

    private func derived(_ purpose: String) -> String {
        Base64.url.encode(HMAC.sha256(purpose.utf8, key: secret.text.utf8))
    }
}
