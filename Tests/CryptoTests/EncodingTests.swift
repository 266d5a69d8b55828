import Testing

@testable import Crypto

@Suite struct EncodingTests {
    // RFC 4648 §10.
    @Test(arguments: [
        ("", "", ""), ("f", "Zg==", "MY"), ("fo", "Zm8=", "MZXQ"), ("foo", "Zm9v", "MZXW6"),
        ("foob", "Zm9vYg==", "MZXW6YQ"), ("fooba", "Zm9vYmE=", "MZXW6YTB"), ("foobar", "Zm9vYmFy", "MZXW6YTBOI"),
    ])
    func `the vectors of RFC 4648 hold`(plain: String, base64: String, base32: String) {
        let bytes = Array(plain.utf8)
        let unpadded = String(base64.filter { $0 != "=" })

        #expect(Base64.standard.encode(bytes) == base64)
        #expect(Base64.standard.decode(base64.utf8) == bytes)
        #expect(Base64.url.encode(bytes) == unpadded)
        #expect(Base64.url.decode(unpadded.utf8) == bytes)
        #expect(Base32.encode(bytes) == base32)
        #expect(Base32.decode(base32.utf8) == bytes)
    }

    @Test func `all bytes at all lengths come back as they went`() {
        for count in 0...300 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
            #expect(Base64.standard.decode(Base64.standard.encode(bytes).utf8) == bytes)
            #expect(Base64.url.decode(Base64.url.encode(bytes).utf8) == bytes)
            #expect(Base32.decode(Base32.encode(bytes).utf8) == bytes)
            #expect(Hex.decode(Hex.encode(bytes).utf8) == bytes)
        }
        #expect(Base64.standard.encode([0xFB, 0xFF]) == "+/8=")
        #expect(Base64.url.encode([0xFB, 0xFF]) == "-_8")
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zh==", "Zg== ", " Zg==", "Zg==\n", "Z===", "====", "Zm9v====", "Zm-v", "Z", "=Zg=", "Zg==Zg==",
    ])
    func `standard base 64 with another spelling is refused`(text: String) {
        #expect(Base64.standard.decode(text.utf8) == nil)
    }

    @Test(arguments: ["Zg==", "Zh", "Z", "Zm+v", "Zm/v", "Zm9v\n", "Zm9é", "Zm9vZ"])
    func `base 64 for URLs with another spelling is refused`(text: String) {
        #expect(Base64.url.decode(text.utf8) == nil)
    }

    @Test(arguments: ["M", "MZ", "my", "MY======", "MZX", "MZXW6Y", "M1", "MZXW6YTBOJ"])
    func `base 32 with another spelling is refused`(text: String) {
        #expect(Base32.decode(text.utf8) == nil)
    }

    @Test(arguments: ["0", "0g", "0x00", " 00", "é"])
    func `what is not hexadecimal is refused`(text: String) {
        #expect(Hex.decode(text.utf8) == nil)
    }

    @Test func `hexadecimal is written small and read in either case`() {
        #expect(Hex.encode([0x00, 0xAB, 0xFF]) == "00abff")
        #expect(Hex.decode("00aBFf".utf8) == [0x00, 0xAB, 0xFF])
    }

    @Test func `the checksum is that of zip`() {
        #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
        #expect(CRC32.checksum("".utf8) == 0)
    }
}
