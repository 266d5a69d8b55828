import Locale

/// An amount as banks write it.
enum WrittenAmount {
    struct Found: Equatable {
        let minor: Int64
        let hasSign: Bool
        /// The one that is written beside it: "US$ 20", "500 MXN". Nil for none, and for "$" where that is the country's own.
        let currency: Currency?
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
            let sign = sign(Array(text[..<start]), Array(text[place...]), currency)
            guard "/-:*#_+%".unicodeScalars.contains(after) == false,
                !ReceiptLine.isLetterOrDigit(after) || sign.isThere,
                sign.isThere || !("/-:*#_+xo".unicodeScalars.contains(before) || ReceiptLine.isLetterOrDigit(before))
            else { continue }
            guard let number = number(text[start..<place].map { $0 }, region) else { continue }
            guard let minor = minor(number, currency) else { continue }
            found.append(
                Found(
                    minor: minor, hasSign: sign.isThere, currency: sign.currency, hasCents: !number.cents.isEmpty))
        }
        return found
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "," || scalar == "." || scalar == "'"
    }

    /// "$ 500", "S/ 50", "MXN $500", "500 MXN".
    private static func sign(
        _ before: [Unicode.Scalar], _ after: [Unicode.Scalar], _ own: Currency
    ) -> (isThere: Bool, currency: Currency?) {
        var left = before.reversed().drop { $0 == " " }
        func takeWord() -> String {
            let word = left.prefix { isOfSign($0) || $0 == "/" || $0 == "." }
            left = left.dropFirst(word.count)
            return String(String.UnicodeScalarView(word.reversed()))
        }
        var sign = takeWord()
        if sign == "$" {
            left = left.drop { $0 == " " }
            let word = takeWord()
            if signs[word + sign] != nil || signs[word] != nil { sign = word + sign }
        }
        if sign.hasSuffix("s/") || sign.hasSuffix("s/.") { return (true, .pen) }
        if let currency = signs[sign] ?? signs[String(sign.prefix { $0 != "$" })] { return (true, currency) }
        let word = String(String.UnicodeScalarView(after.drop { $0 == " " }.prefix(while: isOfSign)))
        if let currency = signs[word] ?? words[word] { return (true, currency) }
        guard sign.hasSuffix("$") else { return (false, nil) }
        return (true, dollarSigned.contains(own) ? nil : .usd)
    }

    private static func isOfSign(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || scalar == "$" || scalar == "€"
    }

    /// The first currency that is named in a line: "Moneda: dólares".
    static func currency(in line: ReceiptLine) -> Currency? {
        line.folded.unicodeScalars.split { !isOfSign($0) }
            .map { String(String.UnicodeScalarView($0)) }.compactMap { signs[$0] ?? words[$0] }.first
    }

    /// Those that are written with a "$" at home.
    private static let dollarSigned: Set<Currency> = [.mxn, .cop, .ars, .clp, .usd, .uyu, .dop, .nio, .cup, .pab]

    /// In small letters, as all that is compared here.
    private static let signs: [String: Currency] = {
        var signs: [String: Currency] = [
            "us$": .usd, "u$s": .usd, "u$d": .usd, "mx$": .mxn, "ar$": .ars, "col$": .cop, "rd$": .dop, "c$": .nio,
            "r$": .brl, "€": .eur,
        ]
        for currency in Currency.allCases { signs[currency.code.lowercased()] = currency }
        return signs
    }()

    /// They stand behind an amount; before a number they are an account's currency.
    private static let words: [String: Currency] = [
        "dolar": .usd, "dolares": .usd, "soles": .pen, "reais": .brl, "euro": .eur, "euros": .eur,
    ]

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
