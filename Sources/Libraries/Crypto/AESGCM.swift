import COpenSSL

/// AES-256 in Galois/counter mode. The caller must never use a nonce twice with one key.
enum AESGCM {
    static let keyCount = 32
    static let nonceCount = 12
    static let tagCount = 16

    // Fetched once; immutable and thread-safe afterwards.
    nonisolated(unsafe) private static let cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)

    /// The ciphertext followed by the tag.
    static func seal(_ plaintext: some Collection<UInt8>, key: [UInt8], nonce: [UInt8], naming place: [UInt8])
        -> [UInt8]
    {
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        var written: Int32 = 0
        succeeded(EVP_EncryptInit_ex2(context, cipher, key, nonce, nil))
        succeeded(EVP_EncryptUpdate(context, nil, &written, place, Int32(place.count)))
        return plaintext.withBytes { plaintext in
            Array(count: plaintext.count + tagCount) { sealed in
                succeeded(EVP_EncryptUpdate(context, sealed, &written, plaintext.baseAddress, Int32(plaintext.count)))
                succeeded(EVP_EncryptFinal_ex(context, sealed + plaintext.count, &written))
                succeeded(
                    EVP_CIPHER_CTX_ctrl(
                        context, EVP_CTRL_AEAD_GET_TAG, Int32(tagCount), sealed + plaintext.count))
            }
        }
    }

    /// Nil when authentication fails: wrong key, wrong place, or altered.
    static func open(_ sealed: some Collection<UInt8>, key: [UInt8], nonce: [UInt8], naming place: [UInt8]) -> [UInt8]?
    {
        guard sealed.count >= tagCount else { return nil }
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        var written: Int32 = 0
        var tag = Array(sealed.suffix(tagCount))
        succeeded(EVP_DecryptInit_ex2(context, cipher, key, nonce, nil))
        succeeded(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagCount), &tag))
        succeeded(EVP_DecryptUpdate(context, nil, &written, place, Int32(place.count)))
        let plaintext = sealed.dropLast(tagCount).withBytes { ciphertext in
            Array(count: ciphertext.count) { plaintext in
                succeeded(
                    EVP_DecryptUpdate(context, plaintext, &written, ciphertext.baseAddress, Int32(ciphertext.count)))
            }
        }
        var nothing: UInt8 = 0
        let isGenuine = EVP_DecryptFinal_ex(context, &nothing, &written) == 1
        if !isGenuine { ERR_clear_error() }
        return isGenuine ? plaintext : nil
    }
}
