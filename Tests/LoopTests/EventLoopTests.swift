import CSystem
import Glibc
import Synchronization
import Testing

@testable import Loop

@Suite struct EventLoopTests {
    @Test func `a task stays on its loop through calls, children and sleeps`() async throws {
        try await withLoops(2) { loops in
            for loop in loops.all {
                let places = try await loop.run {
                    var places = [loop.isCurrent]
                    try await loop.sleep(for: .milliseconds(1))
                    places.append(loop.isCurrent)
                    async let child = loop.isCurrent
                    places.append(await child)
                    await withTaskGroup(of: Bool.self) { group in
                        for _ in 0..<3 { group.addTask { loop.isCurrent } }
                        for await place in group { places.append(place) }
                    }
                    return places
                }
                #expect(places == Array(repeating: true, count: 6))
            }
        }
    }

    @Test func `work spawned on the loop's own thread begins at once`() async throws {
        try await withLoops(1) { loops in
            let loop = loops.all[0]
            let order = try await loop.run {
                let order = Mutex<[String]>([])
                let task = loop.spawn { order.withLock { $0.append("spawned") } }
                order.withLock { $0.append("after") }
                await task.value
                return order.withLock { $0 }
            }
            #expect(order == ["spawned", "after"])
        }
    }

    @Test func `timers fire in the order of their moments`() async throws {
        try await withLoops(1) { loops in
            let loop = loops.all[0]
            let fired = try await loop.run {
                let fired = Mutex<[Int]>([])
                for span in [30, 10, 20, 10] {
                    loop.after(.milliseconds(span)) { fired.withLock { $0.append(span) } }
                }
                let cancelled = loop.after(.milliseconds(15)) { fired.withLock { $0.append(15) } }
                loop.cancel(cancelled)
                loop.cancel(cancelled)
                try await loop.sleep(for: .milliseconds(40))
                return fired.withLock { $0 }
            }
            #expect(fired == [10, 10, 20, 30])
        }
    }

    @Test func `any order of inserting and cancelling leaves the heap sorted`() {
        var seed: UInt64 = 7
        func next(below bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        var heap = TimerHeap()
        var fired: [Int64] = []
        var expected: [Int64] = []
        var timers: [(timer: LoopTimer, moment: Int64)] = []
        for _ in 0..<2000 {
            let moment = Int64(next(below: 1000))
            let timer = LoopTimer(at: Monotonic(nanoseconds: moment)) { fired.append(moment) }
            heap.insert(timer)
            timers.append((timer, moment))
        }
        for (index, entry) in timers.enumerated() {
            if index % 3 == 0 { heap.remove(entry.timer) } else { expected.append(entry.moment) }
        }
        while let timer = heap.takeDue(at: .never) { timer.fire() }
        #expect(fired == expected.sorted())
        #expect(heap.wait() == -1)
    }

    @Test func `a cancelled sleep ends early`() async throws {
        try await withLoops(1) { loops in
            let loop = loops.all[0]
            let start = Monotonic.read()
            let sleeper = Task { try await loop.sleep(for: .seconds(60)) }
            sleeper.cancel()
            await #expect(throws: CancellationError.self) { try await sleeper.value }
            #expect(Monotonic.read() - start < .seconds(40))
        }
    }

    @Test func `work past its deadline is cancelled`() async throws {
        try await withLoops(1) { loops in
            let loop = loops.all[0]
            await #expect(throws: DeadlineExceeded(span: .milliseconds(20))) {
                try await loop.deadline(.milliseconds(20)) { try await loop.sleep(for: .seconds(60)) }
            }
            let inTime = try await loop.deadline(.seconds(60)) { 42 }
            #expect(inTime == 42)
        }
    }

    @Test func `ten thousand tasks from many threads all run`() async throws {
        try await withLoops(2) { loops in
            let total = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<10_000 {
                    group.addTask { try await loops.all[number % 2].run { 1 } }
                }
                return try await group.reduce(0, +)
            }
            #expect(total == 10_000)
        }
    }

    @Test func `a blocked signal is received as an event`() async throws {
        // A process-wide signal could reach a thread of the test runner; one sent to the loop's own thread cannot.
        try await withLoops(1) { loops in
            let loop = loops.all[0]
            let received = try await loop.run {
                Signals.block([SIGUSR2])
                let received = Mutex<[Int32]>([])
                let signals = Signals([SIGUSR2], on: loop) { signal in received.withLock { $0.append(signal) } }
                defer { signals.close() }
                pthread_kill(pthread_self(), SIGUSR2)
                let deadline = Monotonic.read() + .seconds(10)
                while received.withLock({ $0.isEmpty }), Monotonic.read() < deadline {
                    try await loop.sleep(for: .milliseconds(2))
                }
                return received.withLock { $0 }
            }
            #expect(received == [SIGUSR2])
        }
    }
}

func withLoops(_ count: Int, _ body: (Loops) async throws -> Void) async throws {
    let loops = Loops(count: count)
    loops.start()
    defer { loops.stop() }
    try await body(loops)
}
