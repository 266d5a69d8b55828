import HTTP
import Loop
import TestSupport
import Testing

/// What two programs could read in two ways, sent through a proxy to a server that other clients reach through the same
/// connections.
@Suite struct ProxiedSmugglingTests {
    /// Each answer says which request it belongs to: `<7 /first>`, in a header for those without a body, and in the body
    /// for those without headers (nginx still speaks HTTP/0.9).
    private func server(_ test: (RunningServer, Log<String>) async throws -> Void) async throws {
        let log = Log<String>()
        let count = Log<Void>()
        try await RunningServer.run(handler: { request in
            do throws(RequestError) {
                _ = try await request.body.bytes(upTo: 100_000)
                count.add(())
                let mark = "<\(count.all.count) \(request.rawTarget)>"
                log.add(mark)
                var response = Response.text(mark)
                response.headers["X-Request"] = mark
                return response
            } catch { return .problem(error) }
        }) { server in try await test(server, log) }
    }

    @Test(arguments: Proxy.allCases)
    func `behind a proxy each request is answered once, to the one who sent it`(proxy: Proxy) async throws {
        try await server { server, log in
            try await proxy.run(before: server) { address in
                for part in Part.allCases {
                    var answered = 0
                    for (name, bytes) in part.vectors {
                        answered += try await attack(with: bytes, called: name, at: address, of: server, log)
                    }
                    // What is only strange comes through, and so the rest had a way.
                    if part == .harmless { #expect(answered >= part.vectors.count) }
                }
            }
        }
    }

    /// How many requests of the attacker's were answered.
    private func attack(
        with bytes: [UInt8], called name: String, at address: ListenAddress, of server: RunningServer,
        _ log: Log<String>
    ) async throws -> Int {
        let before = log.all.count
        let (attacker, victims) = try await server.clients.run {
            let attacker = marks(in: try send(bytes + Self.more, to: address))
            return (attacker, try (1...2).map { try visit("/victim-\($0)", at: address) })
        }
        for (index, marks) in victims.enumerated() {
            #expect(marks.count == 1 && marks[0].hasSuffix(" /victim-\(index + 1)>"), "\(name): \(marks)")
        }
        // What the server read and nobody was told of was smuggled.
        let seen = Array(log.all.dropFirst(before))
        #expect(Set(seen) == Set(attacker + victims.joined()), "\(name)")
        #expect(attacker == seen.filter(attacker.contains), "\(name): answers in another order")
        return attacker.count
    }

    /// Behind each: a request that a wrong end of the one before it would cut in two, and the last.
    private static let more = Array(
        "GET /after HTTP/1.1\r\nHost: a\r\n\r\nGET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)

    enum Part: String, CaseIterable, Sendable {
        case lines, names, values, lengths, codings, chunks, trailers, targets, hosts, others, harmless, ambiguous

        var vectors: [(name: String, bytes: [UInt8])] {
            func known(_ part: Vector.Part) -> [(String, [UInt8])] { part.vectors.map { ($0.name, $0.bytes) } }
            return switch self {
            case .lines: known(.lines)
            case .names: known(.names)
            case .values: known(.values)
            case .lengths: known(.lengths)
            case .codings: known(.codings)
            case .chunks: known(.chunks)
            case .trailers: known(.trailers)
            case .targets: known(.targets)
            case .hosts: known(.hosts)
            case .others: known(.others)
            case .harmless: SmugglingTests.harmless.map { ($0.0, Array($0.1.utf8)) }
            case .ambiguous: Self.twoEnds
            }
        }

        /// A request inside of a body that ends in two places, one by its length and one by its chunks.
        private static var twoEnds: [(name: String, bytes: [UInt8])] {
            let inner = "GET /inner HTTP/1.1\r\nHost: a\r\nX: "
            let size = String(inner.utf8.count, radix: 16)
            let bodies = [
                ("length", "0\r\n\r\n\(inner)", "0\r\n\r\n\(inner)".utf8.count),
                ("chunks", "\(size)\r\n\(inner)\r\n0\r\n\r\n", size.utf8.count + 2),
            ]
            return spellings.flatMap { spelling in
                bodies.map { which, body, length in
                    let head = "POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\(spelling)\r\n\r\n"
                    return ("\(spelling.debugDescription), longer by its \(which)", Array((head + body).utf8))
                }
            }
        }

        private static let spellings = [
            "Transfer-Encoding: chunked", "Transfer-Encoding : chunked", "Transfer-Encoding:chunked",
            "Transfer-Encoding:\tchunked", "Transfer-Encoding: \u{0B}chunked", "Transfer-Encoding: chunked\u{0C}",
            "Transfer-Encoding: Chunked", "transfer-encoding: chunked", "Transfer_Encoding: chunked",
            "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: x\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
            "Transfer-Encoding:\r\n chunked", "X: y\r\n Transfer-Encoding: chunked", "X: y\nTransfer-Encoding: chunked",
            "X: y\rTransfer-Encoding: chunked", "\u{0}Transfer-Encoding: chunked", "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: chunked\r\nConnection: Transfer-Encoding", "Connection: Content-Length",
            "Transfer-Encoding: chunked\r\nUpgrade: h2c\r\nConnection: Upgrade", "TE: chunked",
        ]
    }
}

/// All that comes back until the proxy closes.
private func send(_ bytes: [UInt8], to address: ListenAddress) throws -> [UInt8] {
    let client = try RawClient(to: address)
    // One that refuses the beginning may close before it has read the end.
    do { try client.send(bytes) } catch is RawClient.Errno {}
    return try client.receiveAll()
}

/// Once more when the proxy took us for somebody who says nothing, on a machine that paused between two calls.
private func visit(_ path: String, at address: ListenAddress) throws -> [String] {
    let request = Array("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
    for _ in 0..<10 {
        let answer = marks(in: try send(request, to: address))
        if !answer.isEmpty { return answer }
    }
    return []
}

/// The requests whose answers these are, in order.
private func marks(in bytes: [UInt8]) -> [String] {
    var marks: [String] = []
    for piece in bytes.split(separator: UInt8(ascii: "<")).dropFirst(bytes.first == UInt8(ascii: "<") ? 0 : 1) {
        guard let end = piece.firstIndex(of: UInt8(ascii: ">")) else { continue }
        let text = String(decoding: piece[..<end], as: UTF8.self)
        let mark = "<\(text)>"
        if text.split(separator: " ").first.flatMap({ Int($0) }) != nil, !marks.contains(mark) { marks.append(mark) }
    }
    return marks
}
