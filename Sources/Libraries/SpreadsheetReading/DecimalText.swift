/// A number from a file as plain digits without an exponent: `5.512345678E9` is 5512345678.
struct DecimalText {
    let text: String

    /// Nothing within a double's precision of 17 digits is rounded.
    private static let mostDigits = 40

    /// Nil for anything but a number that a cell can show.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        var place = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { place = 1 }
        var digits: [UInt8] = []
        var point: Int?
        while place < bytes.count, bytes[place] == UInt8(ascii: ".") || (0x30...0x39).contains(bytes[place]) {
            if bytes[place] == UInt8(ascii: ".") {
                guard point == nil else { return nil }
                point = digits.count
            } else {
                digits.append(bytes[place])
            }
            place += 1
        }
        guard !digits.isEmpty, digits.count <= Self.mostDigits else { return nil }
        var exponent = 0
        if place < bytes.count {
            guard bytes[place] == UInt8(ascii: "E") || bytes[place] == UInt8(ascii: "e"),
                let given = Int(String(decoding: bytes[(place + 1)...], as: UTF8.self)), abs(given) <= Self.mostDigits
            else { return nil }
            exponent = given
        }
        self.text = Self.text(isNegative, digits, point: (point ?? digits.count) + exponent)
    }

    private static func text(_ isNegative: Bool, _ digits: [UInt8], point: Int) -> String {
        let zero = UInt8(ascii: "0")
        let padded =
            Array(repeating: zero, count: max(0, 1 - point)) + digits
            + Array(repeating: zero, count: max(0, point - digits.count))
        let split = max(1, point)
        let whole = padded[..<split].drop { $0 == zero }
        var rest = padded[split...]
        while rest.last == zero { rest.removeLast() }
        let number =
            (whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self))
            + (rest.isEmpty ? "" : "." + String(decoding: rest, as: UTF8.self))
        return isNegative && number != "0" ? "-" + number : number
    }
}
