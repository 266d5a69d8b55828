import Identifiers
import Time

/// One-time codes of an authenticator app (RFC 6238): SHA-1, 30 seconds, six digits, since many apps ignore other
/// parameters.
package struct TOTP: Sendable {
    package let secret: [UInt8]
    package let digits: Int

    /// Eight digits are only for the RFC's test vectors.
    package init(secret: [UInt8], digits: Int = 6) {
        self.secret = secret
        self.digits = digits
    }

    package static func make(from randomness: Randomness) -> TOTP { TOTP(secret: randomness.bytes(20)) }

    package static func step(at now: Instant) -> Int64 { now.seconds / 30 }

    package func code(of step: Int64) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let code = HMAC.sha1(counter, key: secret)
        let offset = Int(code[19] & 15)
        let number = code[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        var rest = number
        var text = [UInt8](repeating: UInt8(ascii: "0"), count: digits)
        for position in text.indices.reversed() {
            text[position] += UInt8(rest % 10)
            rest /= 10
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The matching time step: the current one or a neighbour. The caller stores it and passes it the next time, so
    /// that a code works once and none older than the last one used does.
    package func matchedStep(of code: String, at now: Instant, after lastUsed: Int64?) -> Int64? {
        let present = Self.step(at: now)
        var matched: Int64?
        for step in present - 1...present + 1 where ConstantTime.equal(code.utf8, to: self.code(of: step).utf8) {
            matched = step
        }
        guard let matched, matched > lastUsed ?? -1 else { return nil }
        return matched
    }
}
