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

    /// Whether some path matches both patterns without either being more specific.
    func isAmbiguous(with other: RoutePattern) -> Bool {
        guard method == other.method, segments.count == other.segments.count else { return false }
        var (isTighter, isLooser) = (false, false)
        for (mine, theirs) in zip(segments, other.segments) where mine != theirs {
            if mine != .parameter && theirs != .parameter { return false }
            if theirs == .parameter { isTighter = true } else { isLooser = true }
        }
        return isTighter == isLooser
    }
}
