/// Base 64 (RFC 4648): the standard form is padded, the one for URLs is not.
package struct Base64: Sendable {
    package static let standard = Base64(
        alphabet: Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), isPadded: true)
    package static let url = Base64(
        alphabet: Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), isPadded: false)

    private static let padding = UInt8(ascii: "=")

    private let alphabet: Alphabet
    private let isPadded: Bool

    package func encode(_ bytes: some Collection<UInt8>) -> String {
        var text = bytes.withBytes { alphabet.encode($0, bitsPerDigit: 6) }
        while isPadded && !text.count.isMultiple(of: 4) { text.append(Self.padding) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Strict: no white space, padding exactly as `encode` writes it, one spelling for each value.
    package func decode(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        guard isPadded else { return alphabet.decode(text, bitsPerDigit: 6) }
        guard text.count.isMultiple(of: 4) else { return nil }
        var digits = text[...]
        for _ in 0..<2 where digits.last == Self.padding { digits = digits.dropLast() }
        return alphabet.decode(digits, bitsPerDigit: 6)
    }
}
