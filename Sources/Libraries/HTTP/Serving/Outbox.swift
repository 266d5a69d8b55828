/// What the socket has not yet taken.
struct Outbox {
    private var pieces: [[UInt8]] = []
    private var first = 0
    private var offset = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: [UInt8]) {
        if bytes.isEmpty { return }
        pieces.append(bytes)
        count += bytes.count
    }

    /// Leaves out what the socket took at once.
    mutating func append(_ bytes: [UInt8], after written: Int) {
        precondition(isEmpty)
        append(bytes)
        offset = written
        count -= written
    }

    /// Writes until all is gone or the socket is full. Says how much went.
    mutating func flush(to transport: Transport) -> (written: Int, hasFailed: Bool) {
        let before = count
        while first < pieces.count {
            let piece = pieces[first]
            let outcome = piece.withUnsafeBytes { transport.write(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
            guard case .moved(let moved) = outcome else {
                if case .wouldBlock = outcome { return (before - count, false) }
                return (before - count, true)
            }
            offset += moved
            count -= moved
            if offset == piece.count {
                pieces[first] = []
                first += 1
                offset = 0
            }
        }
        pieces.removeAll(keepingCapacity: first < 8)
        first = 0
        return (before, false)
    }
}
