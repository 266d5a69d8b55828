import COpenSSL
import Glibc
import Time

/// A server's certificate with its chain and private key, checked before anything is served with it.
package struct Certificate: Sendable, Equatable {
    package let notBefore: Instant
    package let notAfter: Instant
    /// The DNS names it covers, in lower case; the first label may be `*`.
    package let names: [String]
    /// The number of certificates in the chain, the server's own included.
    package let chainLength: Int

    /// Both in PEM, the chain beginning with the server's own certificate.
    package init(chain: [UInt8], privateKey: [UInt8]) throws(CryptoError) {
        let certificates = try Self.readChain(chain)
        defer { for certificate in certificates { X509_free(certificate) } }
        let key = try Self.readKey(privateKey)
        defer { EVP_PKEY_free(key) }
        let own = certificates[0]
        guard X509_check_private_key(own, key) == 1 else {
            ERR_clear_error()
            throw .certificate("the private key belongs to another certificate")
        }
        for (issued, issuer) in zip(certificates, certificates.dropFirst())
        where X509_check_issued(issuer, issued) != X509_V_OK {
            throw .certificate("a certificate of the chain is not issued by the one that follows it")
        }
        notBefore = try Self.instant(X509_get0_notBefore(own))
        notAfter = try Self.instant(X509_get0_notAfter(own))
        names = Self.names(of: own)
        chainLength = certificates.count
    }

    private static func readChain(_ pem: [UInt8]) throws(CryptoError) -> [OpaquePointer] {
        let certificates = pem.withSource { source in
            var certificates: [OpaquePointer] = []
            while let certificate = PEM_read_bio_X509(source, nil, noPassphrase, nil) {
                certificates.append(certificate)
            }
            return certificates
        }
        // Running out of PEM blocks is how a good file ends too; any other complaint is about a broken one.
        let reachedEnd = Int32(truncatingIfNeeded: ERR_peek_last_error() & 0x7F_FFFF) == PEM_R_NO_START_LINE
        let reason = openSSLReason()
        guard !certificates.isEmpty, reachedEnd else {
            for certificate in certificates { X509_free(certificate) }
            throw .certificate(reachedEnd ? "the file holds no certificate" : reason)
        }
        return certificates
    }

    private static func readKey(_ pem: [UInt8]) throws(CryptoError) -> OpaquePointer {
        guard let key = pem.withSource({ PEM_read_bio_PrivateKey($0, nil, noPassphrase, nil) }) else {
            throw .certificate("the private key cannot be read, or is protected by a passphrase (\(openSSLReason()))")
        }
        return key
    }

    private static func instant(_ time: UnsafePointer<ASN1_TIME>?) throws(CryptoError) -> Instant {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else { throw .certificate("its dates cannot be read") }
        return Instant(seconds: Int64(timegm(&parts)))
    }

    private static func names(of certificate: OpaquePointer) -> [String] {
        guard let extensions = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
        let alternatives = OpaquePointer(extensions)
        defer { GENERAL_NAMES_free(alternatives) }
        var names: [String] = []
        for position in 0..<OPENSSL_sk_num(alternatives) {
            let name = OPENSSL_sk_value(alternatives, position)?.assumingMemoryBound(to: GENERAL_NAME.self)
            var kind: Int32 = 0
            guard let value = GENERAL_NAME_get0_value(name, &kind), kind == GEN_DNS else { continue }
            if let text = hostName(OpaquePointer(value)) { names.append(text) }
        }
        return names
    }

    /// Nil for an invalid host name; a NUL inside a name is an old spoofing trick.
    private static func hostName(_ value: OpaquePointer) -> String? {
        let text = UnsafePointer<ASN1_STRING>(value)
        let bytes = UnsafeBufferPointer(start: ASN1_STRING_get0_data(text), count: Int(ASN1_STRING_length(text)))
        guard bytes.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }
}

/// Without this OpenSSL would ask for the passphrase on the terminal.
let noPassphrase: @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 = {
    _, _, _, _ in -1
}

extension [UInt8] {
    /// Lends the bytes to OpenSSL as something to read from.
    func withSource<Result>(_ read: (OpaquePointer?) -> Result) -> Result {
        withUnsafeBytes { bytes in
            let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
            defer { BIO_free(source) }
            return read(source)
        }
    }
}
