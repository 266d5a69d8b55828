import Synchronization

/// The loops of a program, one a core, and the threads beside them for what blocks.
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

    /// Serves the first loop on this thread until the work is done; the others get threads of their own.
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

    /// The loop this code runs on, or the first of ours when it runs elsewhere.
    package var here: EventLoop {
        guard let current = EventLoop.current, all.contains(where: { $0 === current }) else { return all[0] }
        return current
    }
}

private final class Outcome: Sendable {
    let value = Mutex<Int32>(0)
}
