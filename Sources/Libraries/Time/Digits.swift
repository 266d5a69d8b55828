// Logs and lists format an instant on every line, so this avoids strings and divisions by variables.
extension [UInt8] {
    /// 0 to 99.
    mutating func append(twoDigits number: Int) {
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 10))
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
    }

    /// 0 to 999.
    mutating func append(threeDigits number: Int) {
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 100))
        append(twoDigits: number % 100)
    }

    /// 0 to 9999.
    mutating func append(fourDigits number: Int) {
        append(twoDigits: number / 100)
        append(twoDigits: number % 100)
    }

    mutating func append(_ letter: Unicode.Scalar) { append(UInt8(ascii: letter)) }

    mutating func append(name: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}
