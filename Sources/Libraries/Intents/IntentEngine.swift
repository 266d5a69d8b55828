import Time

/// Understands a message by the trade's vocabulary: without a database, a clock or a model, the same each time.
package struct IntentEngine: Sendable {
    package static let shared = IntentEngine(concepts: Vocabulary.concepts, rules: Vocabulary.rules)

    /// Words that mean the same to a rule share a concept.
    typealias Concept = Int16

    struct Rule: Sendable {
        let intent: Intent
        let weight: Int
        /// In their order; of each, one of the concepts.
        let parts: [[Concept]]
        /// Nothing else is said but courtesies.
        let isWhole: Bool
    }

    struct Match {
        let rule: Rule
        let places: [Int]
    }

    private let spelling: Spelling
    private let conceptsOfWord: [[Concept]]
    private let rules: [Rule]
    private let rulesByFirst: [Concept: [Int]]
    private let no: Concept
    private let number: Concept
    private let courtesy: Concept
    private let denying: Concept
    private let resuming: Concept
    private let being: Concept

    /// Most words allowed between two parts of a rule.
    private static let gap = 3

    init(concepts: [(String, String)], rules lines: [(Intent, String)]) {
        var numbers: [String: Concept] = [:]
        var ofSound: [String: [Concept]] = [:]
        for (name, words) in concepts {
            let concept = Concept(numbers.count)
            numbers[name] = concept
            for word in WrittenText.words(words) {
                let sound = Sound.of(word.text)
                if ofSound[sound]?.contains(concept) != true { ofSound[sound, default: []].append(concept) }
            }
        }
        let sounds = ofSound.keys.sorted()
        spelling = Spelling(sounds)
        conceptsOfWord = sounds.map { ofSound[$0]! }
        rules = lines.flatMap { intent, lines in
            lines.split(separator: "\n").map { Self.rule($0, for: intent, numbers) }
        }
        var byFirst: [Concept: [Int]] = [:]
        for (index, rule) in rules.enumerated() {
            for concept in rule.parts[0] { byFirst[concept, default: []].append(index) }
        }
        rulesByFirst = byFirst
        no = numbers["no"]!
        number = numbers["number"]!
        courtesy = numbers["courtesy"]!
        denying = numbers["denying"]!
        resuming = numbers["resuming"]!
        being = numbers["being"]!
    }

    /// `7 how-much owe|pay` or, of a whole message, `6 = yes`. A rule that names no concept is a fault of the vocabulary,
    /// which its own tests find when they load it.
    private static func rule(_ line: Substring, for intent: Intent, _ numbers: [String: Concept]) -> Rule {
        var words = line.split(separator: " ")
        let weight = Int(words.removeFirst())!
        let isWhole = words.first == "="
        if isWhole { words.removeFirst() }
        let parts = words.map { part in
            part.split(separator: "|").map { name in
                guard let concept = numbers[String(name)] else { preconditionFailure("no concept \(name) in: \(line)") }
                return concept
            }
        }
        return Rule(intent: intent, weight: weight, parts: parts, isWhole: isWhole)
    }

    /// `today` is what «mañana» and «el viernes» are counted from.
    package func understand(_ text: String, today: Day) -> Understanding {
        let words = WrittenText.words(text)
        let meanings = words.map(concepts)
        let scores = scores(of: matches(in: words, meaning: meanings))
        let ranked = scores.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
        var understood = Understanding(intent: .unknown, confidence: 0, runnerUp: nil, runnerUpConfidence: 0)
        if let first = ranked.first {
            understood.intent = first.key
            understood.confidence = Self.confidence(first.value)
        }
        if ranked.count > 1 {
            understood.runnerUp = ranked[1].key
            understood.runnerUpConfidence = Self.confidence(ranked[1].value)
        }
        if understood.confidence < Understanding.leastConfidence, understood.intent != .unknown {
            understood.runnerUp = understood.intent
            understood.runnerUpConfidence = understood.confidence
            understood.intent = .unknown
        }
        Wishes.read(words, today: today, into: &understood)
        return understood
    }

    private static func confidence(_ score: Int) -> Int { 100 * score / (score + 30) }

    private func concepts(of word: WrittenWord) -> [Concept] {
        if word.isNumber { return [number] }
        return spelling.find(Sound.of(word.text)).map { conceptsOfWord[$0] } ?? []
    }

    // MARK: - Rules

    private func matches(in words: [WrittenWord], meaning meanings: [[Concept]]) -> [Match] {
        let denied = denied(words, meanings)
        let said = meanings.filter { !$0.contains(courtesy) }.count
        var matches: [Match] = []
        for start in words.indices {
            for concept in meanings[start] {
                for index in rulesByFirst[concept] ?? [] {
                    let rule = rules[index]
                    if rule.isWhole && said > rule.parts.count { continue }
                    if let places = places(of: rule, from: start, words, meanings, denied) {
                        matches.append(Match(rule: rule, places: places))
                    }
                }
            }
        }
        return matches
    }

    private func places(
        of rule: Rule, from start: Int, _ words: [WrittenWord], _ meanings: [[Concept]], _ denied: [Bool]
    ) -> [Int]? {
        if denied[start] { return nil }
        var saysNo = rule.parts[0].contains(no)
        var places = [start]
        for part in rule.parts.dropFirst() {
            let last = places[places.count - 1]
            let reach = min(last + 1 + Self.gap, words.count - 1)
            if last >= reach { return nil }
            let place = (last + 1...reach).first { place in
                words[place].sentence == words[start].sentence && (saysNo || !denied[place])
                    && meanings[place].contains(where: part.contains)
            }
            guard let place else { return nil }
            if part.contains(no) { saysNo = true }
            places.append(place)
        }
        return places
    }

    /// Marks negated words: all after «no es que», «no quiero» up to a comma, «sino» or «es que».
    private func denied(_ words: [WrittenWord], _ meanings: [[Concept]]) -> [Bool] {
        var denied = [Bool](repeating: false, count: words.count)
        var index = 0
        while index + 1 < words.count {
            guard meanings[index].contains(no), meanings[index + 1].contains(denying),
                words[index].phrase == words[index + 1].phrase
            else {
                index += 1
                continue
            }
            let phrase = words[index].phrase
            index += 1
            denied[index] = true
            // The «que» of «no es que» is no new beginning.
            if index + 1 < words.count, meanings[index].contains(being) { index += 1; denied[index] = true }
            index += 1
            while index < words.count, words[index].phrase == phrase, !meanings[index].contains(resuming) {
                denied[index] = true
                index += 1
            }
        }
        return denied
    }

    /// Tenths. The heaviest rule takes its words; another intent that needs one of them keeps a quarter of its weight.
    private func scores(of matches: [Match]) -> [Intent: Int] {
        let ordered = matches.enumerated().sorted {
            ($0.element.rule.weight, $0.element.rule.parts.count, $1.offset)
                > ($1.element.rule.weight, $1.element.rule.parts.count, $0.offset)
        }
        var owner: [Int: Intent] = [:]
        var scores: [Intent: Int] = [:]
        for (_, match) in ordered {
            let intent = match.rule.intent
            let isContested = match.places.contains { owner[$0] != nil && owner[$0] != intent }
            let isRepeated = match.places.contains { owner[$0] == intent }
            let value = match.rule.weight * 10 / (isContested ? 4 : 1)
            let known = scores[intent] ?? 0
            // A second sign of the same intent adds a little, the same words said again nothing.
            scores[intent] = min(
                known == 0 ? value : isContested || isRepeated ? max(known, value) : known + value / 4, 200)
            if !isContested { for place in match.places where owner[place] == nil { owner[place] = intent } }
        }
        return scores
    }
}
