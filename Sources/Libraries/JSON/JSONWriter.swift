/// Writes JSON straight into a byte buffer, without intermediate values. It places commas and escapes text, so the
/// output is always valid.
///
///     var json = JSONWriter(reserving: 1024)
///     json.object { json in
///         json.member("id", id)
///         json.array("services") { json in for service in services { json.value(service) } }
///     }
package struct JSONWriter: Sendable {
    package internal(set) var bytes: [UInt8]
    private var needsComma = false
    private var namesMembers = false

    package init(reserving capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    package mutating func object<Failure: Error>(
        _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        let outer = open(UInt8(ascii: "{"), namesMembers: true)
        try body(&self)
        close(UInt8(ascii: "}"), namesMembers: outer)
    }

    package mutating func array<Failure: Error>(
        _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        let outer = open(UInt8(ascii: "["), namesMembers: false)
        try body(&self)
        close(UInt8(ascii: "]"), namesMembers: outer)
    }

    /// Writes one value: the document, or an element of the open array.
    package mutating func value(_ value: some JSONWritable) {
        let start = bytes.count
        value.write(to: &self)
        if bytes.count == start { null() }
    }

    package mutating func member(_ name: StaticString, _ value: some JSONWritable) {
        self.name(name)
        self.value(value)
    }

    // Overloads for the commonest types: generics across modules are slow at run time.
    package mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        string(value)
    }

    package mutating func member(_ name: StaticString, _ value: Int) {
        self.name(name)
        integer(Int64(value))
    }

    package mutating func member(named name: String, _ value: some JSONWritable) {
        self.name(name)
        self.value(value)
    }

    /// A text member from UTF-8 bytes that never become a String, such as a column of a database row.
    package mutating func member(_ name: StaticString, utf8 text: UnsafeBufferPointer<UInt8>) {
        self.name(name)
        string(utf8: text)
    }

    /// A text member that needs no escaping, such as an identifier or a date, appended in place by the closure.
    package mutating func member(_ name: StaticString, ascii append: (inout [UInt8]) -> Void) {
        self.name(name)
        needsComma = true
        bytes.append(UInt8(ascii: "\""))
        append(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Ends the document with a newline, for JSON lines.
    package mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    package mutating func object<Failure: Error>(
        _ name: StaticString, _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        self.name(name)
        try object(body)
    }

    package mutating func array<Failure: Error>(
        _ name: StaticString, _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        self.name(name)
        try array(body)
    }

    /// A member's name; the caller writes its value next.
    package mutating func name(_ name: StaticString) {
        assert(namesMembers, "a member outside an object")
        name.withUTF8Buffer { appendName($0, afterComma: needsComma) }
        needsComma = false
    }

    package mutating func name(_ name: String) {
        var name = name
        name.withUTF8 { self.name(utf8: $0) }
    }

    private mutating func name(utf8 name: UnsafeBufferPointer<UInt8>) {
        assert(namesMembers, "a member outside an object")
        separate()
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func open(_ bracket: UInt8, namesMembers inside: Bool) -> Bool {
        separate()
        bytes.append(bracket)
        needsComma = false
        let outside = namesMembers
        namesMembers = inside
        return outside
    }

    private mutating func close(_ bracket: UInt8, namesMembers outside: Bool) {
        bytes.append(bracket)
        needsComma = true
        namesMembers = outside
    }

    /// Writes a comma unless the value is the first.
    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}

extension JSONWriter {
    package mutating func null() {
        separate()
        append("null")
    }

    package mutating func bool(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    package mutating func integer(_ value: Int64) {
        separate()
        var left = value.magnitude
        let length = decimalLength(of: left) + (value < 0 ? 1 : 0)
        bytes.append(addingCapacity: length) { room in
            room.withUnsafeMutableBufferPointer { room, count in
                var position = length
                repeat {
                    position -= 1
                    room[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left % 10)
                    left /= 10
                } while left > 0
                if value < 0 { room[0] = UInt8(ascii: "-") }
                count = length
            }
        }
    }

    /// JSON has neither infinity nor NaN: both become null.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        separate()
        bytes.append(contentsOf: value.description.utf8)
    }

    package mutating func string(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { appendQuoted($0) }
    }

    package mutating func string(_ text: StaticString) {
        separate()
        text.withUTF8Buffer { appendQuoted($0) }
    }

    /// Invalid UTF-8 becomes U+FFFD.
    package mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard firstInvalidUTF8(in: text) == nil else { return string(String(decoding: text, as: UTF8.self)) }
        separate()
        appendQuoted(text)
    }

    /// A number whose text is valid JSON already.
    mutating func number(verbatim text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}

private func decimalLength(of value: UInt64) -> Int {
    var length = 1
    var limit: UInt64 = 10
    while value >= limit {
        length += 1
        if length == 20 { break }
        limit *= 10
    }
    return length
}
