/// Writes status line and header fields.
struct ResponseHead {
    enum Length {
        case known(Int)
        case chunked
        /// The body ends with the connection: HTTP/1.0 knows no chunks.
        case untilClose
        /// No body and no word of one.
        case none
    }

    let status: Status
    let contentType: ContentType?
    let headers: ResponseHeaders
    let length: Length
    let connection: StaticString?

    func bytes(date: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(320)
        bytes.append("HTTP/1.1 " as StaticString)
        bytes.append(decimal: status.code)
        bytes.append(.space)
        bytes.append(status.reason)
        bytes.append(contentsOf: date)
        if let contentType {
            bytes.append("\r\nContent-Type: " as StaticString)
            bytes.append(contentType.text)
        }
        for field in headers.all {
            bytes.append("\r\n" as StaticString)
            bytes.append(field.name)
            bytes.append(": " as StaticString)
            bytes.append(field.value)
        }
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
}
