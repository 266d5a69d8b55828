import Testing

@testable import Crypto

@Suite struct MD5Tests {
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ])
    func `digests are those of RFC 1321`(text: String, digest: String) {
        #expect(Hex.encode(MD5.digest(of: Array(text.utf8))) == digest)
    }
}
