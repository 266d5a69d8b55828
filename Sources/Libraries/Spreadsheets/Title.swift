/// A column title normalised for comparison: without case, accents and punctuation.
package struct Title: Hashable, Sendable {
    package let words: String

    package init(_ text: String) {
        var words = ""
        var isPending = false
        for scalar in text.unicodeScalars.prefix(200) {
            let lower = scalar.properties.lowercaseMapping.unicodeScalars.first!
            let letter = Self.plain[lower] ?? lower
            if letter.properties.isAlphabetic || ("0"..."9").contains(letter) {
                if isPending, !words.isEmpty { words.append(" ") }
                words.unicodeScalars.append(letter)
                isPending = false
            } else {
                isPending = true
            }
        }
        self.words = words
    }

    private static let plain: [Unicode.Scalar: Unicode.Scalar] = Dictionary(
        uniqueKeysWithValues: zip(
            "áàâãäåéèêëíìîïóòôõöúùûüçñºª°".unicodeScalars, "aaaaaaeeeeiiiiooooouuuucnoao".unicodeScalars))

    /// How well it matches the best of these normalised phrases, from 0 to 1000 for equality.
    package func score(_ phrases: [String]) -> Int {
        var best = 0
        for phrase in phrases {
            if words == phrase { return 1000 }
            if holds(phrase) { best = max(best, phrase.utf8.count * 500 / words.utf8.count) }
        }
        return best
    }

    /// Whether it contains the phrase in whole words.
    private func holds(_ phrase: String) -> Bool {
        var rest = words.utf8[...]
        let length = phrase.utf8.count
        while rest.count >= length {
            if rest.starts(with: phrase.utf8), rest.dropFirst(length).first ?? 0x20 == 0x20 { return true }
            guard let space = rest.firstIndex(of: 0x20) else { return false }
            rest = rest[rest.index(after: space)...]
        }
        return false
    }
}
