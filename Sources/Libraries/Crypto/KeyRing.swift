import Identifiers

/// The keys that wrap the tenants' data keys. They live outside the database: either without the other is useless. New
/// wraps use the current key; old ones stay on the ring until every data key is rewrapped.
package struct KeyRing: Sendable {
    package struct Key: Sendable {
        package let id: String
        let bytes: [UInt8]

        package init(id: String, bytes: [UInt8]) throws(CryptoError) {
            guard 1...64 ~= id.utf8.count, id.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
                throw .invalidKey("its name must be 1 to 64 printable characters without spaces")
            }
            guard bytes.count == AESGCM.keyCount else {
                throw .invalidKey("\(id) has \(bytes.count) bytes instead of \(AESGCM.keyCount)")
            }
            self.id = id
            self.bytes = bytes
        }
    }

    package let current: Key
    let keys: [String: Key]

    package init(current: Key, old: [Key] = []) throws(CryptoError) {
        var keys = [current.id: current]
        for key in old {
            guard keys.updateValue(key, forKey: key.id) == nil else { throw .duplicateKey(id: key.id) }
        }
        self.current = current
        self.keys = keys
    }

    package func wrap(_ dataKey: DataKey, of tenant: UUID, from randomness: Randomness) -> [UInt8] {
        Envelope.seal(
            dataKey.id.bytes + dataKey.bytes, key: current.bytes, named: Array(current.id.utf8), at: place(tenant),
            randomness: randomness)
    }

    package func unwrap(_ wrapped: [UInt8], of tenant: UUID) throws(CryptoError) -> DataKey {
        let envelope = try Envelope(wrapped)
        let id = String(decoding: envelope.keyName, as: UTF8.self)
        guard let key = keys[id] else { throw .missingKey(id: id) }
        let content = try envelope.open(key: key.bytes, at: place(tenant))
        guard content.count == 16 + AESGCM.keyCount,
            let uuid = content[..<16].withUnsafeBytes(UUID.init(bytes:))
        else { throw .malformedEnvelope }
        return DataKey(id: ID(uuid), bytes: Array(content[16...]))
    }

    /// Rewraps a data key under the current key; nil when it already is. The secrets it sealed stay as they are.
    package func rewrap(
        _ wrapped: [UInt8], of tenant: UUID, from randomness: Randomness
    ) throws(CryptoError) -> [UInt8]? {
        guard try Envelope(wrapped).keyName != Array(current.id.utf8) else { return nil }
        return wrap(try unwrap(wrapped, of: tenant), of: tenant, from: randomness)
    }

    /// Binds a wrapped key to its tenant, and keeps it from being taken for a secret.
    private func place(_ tenant: UUID) -> [UInt8] {
        var bytes = Array("data key of ".utf8)
        tenant.append(to: &bytes)
        return bytes
    }
}

extension KeyRing.Key: CustomStringConvertible, CustomReflectable {
    package var description: String { "key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
