import Identifiers
import Time

/// A value bindable as a statement's parameter, in binary format.
package protocol Bindable {
    static var parameterType: UInt32 { get }
    /// False for NULL, which has no bytes.
    func bind(into bytes: inout [UInt8]) -> Bool
}

/// A value usable in an array parameter, for `= ANY(…)` and `unnest`.
package protocol BindableElement: Bindable {
    static var arrayType: UInt32 { get }
    static func bindArray(_ values: [Self], into bytes: inout [UInt8])
}

extension BindableElement {
    package static func bindArray(_ values: [Self], into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(values.isEmpty ? 0 : 1))
        let flag = bytes.count
        bytes.appendBigEndian(Int32(0))
        bytes.appendBigEndian(parameterType)
        guard !values.isEmpty else { return }
        bytes.appendBigEndian(Int32(values.count))
        bytes.appendBigEndian(Int32(1))
        for value in values {
            let start = bytes.count
            bytes.appendBigEndian(Int32(-1))
            if value.bind(into: &bytes) {
                let length = UInt32(bytes.count - start - 4)
                for offset in 0..<4 {
                    bytes[start + offset] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * offset))
                }
            } else {
                bytes[flag + 3] = 1
            }
        }
    }
}

extension Array: Bindable where Element: BindableElement {
    package static var parameterType: UInt32 { Element.arrayType }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        Element.bindArray(self, into: &bytes)
        return true
    }
}

extension Optional: Bindable where Wrapped: Bindable {
    package static var parameterType: UInt32 { Wrapped.parameterType }
    package func bind(into bytes: inout [UInt8]) -> Bool { self?.bind(into: &bytes) ?? false }
}

extension Optional: BindableElement where Wrapped: BindableElement {
    package static var arrayType: UInt32 { Wrapped.arrayType }
}

// An array of bytes is one value, not many.
extension UInt8: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.char }
    package static var arrayType: UInt32 { TypeNumber.bytea }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        bytes.append(self)
        return true
    }
    package static func bindArray(_ values: [UInt8], into bytes: inout [UInt8]) { bytes.append(contentsOf: values) }
}

extension Array: BindableElement where Element == UInt8 {
    package static var arrayType: UInt32 { TypeNumber.byteaArray }
}

extension UUID: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.uuid }
    package static var arrayType: UInt32 { TypeNumber.uuidArray }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        append(to: &bytes)
        return true
    }
}

extension ID: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.uuid }
    package static var arrayType: UInt32 { TypeNumber.uuidArray }
    package func bind(into bytes: inout [UInt8]) -> Bool { uuid.bind(into: &bytes) }
}

extension String: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.text }
    package static var arrayType: UInt32 { TypeNumber.textArray }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        bytes.append(contentsOf: utf8)
        return true
    }
}

extension Bool: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.bool }
    package static var arrayType: UInt32 { TypeNumber.boolArray }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        bytes.append(self ? 1 : 0)
        return true
    }
}

extension Int: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.int8 }
    package static var arrayType: UInt32 { TypeNumber.int8Array }
    package func bind(into bytes: inout [UInt8]) -> Bool { Int64(self).bind(into: &bytes) }
}

extension Int64: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.int8 }
    package static var arrayType: UInt32 { TypeNumber.int8Array }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        bytes.appendBigEndian(self)
        return true
    }
}

extension Int32: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.int4 }
    package static var arrayType: UInt32 { TypeNumber.int4Array }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        bytes.appendBigEndian(self)
        return true
    }
}

extension Instant: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.timestamptz }
    package static var arrayType: UInt32 { TypeNumber.timestamptzArray }
    /// Our range's ends become PostgreSQL's infinities; dates outside its range it refuses.
    package func bind(into bytes: inout [UInt8]) -> Bool {
        guard microseconds != .max, microseconds != .min else { return microseconds.bind(into: &bytes) }
        let (since2000, overflow) = microseconds.subtractingReportingOverflow(Epoch.microseconds)
        return (overflow ? .min + 1 : since2000).bind(into: &bytes)
    }
}

extension Day: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.date }
    package static var arrayType: UInt32 { TypeNumber.dateArray }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        guard number != .max, number != .min else { return number.bind(into: &bytes) }
        let (since2000, overflow) = number.subtractingReportingOverflow(Epoch.days)
        return (overflow ? .min + 1 : since2000).bind(into: &bytes)
    }
}

extension JSONText: BindableElement {
    package static var parameterType: UInt32 { TypeNumber.jsonb }
    package static var arrayType: UInt32 { TypeNumber.jsonbArray }
    package func bind(into bytes: inout [UInt8]) -> Bool {
        // The version byte of jsonb's binary format.
        bytes.append(1)
        bytes.append(contentsOf: self.bytes)
        return true
    }
}

// An enum with raw values only has to declare its conformance.
extension Bindable where Self: RawRepresentable, RawValue: Bindable {
    package static var parameterType: UInt32 { RawValue.parameterType }
    package func bind(into bytes: inout [UInt8]) -> Bool { rawValue.bind(into: &bytes) }
}

extension BindableElement where Self: RawRepresentable, RawValue: BindableElement {
    package static var arrayType: UInt32 { RawValue.arrayType }
}

extension [UInt8] {
    mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
