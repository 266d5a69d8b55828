import Locale
import Postgres

/// Text as it is searched: in small letters without accents, word by word. What people type on a phone finds what was
/// written with care, and the other way round.
package enum SearchText {
    /// A word longer than this is cut, here and in what is asked for.
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

    /// `AND …`: the text has each of these words, for the few dozen rows that no index is kept for.
    package static func condition(_ words: String, in text: SQL) -> SQL {
        let patterns = self.words(words).map { "%\($0)%" }
        if patterns.isEmpty { return .nothing }
        return "AND translate(lower(\(text)), 'áéíóúüñãõâêôç', 'aeiouunaoaeoc') LIKE ALL (\(patterns))"
    }

    /// A phone is found by its beginning and by its end, with its country's code or without.
    package static func phone(_ text: String) -> [String] {
        // A region is asked for only to read what has no country's code, which is kept as it is.
        let isInternational = text.utf8.first == UInt8(ascii: "+")
        let known = isInternational ? try? Phone(typed: text, in: .mexico) : nil
        let digits = known?.significantDigits ?? digits(text)
        return digits.isEmpty ? [] : [digits, backwards(digits)]
    }

    static func digits(_ text: String) -> String {
        String(decoding: text.utf8.filter(isDigit).prefix(longest), as: UTF8.self)
    }

    /// The token that is found by the last of some digits.
    static func backwards(_ digits: String) -> String { "~" + String(digits.reversed()) }

    private static func take(_ word: inout String, into words: inout [String]) {
        if !word.isEmpty { words.append(String(word.prefix(longest))) }
        word = ""
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The letter beneath the accents of a letter of Western and Central Europe.
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
