import Testing

@testable import HTTP

@Suite struct HeadParserTests {
    private static let head = Array(
        """
        POST /clientes/%C3%B1and%C3%BA?a=1&b=x+y HTTP/1.1\r\nHost: Norte.Test:8443\r\nContent-Length: 12\r\n\
        Cookie: a=b\r\nX-Empty:\r\nX-Blank: \t v w \t\r\n\r\n
        """.utf8)

    private func parse(_ bytes: [UInt8]) -> HeadParser.Outcome {
        // A copy of exactly that size, so that reading past its end shows under AddressSanitizer.
        bytes.withUnsafeBytes { source in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 1)
            defer { copy.deallocate() }
            copy.copyMemory(from: source)
            return HeadParser.parse(UnsafeRawBufferPointer(copy), limits: HeadLimits())
        }
    }

    @Test func `a head is complete at its last byte and not before, whatever follows`() throws {
        for count in 0..<Self.head.count {
            guard case .incomplete = parse(Array(Self.head[..<count])) else {
                Issue.record("complete after \(count) bytes")
                return
            }
        }
        for tail in ["", "\r\n", "GET / HTTP/1.1\r\n", "\u{0}\u{0}"] {
            guard case .complete(let head, let used) = parse(Self.head + Array(tail.utf8)) else {
                Issue.record("not complete with \(tail)")
                return
            }
            #expect(used == Self.head.count)
            #expect(head.path.all == ["clientes", "ñandú"])
            #expect(head.query["b"] == "x y")
            #expect(head.host == "norte.test")
            #expect(head.framing == .length(12))
            #expect(head.headers["x-blank"] == "v w")
            #expect(head.headers["x-empty"] == "")
            #expect(head.headers["x-missing"] == nil)
        }
    }

    @Test func `token characters are those of the grammar`() {
        let tokens = Set("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        let targets = Set((0x21...0x7E).map { UInt8($0) }).subtracting("\"#<>".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(byte.isTokenCharacter == tokens.contains(byte), "\(byte)")
            #expect(byte.isTargetCharacter == targets.contains(byte), "\(byte)")
        }
    }

    private static let chunks = Array("5;x=\"y\"\r\nhello\r\n00c\r\n, dear world\r\n0\r\nX-Sum: 1\r\nY: \r\n\r\n".utf8)

    @Test func `chunks cut into any three pieces give the same body`() throws {
        let whole = Self.chunks
        for first in 0...whole.count {
            for second in stride(from: first, through: whole.count, by: 3) {
                var decoder = ChunkDecoder()
                var data: [UInt8] = []
                for piece in [whole[..<first], whole[first..<second], whole[second...] + [1, 2]] {
                    let used = try piece.withUnsafeBytes { bytes throws(RequestError) in
                        try decoder.decode(bytes) { data.append(contentsOf: $0) }
                    }
                    if !decoder.isDone { #expect(used == piece.count) }
                }
                #expect(decoder.isDone)
                #expect(data == Array("hello, dear world".utf8))
            }
        }
    }

    @Test(arguments: [
        ("close", false), ("keep-alive", true), ("Upgrade, Close", false), ("close-notify", true),
        ("x,close ,y", false),
    ])
    func `the options of a connection are a list`(value: String, keepsAlive: Bool) throws {
        guard
            case .complete(let head, _) = parse(Array("GET / HTTP/1.1\r\nHost: a\r\nConnection: \(value)\r\n\r\n".utf8))
        else { throw RequestError.malformed(value) }
        #expect(head.keepsAlive == keepsAlive)
    }
}
