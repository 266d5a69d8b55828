/// Parses a response's head from the lines that libcurl delivers.
struct HeadReader {
    private(set) var head = WebHead(status: 0)
    private(set) var isComplete = false
    private var count = 0

    var announcedLength: Int? { head.headers["content-length"].flatMap { Int($0) } }

    private static let limit = 64 << 10

    /// False when the line is malformed or the head too large.
    mutating func read(_ line: UnsafeRawBufferPointer) -> Bool {
        count += line.count
        guard count <= Self.limit else { return false }
        let text = line.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        if text.isEmpty {
            // Interim responses (100, 103) are followed by another head.
            isComplete = head.status >= 200
            return true
        }
        return text.starts(with: "HTTP/".utf8) ? readStatus(text) : readField(text)
    }

    private mutating func readStatus(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        let parts = text.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard parts.count >= 2, let status = Int(String(decoding: parts[1], as: UTF8.self)) else { return false }
        head = WebHead(status: status)
        return true
    }

    private mutating func readField(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let isSpace = { (character: UInt8) in character == UInt8(ascii: " ") || character == UInt8(ascii: "\t") }
        var value = text[(colon + 1)...].drop(while: isSpace)
        while let last = value.last, isSpace(last) { value = value.dropLast() }
        head.headers.add(
            String(decoding: text[..<colon], as: UTF8.self).lowercased(), String(decoding: value, as: UTF8.self))
        return true
    }
}
