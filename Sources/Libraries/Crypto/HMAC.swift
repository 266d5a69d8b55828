import COpenSSL

/// A message authenticated with a shared key (RFC 2104).
package enum HMAC {
    package static func sha256(_ message: some Collection<UInt8>, key: some Collection<UInt8>) -> [UInt8] {
        authenticate(message, key: key, with: EVP_sha256(), byteCount: 32)
    }

    /// Only for one-time codes, whose apps support nothing else.
    static func sha1(_ message: some Collection<UInt8>, key: some Collection<UInt8>) -> [UInt8] {
        authenticate(message, key: key, with: EVP_sha1(), byteCount: 20)
    }

    /// Only for RADIUS, which knows no other.
    package static func md5(_ message: some Collection<UInt8>, key: some Collection<UInt8>) -> [UInt8] {
        authenticate(message, key: key, with: EVP_md5(), byteCount: MD5.byteCount)
    }

    private static func authenticate(
        _ message: some Collection<UInt8>, key: some Collection<UInt8>, with hash: OpaquePointer?, byteCount: Int
    ) -> [UInt8] {
        message.withBytes { message in
            key.withBytes { key in
                Array(count: byteCount) {
                    let code = COpenSSL.HMAC(
                        hash, key.baseAddress, Int32(key.count), message.baseAddress, message.count, $0, nil)
                    succeeded(code == nil ? 0 : 1)
                }
            }
        }
    }
}
