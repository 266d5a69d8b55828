import COpenSSL

/// Somebody else's key, as JSON Web Keys have it (RFC 7518 §6) or a PEM file, to check what they signed. It is good for one
/// algorithm only, whatever a message says of itself.
package struct WebKey: Sendable, Equatable {
    /// Named as in tokens (RFC 7518 §3.1).
    package enum Algorithm: String, Sendable {
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        case rs256 = "RS256"
        /// ECDSA on P-256 with SHA-256.
        case es256 = "ES256"
    }

    package let algorithm: Algorithm
    /// A SubjectPublicKeyInfo.
    private let encoded: [UInt8]

    private static let bits = Int32(2048)...16_384
    private static let coordinateCount = 32
    /// 1.2.840.113549.1.1.1
    private static let rsa: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
    /// 1.2.840.10045.2.1 with the curve 1.2.840.10045.3.1.7
    private static let p256: [UInt8] = [
        0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01,
        0x07,
    ]

    /// Nil when the numbers are no RSA key, or a weak one.
    package init?(modulus: [UInt8], exponent: [UInt8]) {
        algorithm = .rs256
        encoded = DER.sequence(
            DER.sequence(Self.rsa + DER.null) + DER.bits(DER.sequence(DER.number(modulus) + DER.number(exponent))))
        guard let key = Self.read(encoded) else { return nil }
        defer { EVP_PKEY_free(key) }
        guard Self.bits.contains(EVP_PKEY_get_bits(key)), exponent.last.map({ $0 & 1 == 1 }) == true,
            exponent.drop(while: { $0 == 0 }) != [1]
        else { return nil }
    }

    /// The public key of RSA in a PEM file, as `openssl pkey -pubout` writes it; nil for any other, and a weak one.
    package init?(pem: String) {
        let key = Array(pem.utf8).withSource { PEM_read_bio_PUBKEY($0, nil, noPassphrase, nil) }
        guard let key else {
            ERR_clear_error()
            return nil
        }
        defer { EVP_PKEY_free(key) }
        guard EVP_PKEY_get_id(key) == EVP_PKEY_RSA, Self.bits.contains(EVP_PKEY_get_bits(key)) else { return nil }
        algorithm = .rs256
        encoded = derBytes { i2d_PUBKEY(key, $0) }
    }

    /// Nil when there is no such point on P-256.
    package init?(x: [UInt8], y: [UInt8]) {
        guard x.count == Self.coordinateCount, y.count == Self.coordinateCount else { return nil }
        algorithm = .es256
        encoded = DER.sequence(DER.sequence(Self.p256) + DER.bits([0x04] + x + y))
        guard let key = Self.read(encoded) else { return nil }
        EVP_PKEY_free(key)
    }

    package func signed(_ message: [UInt8], as signature: [UInt8]) -> Bool {
        guard let signature = forOpenSSL(signature), let key = Self.read(encoded) else { return false }
        defer { EVP_PKEY_free(key) }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        succeeded(EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key))
        let isGenuine = EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !isGenuine { ERR_clear_error() }
        return isGenuine
    }

    /// Tokens carry ECDSA's two numbers concatenated; OpenSSL wants a DER sequence.
    private func forOpenSSL(_ signature: [UInt8]) -> [UInt8]? {
        switch algorithm {
        case .rs256: return signature
        case .es256:
            guard signature.count == 2 * Self.coordinateCount else { return nil }
            return DER.sequence(
                DER.number(signature.prefix(Self.coordinateCount)) + DER.number(signature.suffix(Self.coordinateCount)))
        }
    }

    private static func read(_ encoded: [UInt8]) -> OpaquePointer? {
        encoded.withUnsafeBufferPointer { bytes in
            var place = bytes.baseAddress
            let key = d2i_PUBKEY(nil, &place, bytes.count)
            if key == nil { ERR_clear_error() }
            return key
        }
    }
}
