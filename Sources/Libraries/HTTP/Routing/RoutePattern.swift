/// A parsed `/customers/:id/notes`.
struct RoutePattern: Sendable, CustomStringConvertible {
    enum Segment: Sendable, Equatable {
        case literal([UInt8])
        case parameter
    }

    let method: Method
    let text: String
    let segments: [Segment]
    let parameters: [(name: String, position: Int)]

    init(_ text: StaticString, method: Method) {
        self.method = method
        self.text = text.description
        precondition(self.text.utf8.first == UInt8(ascii: "/"), "\(method.name) \(text): a path begins with a slash")
        let parts = self.text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let names = self.text == "/" ? [] : parts.map { String(decoding: $0, as: UTF8.self) }
        precondition(!names.contains(""), "\(method.name) \(text): a segment is empty")
        segments = names.map { $0.utf8.first == UInt8(ascii: ":") ? .parameter : .literal(Array($0.utf8)) }
        parameters = names.enumerated().compactMap { position, name in
            name.utf8.first == UInt8(ascii: ":") ? (String(name.dropFirst()), position) : nil
        }
    }

    var description: String { "\(method.name) \(text)" }
}
