/// The decimal separator.
package enum DecimalMark: String, Sendable, CaseIterable {
    case point
    case comma

    fileprivate var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
}

package enum AmountFault: Error, Equatable {
    case notAnAmount
    /// More non-zero decimals than the currency has.
    case tooManyDecimals
    case tooLarge
}

/// An amount as banks write it: `$ 1,234.50`, `(1.234,50)`, `1 234,50-`, `100.00 DR`.
package struct WrittenAmount: Equatable {
    package let isNegative: Bool
    /// Digits, points, commas, and `'` for any other thousands separator.
    private let core: [UInt8]

    /// The largest amount, in minor units.
    package static let most: Int64 = 1_000_000_000_000

    private static let symbols: Set<String> = [
        "", "$", "us$", "u$s", "r$", "s/", "s/.", "bs", "bs.", "rd$", "b/.", "q", "l", "c$", "₡", "₲", "gs", "gs.", "€",
        "mxn", "cop", "pen", "ars", "clp", "usd", "brl", "eur", "gtq", "hnl", "nio", "crc", "pab", "dop", "ves", "bob",
        "pyg", "uyu", "cup", "mn", "m.n.",
    ]
    private static let credits: Set<String> = ["cr", "c", "h"]
    private static let debits: Set<String> = ["dr", "db", "d"]

    package init?(_ text: String) {
        var text = text
        let read: (Bool, [UInt8])? = text.withUTF8 { bytes in
            guard bytes.count <= 60, var first = bytes.firstIndex(where: \.isDigit),
                let last = bytes.lastIndex(where: \.isDigit)
            else { return nil }
            // `.50`
            if first > 0, [UInt8(ascii: "."), UInt8(ascii: ",")].contains(bytes[first - 1]),
                first == 1 || !bytes[first - 2].isLetter
            {
                first -= 1
            }
            guard let core = Self.core(bytes[first...last]),
                let isNegative = Self.isNegative(before: bytes[..<first], after: bytes[(last + 1)...])
            else { return nil }
            return (isNegative, core)
        }
        guard let read else { return nil }
        (isNegative, core) = read
    }

    /// Nil where an amount cannot have such text around its digits.
    private static func isNegative(
        before: Slice<UnsafeBufferPointer<UInt8>>, after: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Bool? {
        if before.isEmpty, after.isEmpty { return false }
        var (front, back) = (word(before), word(after))
        var signs = 0
        func takeSign(_ signed: inout String) {
            for sign in ["-", "−", "+"] where signed.contains(sign) {
                signed.remove(at: signed.firstIndex(of: Character(sign))!)
                signs += sign == "+" ? 10 : 1
            }
        }
        takeSign(&front)
        takeSign(&back)
        if let open = front.firstIndex(of: "("), back.last == ")" {
            front.remove(at: open)
            back.removeLast()
            signs += 1
        }
        guard signs <= 1 || signs == 10, symbols.contains(front) else { return nil }
        if debits.contains(back), signs != 10 { return true }
        guard symbols.contains(back) || credits.contains(back) else { return nil }
        return signs == 1
    }

    private static func word(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        String(decoding: bytes, as: UTF8.self).lowercased().filter { $0 != " " && $0 != "\u{A0}" && $0 != "\u{202F}" }
    }

    private static func core(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]? {
        var core: [UInt8] = []
        core.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case _ where byte.isDigit, UInt8(ascii: "."), UInt8(ascii: ","): core.append(byte)
            case UInt8(ascii: "'"), UInt8(ascii: " "), 0xA0, 0xAF: core.append(UInt8(ascii: "'"))
            // First bytes of non-breaking spaces.
            case 0xC2, 0xE2, 0x80: continue
            default: return nil
            }
        }
        return core
    }

    /// The decimal mark, if the amount reveals it: nil without separators or when either could be meant.
    package var mark: DecimalMark? {
        let marks = core.filter { !$0.isDigit }
        guard let last = marks.last, last != UInt8(ascii: "'") else { return nil }
        let said: DecimalMark = last == UInt8(ascii: ".") ? .point : .comma
        guard marks.count == 1 else {
            // A repeated mark separates thousands.
            return marks.allSatisfy { $0 == last } ? (said == .point ? .comma : .point) : said
        }
        return couldGroup ? nil : said
    }

    /// Its only mark may separate thousands or decimals: `1.500`.
    package var isAmbiguous: Bool {
        core.count(where: { !$0.isDigit }) == 1 && !core.contains(UInt8(ascii: "'")) && couldGroup
    }

    private var couldGroup: Bool {
        let place = core.firstIndex { !$0.isDigit } ?? 0
        return core.count - place == 4 && (1...3).contains(place) && core[0] != UInt8(ascii: "0")
    }

    package func minorUnits(_ digits: Int, _ mark: DecimalMark) throws(AmountFault) -> Int64 {
        let split = core.firstIndex(of: mark.byte) ?? core.count
        let (whole, decimals) = (core[..<split], core[split...].dropFirst())
        guard decimals.allSatisfy(\.isDigit) else { throw .notAnAmount }
        guard decimals.dropFirst(digits).allSatisfy({ $0 == UInt8(ascii: "0") }) else { throw .tooManyDecimals }
        var minor: Int64 = 0
        func add(_ digit: UInt8) throws(AmountFault) {
            minor = minor * 10 + Int64(digit - UInt8(ascii: "0"))
            guard minor <= Self.most else { throw .tooLarge }
        }
        if let grouping = whole.first(where: { !$0.isDigit }) {
            let groups = whole.split(separator: grouping, omittingEmptySubsequences: false)
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }),
                groups.joined().allSatisfy(\.isDigit)
            else {
                throw .notAnAmount
            }
        }
        for byte in whole where byte.isDigit { try add(byte) }
        for place in 0..<digits { try add(place < decimals.count ? decimals[split + 1 + place] : UInt8(ascii: "0")) }
        return isNegative ? -minor : minor
    }

    /// Parses a spreadsheet's number, whose binary fraction may show as `0.30000000000000004`.
    package static func minorUnits(_ digits: Int, ofNumber number: String) throws(AmountFault) -> Int64 {
        guard let value = Double(number), value.isFinite else { throw .notAnAmount }
        let minor = value * (digits == 0 ? 1 : digits == 2 ? 100 : 1000)
        guard minor.magnitude <= Double(most) else { throw .tooLarge }
        guard (minor - minor.rounded()).magnitude < 0.001 else { throw .tooManyDecimals }
        return Int64(minor.rounded())
    }
}

// What a column of amounts reveals of its decimal mark.
extension DecimalMark {
    package struct Finding: Equatable {
        /// Nil when no amount of the column reveals it.
        package var mark: DecimalMark?
        /// Whether some amount depends on the mark and none reveals it.
        package var isAmbiguous: Bool
    }

    package static func found(in cells: [Spreadsheet.Cell]) -> Finding {
        var (points, commas, ambiguous) = (0, 0, false)
        for cell in cells {
            // A number cell has no separators.
            guard case .text(let text) = cell, let amount = WrittenAmount(text) else { continue }
            if amount.isAmbiguous { ambiguous = true }
            switch amount.mark {
            case .point: points += 1
            case .comma: commas += 1
            case nil: break
            }
        }
        let mark: DecimalMark? = points == commas ? nil : points > commas ? .point : .comma
        return Finding(mark: mark, isAmbiguous: mark == nil && (ambiguous || points > 0))
    }
}
