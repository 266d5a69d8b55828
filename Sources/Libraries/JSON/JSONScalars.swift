// Scanning of strings and numbers.
extension JSONParser {
    mutating func string() throws(JSONError) -> String {
        let quote = text[position]
        position += 1
        let start = position
        skipPlainText(until: quote)
        if byte == quote {
            position += 1
            return String(decoding: text[start..<position - 1], as: UTF8.self)
        }
        var bytes = Array(text[start..<position])
        while let byte, byte != quote {
            guard byte == UInt8(ascii: "\\") else { throw failure("expected no control character in a string") }
            position += 1
            try appendEscape(to: &bytes)
            let plain = position
            skipPlainText(until: quote)
            bytes.append(contentsOf: text[plain..<position])
        }
        guard byte == quote else { throw failure("expected a closing quote") }
        position += 1
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func skipPlainText(until quote: UInt8) {
        while let byte, byte != quote, byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
    }

    private mutating func appendEscape(to bytes: inout [UInt8]) throws(JSONError) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(text[position])
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            return bytes.append(contentsOf: UTF8.encode(try escapedScalar())!)
        case UInt8(ascii: "'") where dialect == .json5: bytes.append(text[position])
        // A backslash at the end of a line continues the string on the next.
        case UInt8(ascii: "\n") where dialect == .json5: break
        default: throw failure("expected one of \"\\/bfnrtu after a backslash")
        }
        position += 1
    }

    /// Decodes `\uXXXX` or a surrogate pair; a lone surrogate is refused.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let start = position
        let first = try fourHexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        if UTF16.isLeadSurrogate(UInt16(first)), text[position...].starts(with: "\\u".utf8) {
            position += 2
            let second = try fourHexDigits()
            if UTF16.isTrailSurrogate(UInt16(second)) {
                return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)!
            }
        }
        position = start
        throw failure("expected both halves of a surrogate pair")
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = hexDigit else { throw failure("expected four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private var hexDigit: UInt8? {
        switch byte {
        case .some(let byte) where isDigit(byte): byte - UInt8(ascii: "0")
        case .some(let byte) where byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"):
            byte | 0x20 - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension JSONParser {
    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        if dialect == .json5, text[position...].starts(with: "0x".utf8) || text[position...].starts(with: "0X".utf8) {
            return try hexadecimal(negative: position > start)
        }
        if byte == UInt8(ascii: "0") { position += 1 } else { try digits() }
        var isWhole = true
        if byte == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            try digits()
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            isWhole = false
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        guard position - start <= limits.numberLength else {
            position = start
            throw failure("expected a number of at most \(limits.numberLength) characters")
        }
        let written = String(decoding: text[start..<position], as: UTF8.self)
        if isWhole, let value = Int64(written) { return .integer(value) }
        return .decimal(written)
    }

    private mutating func digits() throws(JSONError) {
        guard let first = byte, isDigit(first) else { throw failure("expected a digit") }
        while let next = byte, isDigit(next) { position += 1 }
    }

    private mutating func hexadecimal(negative: Bool) throws(JSONError) -> JSONValue {
        position += 2
        var value: Int64 = 0
        guard hexDigit != nil else { throw failure("expected a hexadecimal digit") }
        while let digit = hexDigit {
            guard value >> 59 == 0 else { throw failure("expected an integer of 63 bits") }
            value = value << 4 | Int64(digit)
            position += 1
        }
        return .integer(negative ? -value : value)
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
