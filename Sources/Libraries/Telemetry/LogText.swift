/// Makes text safe to show: truncated, and with C1 controls, DEL and direction marks, which could steer a terminal or
/// reorder the line, spelt out. C0 controls are escaped by the format.
func visible(_ text: String) -> String {
    let isShort = text.utf8.count <= longestValue
    if isShort && !mayHide(text) { return text }
    var shown = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars {
        length += UTF8.width(scalar)
        if length > longestValue {
            shown.append("…")
            break
        }
        if hides(scalar) { shown.append(contentsOf: spelt(scalar)) } else { shown.append(scalar) }
    }
    return String(shown)
}

/// A value in a human-readable line: bare when a single plain word, else quoted and escaped, so that it cannot pass for
/// another field or line.
func quotedIfNeeded(_ text: String) -> String {
    let text = visible(text)
    let isWord = text.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") && $0 != 0x5C }
    if isWord && !text.isEmpty { return text }
    var quoted = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\": quoted.append(contentsOf: ["\\", scalar])
        case "\n": quoted.append(contentsOf: ["\\", "n"])
        case "\r": quoted.append(contentsOf: ["\\", "r"])
        case "\t": quoted.append(contentsOf: ["\\", "t"])
        case _ where scalar.value < 0x20: quoted.append(contentsOf: spelt(scalar))
        default: quoted.append(scalar)
        }
    }
    quoted.append("\"")
    return String(quoted)
}

private let longestValue = 4096

private func hides(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xE0000...0xE007F: true
    default: false
    }
}

/// Whether the text contains a byte that such a character starts with. Plain ASCII is skipped eight bytes at a time.
private func mayHide(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { text in
        let bytes = UnsafeRawBufferPointer(text)
        var position = 0
        while position + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            // The high bit marks non-ASCII bytes, and DEL once one is added.
            if (word | word &+ 0x0101_0101_0101_0101) & 0x8080_8080_8080_8080 != 0 { break }
            position += 8
        }
        return bytes[position...].contains(where: begins)
    }
}

private func begins(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x7F, 0xC2, 0xD8, 0xE2, 0xEF, 0xF3: true
    default: false
    }
}

private func spelt(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    "<U+\(String(scalar.value, radix: 16, uppercase: true))>".unicodeScalars
}
