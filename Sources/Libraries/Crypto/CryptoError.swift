import COpenSSL
import Identifiers

/// Why a secret could not be made, opened or read. Contains nothing of the secret itself.
package enum CryptoError: Error, Equatable {
    case invalidKey(String)
    case duplicateKey(id: String)
    /// The encryption key is not on the ring: lost, or not configured on this machine.
    case missingKey(id: String)
    /// The tenant's data key was deleted, and with it everything it sealed.
    case dataKeyIsGone(ID<DataKey>)
    case otherDataKey(sealedWith: ID<DataKey>, given: ID<DataKey>)
    case malformedEnvelope
    case unknownVersion(UInt8)
    /// Altered, or moved here from another tenant, table, column or row.
    case doesNotOpen
    case unreadablePasswordHash
    case passwordHashing(String)
    case certificate(String)
}

extension CryptoError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidKey(let reason): "This key cannot be used: \(reason)."
        case .duplicateKey(let id): "Two keys on the key ring are named \(id)."
        case .missingKey(let id):
            "The key \(id) is not on the key ring; what it encrypted cannot be read until it is put back."
        case .dataKeyIsGone(let id): "Data key \(id) is gone; nobody can read what it sealed any more."
        case .otherDataKey(let needed, let given): "Sealed with data key \(needed), but data key \(given) was given."
        case .malformedEnvelope: "These bytes are not an envelope."
        case .unknownVersion(let version): "The envelope has version \(version), which this program does not know."
        case .doesNotOpen: "The envelope does not open: it was altered, or it was sealed for another place."
        case .unreadablePasswordHash: "The stored password hash is not one of argon2id."
        case .passwordHashing(let reason): "The password could not be hashed: \(reason)."
        case .certificate(let reason): "The certificate cannot be used: \(reason)."
        }
    }
}

/// OpenSSL's reason for the call that just failed; clears this thread's error queue.
func openSSLReason() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    return ERR_reason_error_string(code).map { String(cString: $0) } ?? "OpenSSL gave no reason"
}
