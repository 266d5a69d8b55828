import Addresses
import Glibc
import Loop
import Synchronization
import Testing

@testable import WebClient

@Suite struct ExchangeTests {
    /// Answers with the head of the request, and its body after it.
    private static let echo: RawServer.Script = { peer in
        while let head = peer.readHead() {
            let lower = head.lowercased()
            var body: [UInt8] = []
            if lower.contains("transfer-encoding: chunked") {
                guard let chunks = peer.readChunks() else { return }
                body = chunks
            } else if let length = lower.split(separator: "content-length: ").dropFirst().first {
                guard let whole = peer.readBody(Int(length.prefix { $0.isNumber })!) else { return }
                body = whole
            }
            if head.hasPrefix("HEAD ") {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 123456789\r\nX-Kind: head\r\n\r\n")
            } else {
                peer.answer(
                    "200 OK", "X-Kind: Echo \r\nx-twice: a\r\nX-Twice: b\r\n",
                    head + String(decoding: body, as: UTF8.self))
            }
        }
    }

    @Test func `a request arrives as it was written, and so does the answer`() async throws {
        let server = try RawServer(Self.echo)
        try await withClient { client, _ in
            let request = WebRequest(
                "GET", "http://127.0.0.1:\(server.port)/a/../b?c=%20", egress: .test(server.port),
                headers: ["X-Clave": "uno, dos", "X-Empty": ""])
            let answer = try await client.send(request)
            let text = String(decoding: answer.body, as: UTF8.self)

            #expect(text.hasPrefix("GET /a/../b?c=%20 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
            #expect(text.contains("X-Clave: uno, dos\r\n"))
            #expect(text.contains("X-Empty:\r\n"))
            #expect(text.contains("User-Agent: Mastil\r\n"))
            #expect(answer.status == 200)
            #expect(answer.headers["x-KIND"] == "Echo")
            #expect(answer.headers.fields.filter { $0.name == "x-twice" }.map(\.value) == ["a", "b"])
        }
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"], [0, 1, 5_000_000])
    func `a body in memory arrives whole and with its length`(method: String, count: Int) async throws {
        let server = try RawServer(Self.echo)
        let body = (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
        try await withClient { client, _ in
            let request = WebRequest(
                method, "http://127.0.0.1:\(server.port)/", egress: .test(server.port), body: .bytes(body))
            let answer = try await client.send(request)
            let head = answer.body.dropLast(count)

            #expect(answer.body.suffix(count).elementsEqual(body))
            #expect(String(decoding: head, as: UTF8.self).hasPrefix("\(method) / HTTP/1.1\r\n"))
            #expect(String(decoding: head, as: UTF8.self).contains("Content-Length: \(count)\r\n"))
            #expect(!String(decoding: head, as: UTF8.self).contains("Expect"))
        }
    }

    @Test func `a request without a body says so where one could be expected`() async throws {
        let server = try RawServer(Self.echo)
        try await withClient { client, _ in
            for (method, hasLength) in [
                ("POST", true), ("PUT", true), ("GET", false), ("DELETE", false), ("OPTIONS", false),
            ] {
                let request = WebRequest(method, "http://127.0.0.1:\(server.port)/", egress: .test(server.port))
                let text = String(decoding: try await client.send(request).body, as: UTF8.self)
                #expect(text.hasPrefix("\(method) "))
                #expect(text.contains("Content-Length: 0\r\n") == hasLength)
                #expect(!text.contains("Content-Type"))
            }
        }
    }

    @Test func `a HEAD has no body, however long it would be`() async throws {
        let server = try RawServer(Self.echo)
        try await withClient { client, _ in
            let request = WebRequest(
                "HEAD", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), bodyLimit: 10)
            let answer = try await client.send(request)
            #expect(answer.headers["x-kind"] == "head")
            #expect(answer.body.isEmpty)
        }
    }

    @Test(arguments: [true, false])
    func `a body in pieces arrives whole, with or without its length`(hasLength: Bool) async throws {
        let server = try RawServer(Self.echo)
        try await withClient { client, loop in
            let pieces = Mutex(
                Array(1...50).map { [UInt8](repeating: UInt8(ascii: "a") + UInt8($0 % 26), count: $0 * 700) } + [[]])
            let whole = pieces.withLock { $0.flatMap(\.self) }
            let body = WebRequest.Body.stream(length: hasLength ? whole.count : nil) {
                try await loop.sleep(for: .milliseconds(1))
                return pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            }
            let request = WebRequest("POST", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), body: body)
            let answer = try await client.send(request)

            #expect(answer.body.suffix(whole.count).elementsEqual(whole))
        }
    }

    private struct SourceBroke: Error {}

    @Test(arguments: [5, 50, nil])
    func `a body that is not what was announced, or breaks, ends the request`(length: Int?) async throws {
        let server = try RawServer(Self.echo)
        try await withClient { client, loop in
            let turn = Mutex(0)
            let body = WebRequest.Body.stream(length: length) {
                let count = turn.withLock { turn in
                    turn += 1
                    return turn
                }
                if count == 3 && length == nil { throw SourceBroke() }
                return count < 3 ? Array("diez bytes".utf8) : nil
            }
            let request = WebRequest("POST", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), body: body)
            guard case .bodyFailed = await failure({ try await client.send(request) }) else {
                Issue.record("it went through")
                return
            }
            try await eventually("the connection ends", on: loop) { server.openConnections == 0 }
        }
    }

    @Test(.enabled("there is no IPv6 here") { RawServer.hasIPv6 })
    func `a server is spoken to over IPv6 as well`() async throws {
        let server = try RawServer(on: "::1", Self.echo)
        try await withClient(resolver: Resolver { _ in [IPAddress("::1")!] }) { client, _ in
            for host in ["[::1]", "[0:0::1]", "box.example"] {
                let request = WebRequest(
                    "GET", "http://\(host):\(server.port)/", egress: .test(server.port, at: "::1"))
                let answer = try await client.send(request)
                #expect(answer.status == 200)
            }
        }
        #expect(server.connections == 2)
    }

    @Test func `one connection serves one request after the other`() async throws {
        let server = try RawServer(Self.echo)
        try await withClient { client, _ in
            for number in 0..<50 {
                let request = WebRequest(
                    number % 2 == 0 ? "GET" : "POST", "http://127.0.0.1:\(server.port)/\(number)",
                    egress: .test(server.port),
                    body: number % 2 == 0 ? .none : .bytes([65]))
                _ = try await client.send(request)
            }
        }
        #expect(server.connections == 1)
    }

    @Test func `a hundred requests run at once on one loop`() async throws {
        let server = try RawServer { peer in
            while let head = peer.readHead() {
                var pause = timespec(tv_sec: 0, tv_nsec: 20_000_000)
                nanosleep(&pause, nil)
                peer.answer("200 OK", "", String(head.split(separator: " ")[1]))
            }
        }
        try await withClient(connectionLimitPerHost: 40) { client, loop in
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<100 {
                    group.addTask(executorPreference: loop) {
                        let request = WebRequest(
                            "GET", "http://127.0.0.1:\(server.port)/\(number)", egress: .test(server.port))
                        return (number, String(decoding: try await client.send(request).body, as: UTF8.self))
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(answers.count == 100)
            #expect(answers.allSatisfy { $0.value == "/\($0.key)" })
        }
        #expect(server.mostAtOnce <= 40)
        #expect(server.mostAtOnce > 10)
    }

    @Test func `waiting for a free connection is not taken for connecting`() async throws {
        let server = try RawServer { peer in
            while peer.readHead() != nil {
                usleep(150_000)
                peer.answer()
            }
        }
        try await withClient(connectionLimitPerHost: 1) { client, loop in
            let request = WebRequest(
                "GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port),
                connectDeadline: .milliseconds(100))
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<5 { group.addTask(executorPreference: loop) { try await client.send(request).status } }
                for try await status in group { #expect(status == 200) }
            }
        }
        #expect(server.connections == 1)
    }

    /// The request may have been carried out before the connection died: only what may be done twice is.
    @Test(arguments: [("GET", false, 2), ("PUT", true, 2), ("POST", true, 1), ("PATCH", true, 1)])
    func `a kept connection that dies repeats only what may be done twice`(
        method: String, hasBody: Bool, times: Int
    ) async throws {
        let seen = Mutex(0)
        let server = try RawServer { peer in
            for isFirst in [true, false] {
                guard let head = peer.readHead() else { return }
                if head.contains("/second") {
                    if hasBody && peer.readBody(1) == nil { return }
                    seen.withLock { $0 += 1 }
                }
                if !isFirst { return }
                peer.answer()
            }
        }
        try await withClient { client, _ in
            let address = "http://127.0.0.1:\(server.port)/"
            _ = try await client.send(WebRequest("GET", address + "first", egress: .test(server.port)))
            let request = WebRequest(
                method, address + "second", egress: .test(server.port), body: hasBody ? .bytes([65]) : .none)
            let error = await failure { try await client.send(request) }
            #expect((error == nil) == (times == 2), "\(String(describing: error))")
            #expect(error?.neverArrived != true)
        }
        #expect(seen.withLock { $0 } == times)
    }

    @Test func `a POST without a body never takes a connection that may be stale`() async throws {
        let server = try RawServer(Self.echo)
        try await withClient { client, _ in
            for _ in 0..<3 {
                _ = try await client.send(
                    WebRequest("POST", "http://127.0.0.1:\(server.port)/", egress: .test(server.port)))
            }
        }
        #expect(server.connections == 3)
    }

    @Test(arguments: [
        ("X-A", "b\r\nX-C: d"), ("X-A", "b\nc"), ("X-A", "b\u{0}c"), ("X A", "b"), ("", "b"), ("X-A:", "b"),
        ("X\r\nY", "b"),
        ("Host", "other"), ("content-LENGTH", "5"), ("Transfer-Encoding", "chunked"), ("Connection", "close"),
    ])
    func `a header that would make another request is refused`(name: String, value: String) async throws {
        let server = try RawServer(Self.echo)
        try await withClient { client, _ in
            var headers = WebHeaders()
            headers.add(name, value)
            let request = WebRequest(
                "GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), headers: headers)
            guard case .badRequest = await failure({ try await client.send(request) }) else {
                Issue.record("it was sent")
                return
            }
        }
        #expect(server.connections == 0)
    }

    @Test(arguments: ["", "GET /x HTTP/1.1\r\nX:", "GE T"])
    func `what is not a method is refused`(method: String) async throws {
        try await withClient { client, _ in
            let error = await failure {
                try await client.send(WebRequest(method, "http://127.0.0.1:1/", egress: .test(1)))
            }
            #expect(error?.neverArrived == true)
        }
    }
}
