import CSystem
import Glibc
import Synchronization

/// The other side on a plain socket: every connection gets a thread, which runs the script.
final class RawServer: Sendable {
    typealias Script = @Sendable (Peer) -> Void

    let port: UInt16
    private let listener: Int32
    private let script: Script
    private let accepted = Atomic<Int>(0)
    private let open = Atomic<Int>(0)
    private let most = Atomic<Int>(0)

    /// How many connections there have been, are, and have been at once.
    var connections: Int { accepted.load(ordering: .acquiring) }
    var openConnections: Int { open.load(ordering: .acquiring) }
    var mostAtOnce: Int { most.load(ordering: .acquiring) }

    init(on host: String = "127.0.0.1", port: UInt16 = 0, backlog: Int32 = 256, _ script: @escaping Script) throws {
        self.script = script
        (listener, self.port) = try Self.listen(on: host, port: port, backlog: backlog)
        startThread { [self] in accept() }
    }

    /// Nobody accepts here, and whoever comes after the first few waits for ever.
    static func deaf() throws -> (descriptors: [Int32], port: UInt16) {
        let (listener, port) = try listen(on: "127.0.0.1", port: 0, backlog: 0)
        var descriptors = [listener]
        for _ in 0..<4 {
            let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            _ = withAddress("127.0.0.1", port) { connect(client, $0, $1) }
            descriptors.append(client)
        }
        return (descriptors, port)
    }

    /// Not every machine has it, and not every container.
    static let hasIPv6: Bool = {
        do {
            close(try listen(on: "::1", port: 0, backlog: 1).0)
            return true
        } catch {
            return false
        }
    }()

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func accept() {
        while case let descriptor = Glibc.accept(listener, nil, nil), descriptor >= 0 {
            accepted.add(1, ordering: .releasing)
            most.max(open.add(1, ordering: .acquiringAndReleasing).newValue, ordering: .acquiringAndReleasing)
            startThread { [self] in
                script(Peer(descriptor))
                close(descriptor)
                open.subtract(1, ordering: .acquiringAndReleasing)
            }
        }
        close(listener)
    }

    private static func listen(on host: String, port: UInt16, backlog: Int32) throws -> (Int32, UInt16) {
        let family = host.contains(":") ? AF_INET6 : AF_INET
        let listener = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard withAddress(host, port, { bind(listener, $0, $1) }) == 0, Glibc.listen(listener, backlog) == 0 else {
            let code = errno
            close(listener)
            throw CannotListen(host: host, port: port, code: code)
        }
        var bound = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withUnsafeMutablePointer(to: &bound) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        // The port stands at the same place in both families.
        return (
            listener,
            withUnsafeBytes(of: bound) { UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)) }
        )
    }
}

struct CannotListen: Error {
    let host: String
    let port: UInt16
    let code: Int32
}

/// One connection, read and written with blocking calls.
final class Peer {
    let descriptor: Int32
    private var unread: [UInt8] = []

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The head of the next request, or nil when the other side is gone.
    func readHead() -> String? {
        guard let head = readUntil("\r\n\r\n") else { return nil }
        return String(decoding: head, as: UTF8.self)
    }

    func readBody(_ count: Int) -> [UInt8]? {
        while unread.count < count { guard readMore() else { return nil } }
        defer { unread.removeFirst(count) }
        return Array(unread[..<count])
    }

    /// The body in chunks, without its framing.
    func readChunks() -> [UInt8]? {
        var body: [UInt8] = []
        while let line = readUntil("\r\n") {
            guard let count = Int(String(decoding: line.dropLast(2), as: UTF8.self), radix: 16),
                let chunk = readBody(count), readBody(2) != nil
            else { return nil }
            if count == 0 { return body }
            body += chunk
        }
        return nil
    }

    private func readUntil(_ mark: String) -> [UInt8]? {
        while true {
            let end = unread.withUnsafeBufferPointer { bytes in
                mark.withCString { endOf(bytes, $0) }
            }
            if let end { return readBody(end) }
            guard readMore() else { return nil }
        }
    }

    func readToEnd() { while readMore() { unread = [] } }

    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func answer(_ status: String = "200 OK", _ headers: String = "", _ body: String = "") -> Bool {
        write("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
    }

    private func readMore() -> Bool {
        let chunk = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
        }
        unread += chunk
        return !chunk.isEmpty
    }
}

/// Where the mark ends.
private func endOf(_ bytes: UnsafeBufferPointer<UInt8>, _ mark: UnsafePointer<CChar>) -> Int? {
    let count = strlen(mark)
    guard bytes.count >= count, let start = bytes.baseAddress else { return nil }
    return (0...bytes.count - count).first { memcmp(start + $0, mark, count) == 0 }.map { $0 + count }
}

func withAddress<Outcome>(
    _ host: String, _ port: UInt16, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Outcome
) -> Outcome {
    var storage = sockaddr_storage()
    return withUnsafeMutableBytes(of: &storage) { bytes in
        let length: Int
        if host.contains(":") {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            inet_pton(AF_INET6, host, &address.sin6_addr)
            bytes.storeBytes(of: address, as: sockaddr_in6.self)
            length = MemoryLayout<sockaddr_in6>.size
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            inet_pton(AF_INET, host, &address.sin_addr)
            bytes.storeBytes(of: address, as: sockaddr_in.self)
            length = MemoryLayout<sockaddr_in>.size
        }
        return use(bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(length))
    }
}

private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

func startThread(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Body(body)).toOpaque()
    pthread_create(&thread, nil, threadMain, context)
    pthread_detach(thread)
}

private let threadMain: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
    Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()
    return nil
}
