import COpenSSL

/// The TLS session of one connection.
final class TLSLink {
    enum Outcome {
        case moved(Int)
        case wouldBlock
        case ended
        case failed(String)
    }

    private let session: OpaquePointer
    private let context: TLSContext

    init(_ context: TLSContext, descriptor: Int32) {
        guard let session = SSL_new(context.context) else { preconditionFailure("OpenSSL has no memory left") }
        self.session = session
        self.context = context
        SSL_set_fd(session, descriptor)
        if context.isServer { SSL_set_accept_state(session) } else { SSL_set_connect_state(session) }
    }

    deinit { SSL_free(session) }

    func shakeHands() -> Outcome { outcome { SSL_do_handshake(session) } }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        outcome { SSL_read(session, buffer.baseAddress, Int32(clamping: buffer.count)) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        outcome { SSL_write(session, bytes.baseAddress, Int32(clamping: bytes.count)) }
    }

    func endWriting() {
        ERR_clear_error()
        if SSL_is_init_finished(session) == 1 { SSL_shutdown(session) }
    }

    /// The SHA-256 of the peer's certificate; nil without one.
    var fingerprint: [UInt8]? {
        guard let certificate = SSL_get1_peer_certificate(session) else { return nil }
        defer { X509_free(certificate) }
        var count: UInt32 = 32
        let digest = [UInt8](unsafeUninitializedCapacity: 32) { buffer, filled in
            filled = X509_digest(certificate, EVP_sha256(), buffer.baseAddress, &count) == 1 ? 32 : 0
        }
        return digest.isEmpty ? nil : digest
    }

    /// Why the peer is not trusted; nil when it is.
    var complaint: String? {
        guard !context.isServer, case .fingerprint(let expected) = context.trust else { return nil }
        guard let fingerprint else { return "the device shows no certificate" }
        return fingerprint == expected ? nil : "the device shows another certificate than before"
    }

    private func outcome(_ call: () -> Int32) -> Outcome {
        // Clears an error left by another connection of this thread.
        ERR_clear_error()
        let result = call()
        if result > 0 { return .moved(Int(result)) }
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wouldBlock
        case SSL_ERROR_ZERO_RETURN: return .ended
        default:
            let code = ERR_get_error()
            ERR_clear_error()
            return .failed(ERR_reason_error_string(code).map { String(cString: $0) } ?? "the connection broke off")
        }
    }
}
