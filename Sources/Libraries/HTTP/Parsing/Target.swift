/// A parsed request target (RFC 9112 §3.2).
struct Target {
    /// Only in absolute form.
    let authority: Authority?
    /// The path's range in the head; empty for `OPTIONS *`.
    let path: Range<Int>
    let query: Fields

    init(_ head: [UInt8], at range: Range<Int>, of method: Method) throws(RequestError) {
        var path = range
        var named: Authority?
        if head[range.lowerBound] != UInt8(ascii: "/") {
            if range.count == 1, head[range.lowerBound] == UInt8(ascii: "*") {
                guard method == .options else { throw .malformed("Only OPTIONS has the target *.") }
                (authority, self.path, query) = (nil, range.lowerBound..<range.lowerBound, Fields())
                return
            }
            (named, path) = try Self.absolute(head, range, of: method)
        }
        authority = named
        let mark = head[path].firstIndex(of: UInt8(ascii: "?"))
        self.path = path.lowerBound..<(mark ?? path.upperBound)
        guard !head[self.path].contains(UInt8(ascii: "\\")) else { throw .malformed("The path has a backslash.") }
        query =
            try mark.map { mark throws(RequestError) in try Self.query(head, mark + 1..<path.upperBound) } ?? Fields()
    }

    private static func absolute(
        _ head: [UInt8], _ range: Range<Int>, of method: Method
    ) throws(RequestError) -> (Authority, Range<Int>) {
        let schemeLength = ["http://", "https://"].first { scheme in
            head[range].prefix(scheme.utf8.count).elementsEqual(scheme.utf8) { $0.lowercased == $1 }
        }?.utf8.count
        guard let schemeLength, method != .other else {
            if method == .other { throw .notImplemented("The method is not known.") }
            throw .malformed("The target is not a path.")
        }
        let start = range.lowerBound + schemeLength
        let end = head[start..<range.upperBound].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
        let bounds = start..<(end ?? range.upperBound)
        let authority = head.withUnsafeBytes { Authority(UnsafeRawBufferPointer(rebasing: $0[bounds])) }
        guard let authority else { throw .malformed("The target's host is malformed.") }
        return (authority, bounds.upperBound..<range.upperBound)
    }

    private static func query(_ head: [UInt8], _ range: Range<Int>) throws(RequestError) -> Fields {
        // withUnsafeBytes does not pass on a closure's typed error.
        let result = head.withUnsafeBytes { bytes in
            Result { () throws(RequestError) in
                try Fields(urlEncoded: UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
        }
        return try result.get()
    }
}
