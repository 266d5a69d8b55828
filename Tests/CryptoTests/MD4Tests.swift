import Testing

@testable import Crypto

@Suite struct MD4Tests {
    @Test(arguments: [
        ("", "31d6cfe0d16ae931b73c59d7e0c089c0"), ("abc", "a448017aaf21d8525fc10ae87aa6729d"),
        ("message digest", "d9130a8164549fe818874806e1c7014b"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "e33b4ddc9c38f2199c3e7b164fcc0536"
        ),
    ])
    func `digests are those of RFC 1320`(text: String, digest: String) {
        #expect(Hex.encode(MD4.digest(of: Array(text.utf8))) == digest)
    }

    @Test func `a password is known by what RFC 2759 gives for it`() {
        #expect(Hex.encode(MD4.ntHash(of: "clientPass")).uppercased() == "44EBBA8D5312B8D611474411F56989AE")
    }
}
