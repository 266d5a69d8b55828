package struct HeadLimits: Sendable {
    /// Request line and header fields together; never above 64 kB.
    package var bytes = 16 * 1024
    package var fields = 100
    package var target = 8 * 1024
    package init() {}
}

/// Parses a request line and header fields by RFC 9112, refusing everything ambiguous.
struct HeadParser {
    enum Outcome {
        case incomplete
        case refused(RequestError)
        /// The head, and the number of bytes it took.
        case complete(RequestHead, Int)
    }

    enum Stop: Error {
        case incomplete
        case refused(RequestError)
    }

    let bytes: UnsafeRawBufferPointer
    let limits: HeadLimits
    var position = 0
    var start = 0
    var fields: [RequestHeaders.Field] = []
    var framing = FramingFields()

    static func parse(_ bytes: UnsafeRawBufferPointer, limits: HeadLimits) -> Outcome {
        var parser = HeadParser(bytes: bytes, limits: limits)
        do {
            let head = try parser.head()
            return .complete(head, parser.position)
        } catch {
            return switch error {
            case .refused(let error): .refused(error)
            case .incomplete where bytes.count - parser.start >= limits.bytes: .refused(.headersTooLarge)
            case .incomplete: .incomplete
            }
        }
    }

    private init(bytes: UnsafeRawBufferPointer, limits: HeadLimits) {
        self.bytes = bytes
        self.limits = limits
        fields.reserveCapacity(16)
    }

    private mutating func head() throws(Stop) -> RequestHead {
        try skipEmptyLine()
        let method = try method()
        let target = try target()
        let isHTTP10 = try version()
        while try field() {}
        let head = Array(bytes[start..<position])
        do {
            return try framing.head(
                method, target: target, isHTTP10: isHTTP10, headers: RequestHeaders(bytes: head, fields: fields))
        } catch {
            throw .refused(error)
        }
    }

    /// RFC 9112 §2.2 tolerates one, since old clients end a body with it.
    private mutating func skipEmptyLine() throws(Stop) {
        guard let first = bytes.first else { throw .incomplete }
        guard first == .carriageReturn else { return }
        position = 1
        guard try next() == .lineFeed else { throw malformed("A line ends in a bare CR.") }
        position = 2
        start = 2
    }

    private mutating func method() throws(Stop) -> Place {
        while try next().isTokenCharacter {
            guard !bytes[position].isLowercaseLetter else { throw malformed("The method is not in upper case.") }
            position += 1
            if position - start > 16 { throw .refused(.notImplemented("The method is not known.")) }
        }
        let place = Place(0..<position - start)
        guard place.count > 0, try next() == .space else { throw malformed("The request line is malformed.") }
        position += 1
        return place
    }

    private mutating func target() throws(Stop) -> Place {
        let first = position
        while try next().isTargetCharacter {
            position += 1
            if position - first > limits.target { throw .refused(.targetTooLong(limit: limits.target)) }
        }
        guard position > first, try next() == .space else { throw malformed("The target is malformed.") }
        defer { position += 1 }
        return Place(first - start..<position - start)
    }

    /// True for HTTP/1.0. Anything but a version is malformed; another version is unsupported.
    private mutating func version() throws(Stop) -> Bool {
        let first = position
        let pattern: StaticString = "HTTP/0.0\r\n"
        for index in 0..<pattern.utf8CodeUnitCount {
            let expected = pattern.utf8Start[index]
            let byte = try next()
            guard expected == UInt8(ascii: "0") ? byte.isDigit : byte == expected else {
                throw malformed("The version is malformed.")
            }
            position += 1
        }
        guard bytes[first + 5] == UInt8(ascii: "1"), bytes[first + 7] <= UInt8(ascii: "1") else {
            throw .refused(.versionNotSupported)
        }
        return bytes[first + 7] == UInt8(ascii: "0")
    }

    /// False at the empty line that ends the head.
    private mutating func field() throws(Stop) -> Bool {
        if try next() == .carriageReturn {
            try endLine()
            return false
        }
        let nameStart = position
        while try next().isTokenCharacter { position += 1 }
        guard position > nameStart, bytes[position] == UInt8(ascii: ":") else {
            throw malformed("A header name is malformed.")
        }
        let name = nameStart..<position
        position += 1
        while try next().isBlank { position += 1 }
        let value = try value()
        guard position - start <= limits.bytes, fields.count < limits.fields else { throw .refused(.headersTooLarge) }
        do {
            try framing.note(name: slice(name), value: slice(value))
        } catch {
            throw .refused(error)
        }
        fields.append(
            RequestHeaders.Field(
                name: Place(name.lowerBound - start..<name.upperBound - start),
                value: Place(value.lowerBound - start..<value.upperBound - start)))
        return true
    }

    private mutating func value() throws(Stop) -> Range<Int> {
        let first = position
        var end = position
        while try next().isValueCharacter {
            position += 1
            if !bytes[position - 1].isBlank { end = position }
        }
        try endLine()
        return first..<end
    }

    private mutating func endLine() throws(Stop) {
        guard try next() == .carriageReturn else { throw malformed("A header has a control character.") }
        position += 1
        guard try next() == .lineFeed else { throw malformed("A line ends in a bare CR.") }
        position += 1
    }

    @inline(__always) private func next() throws(Stop) -> UInt8 {
        guard position < bytes.count else { throw .incomplete }
        return bytes[position]
    }

    private func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[range]) }

    private func malformed(_ sentence: String) -> Stop { .refused(.malformed(sentence)) }
}
