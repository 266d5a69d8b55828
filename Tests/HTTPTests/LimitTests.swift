import Addresses
import Glibc
import HTTP
import Loop
import TestSupport
import Testing

/// Clients that are slow, greedy or many: what they get, what they cost, and what others notice of it.
@Suite(.serialized) struct LimitTests {
    private static let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    private static func configuration(_ change: (inout ServerLimits) -> Void = { _ in }) -> ServerConfiguration {
        var configuration = ServerConfiguration(listeners: [.init(.ip(.loopback, port: 0))])
        configuration.limits.connectionsPerAddress = 100_000
        configuration.limits.drainGrace = .zero
        change(&configuration.limits)
        return configuration
    }

    /// What a client costs is weighed in a process of its own, where no other test takes memory or descriptors.
    private static let weighed = ConditionTrait.enabled(
        if: !ProcessFacts.isUnderSanitizer, "a sanitizer keeps what is freed")

    /// What half of those who ask meanwhile wait for at most. One hiccup of the machine says nothing.
    private static func usualWait(_ client: RawClient, _ request: String) throws -> Duration {
        let waits = try (0..<300).map { _ in
            let began = Monotonic.read()
            try client.send(request)
            _ = try client.response()
            return Monotonic.read() - began
        }
        return waits.sorted()[waits.count / 2]
    }

    private static func read(_ request: Request) async -> Response {
        do throws(RequestError) {
            var count = 0
            while let piece = try await request.body.next() { count += piece.count }
            return .text("\(count)")
        } catch { return .problem(error) }
    }

    @Test func `a head that drips in is cut at its deadline, however busily it drips`() async throws {
        let configuration = Self.configuration { $0.headDeadline = .milliseconds(700) }
        try await RunningServer.run(configuration, handler: Self.read) { server in
            let (answer, span) = try await server.client { client in
                let began = Monotonic.read()
                try client.send("GET / HTTP/1.1\r\nHost: x\r\nX: ")
                var time = timeval(tv_sec: 0, tv_usec: 20_000)
                setsockopt(client.descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
                var answer: [UInt8] = []
                while answer.isEmpty, Monotonic.read() - began < .seconds(60) {
                    do {
                        try client.send("a")
                        answer = try client.receive()
                    } catch is RawClient.TimedOut {}
                }
                return (String(decoding: answer, as: UTF8.self), Monotonic.read() - began)
            }
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(span > .milliseconds(600))
            #expect(server.server.statistics.timedOut == 1)
        }
    }

    @Test func `who says nothing is closed without a word`() async throws {
        let impatient = Self.configuration { $0.headDeadline = .milliseconds(200) }
        try await RunningServer.run(impatient, handler: Self.read) { server in
            let fresh = try await server.client { try $0.receiveAll() }
            #expect(fresh.isEmpty)
        }
        let tidy = Self.configuration { $0.idle = .milliseconds(200) }
        try await RunningServer.run(tidy, handler: Self.read) { server in
            let idle = try await server.client { client in
                try client.send(Self.get)
                _ = try client.response()
                return try client.receiveAll()
            }
            #expect(idle.isEmpty)
        }
    }

    @Test func `a body that drips in is cut for its rate`() async throws {
        let configuration = Self.configuration { $0.rateWindow = .milliseconds(600) }
        try await RunningServer.run(configuration, handler: Self.read) { server in
            let answer = try await server.client { client in
                try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
                try client.send([UInt8](repeating: 1, count: 100_000))
                return try client.response()
            }
            #expect(answer.status == 408)
        }
    }

    @Test func `a handler that takes too long is answered for and cancelled`() async throws {
        struct Visit: RouteVisit {
            enum Permission: String, Sendable { case all }
            let request: Request
        }
        var routes = Routes<Visit>()
        let log = Log<String>()
        routes.get("/", .all, "Lento", limits: RouteLimits(deadline: .milliseconds(100))) { visit in
            do { try await visit.request.loop.sleep(for: .seconds(60)) } catch { log.add("cancelled") }
            return .text("late")
        }
        let handler: @Sendable (Request) async -> Response = { [routes] request in
            switch routes.match(request) {
            case .success(let match):
                do { return try await match.run(Visit(request: request)) } catch { return .problem(.badRequest) }
            case .failure(let mismatch): return mismatch.response(to: request)
            }
        }
        try await RunningServer.run(
            Self.configuration(), onExchange: { log.add("\($0.outcome) \($0.request?.route?.pattern ?? "")") },
            handler: handler
        ) { server in
            let answer = try await server.client { client in
                try client.send(Self.get)
                return String(decoding: try client.receiveAll(), as: UTF8.self)
            }
            #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("\r\nRetry-After: 5\r\n"))
            #expect(!answer.contains("late"))
            #expect(await eventually(on: server.loops.all[0]) { log.all == ["handlerTimedOut /", "cancelled"] })
        }
    }

    @Test func `a reader that stalls is cut for its rate`() async throws {
        let configuration = Self.configuration { $0.rateWindow = .milliseconds(500) }
        let log = Log<Exchange.Outcome>()
        try await RunningServer.run(
            configuration, onExchange: { log.add($0.outcome) },
            handler: { _ in
                .html([UInt8](repeating: 65, count: 30_000_000))
            }
        ) { server in
            let client = try RawClient(to: server.address, receiveBuffer: 4096)
            try client.send(Self.get)
            #expect(await eventually(on: server.loops.all[0]) { log.all == [.interrupted] })
            withExtendedLifetime(client) {}
        }
    }

    @Test func `too many connections are turned away, in all and from one address`() async throws {
        let configuration = Self.configuration {
            $0.connections = 5
            $0.connectionsPerAddress = 3
        }
        try await RunningServer.run(configuration, handler: Self.read) { server in
            let answers = try await server.client { first in
                let second = try RawClient(to: server.address)
                let third = try RawClient(to: server.address)
                for client in [first, second, third] {
                    try client.send(Self.get)
                    _ = try client.response()
                }
                let turnedAway = String(decoding: try RawClient(to: server.address).receiveAll(), as: UTF8.self)
                try third.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                _ = try third.receiveAll()
                return turnedAway
            }
            #expect(answers.hasPrefix("HTTP/1.1 503 "))
            #expect(await eventually(on: server.loops.all[0]) { server.server.statistics.open == 0 })
            let again = try await server.client { client in
                try client.send(Self.get)
                return try client.response().status
            }
            #expect(again == 200)
            #expect(server.server.statistics.turnedAway == 1)
        }
    }

    @Test func `a crowd at the public address takes no place from our own machines`() async throws {
        var configuration = Self.configuration { $0.connections = 2 }
        configuration.listeners.append(.init(.ip(.loopback, port: 0), isInternal: true))
        try await RunningServer.run(configuration, handler: Self.read) { server in
            let own = try #require(server.server.addresses.last)
            let answers = try await server.client { first in
                let second = try RawClient(to: server.address)
                for client in [first, second] {
                    try client.send(Self.get)
                    _ = try client.response()
                }
                let third = String(decoding: try RawClient(to: server.address).receiveAll(), as: UTF8.self)
                let machine = try RawClient(to: own)
                try machine.send(Self.get)
                return (third, try machine.response().status)
            }
            #expect(answers.0.hasPrefix("HTTP/1.1 503 ") && answers.1 == 200)
        }
    }

    @Test(Self.weighed) func `a million headers are refused at the first sixteen kilobytes`() async {
        await #expect(processExitsWith: .success) {
            try await RunningServer.run(LimitTests.configuration(), handler: LimitTests.read) { server in
                let before = ProcessFacts.residentBytes
                let statuses = try await server.client { client in
                    var answers: [String] = []
                    for line in ["X: y\r\n", "X-Rather-Long-Name: \(String(repeating: "y", count: 1000))\r\n"] {
                        let attacker = try RawClient(to: server.address)
                        let block = Array(String(repeating: line, count: 1000).utf8)
                        do {
                            try attacker.send("GET / HTTP/1.1\r\nHost: x\r\n")
                            for _ in 0..<1000 { try attacker.send(block) }
                        } catch {}
                        answers.append(String(decoding: try attacker.receiveAll().prefix(13), as: UTF8.self))
                    }
                    try client.send(LimitTests.get)
                    return answers + ["\(try client.response().status)"]
                }
                #expect(statuses == ["HTTP/1.1 431 ", "HTTP/1.1 431 ", "200"])
                #expect(ProcessFacts.residentBytes - before < 32 << 20)
            }
        }
    }

    @Test(Self.weighed) func `a body of a gigabyte is streamed in little memory, or refused unread`() async {
        await #expect(processExitsWith: .success) {
            try await RunningServer.run(
                LimitTests.configuration(),
                handler: { request in
                    if request.path[0] == "small" { request.body.restrict(to: 1000) }
                    return await LimitTests.read(request)
                }
            ) { server in
                let before = ProcessFacts.residentBytes
                let (streamed, refused, peak) = try await server.client { client in
                    let block = [UInt8](repeating: 5, count: 1 << 20)
                    var peak = 0
                    try client.send("POST /large HTTP/1.1\r\nHost: x\r\nContent-Length: \(1 << 30)\r\n\r\n")
                    for index in 0..<1024 {
                        try client.send(block)
                        if index % 64 == 0 { peak = max(peak, ProcessFacts.residentBytes) }
                    }
                    let streamed = try client.response().text
                    let greedy = try RawClient(to: server.address)
                    try greedy.send("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                    do {
                        for _ in 0..<1024 { try greedy.send(Array("100000\r\n".utf8) + block + [13, 10]) }
                    } catch {}
                    return (streamed, String(decoding: try greedy.receiveAll().prefix(13), as: UTF8.self), peak)
                }
                #expect(streamed == "\(1 << 30)")
                #expect(refused == "HTTP/1.1 413 ")
                #expect(peak - before < 64 << 20)
            }
        }
    }

    @Test(Self.weighed) func `readers that stall before pipelined answers cost little, and others notice nothing`()
        async
    {
        await #expect(processExitsWith: .success) {
            let page = [UInt8](repeating: 66, count: 20_000)
            try await RunningServer.run(
                LimitTests.configuration(),
                handler: { request in
                    request.path.count == 0 ? .html(page) : .text("ok")
                }
            ) { server in
                let before = ProcessFacts.residentBytes
                let requests = Array(String(repeating: LimitTests.get, count: 500).utf8)
                let stalled = try (0..<200).map { _ in
                    let client = try RawClient(to: server.address, receiveBuffer: 4096)
                    try client.send(requests)
                    return client
                }
                let (wait, peak) = try await server.client { client in
                    (
                        try LimitTests.usualWait(client, "GET /other HTTP/1.1\r\nHost: x\r\n\r\n"),
                        ProcessFacts.residentBytes
                    )
                }
                #expect(peak - before < 64 << 20)
                #expect(wait < .milliseconds(500))
                withExtendedLifetime(stalled) {}
            }
        }
    }

    @Test(Self.weighed) func `who pipelines without end and reads nothing is made to wait`() async {
        await #expect(processExitsWith: .success) {
            let page = [UInt8](repeating: 66, count: 20_000)
            try await RunningServer.run(LimitTests.configuration(), handler: { _ in .html(page) }) { server in
                let before = ProcessFacts.residentBytes
                let block = Array(String(repeating: LimitTests.get, count: 50_000).utf8)
                try await server.clients.run { [address = server.address] in
                    for _ in 0..<3 {
                        let client = try RawClient(to: address, timeout: .milliseconds(300), receiveBuffer: 4096)
                        #expect(throws: RawClient.Errno.self) {
                            for _ in 0..<20 { try client.send(block) }
                        }
                    }
                }
                #expect(ProcessFacts.residentBytes - before < 48 << 20)
            }
        }
    }

    @Test(Self.weighed) func `ten thousand idle connections cost little, and others notice nothing`() async {
        await #expect(processExitsWith: .success) {
            let wanted = 10_000
            let limit = ProcessFacts.allowDescriptors(2 * wanted + 1000)
            let count = min(wanted, (limit - 200) / 2)
            #expect(count >= 100, "Only \(limit) descriptors are allowed here: too few to learn anything")
            if count < wanted { print("Only \(count) idle connections: \(limit) descriptors are allowed here") }
            // However long it takes to make them, the first is still there when the last comes.
            let configuration = LimitTests.configuration { $0.headDeadline = .seconds(600) }
            try await RunningServer.run(configuration, loops: 2, handler: LimitTests.read) { server in
                let before = ProcessFacts.residentBytes
                let idle = try await server.clients.run {
                    try (0..<count).map { _ in IdleSocket(try RawClient(to: server.address)) }
                }
                #expect(await eventually(on: server.loops.all[0]) { server.server.statistics.open == count })
                for client in idle.prefix(200) {
                    try client.client.send(LimitTests.get)
                }
                let wait = try await server.client { try LimitTests.usualWait($0, LimitTests.get) }
                #expect(ProcessFacts.residentBytes - before < 80 << 20)
                #expect(wait < .milliseconds(500))
            }
        }
    }

    @Test func `without a free descriptor clients are turned away, and later served again`() async {
        await #expect(processExitsWith: .success) {
            _ = ProcessFacts.limitDescriptors(to: 100)
            try await RunningServer.run(handler: { _ in .text("ok") }) { server in
                var taken: [Int32] = []
                var answer = ""
                // Anything in the process may have held a descriptor for a moment, and given it back for the server to
                // accept with: then the client is served, and it is tried again with that one taken too.
                for _ in 0..<20 where !answer.hasPrefix("HTTP/1.1 503 ") {
                    while true {
                        let descriptor = open("/dev/null", O_RDONLY)
                        if descriptor < 0 { break }
                        taken.append(descriptor)
                    }
                    close(taken.removeLast())
                    let client = try RawClient(to: server.address, timeout: .seconds(1))
                    answer = (try? client.receiveAll()).map { String(decoding: $0, as: UTF8.self) } ?? ""
                }
                precondition(answer.hasPrefix("HTTP/1.1 503 "), answer)
                for descriptor in taken { close(descriptor) }
                let client = try RawClient(to: server.address)
                try client.send(Self.get)
                let text = try client.response().text
                precondition(text == "ok")
            }
        }
    }

    /// Sendable for the hand-over between two threads; only one has it at a time.
    private struct IdleSocket: @unchecked Sendable {
        let client: RawClient
        init(_ client: RawClient) { self.client = client }
    }
}
