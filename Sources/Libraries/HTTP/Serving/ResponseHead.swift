/// How a response delimits its body.
enum BodyLength {
    case known(Int)
    case chunked
    /// The connection's end is the body's end: HTTP/1.0 has no chunks.
    case untilClose
    /// No body and no length field.
    case none
}

extension Response {
    /// Status line and header fields, or nil when a value contains a control character (response splitting).
    func head(_ length: BodyLength, connection: StaticString?, date: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(320)
        bytes.append("HTTP/1.1 " as StaticString)
        bytes.append(decimal: status.code)
        bytes.append(.space)
        bytes.append(status.reason)
        bytes.append(contentsOf: date)
        if let contentType, !status.hasNoContent {
            bytes.append("\r\nContent-Type: " as StaticString)
            guard bytes.append(fieldValue: contentType.text) else { return nil }
        }
        for field in headers.all {
            bytes.append("\r\n" as StaticString)
            bytes.append(field.name)
            bytes.append(": " as StaticString)
            guard bytes.append(fieldValue: field.value) else { return nil }
        }
        if variesByCoding { bytes.append("\r\nVary: Accept-Encoding" as StaticString) }
        switch length {
        case .known(let count):
            bytes.append("\r\nContent-Length: " as StaticString)
            bytes.append(decimal: count)
        case .chunked: bytes.append("\r\nTransfer-Encoding: chunked" as StaticString)
        case .untilClose, .none: break
        }
        if let connection {
            bytes.append("\r\nConnection: " as StaticString)
            bytes.append(connection)
        }
        bytes.append("\r\n\r\n" as StaticString)
        return bytes
    }

    /// Replaces a response whose head is invalid.
    static var withoutHead: Response {
        .problem(.internalServerError, detail: "A header of the answer held a control character.")
    }
}

extension [UInt8] {
    /// False when the text contains a byte that a field value may not hold.
    fileprivate mutating func append(fieldValue text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var isSafe = true
            for byte in bytes where !byte.isValueCharacter { isSafe = false }
            append(contentsOf: bytes)
            return isSafe
        }
    }
}
