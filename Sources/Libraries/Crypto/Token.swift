import Identifiers

/// A secret shown once to whoever may use it: `<prefix>_`, 30 random characters (178 bits), six of checksum.
/// The prefix says what it opens (`mst_live`), to people and to scanners for leaked secrets
/// (`mst_[a-z]+_[0-9A-Za-z]{36}`); the checksum refuses a mistyped one without asking the database.
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

    /// Nil when it cannot be one of ours. That it was ever handed out, only the database knows.
    package init?(_ text: String) {
        var text = text
        guard let prefix = text.withUTF8(Self.prefix) else { return nil }
        self.init(prefix: prefix, text: text)
    }

    /// Nil when the checksum is another's, or the form.
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

    /// What is stored and looked up instead of the token. A plain hash will do: 178 random bits cannot be guessed.
    package var digest: [UInt8] {
        var text = text
        return text.withUTF8 { SHA256.digest(of: $0) }
    }

    /// What the owner may go on seeing, to tell one token from another.
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

// A token that is logged or interpolated by mistake shows no more than its owner may go on seeing.
extension Token: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(prefix)_…\(lastFour)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["shown": description]) }
}
