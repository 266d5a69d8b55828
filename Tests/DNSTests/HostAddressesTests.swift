import Addresses
import Glibc
import Loop
import Synchronization
import TestSupport
import Testing

@testable import DNS

@Suite struct HostAddressesTests {
    @Test func `however many names nobody answers for, another's address is found meanwhile`() async throws {
        let server = try HalfSilentServer()
        let names = HostAddresses(servers: "127.0.0.1:\(server.port)", on: Loops.tests.all[0], timeout: .seconds(60))
        let ended = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    _ = try? await names.addresses(of: "silent\(number).example")
                    ended.add()
                }
            }
            try await until { server.asked >= 300 }
            let found = try await names.addresses(of: "good.example")
            let before = ended.count
            #expect(found == [IPAddress("192.0.2.1")!])
            #expect(before == 0)
            await names.close()
            try await group.waitForAll()
        }
    }

    @Test func `more than so many at once are refused, and what is closed is answered`() async throws {
        let server = try HalfSilentServer()
        let names = HostAddresses(servers: "127.0.0.1:\(server.port)", on: Loops.tests.all[0], limit: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<2 {
                group.addTask {
                    await #expect(throws: DNSError.self) { try await names.addresses(of: "silent\(number).example") }
                }
            }
            try await until { server.asked >= 2 }
            await #expect(throws: DNSError.unanswered(name: "good.example", "too many look-ups are waiting")) {
                try await names.addresses(of: "good.example")
            }
            await names.close()
            try await group.waitForAll()
        }
        let bad = HostAddresses(servers: "nada:x:y", on: Loops.tests.all[0])
        await #expect(throws: DNSError.badServers("nada:x:y")) { try await bad.addresses(of: "norte.mx") }
    }

    private func until(_ condition: () -> Bool) async throws {
        let deadline = Monotonic.read() + .seconds(10)
        while !condition() {
            try #require(Monotonic.read() < deadline, "The condition was never met")
            try await Loops.tests.all[1].sleep(for: .milliseconds(2))
        }
    }
}

private final class Counter: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock(\.self) }

    func add() { number.withLock { $0 += 1 } }
}

/// Knows one address of every name that begins with "good", and says nothing about the others.
private final class HalfSilentServer: Sendable {
    let port: UInt16
    private let socket: Int32
    private let silent = Silent()
    private let pool = BlockingPool(threads: 1, queueLimit: 1, name: "half-silent")

    /// Names that it was asked for and said nothing about.
    var asked: Int { silent.questions.withLock(\.count) }

    init() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> UInt16 in
                guard bind(socket, pointer, length) == 0, getsockname(socket, pointer, &length) == 0 else { return 0 }
                return UnsafeRawPointer(pointer).loadUnaligned(as: sockaddr_in.self).sin_port.bigEndian
            }
        }
        try #require(port != 0)
        (self.socket, self.port) = (socket, port)
        Task { [silent, pool] in
            try await pool.run {
                while HalfSilentServer.answer(on: socket, silent) {}
            }
        }
    }

    deinit { shutdown(socket, Int32(SHUT_RDWR)) }

    private static func answer(on socket: Int32, _ silent: Silent) -> Bool {
        var packet = [UInt8](repeating: 0, count: 512)
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let count = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { recvfrom(socket, &packet, 512, 0, $0, &length) }
        }
        guard count > 16 else {
            close(socket)
            return false
        }
        let end = packet[12...].firstIndex(of: 0) ?? 12
        let question = Array(packet[12..<end + 5])
        guard question.dropFirst().starts(with: Array("good".utf8)) else {
            silent.questions.withLock { _ = $0.insert(question) }
            return true
        }
        // A is type 1; of any other type there is nothing.
        let isAddress = question[question.count - 3] == 1
        var reply = Array(packet[0..<2]) + [0x81, 0x80, 0, 1, 0, isAddress ? 1 : 0, 0, 0, 0, 0] + question
        if isAddress { reply += [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1] }
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(socket, reply, reply.count, 0, $0, length)
            }
        }
        return true
    }

    private final class Silent: Sendable {
        let questions = Mutex<Set<[UInt8]>>([])
    }
}
