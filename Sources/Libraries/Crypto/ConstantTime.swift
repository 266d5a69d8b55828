import COpenSSL

package enum ConstantTime {
    /// Compares a secret with what a client presented. The time taken depends only on the length presented, never on
    /// where the two differ nor on the length of the secret.
    package static func equal(_ presented: some Collection<UInt8>, to secret: some Collection<UInt8>) -> Bool {
        presented.withBytes { presented in
            secret.withBytes { secret in
                let sameLength = presented.count == secret.count
                let other = sameLength ? secret : presented
                return CRYPTO_memcmp(presented.baseAddress, other.baseAddress, presented.count) == 0 && sameLength
            }
        }
    }
}
