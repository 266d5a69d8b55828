import COpenSSL

/// MD5, broken, for old protocols that ask for it: CHAP, RADIUS, RouterOS before 6.43.
package enum MD5 {
    package static let byteCount = 16

    // Fetched once, immutable and thread-safe afterwards.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "MD5", nil)

    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        Array(count: byteCount) { succeeded(EVP_Digest(bytes, bytes.count, $0, nil, algorithm, nil)) }
    }
}
