import Crypto
import Testing

@testable import Panel

@Suite struct SecondStepPagesTests {
    @Test func `the square carries everything an app asks for`() {
        let totp = TOTP(secret: Array("12345678901234567890".utf8))
        #expect(
            totp.address(issuer: "Norte & Sur", account: "ana@norte.mx")
                == "otpauth://totp/Norte%20%26%20Sur:ana%40norte.mx?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Norte%20%26%20Sur&algorithm=SHA1&digits=6&period=30")
    }
}
