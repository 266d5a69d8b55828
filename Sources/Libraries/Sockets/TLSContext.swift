import COpenSSL

/// Whom a client of a device trusts.
package enum TLSTrust: Sendable, Equatable {
    /// The device whose certificate has this SHA-256, whoever signed it: most devices sign their own.
    case fingerprint([UInt8])
    /// Encrypts and believes anybody. For the first contact, when the fingerprint is not known yet.
    case anybody
    /// Devices that speak TLS without any certificate (RouterOS, where none is set): anonymous Diffie-Hellman.
    case anonymous
}

/// What the TLS sessions of one side share.
package final class TLSContext: @unchecked Sendable {
    // Unchecked: the context is not changed after init, and OpenSSL counts its references atomically.
    let context: OpaquePointer
    let isServer: Bool
    let trust: TLSTrust

    package init(client trust: TLSTrust) {
        self.trust = trust
        isServer = false
        context = Self.make(trust == .anonymous ? Self.anonymous : Self.ciphers, TLS_client_method(), trust)
    }

    /// A server with a certificate and its key in PEM, or without any.
    package init(server certificate: (chain: [UInt8], key: [UInt8])?) throws(SocketError) {
        isServer = true
        trust = certificate == nil ? .anonymous : .anybody
        context = Self.make(certificate == nil ? Self.anonymous : Self.ciphers, TLS_server_method(), trust)
        guard let certificate else { return }
        let own = Self.read(certificate.chain) { PEM_read_bio_X509($0, nil, nil, nil) }
        let key = Self.read(certificate.key) { PEM_read_bio_PrivateKey($0, nil, nil, nil) }
        defer {
            X509_free(own)
            EVP_PKEY_free(key)
        }
        guard SSL_CTX_use_certificate(context, own) == 1, SSL_CTX_use_PrivateKey(context, key) == 1 else {
            throw .untrusted("the certificate or its key cannot be used")
        }
    }

    deinit { SSL_CTX_free(context) }

    // Level 0: devices carry keys and signatures that OpenSSL would refuse by itself.
    private static let ciphers = "DEFAULT:@SECLEVEL=0"
    private static let anonymous = "ADH:@SECLEVEL=0"

    private static func make(_ ciphers: String, _ method: OpaquePointer?, _ trust: TLSTrust) -> OpaquePointer {
        // TLS 1.3 has no anonymous ciphers.
        let newest = trust == .anonymous ? TLS1_2_VERSION : 0
        guard let context = SSL_CTX_new(method), copenssl_prepare_device(context, ciphers, newest) == 1 else {
            preconditionFailure("OpenSSL lacks what it was built with")
        }
        return context
    }

    private static func read<Result>(_ pem: [UInt8], _ read: (OpaquePointer?) -> Result) -> Result {
        pem.withUnsafeBytes { bytes in
            let source = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            defer { BIO_free(source) }
            return read(source)
        }
    }
}
