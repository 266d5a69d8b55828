/// The segments of a path, unescaped. `/a/b%20c` has two; `/` has none; `/a/` ends in an empty one.
///
/// Path traversal is impossible: `.` and `..`, escaped or not, and escaped slashes are refused when the head is parsed.
package struct RequestPath: Sendable {
    let bytes: [UInt8]
    let segments: [Place]

    package var count: Int { segments.count }

    package subscript(index: Int) -> String { String(decoding: bytes[segments[index].range], as: UTF8.self) }

    package var all: [String] { segments.indices.map { self[$0] } }

    /// `head` holds the path at `range`.
    init(in head: [UInt8], at range: Range<Int>) throws(RequestError) {
        var places: [Place] = []
        places.reserveCapacity(8)
        var decoded: [UInt8] = []
        let isEscaped = head[range].contains(UInt8(ascii: "%"))
        var start = range.lowerBound + 1
        while start < range.upperBound || (start == range.upperBound && range.count > 1) {
            var end = start
            while end < range.upperBound, head[end] != UInt8(ascii: "/") { end += 1 }
            places.append(
                isEscaped ? try Self.unescape(head, start..<end, onto: &decoded) : Place(start..<end))
            start = end + 1
        }
        bytes = isEscaped ? decoded : head
        segments = places
        for place in places { try refuseClimbing(place) }
    }

    private static func unescape(
        _ head: [UInt8], _ range: Range<Int>, onto decoded: inout [UInt8]
    ) throws(RequestError) -> Place {
        let start = decoded.count
        let isWhole = head.withUnsafeBytes {
            PercentCoding.append(UnsafeRawBufferPointer(rebasing: $0[range]), to: &decoded)
        }
        guard isWhole else { throw .malformed("The path has a broken escape.") }
        // Characters that some programs take for a separator are refused.
        guard !decoded[start...].contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 < 32 })
        else { throw .malformed("The path has an escaped separator or control character.") }
        guard String(validating: decoded[start...], as: UTF8.self) != nil else {
            throw .malformed("The path is not UTF-8.")
        }
        return Place(start..<decoded.count)
    }

    private func refuseClimbing(_ place: Place) throws(RequestError) {
        guard place.count == 1 || place.count == 2, bytes[place.range].allSatisfy({ $0 == UInt8(ascii: ".") })
        else { return }
        throw .malformed("The path has a dot segment.")
    }
}
