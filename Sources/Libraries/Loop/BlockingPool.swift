import CSystem
import Glibc
import Identifiers
import Synchronization

/// A few threads for unavoidably blocking work: password hashes, DNS look-ups, files. The queue is bounded, so that an
/// overloaded server refuses at once instead of answering late. Tenants take turns, each with a quarter of the places
/// at most; work without a tenant has a lane of its own.
package final class BlockingPool: Sendable {
    package struct Full: Error {}

    private let queue: Queue

    package init(threads: Int, queueLimit: Int, name: String) {
        queue = Queue(limit: queueLimit)
        for _ in 0..<threads {
            Thread.start(name: name) { [queue] in
                while let work = queue.next() { work.run() }
            }
        }
    }

    deinit { queue.close() }

    /// The number of queued pieces of work.
    package var waiting: Int { queue.waiting }

    /// Runs the work on one of the threads. Cancelling removes it from the queue; once begun it runs to its end.
    package func run<Result: Sendable>(
        for tenant: UUID? = nil, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let ticket = queue.ticket()
        let mark = WorkBoard.current
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Result, any Error>) in
                queue.add(
                    Work(
                        ticket: ticket, tenant: tenant,
                        run: {
                            // Marks the thread's work for crash reports, since no task runs here.
                            ccrash_set_thread_work(mark)
                            let result = Swift.Result { try work() }
                            ccrash_set_thread_work(0)
                            continuation.resume(with: result)
                        },
                        refuse: { continuation.resume(throwing: $0) }))
                // A cancellation before the work was queued found nothing to remove.
                if Task.isCancelled { queue.cancel(ticket) }
            }
        } onCancel: {
            queue.cancel(ticket)
        }
    }
}

private struct Work: Sendable {
    let ticket: UInt64
    let tenant: UUID?
    /// Fair queueing: each tenant's first work goes before any tenant's second.
    var round = 0
    let run: @Sendable () -> Void
    let refuse: @Sendable (any Error) -> Void
}

/// Threads sleep reading the semaphore, an eventfd that counts pieces of work (and, on closing, a wake-up for each
/// thread).
private final class Queue: Sendable {
    private struct State {
        var works: [Work] = []
        var round = 0
        var isClosed = false

        mutating func takeNext() -> Work? {
            guard let next = works.indices.min(by: { works[$0].round < works[$1].round }) else { return nil }
            round = works[next].round
            return works.remove(at: next)
        }
    }

    private let limit: Int
    private let semaphore = eventfd(0, Int32(EFD_SEMAPHORE | EFD_CLOEXEC))
    private let state = Mutex(State())
    private let tickets = Atomic<UInt64>(0)

    init(limit: Int) { self.limit = limit }

    deinit { Glibc.close(semaphore) }

    var waiting: Int { state.withLock(\.works.count) }

    func ticket() -> UInt64 { tickets.add(1, ordering: .relaxed).newValue }

    func add(_ work: Work) {
        let isFull = state.withLock { state in
            let own = state.works.filter { $0.tenant == work.tenant }
            if state.works.count >= limit || work.tenant != nil && own.count >= max(1, limit / 4) { return true }
            var work = work
            work.round = own.last.map { $0.round + 1 } ?? state.round
            state.works.append(work)
            return false
        }
        if isFull { work.refuse(BlockingPool.Full()) } else { post(1) }
    }

    func cancel(_ ticket: UInt64) {
        let work = state.withLock { state -> Work? in
            guard let index = state.works.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.works.remove(at: index)
        }
        work?.refuse(CancellationError())
    }

    func next() -> Work? {
        while true {
            var count: UInt64 = 0
            guard read(semaphore, &count, 8) == 8 || errno == EINTR else { return nil }
            let (work, isClosed) = state.withLock { state in
                (state.takeNext(), state.isClosed)
            }
            if let work { return work }
            if isClosed { return nil }
        }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        post(1024)
    }

    private func post(_ count: UInt64) {
        var count = count
        _ = write(semaphore, &count, 8)
    }
}
