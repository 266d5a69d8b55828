/// Decodes a chunked body (RFC 9112 §7.1): framing byte by byte, data in whole runs.
struct ChunkDecoder {
    private enum State {
        case size, blankSize, sizeExtension, sizeLineFeed
        case data, dataReturn, dataLineFeed
        case trailerStart, trailerName, trailerValue, trailerLineFeed, endLineFeed
        case done
    }

    private var state = State.blankSize
    private var remaining = 0
    private var digits = 0
    /// Bytes of extensions and trailers, which we do not use; more than a few are an attack.
    private var overhead = 0
    private var trailerName: [UInt8] = []

    static let overheadLimit = 4096

    var isDone: Bool { state == .done }

    /// Delivers the decoded data and returns the bytes consumed: all, unless the body ended.
    mutating func decode(
        _ bytes: UnsafeRawBufferPointer, _ data: (UnsafeRawBufferPointer) -> Void
    ) throws(RequestError) -> Int {
        var position = 0
        while position < bytes.count, state != .done {
            if state == .data {
                let count = min(remaining, bytes.count - position)
                data(UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
                position += count
                remaining -= count
                if remaining == 0 { state = .dataReturn }
            } else {
                try take(bytes[position])
                position += 1
            }
        }
        return position
    }

    private mutating func take(_ byte: UInt8) throws(RequestError) {
        switch state {
        case .blankSize, .size: try takeSize(byte)
        case .sizeExtension:
            try countOverhead()
            if byte == .carriageReturn { return state = .sizeLineFeed }
            guard byte.isValueCharacter else { throw .malformed("A chunk extension has a control character.") }
        case .sizeLineFeed:
            try expect(byte, .lineFeed)
            state = remaining == 0 ? .trailerStart : .data
        case .dataReturn:
            try expect(byte, .carriageReturn)
            state = .dataLineFeed
        case .dataLineFeed:
            try expect(byte, .lineFeed)
            state = .blankSize
            digits = 0
        default: try takeTrailer(byte)
        }
    }

    private mutating func takeSize(_ byte: UInt8) throws(RequestError) {
        if let digit = byte.hexadecimalDigit {
            digits += 1
            guard digits <= 15 else { throw .malformed("A chunk size is too long.") }
            remaining = remaining << 4 | Int(digit)
            return state = .size
        }
        guard state == .size else { throw .malformed("A chunk size is missing.") }
        switch byte {
        case .carriageReturn: state = .sizeLineFeed
        case UInt8(ascii: ";"): state = .sizeExtension
        default: throw .malformed("A chunk size is malformed.")
        }
    }

    private mutating func takeTrailer(_ byte: UInt8) throws(RequestError) {
        try countOverhead()
        switch state {
        case .trailerStart where byte == .carriageReturn: state = .endLineFeed
        case .trailerStart, .trailerName:
            if byte == UInt8(ascii: ":"), state == .trailerName { return try endTrailerName() }
            guard byte.isTokenCharacter else { throw .malformed("A trailer's name is malformed.") }
            trailerName.append(byte)
            state = .trailerName
        case .trailerValue where byte == .carriageReturn: state = .trailerLineFeed
        case .trailerValue:
            guard byte.isValueCharacter else { throw .malformed("A trailer has a control character.") }
        case .trailerLineFeed:
            try expect(byte, .lineFeed)
            state = .trailerStart
        default:
            try expect(byte, .lineFeed)
            state = .done
        }
    }

    /// Trailers are dropped; one that would change framing or routing is refused as request smuggling.
    private mutating func endTrailerName() throws(RequestError) {
        let forbidden: [StaticString] = [
            "content-length", "transfer-encoding", "host", "connection", "trailer", "te", "expect", "content-encoding",
            "content-type", "content-range", "authorization", "cookie",
        ]
        let isForbidden = trailerName.withUnsafeBytes { name in forbidden.contains { name.isText($0) } }
        guard !isForbidden else { throw .malformed("A trailer holds what belongs into the head.") }
        trailerName.removeAll(keepingCapacity: true)
        state = .trailerValue
    }

    private mutating func countOverhead() throws(RequestError) {
        overhead += 1
        if overhead > Self.overheadLimit { throw .malformed("The chunks carry too much beside their data.") }
    }

    private func expect(_ byte: UInt8, _ expected: UInt8) throws(RequestError) {
        guard byte == expected else { throw .malformed("A chunk does not end where it should.") }
    }
}
