import Crypto
import Identifiers
import Testing

@testable import OpenID

@Suite struct OpenIDAttemptTests {
    /// RFC 7636, appendix B.
    @Test func `a challenge is made of its verifier as its specification says`() {
        #expect(
            OpenIDAttempt.challenge(of: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func `what travels tells nothing of what stays, and comes back with the cookie`() throws {
        let attempt = OpenIDAttempt.make(from: .system)
        let parts = [attempt.state, attempt.nonce, attempt.verifier, attempt.challenge]
        #expect(Set(parts).count == 4 && parts.allSatisfy { $0.utf8.count == 43 })
        let again = try #require(OpenIDAttempt(attempt.secret.text))
        #expect(again.verifier == attempt.verifier && again.asked(attempt.state))
        #expect(!again.asked(attempt.nonce) && !again.asked(""))
        #expect(OpenIDAttempt("mss_" + attempt.secret.text.dropFirst(4)) == nil)
    }
}
