/// Base 32 (RFC 4648) without padding, the form in which authenticator apps take secrets.
package enum Base32 {
    private static let alphabet = Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: alphabet.encode(bytes, bitsPerDigit: 5), as: UTF8.self)
    }

    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        alphabet.decode(text, bitsPerDigit: 5)
    }
}
