import Identifiers

/// The key of one tenant's secrets, stored only wrapped by the `KeyRing`. Deleting the wrapped key makes every secret
/// under it unreadable for good.
package struct DataKey: Sendable {
    package let id: ID<DataKey>
    let bytes: [UInt8]

    package static func make(id: ID<DataKey>, from randomness: Randomness) -> DataKey {
        DataKey(id: id, bytes: randomness.bytes(AESGCM.keyCount))
    }

    package func seal(_ secret: some Collection<UInt8>, at place: SecretPlace, from randomness: Randomness) -> [UInt8] {
        Envelope.seal(secret, key: bytes, named: id.bytes, at: place.bytes, randomness: randomness)
    }

    package func open(_ sealed: [UInt8], at place: SecretPlace) throws(CryptoError) -> [UInt8] {
        let sealedWith = try Self.name(in: sealed)
        guard sealedWith == id else { throw .otherDataKey(sealedWith: sealedWith, given: id) }
        return try Envelope(sealed).open(key: bytes, at: place.bytes)
    }

    /// The data key needed to open it.
    package static func name(in sealed: [UInt8]) throws(CryptoError) -> ID<DataKey> {
        guard let id = try Envelope(sealed).keyName.withUnsafeBytes(UUID.init(bytes:)) else { throw .malformedEnvelope }
        return ID(id)
    }
}

extension DataKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "data key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

extension ID<DataKey> {
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        uuid.append(to: &bytes)
        return bytes
    }
}
