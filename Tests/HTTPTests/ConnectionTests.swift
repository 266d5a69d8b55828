import Addresses
import HTTP
import Loop
import TestSupport
import Testing

@Suite struct ConnectionTests {
    private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `HTTP 1.0 closes unless it asks to stay`() async throws {
        try await RunningServer.run(handler: { _ in .text("ok") }) { server in
            let (stays, all) = try await server.client { client in
                try client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                let stays = try client.response()
                try client.send("GET / HTTP/1.0\r\n\r\n")
                return (stays, String(decoding: try client.receiveAll(), as: UTF8.self))
            }
            #expect(stays["connection"] == "keep-alive")
            #expect(all.contains("\r\nConnection: close\r\n") && all.hasSuffix("ok"))
        }
    }

    @Test func `HEAD is answered without a body but with its length`() async throws {
        try await RunningServer.run(handler: { _ in .text("four") }) { server in
            let (head, next) = try await server.client { client in
                try client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + Self.get)
                return (try client.response(toHead: true), try client.response())
            }
            #expect(head["content-length"] == "4")
            #expect(next.text == "four")
        }
    }

    @Test func `a streamed answer to HTTP 1.0 ends with the connection`() async throws {
        try await RunningServer.run(handler: { _ in
            .stream(.text) { writer in for word in ["a", "b", "c"] { try await writer.write(Array(word.utf8)) } }
        }) { server in
            let all = try await server.client { client in
                try client.send("GET / HTTP/1.0\r\n\r\n")
                return String(decoding: try client.receiveAll(), as: UTF8.self)
            }
            #expect(all.hasSuffix("\r\n\r\nabc"))
            #expect(!all.contains("chunked"))
        }
    }

    @Test func `a stream that fails is cut, so that nobody takes it for whole`() async throws {
        struct Failure: Error {}
        let log = Log<Exchange.Outcome>()
        try await RunningServer.run(
            onExchange: { log.add($0.outcome) },
            handler: { _ in
                .stream(.text) { writer in
                    try await writer.write(Array("begun".utf8))
                    throw Failure()
                }
            }
        ) { server in
            let all = try await server.client { client in
                try client.send(Self.get)
                return String(decoding: try client.receiveAll(), as: UTF8.self)
            }
            #expect(all.hasSuffix("5\r\nbegun\r\n"))
            #expect(await eventually(on: server.loops.all[0]) { log.all == [.interrupted] })
        }
    }

    @Test func `the client is asked to go on only when the handler reads`() async throws {
        try await RunningServer.run(handler: { request in
            if request.path[0] == "refuse" { return Response(.forbidden) }
            do throws(RequestError) { return .text("\(try await request.body.bytes(upTo: 100).count)") } catch {
                return .problem(error)
            }
        }) { server in
            let head = "HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
            let (interim, final, refusal) = try await server.client { client in
                try client.send("POST /take \(head)")
                let interim = String(decoding: try client.receive(), as: UTF8.self)
                try client.send("hello")
                let final = try client.response().text
                try client.send("POST /refuse \(head)")
                return (interim, final, String(decoding: try client.receiveAll(), as: UTF8.self))
            }
            #expect(interim == "HTTP/1.1 100 Continue\r\n\r\n")
            #expect(final == "5")
            #expect(refusal.hasPrefix("HTTP/1.1 403 ") && refusal.contains("\r\nConnection: close\r\n"))
        }
    }

    @Test func `a body nobody reads does not hurt the next request`() async throws {
        try await RunningServer.run(handler: { _ in .text("no") }) { server in
            let texts = try await server.client { client in
                try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + Self.get)
                return [try client.response().text, try client.response().text]
            }
            #expect(texts == ["no", "no"])
        }
    }

    @Test func `an early answer to a long upload arrives in spite of it`() async throws {
        try await RunningServer.run(handler: { request in .problem(.contentTooLarge) }) { server in
            let answer = try await server.client { client in
                try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n")
                // The server reads on for a while, so that its answer is not lost to a reset.
                do { for _ in 0..<100 { try client.send([UInt8](repeating: 7, count: 100_000)) } } catch {}
                return try client.response()
            }
            #expect(answer.status == 413)
        }
    }

    @Test func `a client that goes away cancels its handler`() async throws {
        let log = Log<String>()
        try await RunningServer.run(
            onExchange: { log.add("\($0.outcome)") },
            handler: { request in
                log.add("begun")
                do { try await request.loop.sleep(for: .seconds(60)) } catch { log.add("cancelled") }
                return .text("late")
            }
        ) { server in
            for isReset in [false, true] {
                let before = log.all.count { $0 == "begun" }
                let client = try RawClient(to: server.address)
                try client.send(Self.get)
                #expect(await eventually(on: server.loops.all[0]) { log.all.count { $0 == "begun" } == before + 1 })
                if isReset { client.reset() } else { client.endSending() }
                withExtendedLifetime(client) {}
            }
            #expect(await eventually(on: server.loops.all[0]) { log.all.count { $0 == "cancelled" } == 2 })
            #expect(await eventually(on: server.loops.all[0]) { log.all.count { $0 == "interrupted" } == 2 })
        }
    }

    @Test func `a client that goes away wakes who reads its body or writes its answer`() async throws {
        let log = Log<String>()
        try await RunningServer.run(handler: { request in
            if request.method == .post {
                do throws(RequestError) { _ = try await request.body.bytes(upTo: 1000) } catch {
                    log.add("body \(error)")
                }
                return .text("")
            }
            return .stream(.binary) { writer in
                do {
                    while true { try await writer.write([UInt8](repeating: 1, count: 50_000)) }
                } catch { log.add("stream \(error)") }
            }
        }) { server in
            try await server.client { client in
                try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhello")
                client.endSending()
                _ = try client.receiveAll()
                let reader = try RawClient(to: server.address)
                try reader.send(Self.get)
                _ = try reader.receive()
            }
            #expect(
                await eventually(on: server.loops.all[0]) {
                    Set(log.all) == ["body interrupted", "stream interrupted"]
                })
        }
    }

    @Test func `a header that would break the answer in two is not sent`() async throws {
        try await RunningServer.run(handler: { request in
            .redirect(to: "/\(request.query["to"] ?? "")")
        }) { server in
            for value in ["a%0d%0aSet-Cookie:%20x=y", "%0a", "a%0db", "%7f"] {
                let answer = try await server.client { client in
                    try client.send("GET /?to=\(value) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    return String(decoding: try client.receiveAll(), as: UTF8.self)
                }
                #expect(answer.hasPrefix("HTTP/1.1 500 "), "\(value)")
                #expect(!answer.contains("Set-Cookie"))
            }
        }
    }

    @Test func `it listens on several addresses and tells the internal one apart`() async throws {
        let folder = try TemporaryFolder()
        var configuration = ServerConfiguration(listeners: [
            .init(.ip(.loopback, port: 0)), .init(.unix(path: "\(folder.path)/socket")),
            .init(.ip(.loopback, port: 0), isInternal: true),
        ])
        var expected = ["127.0.0.1 127.0.0.1 false", "127.0.0.1 9.9.9.9 false", "127.0.0.1 127.0.0.1 true"]
        if ProcessFacts.hasIPv6 {
            configuration.listeners.append(.init(.ip(IPAddress("::1")!, port: 0)))
            expected.append("::1 ::1 false")
        }
        try await RunningServer.run(configuration, handler: { .text("\($0.peer) \($0.client) \($0.isInternal)") }) {
            server in
            var texts: [String] = []
            for address in server.server.addresses {
                texts.append(
                    try await server.clients.run {
                        let client = try RawClient(to: address)
                        try client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n")
                        return try client.response().text
                    })
            }
            #expect(texts == expected)
            #expect(throws: ServerError.addressInUse(server.address)) {
                try Server(ServerConfiguration(listeners: [.init(server.address)]), loops: server.loops) { _ in
                    .text("")
                }.start()
            }
            #expect(throws: ServerError.addressUnavailable(.ip(IPAddress("192.0.2.1")!, port: 1))) {
                let taken = ServerConfiguration(listeners: [.init(.ip(IPAddress("192.0.2.1")!, port: 1))])
                try Server(taken, loops: server.loops) { _ in .text("") }.start()
            }
        }
        withExtendedLifetime(folder) {}
    }

    @Test func `the exchange is told once its answer has left`() async throws {
        let log = Log<String>()
        try await RunningServer.run(
            onExchange: { exchange in
                log.add(
                    "\(exchange.request?.method.name ?? "-") \(exchange.status?.code ?? 0) \(exchange.bytesSent) "
                        + "\(exchange.outcome) \(exchange.duration > .zero)")
            },
            handler: { _ in .text("four") }
        ) { server in
            try await server.client { client in
                try client.send(Self.get + "nonsense\r\n\r\n")
                _ = try client.receiveAll()
            }
            #expect(await eventually(on: server.loops.all[0]) { log.all.count == 2 })
            #expect(log.all.first == "GET 200 4 answered true")
            #expect(log.all.last?.hasPrefix("- 400 ") == true)
            let statistics = server.server.statistics
            #expect(statistics.requests == 1 && statistics.accepted == 1 && statistics.refused == 1)
        }
    }
}
