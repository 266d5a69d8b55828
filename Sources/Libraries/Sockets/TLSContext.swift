import COpenSSL

/// How a client verifies a device.
package enum TLSTrust: Sendable, Equatable {
    /// By its certificate's SHA-256, whoever signed it: most devices use self-signed ones.
    case fingerprint([UInt8])
    /// No verification. For the first contact, before the fingerprint is known.
    case anybody
    /// Devices with TLS but without a certificate (RouterOS's default): anonymous Diffie-Hellman.
    case anonymous
}

/// The configuration shared by TLS sessions.
package final class TLSContext: @unchecked Sendable {
    // Unchecked: the context does not change after init, and OpenSSL counts references atomically.
    let context: OpaquePointer
    let isServer: Bool
    let trust: TLSTrust

    package init(client trust: TLSTrust) {
        self.trust = trust
        isServer = false
        context = Self.make(trust == .anonymous ? Self.anonymous : Self.ciphers, TLS_client_method(), trust)
    }

    /// A server with a PEM certificate and key, or without any.
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

    // Security level 0: devices have keys and signatures that OpenSSL refuses by default.
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
