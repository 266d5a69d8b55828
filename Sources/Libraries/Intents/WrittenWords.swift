/// A word or a number of a message, in small letters without accents.
struct WrittenWord: Sendable, Equatable {
    var text: String
    var isNumber = false
    /// A sign of money stands before it.
    var isMoney = false
    /// Counts the sentences before it, and the commas too.
    var sentence: Int
    var phrase: Int
}

/// Messages are read up to a limit, so that what a message costs is bounded.
enum WrittenText {
    static let mostBytes = 4096
    static let mostWords = 200
    static let longestWord = 24

    static func words(_ text: String) -> [WrittenWord] {
        var reader = Reader()
        var left = mostBytes
        for scalar in text.unicodeScalars {
            left -= UTF8.width(scalar)
            if left < 0 || reader.words.count >= mostWords { break }
            reader.read(scalar)
        }
        reader.endWord()
        return reader.words
    }

    private struct Reader {
        var words: [WrittenWord] = []
        private var word: [UInt8] = []
        private var isNumber = false
        private var isMoney = false
        private var sentence = 0
        private var phrase = 0
        /// A point, a comma, a slash or a dash after a digit, which belongs to the number if a digit follows.
        private var separator: UInt8?

        mutating func read(_ scalar: Unicode.Scalar) {
            if (0x300...0x36F).contains(scalar.value) || scalar.value == 0x200D || scalar.value == 0xFE0F { return }
            if let letter = letter(scalar) {
                if isNumber { endWord() }
                add(letter)
            } else if (0x30...0x39).contains(scalar.value) {
                if !isNumber { endWord() }
                if let separator { word.append(separator) }
                separator = nil
                isNumber = true
                add(UInt8(scalar.value))
            } else {
                readSign(scalar)
            }
        }

        private mutating func readSign(_ scalar: Unicode.Scalar) {
            if isNumber, separator == nil, ".,/-:".unicodeScalars.contains(scalar) {
                separator = UInt8(scalar.value)
                return
            }
            let isSol = scalar == "/" && !isNumber && word == [UInt8(ascii: "s")]
            if isSol { word = [] }
            endWord()
            if isSol || scalar == "$" { isMoney = true }
            if let meant = WrittenText.signs[scalar] {
                word = Array(meant.utf8)
                endWord()
            } else {
                punctuate(scalar)
            }
        }

        private mutating func punctuate(_ scalar: Unicode.Scalar) {
            switch scalar {
            case ".", "!", "?", ";", "\n", "¿", "¡":
                sentence += 1
                phrase += 1
            case ",", ":": phrase += 1
            default: break
            }
        }

        private mutating func add(_ letter: UInt8) {
            // «holaaaa» is «hola»; no word of these languages has a letter three times in a row.
            if !isNumber, word.count >= 2, word[word.count - 1] == letter, word[word.count - 2] == letter {
                word.removeLast()
                return
            }
            if word.count < WrittenText.longestWord { word.append(letter) }
        }

        mutating func endWord() {
            let last = separator
            separator = nil
            if !word.isEmpty {
                words.append(
                    WrittenWord(
                        text: String(decoding: word, as: UTF8.self), isNumber: isNumber, isMoney: isMoney,
                        sentence: sentence, phrase: phrase))
                isMoney = false
            }
            word = []
            isNumber = false
            if let last { punctuate(Unicode.Scalar(last)) }
        }

        private func letter(_ scalar: Unicode.Scalar) -> UInt8? {
            switch scalar.value {
            case 0x61...0x7A: UInt8(scalar.value)
            case 0x41...0x5A: UInt8(scalar.value) + 32
            case 0xC0...0xFF: WrittenText.plainLetters[Int(scalar.value) - 0xC0]
            default: nil
            }
        }
    }

    /// The letters beneath U+00C0 to U+00FF; nil is a sign.
    private static let plainLetters: [UInt8?] =
        "aaaaaaaceeeeiiiidnooooo*ouuuuyts".utf8.map { $0 == 0x2A ? nil : $0 }
        + "aaaaaaaceeeeiiiidnooooo*ouuuuyty".utf8.map { $0 == 0x2A ? nil : $0 }

    /// What the pictures mean that stand for words.
    private static let signs: [Unicode.Scalar: String] = [
        "👍": "ok", "👌": "ok", "✅": "ok", "👎": "no", "👋": "hola", "🙏": "gracias", "🤝": "ok",
        "😡": "enojado", "🤬": "enojado", "😠": "enojado", "💩": "porqueria", "😤": "enojado",
    ]
}
