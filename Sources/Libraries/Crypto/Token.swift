import Identifiers

/// A secret shown once to its owner: `<prefix>_`, 30 random characters (178 bits), six of checksum. The prefix tells
/// people and secret scanners (`mst_[a-z]+_[0-9A-Za-z]{36}`) what it opens (`mst_live`); the checksum rejects a
/// mistyped one without a database query.
package struct Token: Sendable, Equatable {
    package let prefix: String
    package let text: String

    private static let randomCount = 30
    private static let checksumCount = 6

    package static func make(prefix: String, from randomness: Randomness) -> Token {
        precondition(isPrefix(prefix.utf8), "\(prefix) is not the prefix of a token")
        let random = Base62.random(randomCount, from: randomness)
        return Token(prefix: prefix, text: prefix + "_" + String(decoding: random + checksum(random), as: UTF8.self))
    }

    private init(prefix: String, text: String) {
        self.prefix = prefix
        self.text = text
    }

    /// Nil when malformed. Only the database knows whether it was ever issued.
    package init?(_ text: String) {
        var text = text
        guard let prefix = text.withUTF8(Self.prefix) else { return nil }
        self.init(prefix: prefix, text: text)
    }

    /// Nil when the format or the checksum is wrong.
    private static func prefix(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let bodyStart = bytes.count - randomCount - checksumCount
        guard bodyStart >= 2, bytes[bodyStart - 1] == UInt8(ascii: "_") else { return nil }
        let prefix = UnsafeBufferPointer(rebasing: bytes[..<(bodyStart - 1)])
        let random = UnsafeBufferPointer(rebasing: bytes[bodyStart..<bodyStart + randomCount])
        let checksum = UnsafeBufferPointer(rebasing: bytes[(bodyStart + randomCount)...])
        guard isPrefix(prefix), random.allSatisfy(Base62.contains),
            checksum.elementsEqual(Self.checksum(random))
        else { return nil }
        return String(decoding: prefix, as: UTF8.self)
    }

    /// Stored and looked up instead of the token. A plain hash suffices: 178 random bits cannot be guessed.
    package var digest: [UInt8] {
        var text = text
        return text.withUTF8 { SHA256.digest(of: $0) }
    }

    /// The part the owner may still see, to tell tokens apart.
    package var lastFour: String { String(text.suffix(4)) }

    static func checksum(_ random: some Collection<UInt8>) -> [UInt8] {
        Base62.encode(CRC32.checksum(random), digits: checksumCount)
    }

    private static func isPrefix(_ text: some BidirectionalCollection<UInt8>) -> Bool {
        let underscore = UInt8(ascii: "_")
        return !text.isEmpty && text.first != underscore && text.last != underscore
            && text.allSatisfy { $0 == underscore || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }
}

// A token logged or interpolated by mistake shows only what its owner may still see.
extension Token: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(prefix)_…\(lastFour)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["shown": description]) }
}
