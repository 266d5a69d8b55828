import CArgon2

/// A stored password: argon2id, salted, in the PHC string format that names its own parameters. Hashing takes tens of
/// milliseconds of a core by design, so it only runs on a pool: see `PasswordHashing`.
struct PasswordHash: Sendable {
    /// OWASP's minimum for one lane: 19 MiB, two passes.
    private static let memory: UInt32 = 19_456
    private static let passes: UInt32 = 2
    private static let lanes: UInt32 = 1
    private static let digestCount = 32
    static let saltCount = 16

    private static let currentParameters = "$argon2id$v=19$m=\(memory),t=\(passes),p=\(lanes)$"

    let text: String

    /// As it was stored.
    init(stored text: String) throws(CryptoError) {
        guard text.utf8.starts(with: "$argon2id$".utf8), text.utf8.count < 512 else { throw .unreadablePasswordHash }
        self.text = text
    }

    init(of password: String, salt: [UInt8]) throws(CryptoError) {
        let capacity = argon2_encodedlen(
            Self.passes, Self.memory, Self.lanes, UInt32(salt.count), UInt32(Self.digestCount), Argon2_id)
        var result: Int32 = 0
        let encoded = password.utf8.withBytes { password in
            // The count includes the closing NUL.
            [CChar](unsafeUninitializedCapacity: capacity) { encoded, count in
                result = argon2id_hash_encoded(
                    Self.passes, Self.memory, Self.lanes, password.baseAddress, password.count, salt, salt.count,
                    Self.digestCount, encoded.baseAddress, capacity)
                count = result == ARGON2_OK.rawValue ? capacity - 1 : 0
            }
        }
        guard result == ARGON2_OK.rawValue else { throw .passwordHashing(Self.reason(result)) }
        text = String(decoding: encoded.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func matches(_ password: String) throws(CryptoError) -> Bool {
        let result = password.utf8.withBytes { argon2id_verify(text, $0.baseAddress, $0.count) }
        switch result {
        case ARGON2_OK.rawValue: return true
        case ARGON2_VERIFY_MISMATCH.rawValue: return false
        case ARGON2_MEMORY_ALLOCATION_ERROR.rawValue: throw .passwordHashing(Self.reason(result))
        default: throw .unreadablePasswordHash
        }
    }

    /// Whether it was hashed with outdated parameters.
    var needsRehash: Bool { !text.utf8.starts(with: Self.currentParameters.utf8) }

    private static func reason(_ result: Int32) -> String {
        argon2_error_message(result).map { String(cString: $0) } ?? "argon2 gave no reason"
    }
}
