import Glibc

/// An incremental parser for multipart/form-data (RFC 7578), for pieces of any size.
struct MultipartParser {
    enum Event: Equatable {
        case part(PartHead)
        case data([UInt8])
        case partEnd
    }

    private enum State {
        /// Before the first boundary, where no text may stand.
        case start
        /// After a boundary: another part or the end.
        case boundary
        case head
        case data
        case end
    }

    private let delimiter: [UInt8]
    private let limits: MultipartLimits
    private var state = State.start
    private var pending: [UInt8]
    private var parts = 0

    init(boundary: [UInt8], limits: MultipartLimits) {
        delimiter = Array("\r\n--".utf8) + boundary
        self.limits = limits
        // A boundary at the very start of the body has no line break before it.
        pending = [.carriageReturn, .lineFeed]
    }

    var isDone: Bool { state == .end }

    mutating func parse(_ bytes: [UInt8]) throws(RequestError) -> [Event] {
        pending.append(contentsOf: bytes)
        var events: [Event] = []
        var position = 0
        while let next = try step(from: position, &events) { position = next }
        pending.removeFirst(state == .end ? pending.count : position)
        return events
    }

    /// Where to continue; nil when more bytes are needed.
    private mutating func step(from start: Int, _ events: inout [Event]) throws(RequestError) -> Int? {
        switch state {
        case .start: try stepStart(start)
        case .boundary: try stepBoundary(start)
        case .head: try stepHead(start, &events)
        case .data: stepData(start, &events)
        case .end: nil
        }
    }

    private mutating func stepStart(_ start: Int) throws(RequestError) -> Int? {
        let known = min(delimiter.count, pending.count - start)
        guard pending[start..<start + known].elementsEqual(delimiter[..<known]) else {
            throw .malformed("The form does not begin with its boundary.")
        }
        guard known == delimiter.count else { return nil }
        state = .boundary
        return start + known
    }

    private mutating func stepBoundary(_ start: Int) throws(RequestError) -> Int? {
        guard pending.count >= start + 2 else { return nil }
        switch (pending[start], pending[start + 1]) {
        case (.carriageReturn, .lineFeed):
            parts += 1
            guard parts <= limits.parts else { throw .malformed("The form has more than \(limits.parts) parts.") }
            state = .head
        case (UInt8(ascii: "-"), UInt8(ascii: "-")): state = .end
        default: throw .malformed("A boundary of the form is malformed.")
        }
        return start + 2
    }

    private mutating func stepHead(_ start: Int, _ events: inout [Event]) throws(RequestError) -> Int? {
        guard let end = endOfHead(from: start) else {
            guard pending.count - start <= limits.headBytes else { throw Self.longHead }
            return nil
        }
        guard end - start <= limits.headBytes else { throw Self.longHead }
        events.append(.part(try PartHead(Array(pending[start..<end]))))
        state = .data
        return end + 4
    }

    private static var longHead: RequestError { .malformed("The head of a part is too long.") }

    /// The index of the empty line.
    private func endOfHead(from start: Int) -> Int? {
        pending.withUnsafeBytes { bytes in
            var position = start
            while let found = bytes.firstIndex(of: .carriageReturn, from: position), found + 3 < bytes.count {
                if bytes[found + 1] == .lineFeed, bytes[found + 2] == .carriageReturn, bytes[found + 3] == .lineFeed {
                    return found
                }
                position = found + 1
            }
            return nil
        }
    }

    private mutating func stepData(_ start: Int, _ events: inout [Event]) -> Int? {
        let (end, isDelimiter) = endOfData(from: start)
        if end > start { events.append(.data(Array(pending[start..<end]))) }
        if isDelimiter {
            events.append(.partEnd)
            state = .boundary
            return end + delimiter.count
        }
        return end > start ? end : nil
    }

    /// Where a delimiter begins, or might once more bytes have come.
    private func endOfData(from start: Int) -> (end: Int, isDelimiter: Bool) {
        pending.withUnsafeBytes { bytes in
            var position = start
            while let found = bytes.firstIndex(of: .carriageReturn, from: position) {
                let known = min(delimiter.count, bytes.count - found)
                if bytes[found..<found + known].elementsEqual(delimiter[..<known]) {
                    return (found, known == delimiter.count)
                }
                position = found + 1
            }
            return (bytes.count, false)
        }
    }
}
