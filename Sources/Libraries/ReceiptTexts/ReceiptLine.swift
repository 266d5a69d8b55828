/// A line of a receipt's text, in small letters without accents.
struct ReceiptLine {
    /// As it was read.
    let text: String
    /// In small letters without accents; runs of blanks are one.
    let folded: String
    /// The least sure word with a digit, of 100.
    let confidence: Int
    let height: Int

    init(_ words: [ReceiptWord]) {
        text = words.map(\.text).joined(separator: " ")
        folded = Self.fold(text)
        confidence =
            words.filter { $0.text.utf8.contains { (0x30...0x39).contains($0) } }.map(\.confidence).min()
            ?? words.map(\.confidence).min() ?? 0
        height = words.map(\.height).max() ?? 0
    }

    static func lines(of words: [ReceiptWord]) -> [ReceiptLine] {
        var lines: [[ReceiptWord]] = []
        var last: Int?
        for word in words {
            if word.line == last { lines[lines.count - 1].append(word) } else { lines.append([word]) }
            last = word.line
        }
        return lines.map(ReceiptLine.init)
    }

    static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    }

    static func fold(_ text: String) -> String {
        var folded = ""
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case "á", "à", "ä", "â", "ã": folded += "a"
            case "é", "è", "ë", "ê": folded += "e"
            case "í", "ì", "ï", "î": folded += "i"
            case "ó", "ò", "ö", "ô", "õ": folded += "o"
            case "ú", "ù", "ü", "û": folded += "u"
            case "ñ": folded += "n"
            case "ç": folded += "c"
            case "º", "°": folded += "o"
            case "\u{a0}", "\u{202f}", "\t": folded += " "
            default: folded.unicodeScalars.append(scalar)
            }
        }
        return folded.split(separator: " ").joined(separator: " ")
    }

    /// Whether these words stand beside each other in the line.
    func has(_ phrase: String) -> Bool { rest(after: phrase) != nil }

    func has(any phrases: [String]) -> Bool { phrases.contains { has($0) } }

    var hasDigit: Bool { folded.utf8.contains { (0x30...0x39).contains($0) } }

    /// What follows the phrase in the line as it was read; nil where the phrase is not in it. The line's first word may be
    /// cut off, as pictures are, and a number may stick to the last one.
    func rest(after phrase: String) -> String? {
        let sought = phrase.split(separator: " ")
        let own = text.split(whereSeparator: \.isWhitespace)
        guard !sought.isEmpty, sought.count <= own.count else { return nil }
        for start in 0...(own.count - sought.count) {
            var left = ""
            let isHere = sought.indices.allSatisfy { place in
                let word = Self.letters(of: own[start + place])
                if word == sought[place] { return true }
                if start + place == 0, word.utf8.count >= 3, sought[place].utf8.count - word.utf8.count <= 2,
                    sought[place].hasSuffix(word)
                {
                    return true
                }
                guard place == sought.count - 1, sought[place].utf8.count >= 3, word.hasPrefix(sought[place]) else {
                    return false
                }
                left = String(word.dropFirst(sought[place].count))
                return left.utf8.first.map { (0x30...0x39).contains($0) } ?? false
            }
            guard isHere else { continue }
            return ([left.uppercased()] + own[(start + sought.count)...].map(String.init))
                .filter { !$0.isEmpty }.joined(separator: " ")
        }
        return nil
    }

    /// A word's letters and digits, folded.
    private static func letters(of word: Substring) -> String {
        String(String.UnicodeScalarView(fold(String(word)).unicodeScalars.filter(isLetterOrDigit)))
    }
}
