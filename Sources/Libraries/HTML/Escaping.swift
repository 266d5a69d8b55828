extension MarkupWriter {
    /// One escaping that holds in text and in quoted attributes alike. Control characters other than tab and line ends
    /// are no HTML at all and become U+FFFD.
    mutating func write(escaping text: String) {
        var text = text
        text.withUTF8 { text in
            let clean = firstToEscape(in: text, from: 0)
            if clean == text.count { write(text) } else { write(escaping: text, cleanUpTo: clean) }
        }
    }

    private mutating func write(escaping text: UnsafeBufferPointer<UInt8>, cleanUpTo clean: Int) {
        var start = 0
        var position = clean
        while position < text.count {
            write(UnsafeBufferPointer(rebasing: text[start..<position]))
            switch text[position] {
            case UInt8(ascii: "&"): write("&amp;")
            case UInt8(ascii: "<"): write("&lt;")
            case UInt8(ascii: ">"): write("&gt;")
            case UInt8(ascii: "\""): write("&quot;")
            case UInt8(ascii: "'"): write("&#39;")
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): write(byte: text[position])
            default: write("\u{FFFD}")
            }
            start = position + 1
            position = firstToEscape(in: text, from: start)
        }
        write(UnsafeBufferPointer(rebasing: text[start...]))
    }

    mutating func write(url: String) {
        var url = url
        let isSafe = url.withUTF8 { isSafeURL($0) }
        if isSafe { write(escaping: url) } else { write("about:invalid") }
    }
}

/// What a link may lead to: a place of our own or of the web, a mail, a phone; never a script. Browsers skip leading
/// blanks and drop tabs and line ends inside a URL, so any of these makes it unsafe rather than being cleaned away.
/// An `&` before the first slash is refused too: it is how `javascript&colon;` hides from those who look for colons.
func isSafeURL(_ url: UnsafeBufferPointer<UInt8>) -> Bool {
    var colon: Int?
    var inFirstSegment = true
    for (position, byte) in url.enumerated() {
        switch byte {
        case 0...0x1F, 0x7F: return false
        case UInt8(ascii: " ") where position == 0: return false
        case UInt8(ascii: "/"), UInt8(ascii: "?"): inFirstSegment = false
        case UInt8(ascii: "#") where position == 0: inFirstSegment = false
        case UInt8(ascii: "&") where inFirstSegment && colon == nil: return false
        case UInt8(ascii: ":") where inFirstSegment && colon == nil: colon = position
        default: break
        }
    }
    guard let colon else { return true }
    let allowed: [StaticString] = ["http", "https", "mailto", "tel"]
    return allowed.contains { scheme in
        scheme.utf8CodeUnitCount == colon
            && (0..<colon).allSatisfy { url[$0] | 0x20 == scheme.utf8Start[$0] }
    }
}

/// The first byte from `start` on that may not stand in a page as it is, or the text's length; eight bytes at a time.
private func firstToEscape(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    let raw = UnsafeRawBufferPointer(text)
    while position + 8 <= raw.count {
        let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        let control = (word &- 0x2020_2020_2020_2020) & ~word
        let doubleQuote = zeroByte(word ^ 0x2222_2222_2222_2222)
        // & and ' differ in one bit, < and > in another.
        let ampersandOrQuote = zeroByte((word & 0xFEFE_FEFE_FEFE_FEFE) ^ 0x2626_2626_2626_2626)
        let angle = zeroByte((word & 0xFDFD_FDFD_FDFD_FDFD) ^ 0x3C3C_3C3C_3C3C_3C3C)
        let found = (control | doubleQuote | ampersandOrQuote | angle) & 0x8080_8080_8080_8080
        if found != 0 { return position + found.trailingZeroBitCount / 8 }
        position += 8
    }
    while position < raw.count {
        let byte = raw[position]
        if byte < 0x20 || byte == 0x22 || byte & 0xFE == 0x26 || byte & 0xFD == 0x3C { break }
        position += 1
    }
    return position
}

/// Sets the high bit of each byte that is zero (and perhaps of bytes above the first such).
@inline(__always)
private func zeroByte(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word }
