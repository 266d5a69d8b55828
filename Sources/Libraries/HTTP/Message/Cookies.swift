/// A request's cookies, by the strict grammar of RFC 6265 §4.1.1. A pair outside it is ignored.
package struct Cookies: Sendable {
    package let all: [Fields.Field]

    static let limit = 100

    init(_ headers: RequestHeaders) {
        var pairs: [Fields.Field] = []
        headers.forEachValue("cookie") { Self.parse($0, into: &pairs) }
        all = pairs
    }

    /// The value of the only cookie of that name. When two are sent, one was planted from a sibling host; neither is
    /// trusted.
    package subscript(name: String) -> String? {
        let found = all.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    static func parse(_ value: UnsafeRawBufferPointer, into pairs: inout [Fields.Field]) {
        var start = 0
        while start < value.count, pairs.count < limit {
            let end = value.firstIndex(of: UInt8(ascii: ";"), from: start) ?? value.count
            if let pair = pair(UnsafeRawBufferPointer(rebasing: value[start..<end])) { pairs.append(pair) }
            start = end + 1
        }
    }

    private static func pair(_ bytes: UnsafeRawBufferPointer) -> Fields.Field? {
        var bytes = bytes
        if bytes.first == .space { bytes = UnsafeRawBufferPointer(rebasing: bytes[1...]) }
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "="), from: 0), equals > 0,
            bytes[..<equals].allSatisfy(\.isTokenCharacter)
        else { return nil }
        var value = bytes[(equals + 1)...]
        if value.count >= 2, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
            value = value.dropFirst().dropLast()
        }
        guard value.allSatisfy(isCookieOctet) else { return nil }
        return Fields.Field(
            name: String(decoding: bytes[..<equals], as: UTF8.self), value: String(decoding: value, as: UTF8.self))
    }

    private static func isCookieOctet(_ byte: UInt8) -> Bool {
        byte > 32 && byte < 127 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: ",")
            && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "\\")
    }
}
