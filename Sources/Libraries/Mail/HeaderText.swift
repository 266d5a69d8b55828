import Crypto

/// People's words in a header (RFC 2047): anything long, not plain ASCII, or special to a mail program becomes encoded
/// words, so that no value can end its line (header injection).
enum HeaderText {
    /// A subject.
    static func unstructured(_ text: String) -> String {
        let line = visible(text)
        let isPlain = line.utf8.count <= 60 && line.utf8.allSatisfy { 0x20...0x7E ~= $0 } && !line.contains("=?")
        return isPlain ? line : encoded(line)
    }

    /// A display name.
    static func phrase(_ text: String) -> String {
        let line = visible(text)
        let isPlain =
            line.utf8.count <= 60
            && line.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        return isPlain ? line : encoded(line)
    }

    /// Without line breaks and characters that change the text direction.
    private static func visible(_ text: String) -> String {
        let kept = text.unicodeScalars.filter {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(kept))
    }

    /// Encoded words of at most 76 characters a line that split no character.
    private static func encoded(_ text: String) -> String {
        var words: [[UInt8]] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 39 bytes make 52 characters of base64, plus 12 around them and the header's name before.
            if let last = words.last, last.count + bytes.count <= 39 {
                words[words.count - 1] += bytes
            } else {
                words.append(bytes)
            }
        }
        return words.map { "=?UTF-8?B?\(Base64.standard.encode($0))?=" }.joined(separator: "\r\n ")
    }
}
