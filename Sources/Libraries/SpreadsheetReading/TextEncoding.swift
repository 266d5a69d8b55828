import Spreadsheets

/// Converts text to UTF-8 from its byte order mark's encoding or a detected one.
package enum TextEncoding {
    package static func utf8(of file: [UInt8]) throws(SpreadsheetFault) -> [UInt8] {
        if file.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(file.dropFirst(3)) }
        if file.starts(with: [0xFF, 0xFE]) { return utf8(ofUTF16: file.dropFirst(2), high: 1) }
        if file.starts(with: [0xFE, 0xFF]) { return utf8(ofUTF16: file.dropFirst(2), high: 0) }
        if let high = highByteOfUTF16(file) { return utf8(ofUTF16: file[...], high: high) }
        // A zero byte means an image, a PDF or a program.
        guard !file.contains(0) else { throw .unknownKind }
        if String(validating: file, as: UTF8.self) != nil { return file }
        // Windows-1252, used in Western Europe and America.
        return Array(String(String.UnicodeScalarView(file.map { windowsScalar($0) })).utf8)
    }

    /// Latin text in UTF-16 has a zero in every other byte.
    private static func highByteOfUTF16(_ file: [UInt8]) -> Int? {
        guard file.count >= 8, file.count % 2 == 0 else { return nil }
        return [1, 0].first { high in
            (0..<min(file.count, 64)).allSatisfy { (file[$0] == 0) == ($0 % 2 == high) }
        }
    }

    private static func utf8(ofUTF16 bytes: ArraySlice<UInt8>, high: Int) -> [UInt8] {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { place in
            UInt16(bytes[place + high]) << 8 | UInt16(bytes[place + 1 - high])
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func windowsScalar(_ byte: UInt8) -> Unicode.Scalar {
        (0x80..<0xA0).contains(byte) ? windowsScalars[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }

    /// Windows-1252's characters in place of Latin-1's control characters.
    private static let windowsScalars = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
}
