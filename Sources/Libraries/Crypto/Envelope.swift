import Identifiers

/// Where a secret is kept. Authenticated with the envelope, so that a ciphertext copied to another row, column or
/// tenant does not open there.
package struct SecretPlace: Sendable, Equatable {
    package let tenant: UUID
    package let table: String
    package let column: String
    package let row: UUID

    package init(tenant: UUID, table: String, column: String, row: UUID) {
        self.tenant = tenant
        self.table = table
        self.column = column
        self.row = row
    }

    /// Length-prefixed parts, so that no two places have the same bytes.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        tenant.append(to: &bytes)
        for name in [table, column] {
            withUnsafeBytes(of: UInt32(name.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: name.utf8)
        }
        row.append(to: &bytes)
        return bytes
    }
}

/// The layout of sealed bytes: version, length and name of the key, nonce, ciphertext, tag. Everything before the nonce
/// is authenticated too.
struct Envelope {
    static let version: UInt8 = 1

    let keyName: [UInt8]
    private let nonce: [UInt8]
    private let sealed: [UInt8]

    static func seal(
        _ plaintext: some Collection<UInt8>, key: [UInt8], named keyName: [UInt8], at place: [UInt8],
        randomness: Randomness
    ) -> [UInt8] {
        let nonce = randomness.bytes(AESGCM.nonceCount)
        let head = head(keyName)
        return head + nonce + AESGCM.seal(plaintext, key: key, nonce: nonce, naming: head + place)
    }

    init(_ bytes: [UInt8]) throws(CryptoError) {
        guard let version = bytes.first else { throw .malformedEnvelope }
        guard version == Self.version else { throw .unknownVersion(version) }
        guard bytes.count >= 2 else { throw .malformedEnvelope }
        let nonceStart = 2 + Int(bytes[1])
        let sealedStart = nonceStart + AESGCM.nonceCount
        guard bytes.count >= sealedStart + AESGCM.tagCount else { throw .malformedEnvelope }
        keyName = Array(bytes[2..<nonceStart])
        nonce = Array(bytes[nonceStart..<sealedStart])
        sealed = Array(bytes[sealedStart...])
    }

    func open(key: [UInt8], at place: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let plaintext = AESGCM.open(sealed, key: key, nonce: nonce, naming: Self.head(keyName) + place) else {
            throw .doesNotOpen
        }
        return plaintext
    }

    private static func head(_ keyName: [UInt8]) -> [UInt8] { [version, UInt8(keyName.count)] + keyName }
}
