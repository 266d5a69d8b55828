import Identifiers
import Testing

@testable import Crypto

@Suite struct Ed25519Tests {
    /// RFC 8032 §7.1, the third example, as OpenSSL writes keys.
    @Test func `the example of the standard is signed as there`() throws {
        let seed = try #require(Hex.decode("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7".utf8))
        let der = try #require(Hex.decode("302e020100300506032b657004220420".utf8)) + seed
        let pem = "-----BEGIN PRIVATE KEY-----\n\(Base64.standard.encode(der))\n-----END PRIVATE KEY-----\n"
        let key = try #require(try SigningKey.read(pem: Array(pem.utf8)).first)
        #expect(Hex.encode(key.publicKey) == "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
        let signature = key.sign([0xAF, 0x82])
        #expect(
            Hex.encode(signature)
                == "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        )
        #expect(Signature.isGenuine(signature, of: [0xAF, 0x82], by: key.publicKey))
        #expect(!Signature.isGenuine(signature, of: [0xAF, 0x83], by: key.publicKey))
        #expect(try PublicKey.read(pem: Array((PublicKey.pem(key.publicKey) + "\n").utf8)) == [key.publicKey])
        #expect(!"\(key)".contains(Base64.standard.encode(seed)))
    }

    /// Keys of another kind, well written.
    private static let others = [
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg0GOYipmNXbKeXhKf
        47y6QgXNuvNFKoZwOjjuBzcidyuhRANCAAR8jCWxQucslouL7IbU26lHz91NcPr5
        MC/gt0O4e4hu7kIgqmNoE+jlPpcFXALpRonvrAk08zCG3h+v4hzBwDMv
        -----END PRIVATE KEY-----
        """,
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEfIwlsULnLJaLi+yG1NupR8/dTXD6
        +TAv4LdDuHuIbu5CIKpjaBPo5T6XBVwC6UaJ76wJNPMwht4fr+IcwcAzLw==
        -----END PUBLIC KEY-----
        """,
    ]

    @Test func `what is no such key is refused`() throws {
        for text in Self.others + ["nothing", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"] {
            #expect(throws: CryptoError.self) { try SigningKey.read(pem: Array(text.utf8)) }
            #expect(throws: CryptoError.self) { try PublicKey.read(pem: Array(text.utf8)) }
        }
        #expect(!Signature.isGenuine([], of: [], by: []))
    }
}
