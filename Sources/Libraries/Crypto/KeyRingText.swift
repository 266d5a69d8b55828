import Identifiers

// A key ring's file format: `name:base64` a line, the current key first. Lines that begin with `#` are comments.
extension KeyRing {
    package init(text: [UInt8]) throws(CryptoError) {
        var keys: [Key] = []
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
            let plain = Array(line.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
            if plain.isEmpty || plain[0] == UInt8(ascii: "#") { continue }
            let parts = plain.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            // The line itself is never quoted: it may hold a key.
            guard parts.count == 2, let bytes = Base64.standard.decode(parts[1]) else {
                throw .invalidKey("line \(index + 1) is not a name, a colon and 32 bytes in base 64")
            }
            keys.append(try Key(id: String(decoding: parts[0], as: UTF8.self), bytes: bytes))
        }
        guard let current = keys.first else { throw .invalidKey("there is none") }
        try self.init(current: current, old: Array(keys.dropFirst()))
    }

    package func contains(_ id: String) -> Bool { keys[id] != nil }
}

extension KeyRing.Key {
    package static func make(id: String, from randomness: Randomness) throws(CryptoError) -> KeyRing.Key {
        try KeyRing.Key(id: id, bytes: randomness.bytes(AESGCM.keyCount))
    }

    /// The key in clear, for the file only.
    package var line: String { "\(id):\(Base64.standard.encode(bytes))" }
}
