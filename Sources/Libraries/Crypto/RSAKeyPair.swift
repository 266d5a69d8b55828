import COpenSSL

/// A key of RSA that signs as providers do (RSASSA-PKCS1-v1_5 with SHA-256), for what stands in for one.
package struct RSAKeyPair: Sendable {
    private let encoded: [UInt8]
    /// As `openssl pkey -pubout` writes it.
    package let publicPEM: String

    package static func make() -> RSAKeyPair {
        let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil)
        var key: OpaquePointer?
        defer {
            EVP_PKEY_CTX_free(context)
            EVP_PKEY_free(key)
        }
        succeeded(EVP_PKEY_keygen_init(context))
        succeeded(EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048))
        succeeded(EVP_PKEY_keygen(context, &key))
        return RSAKeyPair(
            encoded: derBytes { i2d_PrivateKey(key, $0) }, publicPEM: pem(of: derBytes { i2d_PUBKEY(key, $0) }))
    }

    package func sign(_ message: [UInt8]) -> [UInt8] {
        let key = encoded.withUnsafeBufferPointer { bytes in
            var place = bytes.baseAddress
            return d2i_AutoPrivateKey(nil, &place, bytes.count)
        }
        let context = EVP_MD_CTX_new()
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        succeeded(EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key))
        var length = Int(EVP_PKEY_get_size(key))
        return Array(count: length) { succeeded(EVP_DigestSign(context, $0, &length, message, message.count)) }
    }

    private static func pem(of key: [UInt8]) -> String {
        var lines = "-----BEGIN PUBLIC KEY-----\n"
        var text = Base64.standard.encode(key)[...]
        while !text.isEmpty {
            lines += text.prefix(64) + "\n"
            text = text.dropFirst(64)
        }
        return lines + "-----END PUBLIC KEY-----\n"
    }
}
