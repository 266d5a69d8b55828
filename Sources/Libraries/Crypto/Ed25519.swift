import COpenSSL
import Identifiers

/// A signing key (Ed25519, RFC 8032). Its public half verifies signatures and cannot make any.
package struct SigningKey: Sendable {
    private let seed: [UInt8]
    package let publicKey: [UInt8]

    private static let count = 32

    package static func make(from randomness: Randomness) throws(CryptoError) -> SigningKey {
        try SigningKey(seed: randomness.bytes(count))
    }

    private init(seed: [UInt8]) throws(CryptoError) {
        guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
            throw .invalidKey("it is not of Ed25519: \(openSSLReason())")
        }
        defer { EVP_PKEY_free(key) }
        self.seed = seed
        var length = Self.count
        publicKey = Array(count: Self.count) { succeeded(EVP_PKEY_get_raw_public_key(key, $0, &length)) }
    }

    /// The private keys in a PEM file, as `openssl genpkey -algorithm ed25519` writes them.
    package static func read(pem: [UInt8]) throws(CryptoError) -> [SigningKey] {
        let source = BIO_new(BIO_s_mem())
        defer { BIO_free(source) }
        BIO_write(source, pem, Int32(pem.count))
        var keys: [SigningKey] = []
        while let key = PEM_read_bio_PrivateKey(source, nil, nil, nil) {
            defer { EVP_PKEY_free(key) }
            var seed = [UInt8](repeating: 0, count: count)
            var length = count
            guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519,
                EVP_PKEY_get_raw_private_key(key, &seed, &length) == 1, length == count
            else { throw .invalidKey("it is not of Ed25519") }
            keys.append(try SigningKey(seed: seed))
        }
        ERR_clear_error()
        guard !keys.isEmpty else { throw .invalidKey("there is none in the file") }
        return keys
    }

    package func sign(_ bytes: [UInt8]) -> [UInt8] {
        let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        succeeded(EVP_DigestSignInit(context, nil, nil, nil, key))
        var length = Signature.count
        return Array(count: Signature.count) {
            succeeded(EVP_DigestSign(context, $0, &length, bytes, bytes.count))
        }
    }
}

/// The public half of a signing key.
package enum PublicKey {
    /// The DER prefix of the 32 key bytes (RFC 8410).
    private static let head: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    /// In the format of `openssl pkey -pubout`.
    package static func pem(_ key: [UInt8]) -> String {
        "-----BEGIN PUBLIC KEY-----\n\(Base64.standard.encode(head + key))\n-----END PUBLIC KEY-----"
    }

    /// The public keys in a PEM file.
    package static func read(pem: [UInt8]) throws(CryptoError) -> [[UInt8]] {
        let source = BIO_new(BIO_s_mem())
        defer { BIO_free(source) }
        BIO_write(source, pem, Int32(pem.count))
        var keys: [[UInt8]] = []
        while let key = PEM_read_bio_PUBKEY(source, nil, nil, nil) {
            defer { EVP_PKEY_free(key) }
            var bytes = [UInt8](repeating: 0, count: 32)
            var length = bytes.count
            guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519,
                EVP_PKEY_get_raw_public_key(key, &bytes, &length) == 1, length == bytes.count
            else { throw .invalidKey("it is not of Ed25519") }
            keys.append(bytes)
        }
        ERR_clear_error()
        guard !keys.isEmpty else { throw .invalidKey("there is none in the file") }
        return keys
    }
}

package enum Signature {
    package static let count = 64

    /// Whether the key signed exactly these bytes.
    package static func isGenuine(_ signature: [UInt8], of bytes: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard signature.count == count,
            let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count)
        else { return false }
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
            ERR_clear_error()
        }
        succeeded(EVP_DigestVerifyInit(context, nil, nil, nil, key))
        return EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }
}

// A key logged by mistake shows only its public half.
extension SigningKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "signing key \(Base64.standard.encode(publicKey))" }
    package var customMirror: Mirror { Mirror(self, children: ["publicKey": description]) }
}
