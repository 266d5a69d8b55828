import Crypto

/// Signs the heads of this installation's records, with a copy out of the database owner's reach.
package struct HeadSigner: Sendable {
    package let key: SigningKey
    /// The public keys whose signatures are trusted, older ones included.
    package let believed: [[UInt8]]
    package let copy: @Sendable (SignedHead) throws -> Void

    /// Nil without a key. The first one signs.
    package init?(keys: [SigningKey], copy: @escaping @Sendable (SignedHead) throws -> Void) {
        guard let key = keys.first else { return nil }
        self.key = key
        believed = keys.map(\.publicKey)
        self.copy = copy
    }
}
