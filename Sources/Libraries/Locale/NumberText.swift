// Number formatting for a reader.
extension BinaryInteger {
    package func text(for reader: Reader) -> String {
        DecimalNumber(Int64(clamping: self), places: 0).text(for: reader)
    }
}

/// A decimal number, free of binary fractions: 12345 with two places is 123.45.
package struct DecimalNumber: Hashable, Sendable {
    package let digits: Int64
    package let places: Int

    package init(_ digits: Int64, places: Int) {
        precondition((0...18).contains(places), "a decimal number has 0 to 18 places")
        self.digits = digits
        self.places = places
    }

    /// Without trailing zeros.
    package func text(for reader: Reader) -> String {
        let conventions = reader.conventions
        return String { $0.append(self, conventions) }
    }
}

extension Percentage {
    package func text(for reader: Reader) -> String {
        let conventions = reader.conventions
        return String { bytes in
            bytes.append(DecimalNumber(millionths, places: 4), conventions)
            if conventions.spacesPercent { bytes.append("\u{A0}") }
            bytes.append("%")
        }
    }
}

extension String {
    /// Builds a String from bytes.
    init(writing write: (inout [UInt8]) -> Void) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        write(&bytes)
        self.init(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ number: DecimalNumber, _ conventions: Conventions) {
        var (digits, places) = (number.digits, number.places)
        while places > 0, digits % 10 == 0 {
            digits /= 10
            places -= 1
        }
        if digits < 0 { append("-") }
        append(digits.magnitude, places: places, conventions)
    }

    /// Grouped in thousands, with the last `places` digits as decimals.
    mutating func append(_ magnitude: UInt64, places: Int, _ conventions: Conventions) {
        var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var count = 0
        var rest = magnitude
        while rest > 0 || count <= places {
            digits[count] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            count += 1
        }
        let isGrouped = !conventions.groupsFromTenThousand || count - places > 4
        for index in (0..<count).reversed() {
            append(digits[index])
            if isGrouped && index > places && (index - places) % 3 == 0 { append(conventions.group) }
            if index == places && places > 0 { append(conventions.decimal) }
        }
    }

    mutating func append(twoDigits number: Int) {
        append(UInt8(ascii: "0") + UInt8(number / 10))
        append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
