/// A range of a head, which is never longer than 64 kB.
struct Place: Sendable {
    let start: UInt16
    let count: UInt16

    init(_ range: Range<Int>) {
        start = UInt16(range.lowerBound)
        count = UInt16(range.count)
    }

    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// The header fields of a request, unparsed; strings are made only on demand.
package struct RequestHeaders: Sendable {
    struct Field: Sendable {
        let name: Place
        let value: Place
    }

    let bytes: [UInt8]
    let fields: [Field]

    package var count: Int { fields.count }

    /// The first field of that name, in lower case.
    package subscript(name: StaticString) -> String? {
        withValue(name) { String(decoding: $0, as: UTF8.self) }
    }

    package func all(_ name: StaticString) -> [String] {
        var values: [String] = []
        forEachValue(name) { values.append(String(decoding: $0, as: UTF8.self)) }
        return values
    }

    package func contains(_ name: StaticString) -> Bool { withValue(name) { _ in true } ?? false }

    func withValue<Result>(_ name: StaticString, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        bytes.withUnsafeBytes { head in
            for field in fields where field.isNamed(name, in: head) {
                return body(UnsafeRawBufferPointer(rebasing: head[field.value.range]))
            }
            return nil
        }
    }

    func forEachValue(_ name: StaticString, _ body: (UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes { head in
            for field in fields where field.isNamed(name, in: head) {
                body(UnsafeRawBufferPointer(rebasing: head[field.value.range]))
            }
        }
    }
}

extension RequestHeaders.Field {
    @inline(__always) func isNamed(_ text: StaticString, in head: UnsafeRawBufferPointer) -> Bool {
        Int(name.count) == text.utf8CodeUnitCount
            && UnsafeRawBufferPointer(rebasing: head[name.range]).isText(text)
    }
}
