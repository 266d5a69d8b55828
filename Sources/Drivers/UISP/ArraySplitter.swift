/// Cuts a JSON array that arrives in pieces into its elements, so that a list of ten thousand devices is never parsed,
/// nor held, as one text.
struct ArraySplitter {
    enum Fault: Error, Equatable {
        /// The text does not begin with an array.
        case noArray
        case tooLarge
        case unfinished
    }

    private let limit: Int
    private var element: [UInt8] = []
    private var depth = 0
    private var isInText = false
    private var isEscaped = false
    private var isOpen = false
    private(set) var isFinished = false

    /// `limit` is the largest element, in bytes.
    init(limit: Int = 1 << 20) { self.limit = limit }

    /// The elements that these bytes complete.
    mutating func take(_ bytes: [UInt8]) throws(Fault) -> [[UInt8]] {
        var found: [[UInt8]] = []
        for byte in bytes {
            if isFinished { break }
            guard isOpen else {
                if Self.isSpace(byte) { continue }
                guard byte == UInt8(ascii: "[") else { throw .noArray }
                isOpen = true
                continue
            }
            try step(byte, &found)
        }
        return found
    }

    func finish() throws(Fault) {
        if !isOpen { throw .noArray }
        if !isFinished { throw .unfinished }
    }

    private mutating func step(_ byte: UInt8, _ found: inout [[UInt8]]) throws(Fault) {
        if isInText {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInText = false
            }
            return try keep(byte)
        }
        switch byte {
        case UInt8(ascii: "\""): isInText = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "]") where depth == 0:
            complete(&found)
            isFinished = true
            return
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
        case UInt8(ascii: ",") where depth == 0: return complete(&found)
        default: if depth == 0, Self.isSpace(byte) { return }
        }
        try keep(byte)
    }

    private mutating func keep(_ byte: UInt8) throws(Fault) {
        guard element.count < limit else { throw .tooLarge }
        element.append(byte)
    }

    private mutating func complete(_ found: inout [[UInt8]]) {
        if !element.isEmpty { found.append(element) }
        element = []
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
