import COpenSSL
import Glibc

/// The TLS session of one connection. The handshake happens within the first reads and writes.
final class TLSSession {
    private let session: OpaquePointer
    /// Used by the callback that chooses a certificate.
    private let certificates: CertificateSet

    init?(_ certificates: CertificateSet, descriptor: Int32) {
        guard let session = SSL_new(certificates.first) else { return nil }
        self.certificates = certificates
        self.session = session
        SSL_set_fd(session, descriptor)
        SSL_set_accept_state(session)
    }

    deinit { SSL_free(session) }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transport.Outcome {
        outcome { SSL_read(session, buffer.baseAddress, Int32(clamping: buffer.count)) }
    }

    /// Writes as much as the socket takes.
    func write(_ bytes: UnsafeRawBufferPointer) -> Transport.Outcome {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let outcome = outcome { SSL_write(session, rest.baseAddress, Int32(clamping: rest.count)) }
            guard case .moved(let count) = outcome else { return written > 0 ? .moved(written) : outcome }
            written += count
        }
        return .moved(written)
    }

    func endWriting() {
        ERR_clear_error()
        if SSL_is_init_finished(session) == 1 { SSL_shutdown(session) }
    }

    private func outcome(_ call: () -> Int32) -> Transport.Outcome {
        // Clears an error left by another connection of this thread.
        ERR_clear_error()
        let count = call()
        if count > 0 { return .moved(Int(count)) }
        switch SSL_get_error(session, count) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .wouldBlock
        case SSL_ERROR_ZERO_RETURN: return .ended
        default: return .failed
        }
    }
}
