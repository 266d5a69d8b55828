package enum Method: Sendable, Hashable, CaseIterable {
    case get, head, post, put, patch, delete, options
    /// A method this server gives no meaning to; `RequestHead.methodName` tells which.
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
        self = Self.allCases.first { $0 != .other && bytes.elementsEqual(UnsafeRawBufferPointer($0.name)) } ?? .other
    }
}

extension UnsafeRawBufferPointer {
    init(_ text: StaticString) { self.init(start: text.utf8Start, count: text.utf8CodeUnitCount) }
}
