import Glibc

extension JSONWriter {
    /// A name from our source, which needs no escaping.
    mutating func appendName(_ name: UnsafeBufferPointer<UInt8>, afterComma: Bool) {
        assert(firstToEscape(in: name, from: 0) == name.count, "a name that would have to be escaped")
        bytes.append(addingCapacity: name.count + 4) { room in
            room.withUnsafeMutableBufferPointer { room, count in
                func put(_ character: UInt8) {
                    room[count] = character
                    count += 1
                }
                if afterComma { put(UInt8(ascii: ",")) }
                put(UInt8(ascii: "\""))
                if let start = name.baseAddress { memcpy(room.baseAddress! + count, start, name.count) }
                count += name.count
                put(UInt8(ascii: "\""))
                put(UInt8(ascii: ":"))
            }
        }
    }

    /// Quotes the text. Almost all text is clean and is copied whole.
    mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        let clean = firstToEscape(in: text, from: 0)
        guard clean == text.count else { return appendQuotedAndEscaped(text, cleanUpTo: clean) }
        bytes.append(addingCapacity: text.count + 2) { room in
            room.withUnsafeMutableBufferPointer { room, count in
                room[0] = UInt8(ascii: "\"")
                if let start = text.baseAddress { memcpy(room.baseAddress! + 1, start, text.count) }
                room[text.count + 1] = UInt8(ascii: "\"")
                count = text.count + 2
            }
        }
    }

    private mutating func appendQuotedAndEscaped(_ text: UnsafeBufferPointer<UInt8>, cleanUpTo clean: Int) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        var position = clean
        while position < text.count {
            bytes.append(contentsOf: text[start..<position])
            start = position + appendEscape(of: text, at: position)
            position = firstToEscape(in: text, from: start)
        }
        bytes.append(contentsOf: text[start...])
        bytes.append(UInt8(ascii: "\""))
    }

    /// Returns how many bytes of the text the escape replaces.
    private mutating func appendEscape(of text: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        let byte = text[position]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
        case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
        case 0xE2:
            // U+2028 and U+2029 end a line in old JavaScript; everything else that begins with E2 is plain text.
            guard position + 2 < text.count, text[position + 1] == 0x80, text[position + 2] & 0xFE == 0xA8 else {
                bytes.append(byte)
                return 1
            }
            bytes.append(contentsOf: (text[position + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
            return 3
        default:
            bytes.append(contentsOf: "\\u00".utf8)
            bytes += [hexDigit(byte >> 4), hexDigit(byte & 15)]
        }
        return 1
    }
}

/// The index of the first byte from `start` that JSON must escape, or the text's length. Eight bytes at a time; E2 is
/// reported because U+2028 begins with it.
private func firstToEscape(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    let raw = UnsafeRawBufferPointer(text)
    while position + 8 <= raw.count {
        let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        let control = (word &- 0x2020_2020_2020_2020) & ~word
        let quote = zeroByte(word ^ 0x2222_2222_2222_2222)
        let backslash = zeroByte(word ^ 0x5C5C_5C5C_5C5C_5C5C)
        let separator = zeroByte(word ^ 0xE2E2_E2E2_E2E2_E2E2)
        let found = (control | quote | backslash | separator) & 0x8080_8080_8080_8080
        if found != 0 { return position + found.trailingZeroBitCount / 8 }
        position += 8
    }
    while position < raw.count {
        let byte = raw[position]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0xE2 { break }
        position += 1
    }
    return position
}

/// Sets the high bit of each zero byte (and perhaps of bytes above the first).
@inline(__always)
private func zeroByte(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word }

private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}

/// The index of the first invalid UTF-8 byte.
func firstInvalidUTF8(in text: UnsafeBufferPointer<UInt8>) -> Int? {
    do {
        _ = try UTF8Span(validating: text.span)
        return nil
    } catch {
        return error.byteOffsets.lowerBound
    }
}
