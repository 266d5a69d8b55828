import COpenSSL

/// A user of SNMP v3 agents, by the User-based Security Model (RFC 3414, RFC 7860, RFC 3826): SHA or SHA-256, and AES-128
/// where there is a key of privacy. It holds the keys that are made of passwords, not the passwords. Never printed.
package struct SNMPUser: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package enum Hash: String, Sendable, CaseIterable {
        case sha1, sha256

        package var keyCount: Int { self == .sha1 ? 20 : 32 }

        /// The part of a digest that goes with a message.
        var codeCount: Int { self == .sha1 ? 12 : 24 }

        fileprivate var algorithm: OpaquePointer? { self == .sha1 ? EVP_sha1() : EVP_sha256() }
    }

    package let name: String
    package let hash: Hash
    package let key: [UInt8]
    package let privacyKey: [UInt8]?

    package init(_ name: String, _ hash: Hash, key: [UInt8], privacyKey: [UInt8]? = nil) {
        (self.name, self.hash, self.key, self.privacyKey) = (name, hash, key, privacyKey)
    }

    package var description: String { name }
    package var customMirror: Mirror { Mirror(self, children: []) }

    package static let shortestPassword = 8

    /// A password's key, the same for all agents. It takes some milliseconds: it hashes a million bytes.
    package static func key(of password: String, _ hash: Hash) -> [UInt8] {
        let password = Array(password.utf8)
        guard !password.isEmpty else { return Array(repeating: 0, count: hash.keyCount) }
        var repeated: [UInt8] = []
        repeated.reserveCapacity(1 << 20 + password.count)
        while repeated.count < 1 << 20 { repeated += password }
        return digest(of: repeated[..<(1 << 20)], hash)
    }

    private static func digest(of bytes: some Collection<UInt8>, _ hash: Hash) -> [UInt8] {
        let bytes = Array(bytes)
        return [UInt8](unsafeUninitializedCapacity: hash.keyCount) { buffer, count in
            checked(EVP_Digest(bytes, bytes.count, buffer.baseAddress, nil, hash.algorithm, nil))
            count = hash.keyCount
        }
    }

    /// The user's keys at one agent.
    func keys(at engine: [UInt8]) -> SNMPUserKeys {
        func local(_ key: [UInt8]) -> [UInt8] { Self.digest(of: key + engine + key, hash) }
        return SNMPUserKeys(hash: hash, key: local(key), privacyKey: privacyKey.map { Array(local($0).prefix(16)) })
    }
}

/// A user's keys bound to an agent's engine, so that one agent's keys open no other.
struct SNMPUserKeys: Sendable {
    let hash: SNMPUser.Hash
    let key: [UInt8]
    let privacyKey: [UInt8]?

    /// Of a message whose own place for it is all zeros.
    func code(of message: [UInt8]) -> [UInt8] {
        let code = [UInt8](unsafeUninitializedCapacity: hash.keyCount) { buffer, count in
            let made = COpenSSL.HMAC(
                hash.algorithm, key, Int32(key.count), message, message.count, buffer.baseAddress, nil)
            checked(made == nil ? 0 : 1)
            count = hash.keyCount
        }
        return Array(code.prefix(hash.codeCount))
    }

    /// AES-128 in cipher feedback mode.
    func encrypted(_ plain: [UInt8], _ vector: [UInt8], with key: [UInt8]) -> [UInt8] {
        crypted(plain, vector, key, isEncrypting: true)
    }

    func decrypted(_ text: [UInt8], _ vector: [UInt8], with key: [UInt8]) -> [UInt8] {
        crypted(text, vector, key, isEncrypting: false)
    }

    private func crypted(_ bytes: [UInt8], _ vector: [UInt8], _ key: [UInt8], isEncrypting: Bool) -> [UInt8] {
        precondition(key.count == 16 && vector.count == 16)
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        return [UInt8](unsafeUninitializedCapacity: bytes.count + 16) { buffer, count in
            var written: Int32 = 0
            checked(EVP_CipherInit_ex(context, EVP_aes_128_cfb128(), nil, key, vector, isEncrypting ? 1 : 0))
            checked(EVP_CipherUpdate(context, buffer.baseAddress, &written, bytes, Int32(bytes.count)))
            count = Int(written)
        }
    }
}

/// For calls that fail only when memory runs out or OpenSSL is not the one we were built for.
private func checked(_ result: Int32) { precondition(result == 1, "OpenSSL failed") }
