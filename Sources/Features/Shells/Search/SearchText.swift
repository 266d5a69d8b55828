import Locale
import Postgres

/// Normalised text for searching: lower case, without accents, split into words, so that text typed on a phone and
/// carefully written text match.
package enum SearchText {
    /// Longer words are truncated, in the index and in queries.
    static let longest = 40

    package static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            if (0x300...0x36F).contains(scalar.value) { continue }
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
                take(&word, into: &words)
                continue
            }
            if let plain = plain(scalar) { word.append(plain) } else { word += scalar.properties.lowercaseMapping }
        }
        take(&word, into: &words)
        return words
    }

    /// `AND …`: the text contains each of these words. For a few dozen rows without an index.
    package static func condition(_ words: String, in text: SQL) -> SQL {
        let patterns = self.words(words).map { "%\($0)%" }
        if patterns.isEmpty { return .nothing }
        return "AND translate(lower(\(text)), 'áéíóúüñãõâêôç', 'aeiouunaoaeoc') LIKE ALL (\(patterns))"
    }

    /// A phone is found by its first and its last digits, with or without the country code.
    package static func phone(_ text: String) -> [String] {
        // An international number is parsed by its own country code, whatever the region given.
        let isInternational = text.utf8.first == UInt8(ascii: "+")
        let known = isInternational ? try? Phone(typed: text, in: .mexico) : nil
        let digits = known?.significantDigits ?? digits(text)
        return digits.isEmpty ? [] : [digits, backwards(digits)]
    }

    static func digits(_ text: String) -> String {
        String(decoding: text.utf8.filter(isDigit).prefix(longest), as: UTF8.self)
    }

    /// The token for finding a number by its last digits.
    static func backwards(_ digits: String) -> String { "~" + String(digits.reversed()) }

    private static func take(_ word: inout String, into words: inout [String]) {
        if !word.isEmpty { words.append(String(word.prefix(longest))) }
        word = ""
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The base letter of an accented letter of Western and Central Europe.
    private static func plain(_ scalar: Unicode.Scalar) -> Character? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: Character(scalar)
        case 0x41...0x5A: Character(Unicode.Scalar(UInt8(scalar.value) + 32))
        case 0xC0...0x17F: Character(Unicode.Scalar(letters[Int(scalar.value) - 0xC0]))
        default: nil
        }
    }

    /// For U+00C0 to U+017F, one each.
    private static let letters = Array(
        ("aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkk"
            + "llllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)
}
