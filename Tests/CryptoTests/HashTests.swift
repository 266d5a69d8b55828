import Testing

@testable import Crypto

@Suite struct HashTests {
    // FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 is that of FIPS 180-4`(text: String, digest: String) {
        #expect(Hex.encode(SHA256.digest(of: text.utf8)) == digest)

        var piecewise = SHA256()
        for byte in text.utf8 { piecewise.update(CollectionOfOne(byte)) }
        let finished = piecewise.finish()
        #expect(Hex.encode(finished) == digest)
    }

    @Test func `a digest in pieces of any size is the digest of the whole`() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let whole = SHA256.digest(of: bytes)
        for size in [1000, 4096, 65536, 100_000] {
            var piecewise = SHA256()
            for start in stride(from: 0, to: bytes.count, by: size) {
                piecewise.update(bytes[start..<min(start + size, bytes.count)])
            }
            let finished = piecewise.finish()
            #expect(finished == whole)
        }
    }

    // RFC 4231 cases 1, 2 and 6, RFC 2202 case 2.
    @Test func `HMAC is that of its RFCs`() {
        #expect(
            Hex.encode(HMAC.sha256("Hi There".utf8, key: [UInt8](repeating: 0x0B, count: 20)))
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            Hex.encode(HMAC.sha256("what do ya want for nothing?".utf8, key: "Jefe".utf8))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            Hex.encode(
                HMAC.sha256(
                    "Test Using Larger Than Block-Size Key - Hash Key First".utf8,
                    key: [UInt8](repeating: 0xAA, count: 131)))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        #expect(
            Hex.encode(HMAC.sha1("what do ya want for nothing?".utf8, key: "Jefe".utf8))
                == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
        #expect(
            Hex.encode(HMAC.sha256([], key: [])) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func `a webhook is signed as Standard Webhooks says`() throws {
        let key = try #require(Base64.standard.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".utf8))
        let signed = #"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#

        #expect(
            Base64.standard.encode(HMAC.sha256(signed.utf8, key: key)) == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        )
    }

    @Test(arguments: [
        ("", "", true), ("a", "a", true), ("secret", "secret", true), ("secret", "secreT", false),
        ("Secret", "secret", false), ("secre", "secret", false), ("secret", "secre", false), ("", "secret", false),
        ("secret", "", false),
    ])
    func `bytes are equal when all of them are`(presented: String, secret: String, isEqual: Bool) {
        #expect(ConstantTime.equal(presented.utf8, to: secret.utf8) == isEqual)
        #expect(ConstantTime.equal(Array(presented.utf8), to: Array(secret.utf8)[...]) == isEqual)
    }
}
