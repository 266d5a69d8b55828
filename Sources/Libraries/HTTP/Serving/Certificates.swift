import COpenSSL
import Glibc
import Synchronization

/// A listener's certificates. Selected by the client's server name (SNI), else the first.
package final class Certificates: Sendable {
    package struct Files: Sendable {
        /// PEM: the certificate, then its intermediates.
        package let chain: String
        package let key: String

        package init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    private let loaded: Mutex<CertificateSet>

    package init(_ files: [Files]) throws(ServerError) { loaded = Mutex(try CertificateSet(files)) }

    /// New connections get the new certificates; open ones keep theirs. A bad file changes nothing.
    package func reload(_ files: [Files]) throws(ServerError) {
        let fresh = try CertificateSet(files)
        loaded.withLock { $0 = fresh }
    }

    var current: CertificateSet { loaded.withLock { $0 } }
}

/// OpenSSL contexts, one a certificate.
final class CertificateSet: @unchecked Sendable {
    // Unchecked: the contexts do not change after init, and OpenSSL counts references atomically.
    private let contexts: [OpaquePointer]

    var first: OpaquePointer { contexts[0] }

    init(_ files: [Certificates.Files]) throws(ServerError) {
        precondition(!files.isEmpty, "A listener with TLS needs a certificate")
        var made: [OpaquePointer] = []
        do {
            for file in files { made.append(try Self.context(file)) }
        } catch {
            for context in made { SSL_CTX_free(context) }
            throw error
        }
        contexts = made
        copenssl_on_server_name(
            made[0], { session, _, set in CertificateSet.choose(session, set) },
            Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        for context in contexts { SSL_CTX_free(context) }
    }

    /// Called by OpenSSL within a handshake; the session keeps the set alive.
    private static func choose(_ session: OpaquePointer?, _ set: UnsafeMutableRawPointer?) -> Int32 {
        guard let session, let set, let name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name) else {
            return SSL_TLSEXT_ERR_NOACK
        }
        let contexts = Unmanaged<CertificateSet>.fromOpaque(set).takeUnretainedValue().contexts
        let chosen = contexts.first { X509_check_host(SSL_CTX_get0_certificate($0), name, 0, 0, nil) == 1 }
        guard let chosen else { return SSL_TLSEXT_ERR_NOACK }
        SSL_set_SSL_CTX(session, chosen)
        return SSL_TLSEXT_ERR_OK
    }

    private static func context(_ files: Certificates.Files) throws(ServerError) -> OpaquePointer {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_server_method()) else {
            throw .certificate(file: files.chain, reason: lastReason())
        }
        copenssl_prepare_server(context)
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, out, length, offered, count, _ in
                CertificateSet.chooseProtocol(out, length, offered, count)
            }, nil)
        let problem: ServerError? =
            if SSL_CTX_use_certificate_chain_file(context, files.chain) != 1 {
                .certificate(file: files.chain, reason: lastReason())
            } else if SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM) != 1 {
                .certificate(file: files.key, reason: lastReason())
            } else { nil }
        guard let problem else { return context }
        SSL_CTX_free(context)
        throw problem
    }

    /// ALPN: HTTP/1.1 if the client offers it; otherwise no ALPN answer.
    private static func chooseProtocol(
        _ out: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ length: UnsafeMutablePointer<UInt8>?,
        _ offered: UnsafePointer<UInt8>?, _ count: UInt32
    ) -> Int32 {
        guard let out, let length, let offered else { return SSL_TLSEXT_ERR_NOACK }
        let wanted: StaticString = "http/1.1"
        var position = 0
        while position < Int(count) {
            let size = Int(offered[position])
            guard position + 1 + size <= Int(count) else { break }
            let name = UnsafeRawBufferPointer(start: offered + position + 1, count: size)
            if name.elementsEqual(UnsafeRawBufferPointer(wanted)) {
                out.pointee = offered + position + 1
                length.pointee = UInt8(size)
                return SSL_TLSEXT_ERR_OK
            }
            position += 1 + size
        }
        return SSL_TLSEXT_ERR_NOACK
    }

    private static func lastReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
