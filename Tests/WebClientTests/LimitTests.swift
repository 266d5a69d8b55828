import Glibc
import Loop
import Synchronization
import Testing

@testable import WebClient

@Suite struct LimitTests {
    private static let megabyte = [UInt8](repeating: 120, count: 1 << 20)

    private static func script(_ fault: String) -> RawServer.Script {
        { peer in
            guard peer.readHead() != nil else { return }
            switch fault {
            case "nothing": peer.readToEnd()
            case "half a head":
                peer.write("HTTP/1.1 200 OK\r\nContent-")
                peer.readToEnd()
            case "half a body":
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                peer.readToEnd()
            case "drops":
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                var pause = timespec(tv_sec: 0, tv_nsec: 10_000_000)
                while peer.write("x") { nanosleep(&pause, nil) }
            case "interim": while peer.write("HTTP/1.1 103 Early Hints\r\n\r\n") { usleep(10_000) }
            default: return
            }
        }
    }

    @Test(arguments: ["nothing", "half a head", "half a body", "drops", "interim"])
    func `a server that is too slow is given up at the deadline`(fault: String) async throws {
        let server = try RawServer(Self.script(fault))
        try await withClient { client, loop in
            let began = Monotonic.read()
            let request = WebRequest(
                "GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), deadline: .milliseconds(300))
            let error = await failure { try await client.send(request) }

            #expect(error == .deadlineExceeded(.milliseconds(300)))
            #expect(Monotonic.read() - began >= .milliseconds(300))
            #expect(Monotonic.read() - began < .seconds(60))
            try await eventually("the connection ends", on: loop) { server.openConnections == 0 }
        }
    }

    @Test func `a server that does not accept is given up at the deadline for connecting`() async throws {
        let (descriptors, port) = try RawServer.deaf()
        defer { for descriptor in descriptors { close(descriptor) } }
        try await withClient { client, _ in
            let request = WebRequest(
                "GET", "http://127.0.0.1:\(port)/", egress: .test(port), deadline: .seconds(20),
                connectDeadline: .milliseconds(200))
            let error = await failure { try await client.send(request) }
            guard case .notConnected = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `a port where nobody listens is told at once`() async throws {
        let server = try RawServer { _ in }
        server.stop()
        try await withClient { client, loop in
            try await eventually("nobody listens", on: loop) {
                let request = WebRequest("GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port))
                guard case .notConnected = await failure({ try await client.send(request) }) else { return false }
                return true
            }
        }
    }

    /// Announced, in chunks, and until the connection ends.
    @Test(arguments: ["Content-Length: 104857600\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n"])
    func `an answer of 100 MB is given up at its limit`(framing: String) async throws {
        let sent = Mutex(0)
        let isOver = Mutex(false)
        let server = try RawServer { peer in
            defer { isOver.withLock { $0 = true } }
            guard peer.readHead() != nil, peer.write("HTTP/1.1 200 OK\r\n\(framing)\r\n") else { return }
            for _ in 0..<100 {
                if framing.hasPrefix("T") { peer.write("100000\r\n") }
                guard peer.write(Self.megabyte) else { return }
                if framing.hasPrefix("T") { peer.write("\r\n") }
                sent.withLock { $0 += 1 }
            }
        }
        try await withClient { client, loop in
            let request = WebRequest(
                "GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), bodyLimit: 1 << 20)
            let error = await failure { try await client.send(request) }

            #expect(error == .tooLarge(limit: 1 << 20))
            try await eventually("the server notices", on: loop) { isOver.withLock { $0 } }
            #expect(sent.withLock { $0 } < 30)
        }
    }

    @Test func `an answer of exactly the limit is whole`() async throws {
        let server = try RawServer { peer in
            while peer.readHead() != nil { peer.answer("200 OK", "", String(repeating: "x", count: 100_000)) }
        }
        try await withClient { client, _ in
            let address = "http://127.0.0.1:\(server.port)/"
            let exact = WebRequest("GET", address, egress: .test(server.port), bodyLimit: 100_000)
            let answer = try await client.send(exact)
            #expect(answer.body.count == 100_000)
            let error = await failure {
                try await client.send(WebRequest("GET", address, egress: .test(server.port), bodyLimit: 99_999))
            }
            #expect(error == .tooLarge(limit: 99_999))
        }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
        "HTTP/1.1 200 OK\r\nContent-Le", "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\n" + String(repeating: "X-Long: 0123456789012345678901234567890123456789\r\n", count: 2000)
            + "\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
    ])
    func `an answer that breaks off or makes no sense is no answer`(text: String) async throws {
        let server = try RawServer { peer in
            guard peer.readHead() != nil else { return }
            peer.write(text)
        }
        try await withClient { client, _ in
            let request = WebRequest(
                "POST", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), body: .bytes([65]))
            let error = await failure { try await client.send(request) }
            guard case .interrupted(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(!reason.isEmpty)
        }
    }

    @Test func `a reader that waits makes the sender wait`() async throws {
        let sent = Mutex(0)
        let server = try RawServer { peer in
            guard peer.readHead() != nil, peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(64 << 20)\r\n\r\n") else {
                return
            }
            for _ in 0..<64 where peer.write(Self.megabyte) { sent.withLock { $0 += 1 } }
        }
        try await withClient { client, loop in
            let request = WebRequest(
                "GET", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), bodyLimit: 64 << 20)
            try await client.stream(request) { stream in
                #expect(stream.status == 200)
                var total = try await stream.next()?.count ?? 0
                try await stalls(sent, on: loop)
                #expect(sent.withLock { $0 } < 32)

                var largest = 0
                while let piece = try await stream.next() {
                    total += piece.count
                    largest = max(largest, piece.count)
                }
                #expect(total == 64 << 20)
                #expect(largest < 600_000)
            }
        }
    }

    @Test func `a server that does not read makes the source wait`() async throws {
        let gate = Mutex(false)
        let server = try RawServer { peer in
            guard peer.readHead() != nil else { return }
            while !gate.withLock({ $0 }) { usleep(1000) }
            let count = peer.readChunks()?.count ?? -1
            peer.answer("200 OK", "", "\(count)")
        }
        try await withClient { client, loop in
            let made = Mutex(0)
            let body = WebRequest.Body.stream(length: nil) {
                made.withLock { made in
                    made += 1
                    return made > 32 ? nil : Self.megabyte
                }
            }
            let request = WebRequest("POST", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), body: body)
            async let answer = client.send(request)
            try await stalls(made, on: loop)
            #expect(made.withLock { $0 } < 20)
            gate.withLock { $0 = true }
            #expect(String(decoding: try await answer.body, as: UTF8.self) == "\(32 << 20)")
        }
    }

    @Test func `an answer that comes before the body has gone ends the request`() async throws {
        let server = try RawServer { peer in
            guard peer.readHead() != nil else { return }
            peer.answer("413 Too Large", "Connection: close\r\n")
        }
        try await withClient { client, loop in
            let body = WebRequest.Body.stream(length: nil) {
                try await loop.sleep(for: .milliseconds(20))
                return Self.megabyte
            }
            let request = WebRequest("POST", "http://127.0.0.1:\(server.port)/", egress: .test(server.port), body: body)
            // The reset that follows an early answer may overtake it; in no case does the body go on for ever.
            do throws(WebError) {
                let answer = try await client.send(request)
                #expect(answer.status == 413)
            } catch {
                guard case .interrupted = error else { return #expect(error == .interrupted("")) }
            }
        }
    }

    /// Counts until it has not moved for a while.
    private func stalls(_ count: borrowing Mutex<Int>, on loop: EventLoop) async throws {
        var last = -1
        while case let now = count.withLock({ $0 }), now != last || now == 0 {
            last = now
            try await loop.sleep(for: .milliseconds(250))
        }
    }
}
