/// The header fields of a part.
struct PartHead: Equatable {
    let field: String
    /// Nil for a text field; "" for a file field left empty.
    let fileName: String?
    let contentType: String?

    init(_ bytes: [UInt8]) throws(RequestError) {
        var disposition: [UInt8]?
        var type: String?
        for (name, value) in try Self.lines(bytes) {
            if Self.isText(name, "content-disposition") {
                guard disposition == nil else { throw Self.malformed }
                disposition = value
            } else if Self.isText(name, "content-type") {
                type = String(decoding: value, as: UTF8.self)
            } else if Self.isText(name, "content-transfer-encoding") {
                guard Self.isText(value, "binary") || Self.isText(value, "8bit") else { throw Self.malformed }
            }
        }
        guard let disposition, Self.isFormData(disposition), let named = Self.parameter("name", of: disposition),
            let field = String(validating: named, as: UTF8.self)
        else { throw Self.malformed }
        self.field = field
        fileName = Self.parameter("filename", of: disposition).map(FileName.cleaned)
        contentType = type
    }

    private static var malformed: RequestError { .malformed("The head of a part is malformed.") }

    private static func lines(_ bytes: [UInt8]) throws(RequestError) -> [(name: [UInt8], value: [UInt8])] {
        var lines: [(name: [UInt8], value: [UInt8])] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: .carriageReturn) ?? bytes.count
            guard end == bytes.count || end + 1 < bytes.count && bytes[end + 1] == .lineFeed,
                let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")), colon > start,
                bytes[start..<colon].allSatisfy(\.isTokenCharacter),
                bytes[(colon + 1)..<end].allSatisfy(\.isValueCharacter)
            else { throw malformed }
            let value = bytes[(colon + 1)..<end].withUnsafeBytes { Array($0.trimmed()) }
            lines.append((Array(bytes[start..<colon]), value))
            start = end + 2
        }
        return lines
    }

    private static func isFormData(_ disposition: [UInt8]) -> Bool {
        isText(Array(disposition.prefix { $0 != UInt8(ascii: ";") && !$0.isBlank }), "form-data")
    }

    private static func parameter(_ name: StaticString, of disposition: [UInt8]) -> [UInt8]? {
        guard let start = disposition.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        return disposition[start...].withUnsafeBytes { HeaderParameters.value(of: name, in: $0) }
    }

    private static func isText(_ bytes: [UInt8], _ text: StaticString) -> Bool {
        bytes.withUnsafeBytes { $0.isText(text) }
    }
}
