/// A `bit varying` parameter, the first bit in the highest bit of the first byte.
package struct BitString: Sendable, BindableElement {
    package let bytes: [UInt8]
    package let count: Int

    package init(bytes: [UInt8], count: Int) {
        precondition(bytes.count == (count + 7) / 8, "\(count) bits do not fill \(bytes.count) bytes")
        (self.bytes, self.count) = (bytes, count)
    }

    package static var parameterType: UInt32 { TypeNumber.varbit }
    package static var arrayType: UInt32 { TypeNumber.varbitArray }

    package func bind(into bytes: inout [UInt8]) -> Bool {
        bytes.appendBigEndian(Int32(count))
        bytes.append(contentsOf: self.bytes)
        return true
    }
}
