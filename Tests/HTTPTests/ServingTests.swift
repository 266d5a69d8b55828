import HTTP
import Loop
import Synchronization
import TestSupport
import Testing

@Suite struct ServingTests {
    @Test func `a request is answered and the connection lives on`() async throws {
        try await RunningServer.run(handler: { request in
            .text("\(request.method.name) \(request.path.all) \(request.query["a"] ?? "-") \(request.host)")
        }) { server in
            let texts = try await server.client { client in
                var texts: [String] = []
                for index in 0..<3 {
                    try client.send("GET /x/y%20\(index)?a=b%26 HTTP/1.1\r\nHost: Example.com:80\r\n\r\n")
                    texts.append(try client.response().text)
                }
                return texts
            }
            #expect(texts == (0..<3).map { "GET [\"x\", \"y \($0)\"] b& example.com" })
        }
    }

    @Test func `pipelined requests are answered in their order`() async throws {
        try await RunningServer.run(handler: { request in
            if request.path[0] == "1" { try? await request.loop.sleep(for: .milliseconds(30)) }
            return .text(request.path[0])
        }) { server in
            let texts = try await server.client { client in
                try client.send((0..<200).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
                return try (0..<200).map { _ in try client.response().text }
            }
            #expect(texts == (0..<200).map(String.init))
        }
    }

    @Test(arguments: [true, false]) func `a body arrives whole`(isChunked: Bool) async throws {
        let body = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
        try await RunningServer.run(handler: { request in
            do throws(RequestError) {
                let bytes = try await request.body.bytes(upTo: 4_000_000)
                return .text("\(bytes == body)")
            } catch { return .problem(error) }
        }) { server in
            let answers = try await server.client { client in
                var answers: [String] = []
                for _ in 0..<2 {
                    if isChunked {
                        try client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                        var start = 0
                        while start < body.count {
                            let end = min(body.count, start + 77_777)
                            try client.send("\(String(end - start, radix: 16))\r\n")
                            try client.send(Array(body[start..<end]) + [13, 10])
                            start = end
                        }
                        try client.send("0\r\n\r\n")
                    } else {
                        try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n")
                        try client.send(body)
                    }
                    answers.append(try client.response().text)
                }
                return answers
            }
            #expect(answers == ["true", "true"])
        }
    }

    @Test func `a streamed answer reaches a slow reader whole`() async throws {
        let piece = [UInt8](repeating: 7, count: 100_000)
        try await RunningServer.run(handler: { _ in
            .stream(.binary) { writer in
                for _ in 0..<100 { try await writer.write(piece) }
            }
        }) { server in
            let count = try await server.client { client in
                try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return try client.response().body.count
            }
            #expect(count == 10_000_000)
        }
    }
}
