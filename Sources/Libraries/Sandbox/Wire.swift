/// A value that can be sent to a sandbox process and back.
package protocol WireValue: Sendable {
    init(from reader: inout WireReader) throws(WireError)
    func write(to writer: inout WireWriter)
}

/// Malformed bytes.
package struct WireError: Error, Equatable {
    package init() {}
}

package struct WireWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func write(_ value: some WireValue) { value.write(to: &self) }

    fileprivate mutating func append(_ more: some Sequence<UInt8>) { bytes += more }
}

/// Reads what a possibly compromised process has written: every length is checked against the bytes left.
package struct WireReader {
    private let bytes: [UInt8]
    private var place = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package mutating func read<Value: WireValue>(_ type: Value.Type = Value.self) throws(WireError) -> Value {
        try Value(from: &self)
    }

    /// Throws when bytes are left over.
    package func end() throws(WireError) {
        guard place == bytes.count else { throw WireError() }
    }

    package var left: Int { bytes.count - place }

    package mutating func take(_ count: Int) throws(WireError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= left else { throw WireError() }
        defer { place += count }
        return bytes[place..<(place + count)]
    }
}

extension FixedWidthInteger where Self: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        let taken = try reader.take(Self.bitWidth / 8)
        self = taken.reversed().reduce(0) { ($0 << 8) | Self(truncatingIfNeeded: $1) }
    }

    package func write(to writer: inout WireWriter) {
        writer.append((0..<Self.bitWidth / 8).lazy.map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) })
    }
}

extension Int: WireValue {}
extension UInt32: WireValue {}

extension UInt8: WireValue {
    package init(from reader: inout WireReader) throws(WireError) { self = try reader.take(1).first ?? 0 }
    package func write(to writer: inout WireWriter) { writer.append(CollectionOfOne(self)) }
}

extension Bool: WireValue {
    package init(from reader: inout WireReader) throws(WireError) { self = try reader.read(UInt8.self) != 0 }
    package func write(to writer: inout WireWriter) { writer.write(UInt8(self ? 1 : 0)) }
}

extension Double: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        self = Double(bitPattern: UInt64(truncatingIfNeeded: try reader.read(Int.self)))
    }

    package func write(to writer: inout WireWriter) { writer.write(Int(truncatingIfNeeded: bitPattern)) }
}

extension String: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        let taken = try reader.take(try reader.read())
        guard let text = String(validating: taken, as: UTF8.self) else { throw WireError() }
        self = text
    }

    package func write(to writer: inout WireWriter) {
        writer.write(utf8.count)
        writer.append(utf8)
    }
}

extension Optional: WireValue where Wrapped: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        self = try reader.read(Bool.self) ? try reader.read(Wrapped.self) : nil
    }

    package func write(to writer: inout WireWriter) {
        writer.write(self != nil)
        if let self { writer.write(self) }
    }
}

extension Array: WireValue where Element: WireValue {
    package init(from reader: inout WireReader) throws(WireError) {
        let count = try reader.read(Int.self)
        // Every element takes at least a byte.
        guard count >= 0, count <= reader.left else { throw WireError() }
        self = []
        if Element.self == UInt8.self {
            self = unsafeBitCast(Array<UInt8>(try reader.take(count)), to: [Element].self)
        } else {
            for _ in 0..<count { append(try reader.read()) }
        }
    }

    package func write(to writer: inout WireWriter) {
        writer.write(count)
        if Element.self == UInt8.self {
            writer.append(unsafeBitCast(self, to: [UInt8].self))
        } else {
            for element in self { writer.write(element) }
        }
    }
}

/// An enumeration without associated values, sent as its raw number.
package protocol WireWord: WireValue, RawRepresentable<UInt8> {}

extension WireWord {
    package init(from reader: inout WireReader) throws(WireError) {
        guard let word = Self(rawValue: try reader.read()) else { throw WireError() }
        self = word
    }

    package func write(to writer: inout WireWriter) { writer.write(rawValue) }
}

/// An enumeration sent as its raw name.
package protocol WireName: WireValue, RawRepresentable<String> {}

extension WireName {
    package init(from reader: inout WireReader) throws(WireError) {
        guard let name = Self(rawValue: try reader.read()) else { throw WireError() }
        self = name
    }

    package func write(to writer: inout WireWriter) { writer.write(rawValue) }
}
