import Locale

/// A typed search: words that must all match, in any order.
package struct SearchQuery: Sendable, Equatable {
    /// For each word its possible tokens, one of which must match an indexed token or its beginning. `~` precedes
    /// reversed digits, `#` the digits of a number that people know the thing by.
    let words: [[String]]
    /// The number, if typed alone: an exact match comes first.
    let number: Int?

    package var isEmpty: Bool { words.isEmpty }

    package init(_ text: String, in region: Region) {
        if Self.isNumber(text) {
            let digits = SearchText.digits(text)
            words = digits.isEmpty ? [] : [Self.forms(of: digits, typed: text, in: region)]
            number = Int(digits)
            return
        }
        var words: [[String]] = []
        for part in Self.parts(of: text) {
            let forms = Self.isNumber(part) ? Self.forms(of: part, typed: part, in: region) : [part]
            if !words.contains(forms) { words.append(forms) }
        }
        // The longest word first: it is the rarest, and narrows the search most.
        self.words = words.sorted { ($1[0].utf8.count, $0[0]) < ($0[0].utf8.count, $1[0]) }
        number = nil
    }

    /// Whether each of the query's words is a prefix of one of these words.
    package func matches(_ words: [String]) -> Bool {
        self.words.allSatisfy { forms in words.contains { word in forms.contains { word.hasPrefix($0) } } }
    }

    /// Splits a text into words; consecutive groups of digits as long as a phone number are joined.
    private static func parts(of text: String) -> [String] {
        var parts: [String] = []
        var digits: [String] = []
        func takeDigits() {
            let joined = digits.joined()
            parts += joined.utf8.count >= 7 ? [String(joined.prefix(SearchText.longest))] : digits
            digits = []
        }
        for word in SearchText.words(text) {
            if isNumber(word) {
                digits.append(word)
            } else {
                takeDigits()
                parts.append(word)
            }
        }
        takeDigits()
        return parts
    }

    /// Digits may begin a number, end one, or be a phone with or without its country code.
    private static func forms(of digits: String, typed: String, in region: Region) -> [String] {
        var forms = [digits]
        if digits.utf8.count >= 4 { forms.append(SearchText.backwards(digits)) }
        if digits.utf8.count <= 13, typed.utf8.first != UInt8(ascii: "+") { forms.append("#" + digits) }
        if let phone = try? Phone(typed: typed, in: region) {
            for written in [phone.significantDigits, SearchText.digits(phone.national)] {
                for form in [written, SearchText.backwards(written)] where !forms.contains(form) { forms.append(form) }
            }
        }
        return forms
    }

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { SearchText.isDigit($0) || " +-().\t".utf8.contains($0) }
    }
}
