import Testing

@testable import Barcodes

@Suite struct QRCodeTests {
    /// The three corners by which a camera finds the square: 7 dark, of them the upper edge is one run.
    @Test func `a code has its three corners and its quiet zone`() throws {
        let code = try #require(QRCode("otpauth://totp/Norte:ana@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Norte"))
        #expect((code.size - 17).isMultiple(of: 4) && code.size >= 21)
        #expect(code.viewBox == "0 0 \(code.size + 8) \(code.size + 8)")
        #expect(code.path.hasPrefix("M4 4h7v1h-7z"))
        #expect(code.path.contains("M\(code.size + 4 - 7) 4h7v1h-7z"))
        #expect(code.path.contains("M4 \(code.size + 3)h7v1h-7z"))
    }

    @Test func `what does not fit is no code`() {
        #expect(QRCode(String(repeating: "x", count: 4000)) == nil)
        #expect(QRCode("") == nil)
    }
}
