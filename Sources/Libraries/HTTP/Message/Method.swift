package enum Method: Sendable, Hashable {
    case get, head, post, put, patch, delete, options
    /// A method unknown to this server; `RequestHead.methodName` tells which.
    case other

    package var name: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .other: "OTHER"
        }
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        func isText(_ text: StaticString) -> Bool {
            for index in 0..<bytes.count where bytes[index] != text.utf8Start[index] { return false }
            return true
        }
        self =
            switch bytes.count {
            case 3 where isText("GET"): .get
            case 3 where isText("PUT"): .put
            case 4 where isText("POST"): .post
            case 4 where isText("HEAD"): .head
            case 5 where isText("PATCH"): .patch
            case 6 where isText("DELETE"): .delete
            case 7 where isText("OPTIONS"): .options
            default: .other
            }
    }
}

extension UnsafeRawBufferPointer {
    init(_ text: StaticString) { self.init(start: text.utf8Start, count: text.utf8CodeUnitCount) }
}
