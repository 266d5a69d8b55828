/// A request's body, taken by libcurl piece by piece.
struct Upload {
    private var bytes: [UInt8] = []
    private var position = 0
    private let isWhole: Bool
    private var waiter: UnsafeContinuation<Bool, Never>?
    /// Whether the last piece has been added.
    var isComplete: Bool

    init(of body: WebRequest.Body) {
        if case .bytes(let bytes) = body { self.bytes = bytes }
        if case .stream = body { isWhole = false } else { isWhole = true }
        isComplete = isWhole
    }

    var isEmpty: Bool { isComplete && bytes.isEmpty }

    /// Adds a piece; the waiter resumes when it has been taken.
    mutating func provide(_ piece: [UInt8], _ waiter: UnsafeContinuation<Bool, Never>) {
        bytes = piece
        position = 0
        self.waiter = waiter
    }

    mutating func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        if position == bytes.count { end(isTaken: true) }
        return count
    }

    mutating func end(isTaken: Bool) {
        waiter?.resume(returning: isTaken)
        waiter = nil
    }

    mutating func rewind() -> Bool {
        guard isWhole else { return false }
        position = 0
        return true
    }
}
