/// Output that the socket has not yet taken.
struct Outbox {
    private enum Piece {
        case bytes([UInt8])
        case file(FileContent, Range<Int>)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(_, let range): range.count
            }
        }
    }

    private var pieces: [Piece] = []
    private var first = 0
    private var offset = 0
    /// Bytes held in memory, files excluded.
    private(set) var heldCount = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: [UInt8], after written: Int = 0) {
        if bytes.count == written { return }
        if written > 0 {
            precondition(isEmpty)
            offset = written
        }
        pieces.append(.bytes(bytes))
        heldCount += bytes.count - written
        count += bytes.count - written
    }

    mutating func append(_ file: FileContent, _ range: Range<Int>) {
        if range.isEmpty { return }
        pieces.append(.file(file, range))
        count += range.count
    }

    /// Writes until everything is sent or the socket is full. Returns how much went.
    mutating func flush(to transport: Transport) -> (written: Int, hasFailed: Bool) {
        let before = count
        while first < pieces.count {
            switch write(pieces[first], to: transport) {
            case .moved(let moved): advance(moved)
            case .wouldBlock: return (before - count, false)
            case .ended, .failed: return (before - count, true)
            }
        }
        pieces.removeAll(keepingCapacity: first < 8)
        first = 0
        return (before, false)
    }

    private func write(_ piece: Piece, to transport: Transport) -> Transport.Outcome {
        switch piece {
        case .bytes(let bytes):
            bytes.withUnsafeBytes { transport.write(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
        case .file(let file, let range):
            transport.send(file, range.lowerBound + offset..<range.upperBound)
        }
    }

    private mutating func advance(_ moved: Int) {
        if case .bytes = pieces[first] { heldCount -= moved }
        count -= moved
        offset += moved
        guard offset == pieces[first].count else { return }
        pieces[first] = .bytes([])
        first += 1
        offset = 0
    }
}
