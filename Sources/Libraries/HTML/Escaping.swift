extension MarkupWriter {
    /// One escaping for text and for quoted attributes. Control characters other than tab and line ends are invalid in
    /// HTML and become U+FFFD.
    mutating func write(escaping text: String) {
        text.withBytes { text in
            let clean = writeCleanBeginning(of: text)
            if clean < text.count { write(escaping: text, from: clean) }
        }
    }

    /// Copies the leading text that needs no escaping, usually all of it, in one pass of eight or four bytes at a time,
    /// the last word overlapping. Returns how much was written.
    @inline(__always)
    private mutating func writeCleanBeginning(of text: UnsafeBufferPointer<UInt8>) -> Int {
        guard let source = UnsafeRawPointer(text.baseAddress) else { return 0 }
        let target = room(for: text.count)
        let written: Int
        if text.count >= 8 {
            written = copyClean(source, text.count, to: target, eachTime: UInt64.self)
        } else if text.count >= 4 {
            written = copyClean(source, text.count, to: target, eachTime: UInt32.self)
        } else {
            written = copyClean(source, text.count, to: target, eachTime: UInt8.self)
        }
        wrote(written)
        return written
    }

    @inline(never)
    private mutating func write(escaping text: UnsafeBufferPointer<UInt8>, from written: Int) {
        var start = written
        var position = firstToEscape(in: text, from: written)
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
        let isSafe = url.withBytes { isSafeURL($0) }
        if isSafe { write(escaping: url) } else { write("about:invalid") }
    }
}

/// Whether a link is safe: a relative URL, http, https, mailto or tel; never a script. Browsers skip leading blanks and
/// drop tabs and line ends inside a URL, so any of these makes it unsafe rather than being removed. An `&` before the
/// first slash is refused too: `javascript&colon;` hides a scheme from a search for colons.
func isSafeURL(_ url: UnsafeBufferPointer<UInt8>) -> Bool {
    var hasControl = false
    for byte in url { hasControl = hasControl || byte < 0x20 || byte == 0x7F }
    guard !hasControl, let first = url.first else { return !hasControl }
    if first == UInt8(ascii: "/") || first == UInt8(ascii: "#") || first == UInt8(ascii: "?") { return true }
    return first != UInt8(ascii: " ") && hasSafeScheme(url)
}

private func hasSafeScheme(_ url: UnsafeBufferPointer<UInt8>) -> Bool {
    let ends = "/?:&".utf8
    guard let end = url.firstIndex(where: { ends.contains($0) }) else { return true }
    if url[end] == UInt8(ascii: "&") { return false }
    guard url[end] == UInt8(ascii: ":") else { return true }
    let allowed: [StaticString] = ["http", "https", "mailto", "tel"]
    return allowed.contains { scheme in
        scheme.utf8CodeUnitCount == end && (0..<end).allSatisfy { url[$0] | 0x20 == scheme.utf8Start[$0] }
    }
}

/// The index of the first byte from `start` that must be escaped, or the text's length. Eight bytes at a time, the last
/// eight overlapping.
private func firstToEscape(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    let raw = UnsafeRawBufferPointer(text)
    while position + 8 <= raw.count {
        let found = bytesToEscape(in: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        if found != 0 { return position + found.trailingZeroBitCount / 8 }
        position += 8
    }
    if raw.count >= 8 {
        let last = raw.count - 8
        let unseen = UInt64.max << UInt64(8 * (position - last))
        let found = bytesToEscape(in: raw.loadUnaligned(fromByteOffset: last, as: UInt64.self)) & unseen
        return found == 0 ? raw.count : last + found.trailingZeroBitCount / 8
    }
    while position < raw.count && !mustEscape(raw[position]) { position += 1 }
    return position
}

@inline(__always)
private func mustEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte & 0xFE == 0x26 || byte & 0xFD == 0x3C
}

/// Copies the text, no shorter than a word, word by word up to the first that is not clean.
@inline(__always)
private func copyClean<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ source: UnsafeRawPointer, _ count: Int, to target: UnsafeMutableRawPointer, eachTime _: Word.Type
) -> Int {
    let length = MemoryLayout<Word>.size
    var position = 0
    while position < count {
        let place = min(position, count - length)
        let word = source.loadUnaligned(fromByteOffset: place, as: Word.self)
        guard isClean(word) else { return position }
        target.storeBytes(of: word, toByteOffset: place, as: Word.self)
        position = place + length
    }
    return count
}

/// Whether no byte is a control character or one of `"&'<>`. The subtraction borrows from the next byte only at such a
/// byte, so it may mistake which byte it is, but not whether there is one.
@inline(__always)
private func isClean<Word: FixedWidthInteger & UnsignedInteger>(_ word: Word) -> Bool {
    let each = Word.max / 0xFF
    func zeroByte(_ word: Word) -> Word { (word &- each) & ~word }
    let control = (word &- 0x20 * each) & ~word
    let doubleQuote = zeroByte(word ^ (0x22 * each))
    // & and ' differ in one bit, < and > in another.
    let ampersandOrQuote = zeroByte((word & (0xFE * each)) ^ (0x26 * each))
    let angle = zeroByte((word & (0xFD * each)) ^ (0x3C * each))
    return (control | doubleQuote | ampersandOrQuote | angle) & (0x80 * each) == 0
}

/// The high bit of each byte that is a control character or one of `"&'<>`. Exact for every byte: nothing carries over.
@inline(__always)
private func bytesToEscape(in bytes: UInt64) -> UInt64 {
    let word = UInt64(littleEndian: bytes)
    let isPrintable = (word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x6060_6060_6060_6060 | word
    let isNotDoubleQuote = nonzeroBytes(word ^ 0x2222_2222_2222_2222)
    // & and ' differ in one bit, < and > in another.
    let isNotAmpersandOrQuote = nonzeroBytes(word & 0xFEFE_FEFE_FEFE_FEFE ^ 0x2626_2626_2626_2626)
    let isNotAngle = nonzeroBytes(word & 0xFDFD_FDFD_FDFD_FDFD ^ 0x3C3C_3C3C_3C3C_3C3C)
    return ~(isPrintable & isNotDoubleQuote & isNotAmpersandOrQuote & isNotAngle) & 0x8080_8080_8080_8080
}

@inline(__always)
private func nonzeroBytes(_ word: UInt64) -> UInt64 { (word & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | word }

extension String {
    /// Borrows the UTF-8 in place, without retaining the string.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        utf8Span.span.withUnsafeBufferPointer(body)
    }
}
