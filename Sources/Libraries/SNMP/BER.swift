/// Why bytes are no message: they break the encoding, or go beyond what is ever sent.
package struct NotBER: Error, Equatable {}

/// Reads the basic encoding rules as far as SNMP uses them. Everything comes from the network: lengths are checked
/// before they are used.
struct BERReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer) { self.init(bytes, from: 0, to: bytes.count) }

    private init(_ bytes: UnsafeRawBufferPointer, from position: Int, to end: Int) {
        (self.bytes, self.position, self.end) = (bytes, position, end)
    }

    var isAtEnd: Bool { position >= end }

    /// The tag of the next element and a reader of its content; this one goes on behind it.
    mutating func next() throws(NotBER) -> (tag: UInt8, content: BERReader) {
        guard end - position >= 2 else { throw NotBER() }
        let tag = bytes[position]
        // Tags of several bytes are none of SNMP's.
        guard tag & 0x1F != 0x1F else { throw NotBER() }
        var length = Int(bytes[position + 1])
        position += 2
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...4).contains(count), end - position >= count else { throw NotBER() }
            length = 0
            for _ in 0..<count {
                length = length << 8 | Int(bytes[position])
                position += 1
            }
        }
        guard length <= end - position else { throw NotBER() }
        defer { position += length }
        return (tag, BERReader(bytes, from: position, to: position + length))
    }

    mutating func next(_ expected: UInt8) throws(NotBER) -> BERReader {
        let (tag, content) = try next()
        guard tag == expected else { throw NotBER() }
        return content
    }

    var content: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position..<end]) }

    /// Of at most eight bytes, in two's complement.
    func integer() throws(NotBER) -> Int64 {
        let content = content
        guard (1...8).contains(content.count) else { throw NotBER() }
        var value: Int64 = content[0] >= 0x80 ? -1 : 0
        for byte in content { value = value << 8 | Int64(byte) }
        return value
    }

    /// A number that is never negative. Some devices leave out the leading zero.
    func unsigned(bytes most: Int) throws(NotBER) -> UInt64 {
        let content = content
        guard (1...most + 1).contains(content.count), content.count <= most || content[0] == 0 else { throw NotBER() }
        return content.reduce(0) { $0 << 8 | UInt64($1) }
    }

    func objectID() throws(NotBER) -> ObjectID {
        let content = content
        guard let first = content.first else { return ObjectID([]) }
        guard content.count <= 5 * ObjectID.longest else { throw NotBER() }
        var parts: [UInt32] = []
        parts.reserveCapacity(16)
        var part: UInt64 = 0
        for byte in content {
            part = part << 7 | UInt64(byte & 0x7F)
            guard part <= 0xFFFF_FFFF else { throw NotBER() }
            guard byte & 0x80 == 0 else { continue }
            if parts.isEmpty {
                let head = min(part / 40, 2)
                parts = [UInt32(head), UInt32(part - head * 40)]
            } else {
                parts.append(UInt32(part))
            }
            guard parts.count <= ObjectID.longest else { throw NotBER() }
            part = 0
        }
        guard let last = content.last, last & 0x80 == 0, first != 0x80 else { throw NotBER() }
        return ObjectID(parts)
    }
}

/// Writes from the end to the beginning, so that each length is known when it is written.
struct BERWriter {
    private var reversed: [UInt8] = []

    init() { reversed.reserveCapacity(512) }

    var bytes: [UInt8] { reversed.reversed() }
    var count: Int { reversed.count }

    /// What is encoded already.
    mutating func raw(_ bytes: [UInt8]) { reversed.append(contentsOf: bytes.reversed()) }

    /// An element around what `content` writes; of several, the last is written first.
    mutating func element(_ tag: UInt8, _ content: (inout BERWriter) -> Void) {
        let start = reversed.count
        content(&self)
        close(tag, from: start)
    }

    mutating func octets(_ tag: UInt8, _ octets: some BidirectionalCollection<UInt8>) {
        let start = reversed.count
        reversed.append(contentsOf: octets.reversed())
        close(tag, from: start)
    }

    mutating func integer(_ value: Int64, tag: UInt8 = 0x02) {
        let start = reversed.count
        var rest = value
        while true {
            let byte = UInt8(truncatingIfNeeded: rest)
            reversed.append(byte)
            rest >>= 8
            if (rest == 0 && byte < 0x80) || (rest == -1 && byte >= 0x80) { break }
        }
        close(tag, from: start)
    }

    mutating func unsigned(_ value: UInt64, tag: UInt8) {
        let start = reversed.count
        var rest = value
        repeat {
            reversed.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        } while rest > 0
        if let highest = reversed.last, highest >= 0x80 { reversed.append(0) }
        close(tag, from: start)
    }

    mutating func objectID(_ id: ObjectID) {
        let start = reversed.count
        for part in id.parts.dropFirst(2).reversed() { base128(UInt64(part)) }
        if id.parts.count >= 2 { base128(UInt64(id.parts[0]) * 40 + UInt64(id.parts[1])) }
        close(0x06, from: start)
    }

    private mutating func base128(_ value: UInt64) {
        reversed.append(UInt8(value & 0x7F))
        var rest = value >> 7
        while rest > 0 {
            reversed.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
    }

    private mutating func close(_ tag: UInt8, from start: Int) {
        var length = reversed.count - start
        if length < 0x80 {
            reversed.append(UInt8(length))
        } else {
            let before = reversed.count
            while length > 0 {
                reversed.append(UInt8(truncatingIfNeeded: length))
                length >>= 8
            }
            reversed.append(0x80 | UInt8(reversed.count - before))
        }
        reversed.append(tag)
    }
}
