/// How a word sounds, so that «kiero», «quiero» and «qiero» are one: the h is not heard, b is v, s is z and c, ll is y.
enum Sound {
    static func of(_ word: String) -> String {
        let letters = Array(word.utf8)
        var sound: [UInt8] = []
        sound.reserveCapacity(letters.count)
        var index = 0
        while index < letters.count {
            let next = index + 1 < letters.count ? letters[index + 1] : 0
            let (heard, length) = heard(letters[index], before: next, at: index)
            index += length
            if let heard, sound.last != heard { sound.append(heard) }
        }
        return String(decoding: sound, as: UTF8.self)
    }

    /// The sound of a letter, and how many letters it consumes.
    private static func heard(_ letter: UInt8, before next: UInt8, at index: Int) -> (UInt8?, Int) {
        let isSoft = next == UInt8(ascii: "e") || next == UInt8(ascii: "i")
        switch letter {
        case UInt8(ascii: "h"): return (nil, 1)
        case UInt8(ascii: "v"): return (UInt8(ascii: "b"), 1)
        case UInt8(ascii: "z"): return (UInt8(ascii: "s"), 1)
        case UInt8(ascii: "c"):
            if next == UInt8(ascii: "h") { return (UInt8(ascii: "C"), 2) }
            return (UInt8(ascii: isSoft ? "s" : "k"), 1)
        case UInt8(ascii: "q"): return (UInt8(ascii: "k"), next == UInt8(ascii: "u") ? 2 : 1)
        case UInt8(ascii: "l") where next == UInt8(ascii: "l"): return (UInt8(ascii: "y"), 2)
        case UInt8(ascii: "g") where isSoft: return (UInt8(ascii: "j"), 1)
        case UInt8(ascii: "m") where next == UInt8(ascii: "b") || next == UInt8(ascii: "p"):
            return (UInt8(ascii: "n"), 1)
        case UInt8(ascii: "y") where index > 0 && !isVowel(next): return (UInt8(ascii: "i"), 1)
        case UInt8(ascii: "i") where index == 0 && isVowel(next): return (UInt8(ascii: "y"), 1)
        default: return (letter, 1)
        }
    }

    private static func isVowel(_ letter: UInt8) -> Bool { "aeiou".utf8.contains(letter) }
}

/// Finds a known word by what was typed: by its letters, its sound, or the one or two letters that are wrong in it.
struct Spelling: Sendable {
    private let words: [[UInt8]]
    private var bySound: [String: Int32] = [:]
    /// Known words by what is left of them when a letter or two are taken out, as two words that differ in a letter
    /// are the same without it.
    private var byRest: [String: [Int32]] = [:]

    init(_ sounds: [String]) {
        words = sounds.map { Array($0.utf8) }
        for (index, sound) in sounds.enumerated() {
            if bySound.updateValue(Int32(index), forKey: sound) != nil { continue }
            for rest in Self.rests(of: words[index]) { byRest[rest, default: []].append(Int32(index)) }
        }
    }

    func find(_ sound: String) -> Int? {
        if let known = bySound[sound] { return Int(known) }
        let typed = Array(sound.utf8)
        if Self.tolerance(typed.count) == 0 { return nil }
        var best: (distance: Int, index: Int32)?
        for rest in Self.rests(of: typed) {
            for index in byRest[rest] ?? [] where index != best?.index {
                let known = words[Int(index)]
                let limit = min(Self.tolerance(typed.count), Self.tolerance(known.count))
                let distance = Self.distance(typed, known)
                if distance <= limit, (distance, index) < best ?? (limit + 1, 0) { best = (distance, index) }
            }
        }
        return best.map { Int($0.index) }
    }

    /// How many letters may be wrong: in short words one makes another word, and no known word is very long.
    private static func tolerance(_ count: Int) -> Int { count > 16 ? 0 : count >= 9 ? 2 : count >= 5 ? 1 : 0 }

    private static func rests(of word: [UInt8]) -> Set<String> {
        let tolerance = tolerance(word.count)
        var rests: Set<String> = [String(decoding: word, as: UTF8.self)]
        if tolerance == 0 { return rests }
        for index in word.indices {
            var rest = word
            rest.remove(at: index)
            rests.insert(String(decoding: rest, as: UTF8.self))
            if tolerance == 1 { continue }
            for second in index..<rest.count {
                var shorter = rest
                shorter.remove(at: second)
                rests.insert(String(decoding: shorter, as: UTF8.self))
            }
        }
        return rests
    }

    /// Letters put in, left out, taken for another or swapped with the next one. Words are short.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if abs(left.count - right.count) > 2 { return 3 }
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var least = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (isSame ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, before[column - 1] + 1)
                }
                current.append(least)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
