import Glibc

/// Conditional GET and HEAD (RFC 9110 §13).
enum Preconditions {
    /// Whether the client's copy is current. An entity tag takes precedence over a date.
    static func isUnchanged(_ headers: RequestHeaders, tag: String?, modified: String?) -> Bool {
        if headers.contains("if-none-match") {
            guard let tag else { return false }
            var isKnown = false
            headers.forEachValue("if-none-match") { value in
                value.forEachListMember { isKnown = isKnown || $0.isText("*") || isSame($0, tag) }
            }
            return isKnown
        }
        guard let modified = modified.flatMap(HTTPDate.seconds),
            let since = headers["if-modified-since"].flatMap(HTTPDate.seconds)
        else { return false }
        return modified <= since
    }

    /// Whether a range may be served: If-Range is missing or matches exactly.
    static func allowsRange(_ headers: RequestHeaders, tag: String?, modified: String?) -> Bool {
        guard let condition = headers["if-range"] else { return true }
        return condition == modified || condition == tag && !condition.utf8.starts(with: "W/".utf8)
    }

    /// Weak comparison.
    private static func isSame(_ member: UnsafeRawBufferPointer, _ tag: String) -> Bool {
        let weak = member.starts(with: "W/".utf8) ? member.dropFirst(2) : member[...]
        return weak.elementsEqual(tag.utf8.starts(with: "W/".utf8) ? tag.utf8.dropFirst(2) : tag.utf8[...])
    }
}
