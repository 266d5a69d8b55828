import Crypto
import Identifiers

/// One sign-in attempt. The browser keeps the secret in a cookie; state, nonce and verifier are derived from it, so
/// that only its digest is stored here.
package struct OpenIDAttempt: Sendable {
    package let secret: Token

    private static let prefix = "mso"

    package static func make(from randomness: Randomness) -> OpenIDAttempt {
        OpenIDAttempt(secret: .make(prefix: prefix, from: randomness))
    }

    private init(secret: Token) { self.secret = secret }

    /// From a cookie; nil when malformed.
    package init?(_ text: String) {
        guard let token = Token(text), token.prefix == Self.prefix else { return nil }
        secret = token
    }

    /// Returned in the redirect: binds the answer to this browser.
    var state: String { derived("state") }
    /// Returned in the token: binds it to this attempt.
    var nonce: String { derived("nonce") }
    /// PKCE (RFC 7636): sent when redeeming the code, so that an intercepted code is worthless.
    var verifier: String { derived("verifier") }

    var challenge: String { Self.challenge(of: verifier) }

    static func challenge(of verifier: String) -> String { Base64.url.encode(SHA256.digest(of: verifier.utf8)) }

    package func asked(_ state: String) -> Bool { ConstantTime.equal(state.utf8, to: self.state.utf8) }

    private func derived(_ purpose: String) -> String {
        Base64.url.encode(HMAC.sha256(purpose.utf8, key: secret.text.utf8))
    }
}
