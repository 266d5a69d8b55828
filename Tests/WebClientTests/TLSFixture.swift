import COpenSSL
import Glibc

/// The other side of TLS, with a certificate of its own making for `box.example` and 127.0.0.1.
/// Made once with the openssl command; the key guards nothing.
enum TLSFixture {
    static let publicKey = "XHSjb579RyJ1OKNMpqnSAsyfdVcstP1Fy6tDLuBvDTY="

    static let certificate = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBoDCCAUegAwIBAgIUY9H03DvHIuJIM1fm9Pxeys0O1xwwCgYIKoZIzj0EAwIw
        FjEUMBIGA1UEAwwLYm94LmV4YW1wbGUwIBcNMjYxMTIwMjM1NDU0WhgPMjEwMDEw
        MjMyMzU0NTRaMBYxFDASBgNVBAMMC2JveC5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
        KoZIzj0DAQcDQgAEdELgOaNDovLls2toavlOPXCfrCWU7qMGBoxpZAW4bbagR4IW
        CpXO8nHa+wICbHI7P9zz4QGXG9juglOfsHiORKNxMG8wHQYDVR0OBBYEFHi2CyLl
        Co89xehd6xCcBzdEJpHvMB8GA1UdIwQYMBaAFHi2CyLlCo89xehd6xCcBzdEJpHv
        MBwGA1UdEQQVMBOCC2JveC5leGFtcGxlhwR/AAABMA8GA1UdEwEB/wQFMAMBAf8w
        CgYIKoZIzj0EAwIDRwAwRAIgbnmwQ7SWxWsxDo0c0oKzE3YlTzSafr/kLoUzcX6e
        WOgCIFeTqI2py761QjVc/MPuVxLyrxgMMtq6iLtDQjXRv1Ik
        -----END CERTIFICATE-----

        """.utf8)

    static let privateKey = Array(
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgL1UyjT2sgU6y+/q0
        nEG4LN2A0z28uoPtbRYAZFfzz7uhRANCAAR0QuA5o0Oi8uWza2hq+U49cJ+sJZTu
        owYGjGlkBbhttqBHghYKlc7ycdr7AgJscjs/3PPhAZcb2O6CU5+weI5E
        -----END PRIVATE KEY-----

        """.utf8)

    /// Answers every request of a connection.
    static let script: RawServer.Script = { peer in
        let session = SSL_new(context)
        defer { SSL_free(session) }
        SSL_set_fd(session, peer.descriptor)
        guard SSL_accept(session) == 1 else { return }
        var head = [UInt8](repeating: 0, count: 16384)
        while SSL_read(session, &head, Int32(head.count)) > 0 {
            let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe".utf8)
            SSL_write(session, answer, Int32(answer.count))
        }
    }

    // Immutable once made, and counted by OpenSSL for every session.
    nonisolated(unsafe) private static let context: OpaquePointer? = {
        // A write to a client that hung up must not end the tests.
        signal(SIGPIPE, SIG_IGN)
        let context = SSL_CTX_new(TLS_server_method())
        let source = BIO_new(BIO_s_mem())
        BIO_write(source, certificate + privateKey, Int32(certificate.count + privateKey.count))
        defer { BIO_free(source) }
        let own = PEM_read_bio_X509(source, nil, nil, nil)
        let key = PEM_read_bio_PrivateKey(source, nil, nil, nil)
        defer {
            X509_free(own)
            EVP_PKEY_free(key)
        }
        guard SSL_CTX_use_certificate(context, own) == 1, SSL_CTX_use_PrivateKey(context, key) == 1 else {
            preconditionFailure("The certificate of the fixture cannot be used")
        }
        return context
    }()

    /// Lends the path of a file with these bytes.
    static func withFile<Outcome>(
        _ bytes: [UInt8], _ use: (String) async throws -> Outcome
    ) async throws -> Outcome {
        var path = Array("/tmp/mastil-test-XXXXXX\0".utf8CString)
        let descriptor = mkstemp(&path)
        defer { unlink(path) }
        precondition(write(descriptor, bytes, bytes.count) == bytes.count)
        close(descriptor)
        return try await use(String(decoding: path.dropLast(2).map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
}
