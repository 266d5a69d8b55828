import Glibc
import Identifiers
import Time

/// A value readable from a column's binary format.
package protocol ColumnReadable {
    /// Nil when the column's type does not match, or its bytes are invalid.
    static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Self?
    /// The value for NULL; nil where a NULL is an error.
    static var null: Self? { get }
}

/// A value readable from an array column.
package protocol ReadableElement: ColumnReadable {
    static func readArray(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> [Self]?
}

extension ColumnReadable {
    package static var null: Self? { nil }
}

extension ReadableElement {
    package static func readArray(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> [Self]? {
        guard bytes.count >= 12 else { return nil }
        let dimensions = bytes.bigEndian(Int32.self, at: 0)
        let elementType = bytes.bigEndian(UInt32.self, at: 8)
        if dimensions == 0 { return [] }
        guard dimensions == 1, bytes.count >= 20 else { return nil }
        var values: [Self] = []
        let count = Int(bytes.bigEndian(Int32.self, at: 12))
        values.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            guard offset + 4 <= bytes.count else { return nil }
            let length = Int(bytes.bigEndian(Int32.self, at: offset))
            offset += 4
            guard length >= 0 else {
                guard let null = Self.null else { return nil }
                values.append(null)
                continue
            }
            guard offset + length <= bytes.count else { return nil }
            let element = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            guard let value = Self.read(element, type: elementType) else { return nil }
            values.append(value)
            offset += length
        }
        return values
    }
}

extension Optional: ColumnReadable where Wrapped: ColumnReadable {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Wrapped?? {
        guard let value = Wrapped.read(bytes, type: type) else { return nil }
        return .some(value)
    }
    package static var null: Wrapped?? { .some(nil) }
}

extension Optional: ReadableElement where Wrapped: ReadableElement {}

extension Array: ColumnReadable where Element: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> [Element]? {
        Element.readArray(bytes, type: type)
    }
}

// An array of bytes is one value, not many.
extension UInt8: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> UInt8? {
        type == TypeNumber.char && bytes.count == 1 ? bytes[0] : nil
    }
    package static func readArray(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> [UInt8]? {
        type == TypeNumber.bytea ? Array(bytes) : nil
    }
}

extension Array: ReadableElement where Element == UInt8 {}

extension UUID: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> UUID? {
        type == TypeNumber.uuid ? UUID(bytes: bytes) : nil
    }
}

extension ID: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> ID? {
        UUID.read(bytes, type: type).map { ID($0) }
    }
}

extension String: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> String? {
        guard let text = textBytes(bytes, type: type) else { return nil }
        // The server guarantees valid UTF-8.
        guard text.count <= 15, let start = text.baseAddress else { return String(decoding: text, as: UTF8.self) }
        // A short text, as most are, fits into the String's inline storage.
        return String(unsafeUninitializedCapacity: text.count) { room in
            memcpy(room.baseAddress!, start, text.count)
            return text.count
        }
    }

    /// The characters of a column of text or JSON.
    static func textBytes(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> UnsafeRawBufferPointer? {
        switch type {
        case TypeNumber.text, TypeNumber.varchar, TypeNumber.bpchar, TypeNumber.name, TypeNumber.char, TypeNumber.json:
            bytes
        case TypeNumber.jsonb: bytes.first == 1 ? UnsafeRawBufferPointer(rebasing: bytes.dropFirst()) : nil
        default: nil
        }
    }
}

extension Bool: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Bool? {
        type == TypeNumber.bool && bytes.count == 1 ? bytes[0] != 0 : nil
    }
}

extension Int64: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Int64? {
        switch (type, bytes.count) {
        case (TypeNumber.int8, 8): bytes.bigEndian(Int64.self, at: 0)
        case (TypeNumber.int4, 4): Int64(bytes.bigEndian(Int32.self, at: 0))
        case (TypeNumber.int2, 2): Int64(bytes.bigEndian(Int16.self, at: 0))
        default: nil
        }
    }
}

extension Int: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Int? {
        Int64.read(bytes, type: type).map { Int($0) }
    }
}

extension Int32: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Int32? {
        type == TypeNumber.int8 ? nil : Int64.read(bytes, type: type).map { Int32($0) }
    }
}

extension Instant: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Instant? {
        guard type == TypeNumber.timestamptz, bytes.count == 8 else { return nil }
        let since2000 = bytes.bigEndian(Int64.self, at: 0)
        if since2000 == .max || since2000 == .min { return Instant(microseconds: since2000) }
        let (since1970, overflow) = since2000.addingReportingOverflow(Epoch.microseconds)
        return overflow ? nil : Instant(microseconds: since1970)
    }
}

extension Day: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Day? {
        guard type == TypeNumber.date, bytes.count == 4 else { return nil }
        let since2000 = bytes.bigEndian(Int32.self, at: 0)
        if since2000 == .max || since2000 == .min { return Day(number: since2000) }
        let (since1970, overflow) = since2000.addingReportingOverflow(Epoch.days)
        return overflow ? nil : Day(number: since1970)
    }
}

extension JSONText: ReadableElement {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> JSONText? {
        guard type == TypeNumber.json || type == TypeNumber.jsonb else { return nil }
        return String.textBytes(bytes, type: type).map { JSONText(Array($0)) }
    }
}

// An enum with raw values only has to declare its conformance; an unknown value is an error.
extension ColumnReadable where Self: RawRepresentable, RawValue: ColumnReadable {
    package static func read(_ bytes: UnsafeRawBufferPointer, type: UInt32) -> Self? {
        RawValue.read(bytes, type: type).flatMap { Self(rawValue: $0) }
    }
}

extension UnsafeRawBufferPointer {
    func bigEndian<Number: FixedWidthInteger>(_: Number.Type, at offset: Int) -> Number {
        Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
