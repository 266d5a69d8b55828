/// What a terminal would show: carriage returns, backspaces and cursor movements take effect, so that the pager's traces
/// and the columns that V-SOL aligns by cursor movements come out as a person reads them.
struct Screen {
    private(set) var lines: [String] = []
    private var current: [UInt8] = []
    private var cursor = 0
    private var escape: [UInt8]?
    /// Bytes that the lines take, roughly.
    private(set) var size = 0

    /// More than the largest configuration that an OLT prints.
    static let most = 8 << 20

    /// The line that has not ended yet.
    var last: String { Self.text(current) }

    mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { take(byte) }
    }

    /// Forgets the lines that ended; the current one stays.
    mutating func clear() { (lines, size) = ([], 0) }

    /// Erases the current line, such as a pager's question.
    mutating func eraseLast() { (current, cursor) = ([], 0) }

    private mutating func take(_ byte: UInt8) {
        if escape != nil { return takeEscaped(byte) }
        switch byte {
        case 0x0A:
            lines.append(Self.text(current))
            // An empty line takes memory too.
            size += 16
            eraseLast()
        case 0x0D: cursor = 0
        case 0x08: cursor = max(0, cursor - 1)
        case 0x09: put(0x20)
        case 0x1B: escape = []
        case 0x20...: put(byte)
        default: break
        }
    }

    private mutating func takeEscaped(_ byte: UInt8) {
        escape?.append(byte)
        guard let sequence = escape, sequence.count > 1 || byte != 0x5B else { return }
        guard sequence.first == 0x5B, !(0x40...0x7E ~= byte), sequence.count < 16 else {
            escape = nil
            if sequence.first == 0x5B { move(byte, Self.number(sequence.dropFirst().dropLast())) }
            return
        }
    }

    private mutating func move(_ command: UInt8, _ count: Int) {
        switch command {
        case 0x43: cursor = min(cursor + count, 4096)
        case 0x44: cursor = max(0, cursor - count)
        case 0x4B: current.removeSubrange(min(cursor, current.count)...)
        default: break
        }
    }

    private mutating func put(_ byte: UInt8) {
        guard cursor < 65_536 else { return }
        if cursor > current.count {
            let gap = cursor - current.count
            current.append(contentsOf: repeatElement(0x20, count: gap))
            size += gap
        }
        if cursor < current.count { current[cursor] = byte } else { current.append(byte) }
        cursor += 1
        size += 1
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int {
        max(1, Int(String(decoding: digits.prefix(4), as: UTF8.self)) ?? 1)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        var end = bytes.count
        while end > 0, bytes[end - 1] == 0x20 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
