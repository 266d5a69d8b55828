import Glibc
import Identifiers
import Synchronization
import Testing

@testable import Loop

@Suite struct BlockingPoolTests {
    @Test func `work that blocks runs beside the caller and returns its result`() async throws {
        let pool = BlockingPool(threads: 2, queueLimit: 8, name: "test")
        let caller = pthread_self()
        let isElsewhere = try await pool.run { pthread_equal(pthread_self(), caller) == 0 }
        #expect(isElsewhere)
        struct Broken: Error {}
        await #expect(throws: Broken.self) { try await pool.run { throw Broken() } as Void }
    }

    @Test func `writing to a peer that is gone is an error and not the end of the program`() async throws {
        let pool = BlockingPool(threads: 1, queueLimit: 8, name: "test")
        let problem = try await pool.run {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { return errno }
            close(ends[0])
            defer { close(ends[1]) }
            return write(ends[1], "x", 1) < 0 ? errno : 0
        }
        #expect(problem == EPIPE)
    }

    @Test func `a full queue refuses at once`() async throws {
        let pool = BlockingPool(threads: 1, queueLimit: 1, name: "test")
        let gate = Gate()
        let running = Task { try await pool.run { gate.pass() } }
        try await until { gate.isReached && pool.waiting == 0 }
        let waiting = Task { try await pool.run { 2 } }
        try await until { pool.waiting == 1 }
        await #expect(throws: BlockingPool.Full.self) { try await pool.run { 3 } }
        gate.open()
        try await running.value
        #expect(try await waiting.value == 2)
    }

    @Test func `cancelled work leaves the queue without running`() async throws {
        let pool = BlockingPool(threads: 1, queueLimit: 4, name: "test")
        let gate = Gate()
        let ran = Atomic<Bool>(false)
        let running = Task { try await pool.run { gate.pass() } }
        try await until { gate.isReached }
        let waiting = Task { try await pool.run { ran.store(true, ordering: .relaxed) } }
        try await until { pool.waiting == 1 }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        gate.open()
        try await running.value
        let hasRun = ran.load(ordering: .relaxed)
        #expect(!hasRun)
    }

    @Test func `tenants take turns, and one of them fills a quarter of the queue at most`() async throws {
        let pool = BlockingPool(threads: 1, queueLimit: 12, name: "test")
        let (norte, sur) = (UUID(high: 0, low: 1), UUID(high: 0, low: 2))
        let gate = Gate()
        let order = Order()
        let running = Task { try await pool.run { gate.pass() } }
        try await until { gate.isReached && pool.waiting == 0 }
        var works: [Task<Void, any Error>] = []
        for (tenant, name) in [(norte, "norte 1"), (norte, "norte 2"), (norte, "norte 3"), (sur, "sur 1")] {
            works.append(Task { try await pool.run(for: tenant) { order.note(name) } })
            try await until { pool.waiting == works.count }
        }
        await #expect(throws: BlockingPool.Full.self) { try await pool.run(for: norte) {} }
        gate.open()
        try await running.value
        for work in works { try await work.value }
        #expect(order.names == ["norte 1", "sur 1", "norte 2", "norte 3"])
    }

    private final class Order: Sendable {
        private let noted = Mutex<[String]>([])

        var names: [String] { noted.withLock(\.self) }

        func note(_ name: String) { noted.withLock { $0.append(name) } }
    }

    /// Holds a thread until it is opened.
    private final class Gate: Sendable {
        private let ends: (read: Int32, write: Int32)
        private let reached = Atomic<Bool>(false)

        init() {
            var descriptors: [Int32] = [0, 0]
            precondition(pipe(&descriptors) == 0)
            ends = (descriptors[0], descriptors[1])
        }

        deinit {
            close(ends.read)
            close(ends.write)
        }

        var isReached: Bool { reached.load(ordering: .relaxed) }

        func pass() {
            reached.store(true, ordering: .relaxed)
            var byte: UInt8 = 0
            _ = read(ends.read, &byte, 1)
        }

        func open() { _ = write(ends.write, "x", 1) }
    }
}

/// Waits until the condition holds; ten seconds are a failure.
func until(_ condition: () -> Bool) async throws {
    let deadline = Monotonic.read() + .seconds(10)
    while !condition() {
        try #require(Monotonic.read() < deadline, "The condition was never met")
        await Task.yield()
    }
}
