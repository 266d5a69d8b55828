/// Accepts only self-contained SVGs. An embedded image could be a decompression bomb, and another encoding could hide
/// one.
enum PlainSVG {
    static let mostBytes = 256 * 1024

    static func isPlain(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= mostBytes else { return false }
        let text = bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        if contains("<!doctype", text) || contains("<!entity", text) || contains("xinclude", text) { return false }
        if contains("<image", text) || contains(":image", text) || contains("feimage", text) { return false }
        let head = Array(text.prefix(200))
        return !contains("encoding", head) || contains("\"utf-8\"", head) || contains("'utf-8'", head)
    }

    /// Whether the file is an SVG: other formats have a signature.
    static func isDrawing(_ bytes: [UInt8]) -> Bool {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return bytes[start...].first { $0 > 0x20 } == UInt8(ascii: "<")
    }

    private static func contains(_ word: StaticString, _ text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { text in
            let length = word.utf8CodeUnitCount
            guard text.count >= length else { return false }
            for start in 0...(text.count - length) where text[start] == word.utf8Start[0] {
                if (1..<length).allSatisfy({ text[start + $0] == word.utf8Start[$0] }) { return true }
            }
            return false
        }
    }
}
