import Addresses
import Glibc
import Loop
import Synchronization
import Testing

@testable import WebClient

@Suite struct CancellationTests {
    private static let silent: RawServer.Script = { peer in
        _ = peer.readHead()
        peer.readToEnd()
    }

    @Test func `a cancelled task frees its transfer and its connection`() async throws {
        let server = try RawServer(Self.silent)
        try await withClient { client, loop in
            let outcome = Mutex<WebError?>(nil)
            let request = WebRequest("GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port))
            let task = loop.spawn { [client] in
                let error = await failure { try await client.send(request) }
                outcome.withLock { $0 = error }
            }
            try await eventually("the request arrives", on: loop) { server.openConnections == 1 }
            #expect(client.transfersUnderWay == 1)

            task.cancel()

            await task.value
            #expect(outcome.withLock { $0 } == .cancelled)
            #expect(client.transfersUnderWay == 0)
            try await eventually("the connection ends", on: loop) { server.openConnections == 0 }
        }
    }

    @Test func `a hundred requests cancelled at once leave nothing behind`() async throws {
        let server = try RawServer(Self.silent)
        try await withClient(connectionLimitPerHost: 50) { client, loop in
            let request = WebRequest("GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port))
            let ended = Mutex(0)
            let tasks = (0..<100).map { _ in
                loop.spawn { [client] in
                    if await failure({ try await client.send(request) }) == .cancelled { ended.withLock { $0 += 1 } }
                }
            }
            try await eventually("the connections are there", on: loop) { server.openConnections == 50 }
            for task in tasks { task.cancel() }
            for task in tasks { await task.value }

            #expect(ended.withLock { $0 } == 100)
            #expect(client.transfersUnderWay == 0)
            try await eventually("the connections end", on: loop) { server.openConnections == 0 }
        }
    }

    @Test func `what is cancelled before it begins does not begin`() async throws {
        let server = try RawServer(Self.silent)
        try await withClient { client, loop in
            let outcome = Mutex<WebError?>(nil)
            let request = WebRequest("GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port))
            let gate = Mutex(false)
            let task = loop.spawn { [client] in
                while !gate.withLock({ $0 }) { await Task.yield() }
                let error = await failure { try await client.send(request) }
                outcome.withLock { $0 = error }
            }
            task.cancel()
            gate.withLock { $0 = true }
            await task.value
            #expect(outcome.withLock { $0 } == .cancelled)
            #expect(client.transfersUnderWay == 0)
        }
    }

    /// The look-up itself cannot be stopped, but nobody has to wait for it.
    @Test(arguments: [true, false])
    func `a look-up that hangs holds up neither the deadline nor the loop`(isCancelled: Bool) async throws {
        let gate = Mutex(false)
        let pool = BlockingPool(threads: 1, queueLimit: 1, name: "names")
        let resolver = Resolver { _ in
            try await pool.run {
                while !gate.withLock({ $0 }) { usleep(1000) }
                return []
            }
        }
        defer { gate.withLock { $0 = true } }
        try await withClient(resolver: resolver) { client, loop in
            let outcome = Mutex<WebError?>(nil)
            let request = WebRequest(
                "GET", "http://box.example:80/", egress: .test(80),
                deadline: isCancelled ? .seconds(60) : .milliseconds(100))
            let task = loop.spawn { [client] in
                let error = await failure { try await client.send(request) }
                outcome.withLock { $0 = error }
            }
            if isCancelled { task.cancel() }
            await task.value
            #expect(outcome.withLock { $0 } == (isCancelled ? .cancelled : .deadlineExceeded(.milliseconds(100))))
        }
    }

    @Test func `too many look-ups are refused at once`() async throws {
        let gate = Mutex(false)
        let pool = BlockingPool(threads: 1, queueLimit: 0, name: "names")
        defer { gate.withLock { $0 = true } }
        try await withClient(resolver: .system(on: pool)) { client, _ in
            let request = WebRequest("GET", "http://localhost:80/", egress: .test(80))
            let error = await failure { try await client.send(request) }
            #expect(error == .notResolved(name: "localhost", "too many look-ups are waiting"))
        }
    }

    /// Where no name server answers, the system asks each of up to three twice, for five seconds at a time.
    static let nameServersDeadline = Duration.seconds(120)

    @Test func `the system's resolver finds this machine and says what it does not find`() async throws {
        let server = try RawServer { peer in while peer.readHead() != nil { peer.answer() } }
        let pool = BlockingPool(threads: 1, queueLimit: 10, name: "names")
        try await withClient(resolver: .system(on: pool)) { client, _ in
            let egress = Egress.devices(
                ["127.0.0.0/8", "::1"].map { .init(AddressRange($0)!, ports: [server.port], evenSpecial: true) })
            let answer = try await client.send(
                WebRequest("GET", "http://localhost:\(server.port)/", egress: egress))
            #expect(answer.status == 200)
            let error = await failure {
                try await client.send(
                    WebRequest(
                        "GET", "http://nowhere.invalid:\(server.port)/", egress: egress,
                        deadline: Self.nameServersDeadline))
            }
            guard case .notResolved("nowhere.invalid", _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `a stream given up early ends its connection`() async throws {
        let server = try RawServer { peer in
            guard peer.readHead() != nil else { return }
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while peer.write("5\r\nhello\r\n") {}
        }
        try await withClient { client, loop in
            let request = WebRequest(
                "GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), bodyLimit: 1 << 40)
            let first = try await client.stream(request) { try await $0.next()?.prefix(5) }
            #expect(first.map(Array.init) == Array("hello".utf8))
            try await eventually("the connection ends", on: loop) { server.openConnections == 0 }
            #expect(client.transfersUnderWay == 0)
        }
    }

    @Test func `closing the client ends what is under way and refuses what comes after`() async throws {
        let server = try RawServer(Self.silent)
        try await withClient { client, loop in
            let request = WebRequest("GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port))
            async let pending = failure { try await client.send(request) }
            try await eventually("the request arrives", on: loop) { server.openConnections == 1 }

            await client.close()

            #expect(await pending == .closed)
            #expect(await failure { try await client.send(request) } == .closed)
            try await eventually("the connection ends", on: loop) { server.openConnections == 0 }
        }
    }
}
