import COpenSSL

/// SHA-256, in one call or incrementally.
package struct SHA256: ~Copyable {
    package static let byteCount = 32

    // Fetched once: looking an algorithm up costs more than hashing a token. Immutable and thread-safe afterwards.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    private let context: OpaquePointer

    package init() {
        context = EVP_MD_CTX_new()
        succeeded(EVP_DigestInit_ex(context, Self.algorithm, nil))
    }

    deinit { EVP_MD_CTX_free(context) }

    package mutating func update(_ bytes: some Collection<UInt8>) {
        bytes.withBytes { succeeded(EVP_DigestUpdate(context, $0.baseAddress, $0.count)) }
    }

    package consuming func finish() -> [UInt8] {
        Array(count: Self.byteCount) { succeeded(EVP_DigestFinal_ex(context, $0, nil)) }
    }

    package static func digest(of bytes: some Collection<UInt8>) -> [UInt8] { bytes.withBytes(digest) }

    package static func digest(of bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBufferPointer(digest) }

    static func digest(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        Array(count: byteCount) { succeeded(EVP_Digest(bytes.baseAddress, bytes.count, $0, nil, algorithm, nil)) }
    }
}

/// For calls that fail only when memory runs out or OpenSSL is not the one we were built for; neither is recoverable.
func succeeded(_ result: Int32) {
    precondition(result == 1, "OpenSSL failed: \(openSSLReason())")
}
