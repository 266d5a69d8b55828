import Identifiers

/// Letters and digits only: survives a double click, a URL and a shell.
enum Base62 {
    private static let alphabet = Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    static func contains(_ character: UInt8) -> Bool { alphabet.value(of: character) != nil }

    /// The number zero-padded to that many digits, the highest first.
    static func encode(_ number: UInt32, digits count: Int) -> [UInt8] {
        var rest = number
        var text = [UInt8](repeating: alphabet[0], count: count)
        for position in text.indices.reversed() {
            text[position] = alphabet[rest % 62]
            rest /= 62
        }
        return text
    }

    /// Bytes of 248 and above are rejected: taken modulo 62 they would favour the first eight characters.
    static func random(_ count: Int, from randomness: Randomness) -> [UInt8] {
        var text: [UInt8] = []
        while text.count < count {
            for byte in randomness.bytes(count - text.count) where byte < 248 { text.append(alphabet[byte % 62]) }
        }
        return text
    }
}
