/// A received sentence's words, and its size in bytes.
struct LabSentence {
    let words: [String]
    let byteCount: Int
}

/// Splits a connection's bytes into sentences.
struct LabReader {
    /// Malformed input, after which RouterOS closes the connection.
    struct Nonsense: Error {}

    private static let limit = 4 << 20
    private var held: [UInt8] = []
    private var start = 0

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        if start == held.count {
            held.removeAll(keepingCapacity: true)
            start = 0
        }
        held.append(contentsOf: bytes)
    }

    /// Whether an incomplete sentence has begun.
    var isWithinSentence: Bool { start < held.count }

    mutating func next() throws(Nonsense) -> LabSentence? {
        var position = start
        var words: [String] = []
        while position < held.count {
            guard let (length, header) = try Self.length(held, at: position) else { break }
            guard length <= Self.limit else { throw Nonsense() }
            let first = position + header
            guard held.count - first >= length else { break }
            position = first + length
            if length > 0 {
                words.append(LabText.decode(held[first..<position]))
            } else if words.isEmpty {
                start = position
            } else {
                defer { start = position }
                return LabSentence(words: words, byteCount: position - start)
            }
        }
        guard held.count - start <= 2 * Self.limit else { throw Nonsense() }
        if start > 1 << 16 {
            held.removeFirst(start)
            start = 0
        }
        return nil
    }

    private static func length(_ bytes: [UInt8], at position: Int) throws(Nonsense) -> (Int, header: Int)? {
        let first = bytes[position]
        if first < 0x80 { return (Int(first), 1) }
        guard first <= 0xF0 else { throw Nonsense() }
        let more = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard bytes.count - position > more else { return nil }
        var length = Int(first) & (0x7F >> more)
        if more == 4 { length = 0 }
        for offset in 1...more { length = length << 8 | Int(bytes[position + offset]) }
        return (length, 1 + more)
    }
}

/// The reply sentences of one command.
struct LabAnswer {
    var bytes: [UInt8] = []
    private let tag: String?

    init(tag: String?) { self.tag = tag }

    mutating func row(_ fill: (inout LabAnswer) -> Void) {
        word("!re")
        fill(&self)
        end()
    }

    mutating func attribute(_ name: String, _ value: String) {
        let count = name.utf8.count + LabText.count(value) + 2
        Self.append(length: count, to: &bytes)
        bytes.append(UInt8(ascii: "="))
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: "="))
        LabText.append(value, to: &bytes)
    }

    mutating func done(returning value: String? = nil) {
        word("!done")
        if let value { attribute("ret", value) }
        end()
    }

    mutating func empty() {
        word("!empty")
        end()
    }

    mutating func trap(_ trap: LabTrap) {
        word("!trap")
        if let category = trap.category { attribute("category", "\(category)") }
        attribute("message", trap.message)
        end()
    }

    mutating func fatal(_ reason: String) {
        word("!fatal")
        word(reason)
        bytes.append(0)
    }

    private mutating func end() {
        if let tag { word(".tag=\(tag)") }
        bytes.append(0)
    }

    private mutating func word(_ text: String) {
        Self.append(length: text.utf8.count, to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    static func append(length: Int, to bytes: inout [UInt8]) {
        if length < 0x80 { return bytes.append(UInt8(length)) }
        let more = length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : length < 0x1000_0000 ? 3 : 4
        let mark: [UInt8] = [0, 0x80, 0xC0, 0xE0, 0xF0]
        bytes.append(mark[more] | (more == 4 ? 0 : UInt8(length >> (8 * more))))
        for place in (0..<more).reversed() { bytes.append(UInt8(truncatingIfNeeded: length >> (8 * place))) }
    }
}

/// A trap in RouterOS's words.
struct LabTrap: Error, Equatable {
    let message: String
    let category: Int?

    init(_ message: String, category: Int? = nil) {
        self.message = message
        self.category = category
    }

    static let noSuchItem = LabTrap("no such item", category: 0)
    static let noSuchCommand = LabTrap("no such command")
    static let noSuchPrefix = LabTrap("no such command prefix")
    static let notPermitted = LabTrap("not enough permissions (9)")
    static let interrupted = LabTrap("interrupted", category: 2)
    static func unknown(_ name: String) -> LabTrap { LabTrap("unknown parameter \(name)") }
    static func missing(_ name: String) -> LabTrap { LabTrap("missing =\(name)=") }
    static func invalid(_ name: String) -> LabTrap { LabTrap("invalid value for argument \(name)", category: 1) }
    static func unmatched(_ name: String) -> LabTrap { LabTrap("input does not match any value of \(name)") }
}
