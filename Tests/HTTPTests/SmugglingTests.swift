import HTTP
import TestSupport
import Testing

@Suite struct SmugglingTests {
    /// Notes a request only once all of it has been read.
    private func server(
        _ test: (RunningServer, Log<String>) async throws -> Void
    ) async throws {
        let log = Log<String>()
        try await RunningServer.run(handler: { request in
            do throws(RequestError) {
                let body = try await request.body.bytes(upTo: 100_000)
                log.add("\(request.rawTarget) \(body.count)")
                return .text("ok")
            } catch { return .problem(error) }
        }) { server in try await test(server, log) }
    }

    @Test func `there is a vector for more classes than are known of other servers`() {
        #expect(Vector.all.count >= 150)
        #expect(Set(Vector.all.map(\.name)).count == Vector.all.count)
    }

    @Test(arguments: Vector.Part.allCases)
    func `what could be read in two ways is refused, and nothing behind it is read`(part: Vector.Part) async throws {
        try await server { server, log in
            for vector in part.vectors {
                let answer = try await server.client { client in
                    try client.send(vector.bytes + Array("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
                    return String(decoding: try client.receiveAll(), as: UTF8.self)
                }
                #expect(answer.hasPrefix("HTTP/1.1 \(vector.status) "), "\(vector.name): \(answer)")
                #expect(answer.split(separator: "\r\nDate: ").count == 2, "\(vector.name) has more than one answer")
                #expect(answer.contains("\r\nConnection: close\r\n"), "\(vector.name) leaves the connection open")
            }
            #expect(log.all == [])
        }
    }

    /// Each followed by a request of its own on the same connection, which must be seen exactly once.
    static let harmless: [(String, String, [String])] = [
        (
            "Upgrade to HTTP/2", "GET /first HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
            ["/first 0"]
        ),
        (
            "Upgrade to WebSocket",
            "GET /first HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", ["/first 0"]
        ),
        (
            "request inside of a body",
            "POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: 32\r\n\r\nGET /inner HTTP/1.1\r\nHost: a\r\n\r\n",
            ["/first 32"]
        ),
        (
            "request inside of a chunk",
            "POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nGET /inner HTTP/1.1\r\nHost: a\r\n\r\n\r\n0\r\n\r\n",
            ["/first 32"]
        ),
        (
            "chunked in capitals",
            "POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n", ["/first 5"]
        ),
        (
            "blanks round the length", "POST /first HTTP/1.1\r\nHost: a\r\nContent-Length:  5 \t\r\n\r\nhello",
            ["/first 5"]
        ),
        (
            "chunk extensions and a trailer",
            "POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n000;x\r\nX: y\r\n\r\n",
            ["/first 5"]
        ),
        (
            "lengths in other spellings",
            "POST /first HTTP/1.1\r\nHost: a\r\nContent_Length: 5\r\nX-Content-Length: 5\r\n\r\n", ["/first 0"]
        ),
        ("one empty line before", "\r\nGET /first HTTP/1.1\r\nHost: a\r\n\r\n", ["/first 0"]),
        ("length zero on GET", "GET /first HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", ["/first 0"]),
        ("absolute form", "GET http://A:80/first HTTP/1.1\r\nHost: a:80\r\n\r\n", ["http://A:80/first 0"]),
    ]

    @Test func `what is only strange is framed right`() async throws {
        for (name, bytes, expected) in Self.harmless {
            try await server { server, log in
                let answer = try await server.client { client in
                    try client.send(bytes + "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    return String(decoding: try client.receiveAll(), as: UTF8.self)
                }
                #expect(log.all == expected + ["/last 0"], "\(name): \(answer)")
            }
        }
    }

    @Test func `a person's browser is shown a page, a program a problem`() async throws {
        try await server { server, _ in
            let (page, problem) = try await server.client { client in
                try client.send("GET /<script> HTTP/1.1\r\nAccept: text/html,*/*;q=0.8\r\nHost: a\r\n\r\n")
                let page = try client.response()
                let other = try RawClient(to: server.address)
                try other.send("GET /<script> HTTP/1.1\r\nHost: a\r\n\r\n")
                return (page, try other.response())
            }
            #expect(page["content-type"] == "text/html; charset=utf-8")
            #expect(page.text.contains("<h1>Bad Request</h1>"))
            #expect(!page.text.contains("script"))
            #expect(problem["content-type"] == "application/problem+json")
            #expect(problem.text.contains("\"status\":400"))
        }
    }
}
