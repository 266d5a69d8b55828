extension Money {
    /// Formatted for people: "$1,234.50", "S/ 1,234.50", "USD 1.00". Colombian pesos are rounded to whole ones; where
    /// each centavo counts, such as in the ledger, use `exactText`.
    package func text(for reader: Reader) -> String {
        let shown = Rounding.halfAwayFromZero.divide(Int128(minor), by: Int128(currency.smallestShown))
        return text(Int64(shown), places: currency.shownDigits, for: reader)
    }

    /// Like `text`, but shows non-zero centavos that are usually hidden.
    package func exactText(for reader: Reader) -> String {
        let hidesNothing = minor % currency.smallestShown == 0
        return hidesNothing ? text(for: reader) : text(minor, places: currency.minorDigits, for: reader)
    }

    /// `-1234.50 MXN`, whoever reads: what the record, files, packs and addresses keep.
    package var plainText: String {
        let digits = String(minor.magnitude)
        let places = currency.minorDigits
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let decimals = places > 0 ? "." + padded.suffix(places) : ""
        return "\(minor < 0 ? "-" : "")\(padded.dropLast(places))\(decimals) \(currency.code)"
    }

    /// Reads `plainText`; nil where it is any other text.
    package init?(plainText: String) {
        let parts = plainText.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let currency = Currency(rawValue: String(parts[1])),
            let minor = Int64(parts[0].filter { $0 != "." })
        else { return nil }
        self.init(minor: minor, currency)
        guard self.plainText == plainText else { return nil }
    }

    private func text(_ digits: Int64, places: Int, for reader: Reader) -> String {
        let conventions = reader.conventions
        let sign = conventions.sign(of: currency)
        return String { bytes in
            func appendSign() {
                if let sign { bytes.append(sign) } else { bytes.append(contentsOf: currency.code.utf8) }
            }
            if digits < 0 && conventions.minus == .first { bytes.append("-") }
            if !conventions.putsSignLast {
                appendSign()
                let isMinusNext = digits < 0 && conventions.minus == .afterSign
                if !isMinusNext && (sign == nil || conventions.spacesSign) { bytes.append("\u{A0}") }
                if digits < 0 && conventions.minus != .first { bytes.append("-") }
            }
            bytes.append(digits.magnitude, places: places, conventions)
            if conventions.putsSignLast {
                bytes.append("\u{A0}")
                appendSign()
            }
        }
    }
}
