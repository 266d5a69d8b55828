import Crypto

/// What signs the records of this installation, and where a copy goes that the database's owner cannot reach.
package struct HeadSigner: Sendable {
    package let key: SigningKey
    /// The public halves of the keys whose signatures are believed; older keys may be among them.
    package let believed: [[UInt8]]
    package let copy: @Sendable (SignedHead) throws -> Void

    /// None without a key. The first signs.
    package init?(keys: [SigningKey], copy: @escaping @Sendable (SignedHead) throws -> Void) {
        guard let key = keys.first else { return nil }
        self.key = key
        believed = keys.map(\.publicKey)
        self.copy = copy
    }
}
