import Locale

/// An amount as banks write it.
enum WrittenAmount {
    struct Found: Equatable {
        let minor: Int64
        let hasSign: Bool
        let hasCents: Bool
    }

    /// The amounts in a line. "1,234.50" and "1.234,50" are told apart by the last separator with two digits behind it, and
    /// where that says nothing by the country.
    static func all(in line: String, _ currency: Currency, in region: Region) -> [Found] {
        let text = Array(ReceiptLine.fold(line).unicodeScalars)
        var found: [Found] = []
        var place = 0
        while place < text.count {
            guard isDigit(text[place]) else {
                place += 1
                continue
            }
            let start = place
            while place < text.count,
                isDigit(text[place])
                    || (isSeparator(text[place]) && place + 1 < text.count && isDigit(text[place + 1]))
            { place += 1 }
            // Digits within a word, a date, a time, a masked or telephone number are no amount.
            let before = start > 0 ? text[start - 1] : " "
            let after = place < text.count ? text[place] : " "
            let sign = hasSign(Array(text[..<start]), Array(text[place...]))
            guard "/-:*#_+%".unicodeScalars.contains(after) == false,
                !ReceiptLine.isLetterOrDigit(after) || sign,
                sign || !("/-:*#_+xo".unicodeScalars.contains(before) || ReceiptLine.isLetterOrDigit(before))
            else { continue }
            guard let number = number(text[start..<place].map { $0 }, region) else { continue }
            guard let minor = minor(number, currency) else { continue }
            found.append(Found(minor: minor, hasSign: sign, hasCents: !number.cents.isEmpty))
        }
        return found
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "," || scalar == "." || scalar == "'"
    }

    /// "$ 500", "S/ 50", "500 MXN".
    private static func hasSign(_ before: [Unicode.Scalar], _ after: [Unicode.Scalar]) -> Bool {
        let left = before.reversed().drop { $0 == " " }.prefix(4)
        if left.first == "$" { return true }
        let word = String(String.UnicodeScalarView(left.reversed()))
        if ["s/", "s/."].contains(where: { word.hasSuffix($0) }) { return true }
        if codes.contains(where: { word.hasSuffix($0) }) { return true }
        let right = String(String.UnicodeScalarView(after.drop { $0 == " " }.prefix(3)))
        return codes.contains(right)
    }

    private static let codes = ["mxn", "cop", "pen", "ars", "usd", "clp"]

    private static func number(
        _ digits: [Unicode.Scalar], _ region: Region
    ) -> (units: String, cents: String)? {
        let separators = digits.indices.filter { isSeparator(digits[$0]) }
        func text(_ part: some Sequence<Unicode.Scalar>) -> String {
            String(String.UnicodeScalarView(part.filter(isDigit)))
        }
        guard let last = separators.last else { return (text(digits), "") }
        let behind = digits.count - last - 1
        let groups = zip(separators, separators.dropFirst() + [digits.count]).map { $1 - $0 - 1 }
        // Twice the same sign is never a sign of cents.
        let isSame = separators.allSatisfy { digits[$0] == digits[last] }
        if behind == 2, separators.count == 1 || !isSame, groups.dropLast().allSatisfy({ $0 == 3 }) {
            return (text(digits[..<last]), text(digits[last...]))
        }
        if behind == 3, groups.allSatisfy({ $0 == 3 }), isSame, separators[0] <= 3, separators[0] > 0 {
            return (text(digits), "")
        }
        if behind == 1, separators.count == 1 { return (text(digits[..<last]), text(digits[last...]) + "0") }
        return nil
    }

    private static func minor(_ number: (units: String, cents: String), _ currency: Currency) -> Int64? {
        guard number.units.utf8.count <= 10, let units = Int64(number.units) else { return nil }
        let cents = Int64(number.cents) ?? 0
        let minor =
            currency.minorDigits == 0 ? units : units * currency.minorPerUnit + cents
        return minor > 0 && minor <= Money.most ? minor : nil
    }
}
