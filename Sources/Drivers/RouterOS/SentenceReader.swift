/// The words of one sentence, as bytes.
struct Sentence: Equatable {
    let bytes: [UInt8]
    let words: [Range<Int>]
}

/// A protocol violation: the connection is unusable.
struct WireFault: Error, Equatable {
    let reason: String
}

/// Splits incoming bytes into sentences, whatever their fragmentation.
struct SentenceReader {
    private let limits: RouterLimits
    private var held: [UInt8] = []
    /// The start of the current sentence, and how far its words are parsed.
    private var start = 0
    private var scanned = 0
    private var words: [Range<Int>] = []

    init(limits: RouterLimits) { self.limits = limits }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if start == held.count {
            held.removeAll(keepingCapacity: held.capacity <= 1 << 20)
            (start, scanned) = (0, 0)
        } else if start > 1 << 16 {
            held.removeFirst(start)
            words = words.map { $0.lowerBound - start..<$0.upperBound - start }
            (start, scanned) = (0, scanned - start)
        }
        held.append(contentsOf: bytes)
    }

    /// The next complete sentence; nil while bytes are missing. Empty sentences are skipped, as routers do.
    mutating func next() throws(WireFault) -> Sentence? {
        while true {
            guard let word = try nextWord() else { return nil }
            if !word.isEmpty {
                words.append(word)
                guard words.count <= limits.sentenceWords, scanned - start <= limits.sentenceBytes else {
                    throw WireFault(reason: "a sentence is longer than any that routers send")
                }
            } else if words.isEmpty {
                start = scanned
            } else {
                return finish()
            }
        }
    }

    /// The range of the next word in the buffer.
    private mutating func nextWord() throws(WireFault) -> Range<Int>? {
        let reading = held.withUnsafeBufferPointer { WordLength.read(UnsafeBufferPointer(rebasing: $0[scanned...])) }
        switch reading {
        case .incomplete: return nil
        case .reserved(let byte): throw WireFault(reason: "a word begins with the reserved byte \(byte)")
        case .length(let length, let header):
            guard length <= limits.wordBytes else { throw WireFault(reason: "a word of \(length) bytes") }
            let first = scanned + header
            guard held.count - first >= length else { return nil }
            scanned = first + length
            return first..<scanned
        }
    }

    private mutating func finish() -> Sentence {
        let offset = start
        let sentence = Sentence(
            bytes: Array(held[start..<scanned]),
            words: words.map { $0.lowerBound - offset..<$0.upperBound - offset })
        words.removeAll(keepingCapacity: true)
        start = scanned
        return sentence
    }
}
