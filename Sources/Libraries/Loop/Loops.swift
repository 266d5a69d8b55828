import Synchronization

/// A program's event loops, one a core, and the threads for blocking work.
package struct Loops: Sendable {
    package let all: [EventLoop]
    package let blocking: BlockingPool

    package init(count: Int) {
        all = (0..<count).map { EventLoop(name: "loop-\($0)") }
        blocking = BlockingPool(threads: 2, queueLimit: 256, name: "blocking")
    }

    package func start() {
        for loop in all { loop.start() }
    }

    /// Serves the first loop on this thread until the work is done; the others get their own threads.
    package func run(_ work: @escaping @Sendable () async -> Int32) -> Int32 {
        for loop in all.dropFirst() { loop.start() }
        let status = Outcome()
        all[0].spawn {
            let result = await work()
            status.value.withLock { $0 = result }
            stop()
        }
        all[0].run()
        return status.value.withLock(\.self)
    }

    package func stop() {
        for loop in all { loop.stop() }
    }

    /// The current loop, or the first one when called elsewhere.
    package var here: EventLoop {
        guard let current = EventLoop.current, all.contains(where: { $0 === current }) else { return all[0] }
        return current
    }
}

private final class Outcome: Sendable {
    let value = Mutex<Int32>(0)
}
