/// Whether two references are one: read whole, cut off at an end, or with a digit or two read wrong.
package enum ReceiptReference {
    /// Letters that are read for one another.
    private static func plain(_ reference: String) -> [UInt8] {
        reference.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "O"), UInt8(ascii: "Q"), UInt8(ascii: "D"): UInt8(ascii: "0")
            case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
            case UInt8(ascii: "S"): UInt8(ascii: "5")
            case UInt8(ascii: "B"): UInt8(ascii: "8")
            case UInt8(ascii: "Z"): UInt8(ascii: "2")
            case UInt8(ascii: "G"): UInt8(ascii: "6")
            default: byte
            }
        }
    }

    package static func areAlike(_ one: String, _ other: String) -> Bool {
        let (one, other) = (plain(one), plain(other))
        let (short, long) = one.count <= other.count ? (one, other) : (other, one)
        guard short.count >= 5 else { return false }
        if long.count > short.count {
            return long.starts(with: short) || long.suffix(short.count).elementsEqual(short)
        }
        let different = zip(short, long).filter { $0 != $1 }.count
        return different == 0 || different == 1 && short.count >= 10
    }
}
