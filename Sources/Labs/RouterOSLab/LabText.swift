/// Words as text. RouterOS stores bytes; those that are not UTF-8 are mapped to U+F780 to U+F7FF and back.
enum LabText {
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self), !hasCarriedBytes(text) { return text }
        var text = ""
        for byte in bytes {
            text.unicodeScalars.append(byte < 0x80 ? Unicode.Scalar(byte) : Unicode.Scalar(0xF700 + UInt32(byte))!)
        }
        return text
    }

    /// Whether a client really sent such a character, which must come back unchanged.
    private static func hasCarriedBytes(_ text: String) -> Bool {
        text.utf8.contains(0xEF) && text.unicodeScalars.contains { (0xF780...0xF7FF).contains($0.value) }
    }

    static func append(_ text: String, to bytes: inout [UInt8]) {
        // 0xEF is the first byte of all of U+F780 to U+F7FF.
        guard text.utf8.contains(0xEF) else { return bytes.append(contentsOf: text.utf8) }
        for scalar in text.unicodeScalars {
            if (0xF780...0xF7FF).contains(scalar.value) {
                bytes.append(UInt8(scalar.value - 0xF700))
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar)!)
            }
        }
    }

    static func count(_ text: String) -> Int {
        guard text.utf8.contains(0xEF) else { return text.utf8.count }
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes.count
    }
}
