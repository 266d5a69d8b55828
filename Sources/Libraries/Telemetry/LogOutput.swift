import CSystem
import Glibc
import Synchronization
import Time

/// Writes lines to a file descriptor on a thread of its own, so that a slow pipe blocks no event loop. When its queue
/// is full, new lines are dropped, counted, and the log says how many.
package final class LogOutput: LogSink, Sendable {
    private struct Queue {
        var bytes: [UInt8] = []
        var dropped = 0
        var isSignalled = false
        var isClosed = false
    }

    private let descriptor: Int32
    private let capacity: Int
    private let format: Log.Format
    private let time: TimeSource
    private let queue = Mutex(Queue())
    private let droppedEver = Atomic(0)
    private let wake = Semaphore()
    private let ended = Semaphore()

    package init(
        _ descriptor: Int32, as format: Log.Format, capacity: Int = 1 << 20, time: TimeSource = .system
    ) {
        self.descriptor = descriptor
        self.capacity = capacity
        self.format = format
        self.time = time
        start()
    }

    /// Lines dropped since the start, for the metrics.
    package var dropped: Int { droppedEver.load(ordering: .relaxed) }

    package func write(_ line: [UInt8]) {
        let mustWake = queue.withLock { queue in
            guard queue.bytes.count + line.count <= capacity, !queue.isClosed else {
                queue.dropped += 1
                droppedEver.add(1, ordering: .relaxed)
                return false
            }
            queue.bytes.append(contentsOf: line)
            defer { queue.isSignalled = true }
            return !queue.isSignalled
        }
        if mustWake { wake.signal() }
    }

    /// Flushes and ends the thread. A reader that takes nothing is given this long.
    package func close(within span: Duration = .seconds(1)) {
        let isFirst = queue.withLock { queue in
            defer { queue.isClosed = true }
            return !queue.isClosed
        }
        guard isFirst else { return }
        wake.signal()
        ended.wait(for: span)
    }
}

// The writing thread.
extension LogOutput {
    private func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        // Signals are blocked here: a broken pipe must be an error of write, not end the program.
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &before)
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<LogOutput>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context)
        pthread_sigmask(SIG_SETMASK, &before, nil)
        precondition(result == 0, "The system has no threads left")
        csystem_name_thread(thread, "log")
        pthread_detach(thread)
    }

    private func run() {
        var batch: [UInt8] = []
        while true {
            wake.wait()
            // A short delay gathers lines: under load this makes one write of many and seldom wakes the thread.
            usleep(5000)
            batch.removeAll(keepingCapacity: true)
            let (dropped, isClosed) = queue.withLock { queue in
                swap(&queue.bytes, &batch)
                queue.isSignalled = false
                defer { queue.dropped = 0 }
                return (queue.dropped, queue.isClosed)
            }
            if dropped > 0 { batch += dropNotice(dropped) }
            writeAll(batch)
            if isClosed { break }
        }
        ended.signal()
    }

    private func dropNotice(_ count: Int) -> [UInt8] {
        LogLine(
            time: time.now(), level: .warning, event: "log_lines_dropped", fixed: [],
            fields: [Log.Field("count", count)]
        ).bytes(as: format)
    }

    /// Write errors are ignored: there is nowhere left to report them.
    private func writeAll(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&entry, 1, -1)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}

/// A POSIX semaphore. It needs a stable address, which Swift guarantees only for heap memory.
private final class Semaphore: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }

    func wait() { while sem_wait(semaphore) != 0 {} }

    func wait(for span: Duration) {
        var end = timespec()
        clock_gettime(CLOCK_REALTIME, &end)
        let (seconds, attoseconds) = span.components
        let nanoseconds = end.tv_nsec + Int(attoseconds / 1_000_000_000)
        end.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        while sem_timedwait(semaphore, &end) != 0 && errno == EINTR {}
    }
}
