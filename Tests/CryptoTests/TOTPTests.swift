import Crypto
import Identifiers
import Testing
import Time

@Suite struct TOTPTests {
    private static let secret = Array("12345678901234567890".utf8)

    // RFC 6238, appendix B.
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func `the codes are those of RFC 6238`(seconds: Int64, code: String) {
        let step = TOTP.step(at: Instant(seconds: seconds))

        #expect(TOTP(secret: Self.secret, digits: 8).code(of: step) == code)
        #expect(TOTP(secret: Self.secret).code(of: step) == String(code.suffix(6)))
    }

    @Test func `the neighbouring steps are accepted and named, those beyond are not`() {
        let totp = TOTP(secret: Self.secret)
        let now = Instant(seconds: 1_700_000_010)
        let present = TOTP.step(at: now)

        for offset in -1...1 as ClosedRange<Int64> {
            #expect(totp.matchedStep(of: totp.code(of: present + offset), at: now, after: nil) == present + offset)
        }
        for offset in [-3, -2, 2, 3] as [Int64] {
            #expect(totp.matchedStep(of: totp.code(of: present + offset), at: now, after: nil) == nil)
        }
    }

    @Test func `a code opens once, and none older than it afterwards`() {
        let totp = TOTP(secret: Self.secret)
        let now = Instant(seconds: 1_700_000_010)
        let present = TOTP.step(at: now)
        let code = totp.code(of: present)

        #expect(totp.matchedStep(of: code, at: now, after: present - 1) == present)
        #expect(totp.matchedStep(of: code, at: now, after: present) == nil)
        #expect(totp.matchedStep(of: totp.code(of: present - 1), at: now, after: present) == nil)
        #expect(totp.matchedStep(of: totp.code(of: present + 1), at: now, after: present) == present + 1)
    }

    @Test(arguments: ["", "28708", "2870820", "28708é", "287 082", "000000"])
    func `what is not the code is refused`(code: String) {
        #expect(TOTP(secret: Self.secret).matchedStep(of: code, at: Instant(seconds: 59), after: nil) == nil)
    }

    @Test func `a new secret has twenty bytes and is another one each time`() {
        #expect(TOTP.make(from: .system).secret.count == 20)
        #expect(TOTP.make(from: .system).secret != TOTP.make(from: .system).secret)
    }
}
