import HTTP
import Loop
import TestSupport
import Testing

/// Files, versions, parts and compression, as curl sees them.
@Suite struct DeliveryTests {
    private static let bytes = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 17 >> 4) })
    private static let page = Array(String(repeating: "<p>Corte de servicio, página</p>", count: 700).utf8)

    /// A folder with a file of bytes and one of text, served under their names.
    private func withFiles(
        isEncrypted: Bool = false, _ test: (RunningServer, String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try folder.write("bytes.bin", Self.bytes)
        try folder.write("page.html", Self.page)
        try folder.write(".secret", [1])
        let path = folder.path
        try await RunningServer.run(handler: { request in
            switch request.path.all {
            case ["dynamic"]:
                var response = Response.html(Self.page)
                response.headers["ETag"] = "\"v1\""
                return response
            case ["small"]: return .text("small")
            case ["stream"]:
                return .stream(.csv) { writer in
                    for index in 0..<500 { try await writer.write(Array("row \(index), some text\n".utf8)) }
                }
            case ["large"]: return .html([UInt8](repeating: 65, count: 2_000_000))
            default:
                return .file(under: path, request.path.all)
                    ?? .refusal(.notFound, detail: "There is nothing here.", to: request)
            }
        }) { server in try await test(server, path) }
        withExtendedLifetime(folder) {}
    }

    private func curl(_ server: RunningServer, _ path: String, _ options: String...) async throws -> RawResponse {
        let result = try await Program.run(
            "curl", ["-s", "-i", "--http1.1", "--path-as-is"] + options + ["http://\(server.address)\(path)"],
            on: server.loops.all[0])
        // curl has already joined the chunks and undone the compression.
        return try RawResponse(endingWithItself: result.output)
    }

    @Test func `a file is sent as it is`() async throws {
        try await withFiles { server, _ in
            let answer = try await curl(server, "/bytes.bin")
            #expect(answer.status == 200 && answer.body == Self.bytes)
            #expect(answer["content-type"] == "application/octet-stream")
            #expect(answer["accept-ranges"] == "bytes")
            #expect(try await curl(server, "/page.html")["content-type"] == "text/html; charset=utf-8")
            let head = try await curl(server, "/bytes.bin", "-I")
            #expect(head["content-length"] == "300000" && head.body.isEmpty)
            for path in ["/.secret", "/missing", "/", "/bytes.bin/", "/../etc/passwd"] {
                #expect((400...404).contains(try await curl(server, path).status), "\(path)")
            }
        }
    }

    @Test(arguments: [
        ("0-0", 0..<1, 206), ("10-19", 10..<20, 206), ("299990-", 299_990..<300_000, 206),
        ("-5", 299_995..<300_000, 206), ("-999999", 0..<300_000, 206), ("299999-400000", 299_999..<300_000, 206),
        ("300000-", 0..<0, 416), ("-0", 0..<0, 416), ("5-4", 0..<300_000, 200), ("a-b", 0..<300_000, 200),
        ("0-1,5-6", 0..<300_000, 200), ("-", 0..<300_000, 200),
    ])
    func `a range is cut right`(range: String, expected: Range<Int>, status: Int) async throws {
        try await withFiles { server, _ in
            let answer = try await curl(server, "/bytes.bin", "-H", "Range: bytes=\(range)")
            #expect(answer.status == status)
            #expect(answer.body == Array(Self.bytes[expected]))
            switch status {
            case 206:
                #expect(answer["content-range"] == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/300000")
            case 416: #expect(answer["content-range"] == "bytes */300000")
            default: #expect(answer["content-range"] == nil)
            }
        }
    }

    @Test func `a version the client has is not sent again`() async throws {
        try await withFiles { server, _ in
            for path in ["/bytes.bin", "/page.html", "/dynamic"] {
                for options in [[], ["-H", "Accept-Encoding: gzip"], ["-H", "Accept-Encoding: br"]] {
                    let first = try await server.get(path, options)
                    let tag = try #require(first["etag"])
                    let again = try await server.get(path, options + ["-H", "If-None-Match: \"x\", \(tag)"])
                    #expect(again.status == 304 && again.body.isEmpty && again["etag"] == tag)
                    #expect(again["content-length"] == nil)
                    #expect(try await server.get(path, options + ["-H", "If-None-Match: \"x\""]).status == 200)
                    #expect(try await server.get(path, options + ["-H", "If-None-Match: *"]).status == 304)
                }
            }
            let date = try #require(try await server.get("/bytes.bin", [])["last-modified"])
            #expect(try await server.get("/bytes.bin", ["-H", "If-Modified-Since: \(date)"]).status == 304)
            let past = "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"
            #expect(try await server.get("/bytes.bin", ["-H", past]).status == 200)
            // A tag goes before a date.
            let both = ["-H", "If-Modified-Since: \(date)", "-H", "If-None-Match: \"x\""]
            #expect(try await server.get("/bytes.bin", both).status == 200)
        }
    }

    @Test func `a range of another version is the whole`() async throws {
        try await withFiles { server, path in
            let tag = try #require(try await server.get("/bytes.bin", [])["etag"])
            let range = ["-H", "Range: bytes=0-9"]
            #expect(try await server.get("/bytes.bin", range + ["-H", "If-Range: \(tag)"]).status == 206)
            #expect(try await server.get("/bytes.bin", range + ["-H", "If-Range: \"other\""]).status == 200)
            #expect(try await server.get("/bytes.bin", range + ["-H", "If-Range: W/\(tag)"]).status == 200)
        }
    }

    @Test(
        arguments: [
            ("gzip", "gzip"), ("br", "br"), ("gzip, deflate, br", "br"), ("br;q=0.5, gzip;q=0.8", "gzip"),
            ("br;q=0, gzip;q=0", nil), ("identity", nil), ("*", "br"), ("*, br;q=0", "gzip"), ("gzip;q=0.000", nil),
            ("GZIP;Q=1", "gzip"), ("x-gzip", "gzip"), ("br;q=nonsense", nil),
        ] as [(String, String?)])
    func `the coding is the one the client likes best`(accept: String, coding: String?) async throws {
        try await withFiles { server, _ in
            for path in ["/dynamic", "/page.html", "/stream"] {
                let answer = try await server.get(path, ["-H", "Accept-Encoding: \(accept)"])
                #expect(answer["content-encoding"] == coding, "\(path)")
                #expect(answer["vary"] == "Accept-Encoding", "\(path)")
            }
        }
    }

    @Test(arguments: ["gzip", "br"])
    func `what is compressed is the same when curl has undone it`(coding: String) async throws {
        try await withFiles { server, _ in
            let rows = (0..<500).map { "row \($0), some text\n" }.joined()
            let expected: [(String, [UInt8])] = [
                ("/dynamic", Self.page), ("/page.html", Self.page), ("/stream", Array(rows.utf8)),
                ("/large", [UInt8](repeating: 65, count: 2_000_000)),
            ]
            for (path, body) in expected {
                let options = ["--compressed", "-H", "Accept-Encoding: \(coding)"]
                let answer = try await server.get(path, options)
                #expect(answer["content-encoding"] == coding, "\(path)")
                #expect(answer.body == body, "\(path)")
                if let length = answer["content-length"] { #expect(Int(length)! < body.count / 4) }
            }
            #expect(
                try await server.get("/dynamic", ["-H", "Accept-Encoding: \(coding)"])["etag"] == "\"v1-\(coding)\"")
            #expect(try await server.get("/small", ["-H", "Accept-Encoding: \(coding)"])["vary"] == nil)
            #expect(
                try await server.get("/bytes.bin", ["-H", "Accept-Encoding: \(coding)"])["content-encoding"] == nil)
        }
    }

    @Test func `a row that is streamed compressed can be read before the next is written`() async throws {
        let feed = Log<Int>()
        try await RunningServer.run(handler: { request in
            .stream(.csv) { writer in
                try await writer.write(Array("first row\n".utf8))
                feed.add(1)
                try await request.loop.sleep(for: .seconds(60))
            }
        }) { server in
            let first = try await server.client { client in
                try client.send("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
                var bytes: [UInt8] = []
                while !String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n") || bytes.last != 10 {
                    bytes += try client.receive()
                }
                return bytes
            }
            #expect(first.count > 100 && feed.all == [1])
        }
    }
}

extension RunningServer {
    fileprivate func get(_ path: String, _ options: [String]) async throws -> RawResponse {
        let result = try await Program.run(
            "curl", ["-s", "-i", "--http1.1"] + options + ["http://\(address)\(path)"], on: loops.all[0])
        return try RawResponse(endingWithItself: result.output)
    }
}
