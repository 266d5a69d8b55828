/// A company's subdomain: `norte` of norte.example.net. Immutable.
package enum Slug {
    package static let length = 2...31

    /// Conventional host names, and the platform's own.
    private static let reserved: Set<String> = [
        Tenant.platformSlug, "admin", "api", "app", "assets", "blog", "cdn", "console", "consola", "docs", "ftp",
        "imap",
        "mail", "mastil", "ns1", "ns2", "panel", "platform", "pop", "portal", "smtp", "soporte", "static", "status",
        "support", "webmail", "www",
    ]

    /// Lower-case letters, digits and hyphens, starting with a letter.
    package static func isSound(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), text.utf8.last != UInt8(ascii: "-") else { return false }
        return length.contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    package static func isReserved(_ text: String) -> Bool { reserved.contains(text) }

    /// A free slug made from a name's words.
    package static func proposal(from words: [String], besides taken: Set<String>) -> String {
        let plain = words.map { $0.utf8.filter { isLetter($0) || isDigit($0) } }.filter { !$0.isEmpty }
        var bytes = Array(
            plain.joined(separator: [UInt8(ascii: "-")]).drop { !isLetter($0) }.prefix(length.upperBound - 3))
        while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        let text = bytes.count < length.lowerBound ? "empresa" : String(decoding: bytes, as: UTF8.self)
        if isFree(text, besides: taken) { return text }
        return (2...99).lazy.map { "\(text)-\($0)" }.first { isFree($0, besides: taken) } ?? text
    }

    private static func isFree(_ text: String, besides taken: Set<String>) -> Bool {
        !isReserved(text) && !taken.contains(text)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
