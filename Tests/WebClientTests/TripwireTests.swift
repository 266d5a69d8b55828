import Addresses
import CCurl
import CSystem
import Glibc
import Loop
import Synchronization
import Testing

@testable import WebClient

/// Nothing may connect where it must not: listeners stand there and count.
@Suite struct TripwireTests {
    private static let hosts =
        AddressTests.fooling.filter { !$0.contains(":") || $0.contains("[") || $0.contains("@") } + [
            "127.0.0.1", "127.8.9.1", "0.0.0.0", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "localhost", "LocalHost", "a.localhost",
            "ip6-localhost",
            "169.254.169.254", "rebound.example",
        ]

    /// Public addresses are asked for, at a port that happens to be open here.
    @Test(arguments: ["http", "https"])
    func `no spelling of this machine is a public server`(scheme: String) async throws {
        let (v4, v6) = try tripwires()
        let pool = BlockingPool(threads: 1, queueLimit: 100, name: "names")
        let system = Resolver.system(on: pool)
        let resolver = Resolver { name in
            if name == "rebound.example" { return [IPAddress("93.184.216.34")!, IPAddress("127.0.0.1")!] }
            return try await system.addresses(
                of: name, on: .current!, within: CancellationTests.nameServersDeadline, late: .cancelled)
        }
        let egress = Egress.publicOnly(
            plainHTTP: true, besides: [.init(AddressRange("192.0.2.0/24")!, ports: [v4.port])])
        try await withClient(resolver: resolver) { client, _ in
            for host in Self.hosts {
                let address = "\(scheme)://\(host):\(v4.port)/"
                let request = WebRequest(
                    "GET", address, egress: egress, deadline: CancellationTests.nameServersDeadline)
                let error = await failure { try await client.send(request) }
                #expect(error?.neverArrived == true, "\(host): \(String(describing: error))")
            }
        }
        #expect(v4.connections == 0)
        #expect(v6?.connections ?? 0 == 0)
    }

    @Test func `a name is looked up once and only the checked address is used`() async throws {
        let server = try RawServer(on: "127.0.0.2") { peer in
            while let head = peer.readHead() {
                peer.answer("200 OK", "", head.contains("Host: box.example:") ? "pinned" : head)
            }
        }
        let tripwire = try RawServer(on: "127.0.0.1", port: server.port) { _ in }
        let lookUps = Mutex(0)
        let resolver = Resolver { _ in
            let count = lookUps.withLock { count in
                count += 1
                return count
            }
            return [IPAddress(count == 1 ? "127.0.0.2" : "127.0.0.1")!]
        }
        let request = WebRequest(
            "GET", "http://box.example:\(server.port)/", egress: .test(server.port, at: "127.0.0.2"))
        try await withClient(resolver: resolver) { client, _ in
            let first = try await client.send(request)
            #expect(first.body == Array("pinned".utf8))
            #expect(lookUps.withLock { $0 } == 1)

            let error = await failure { try await client.send(request) }
            guard case .refused(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("127.0.0.1"))
            #expect(lookUps.withLock { $0 } == 2)
        }
        #expect(server.connections == 1)
        #expect(tripwire.connections == 0)
    }

    @Test func `a kept connection is not used for a name that moved`() async throws {
        let script: RawServer.Script = { peer in
            while peer.readHead() != nil { peer.answer("200 OK", "", "\(peer.descriptor)") }
        }
        let first = try RawServer(on: "127.0.0.2", script)
        let second = try RawServer(on: "127.0.0.3", port: first.port, script)
        let turn = Mutex(0)
        let resolver = Resolver { _ in
            let count = turn.withLock { turn in
                turn += 1
                return turn
            }
            return [IPAddress(count == 2 ? "127.0.0.3" : "127.0.0.2")!]
        }
        let request = WebRequest("GET", "http://box.example:\(first.port)/", egress: .test(first.port))
        try await withClient(resolver: resolver) { client, _ in
            for _ in 0..<3 { _ = try await client.send(request) }
        }
        #expect(first.connections == 1)
        #expect(second.connections == 1)
    }

    @Test func `one forbidden address among several refuses the name`() async throws {
        let server = try RawServer(on: "127.0.0.2") { peer in while peer.readHead() != nil { peer.answer() } }
        let resolver = Resolver { _ in [IPAddress("127.0.0.2")!, IPAddress("10.0.0.1")!] }
        try await withClient(resolver: resolver) { client, _ in
            let request = WebRequest("GET", "http://box.example:\(server.port)/", egress: .test(server.port))
            let error = await failure { try await client.send(request) }
            #expect(error?.neverArrived == true)
        }
        #expect(server.connections == 0)
    }

    @Test func `an address that does not answer is followed by the next`() async throws {
        let server = try RawServer(on: "127.0.0.2") { peer in while peer.readHead() != nil { peer.answer() } }
        let resolver = Resolver { _ in [IPAddress("127.0.0.3")!, IPAddress("127.0.0.2")!] }
        try await withClient(resolver: resolver) { client, _ in
            let request = WebRequest("GET", "http://box.example:\(server.port)/", egress: .test(server.port))
            let answer = try await client.send(request)
            #expect(answer.status == 200)
        }
    }

    @Test func `a redirect is handed over, not followed`() async throws {
        let tripwire = try RawServer { _ in }
        let server = try RawServer { peer in
            while peer.readHead() != nil {
                peer.answer("302 Found", "Location: http://127.0.0.1:\(tripwire.port)/\r\n")
            }
        }
        try await withClient { client, _ in
            let address = "http://127.0.0.1:\(server.port)/"
            let answer = try await client.send(WebRequest("GET", address, egress: .test(server.port, tripwire.port)))
            #expect(answer.status == 302)
            #expect(answer.headers["location"] == "http://127.0.0.1:\(tripwire.port)/")
        }
        #expect(tripwire.connections == 0)
    }

    /// Even if libcurl were to read another address out of what it is given.
    @Test(arguments: [("127.0.0.1", 0), ("127.0.0.2", 1), ("::1", 0), ("::ffff:127.0.0.2", 0)])
    func `a socket to another address than the checked one is not opened`(host: String, portOffset: UInt16) throws {
        let loop = EventLoop(name: "unused")
        let transfers = Transfers(on: loop, limit: 1, limitPerHost: 1)
        defer { transfers.close() }
        let transfer = Transfer(
            WebRequest("GET", "http://127.0.0.2:8000/", egress: .test(8000)),
            to: try WebAddress("http://127.0.0.2:8000/"),
            at: IPAddress("127.0.0.2")!, until: .never, isStreamed: false, among: transfers)
        let context = Unmanaged.passUnretained(transfer).toOpaque()

        #expect(open(host, 8000 + portOffset, context) == CURL_SOCKET_BAD)
        let right = open("127.0.0.2", 8000, context)
        #expect(right >= 0)
        close(right)
        let port = Int32(8000 + portOffset)
        let denied = host.withCString { beforeRequest(context, UnsafeMutablePointer(mutating: $0), nil, port, 0) }
        #expect(denied == CURL_PREREQFUNC_ABORT)
        let admitted = "127.0.0.2".withCString {
            beforeRequest(context, UnsafeMutablePointer(mutating: $0), nil, 8000, 0)
        }
        #expect(admitted == CURL_PREREQFUNC_OK)
        withExtendedLifetime(transfer) {}
    }

    private func open(_ host: String, _ port: UInt16, _ context: UnsafeMutableRawPointer) -> Int32 {
        withAddress(host, port) { address, length in
            let head = MemoryLayout<curl_sockaddr>.offset(of: \.addr)!
            let storage = UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 16)
            defer { storage.deallocate() }
            let asked = storage.bindMemory(to: curl_sockaddr.self, capacity: 1)
            asked.pointee.family = Int32(address.pointee.sa_family)
            asked.pointee.socktype = Int32(SOCK_STREAM.rawValue)
            asked.pointee.protocol = 0
            (storage + head).copyMemory(from: address, byteCount: Int(length))
            return openSocket(context, CURLSOCKTYPE_IPCXN, asked)
        }
    }

    private func tripwires() throws -> (RawServer, RawServer?) {
        // The same port has to be free in both families, where there are both.
        for _ in 0..<20 {
            let v4 = try RawServer { _ in }
            guard RawServer.hasIPv6 else { return (v4, nil) }
            if let v6 = try? RawServer(on: "::1", port: v4.port, { _ in }) { return (v4, v6) }
            v4.stop()
        }
        throw CannotListen(host: "::1", port: 0, code: EADDRINUSE)
    }
}
