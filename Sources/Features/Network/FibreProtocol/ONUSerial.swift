/// The serial number of a GPON unit: four letters of the vendor and four bytes. Every spelling becomes `HWTC11E70E9A`.
package struct ONUSerial: Sendable, Hashable {
    package let text: String

    /// Reads `HWTC11E70E9A`, `HWTC-11E70E9A` and `4857544311E70E9A`.
    package init?(_ typed: some StringProtocol) {
        let bytes = Array(typed.utf8).filter { $0 != 0x20 && $0 != 0x2D && $0 != 0x3A }.map(Self.upper)
        if bytes.count == 16, bytes.allSatisfy({ Self.digit($0) != nil }) {
            var vendor: [UInt8] = []
            for index in stride(from: 0, to: 8, by: 2) {
                guard let high = Self.digit(bytes[index]), let low = Self.digit(bytes[index + 1]) else { return nil }
                vendor.append(Self.upper(high << 4 | low))
            }
            guard vendor.allSatisfy(Self.isLetter) else { return nil }
            text = String(decoding: vendor + bytes[8...], as: UTF8.self)
            return
        }
        guard bytes.count == 12, bytes[..<4].allSatisfy(Self.isLetter),
            bytes[4...].allSatisfy({ Self.digit($0) != nil })
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    package var vendor: String { String(text.prefix(4)) }
    package var tail: String { String(text.suffix(8)) }
    /// Sixteen hexadecimal digits, as Huawei writes it.
    package var hexadecimal: String {
        let digits = Array("0123456789ABCDEF".utf8)
        let head = vendor.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: head, as: UTF8.self) + tail
    }

    /// Capital letters and digits both count: vendors register codes such as `ZXIC` and `D0PN`.
    private static func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte || 0x30...0x39 ~= byte }

    private static func upper(_ byte: UInt8) -> UInt8 { 0x61...0x7A ~= byte ? byte - 32 : byte }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        default: nil
        }
    }
}
