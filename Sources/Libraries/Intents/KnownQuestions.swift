/// A company's own questions, each with the ways in which it is asked. A message asks one of them when it has nearly all
/// words of one way that matter.
package struct KnownQuestions<ID: Sendable & Hashable>: Sendable {
    private let ways: [(id: ID, words: [[UInt8]])]

    package init(_ questions: [(id: ID, ways: [String])]) {
        ways = questions.flatMap { question in
            question.ways.map { (question.id, Self.words(of: $0)) }
        }.filter { !$0.1.isEmpty }
    }

    /// In percent: the share of the way's words that the message has, less a little for what else it says.
    package func best(for text: String) -> (id: ID, confidence: Int)? {
        let said = Self.words(of: text)
        if said.isEmpty { return nil }
        let exact = Set(said)
        var best: (id: ID, confidence: Int)?
        for way in ways {
            let found = way.words.filter { word in
                exact.contains(word) || (word.count >= 5 && said.prefix(40).contains { Self.isNearly($0, word) })
            }.count
            let share = 100 * found / way.words.count
            let confidence = share - min(30, max(0, said.count - way.words.count) * 3)
            if share >= 75, confidence > best?.confidence ?? 0 { best = (way.id, confidence) }
        }
        return best.flatMap { $0.confidence >= Understanding.leastConfidence ? $0 : nil }
    }

    private static func isNearly(_ said: [UInt8], _ word: [UInt8]) -> Bool {
        abs(said.count - word.count) <= 1 && Spelling.distance(said, word) <= 1
    }

    private static func words(of text: String) -> [[UInt8]] {
        WrittenText.words(text).filter { !Vocabulary.fillers.contains($0.text) }.map { Array(Sound.of($0.text).utf8) }
    }
}
