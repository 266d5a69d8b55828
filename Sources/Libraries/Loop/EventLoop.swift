import CSystem
import Glibc
import Synchronization

/// One thread with one epoll set, and the executor of the tasks on it.
///
/// Every step of a task started by `spawn` runs here, so its socket, database connection and timers need no locks. What
/// belongs to a loop is touched only while `isCurrent`; other threads use `submit`.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    // Unchecked: all but `inbox` is touched on the loop's own thread only.
    package let name: String
    private let epoll: Int32
    private let wakeUp: Int32
    private let inbox = Mutex(Inbox())
    private var jobs: [UnownedJob] = []
    private var running: [UnownedJob] = []
    private var handlers: [(any ReadinessHandler)?] = []
    private var generations: [UInt32] = []
    private var timers = TimerHeap()
    private var ticks: [Tick] = []
    private var isTicking = false
    private var stopping = false

    /// The monotonic clock at the start of this round of events.
    package private(set) var now: Monotonic

    /// Read buffer lent to sockets during an event, so that idle connections own none.
    package let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)

    private struct Inbox {
        var jobs: [UnownedJob] = []
        var calls: [@Sendable () -> Void] = []
        var isSignalled = false
    }

    package init(name: String) {
        self.name = name
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        precondition(epoll >= 0 && wakeUp >= 0, "The system has no file descriptors left")
        now = .read()
        var event = epoll_event()
        event.events = Readiness.input.rawValue
        event.data.u64 = UInt64(UInt32(bitPattern: wakeUp))
        epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event)
    }

    deinit {
        close(epoll)
        close(wakeUp)
        scratch.deallocate()
    }

    /// The loop of the current thread.
    package static var current: EventLoop? {
        csystem_current_loop().map { Unmanaged<EventLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    package var isCurrent: Bool { csystem_current_loop() == Unmanaged.passUnretained(self).toOpaque() }
}

// Work.
extension EventLoop {
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent { return jobs.append(job) }
        leave { $0.jobs.append(job) }
    }

    /// Runs the call on the loop's thread, in its next round.
    package func submit(_ call: @escaping @Sendable () -> Void) { leave { $0.calls.append(call) } }

    /// Runs the call on the loop's thread: now if that is the current one, else in its next round.
    package func perform(_ call: @escaping @Sendable () -> Void) {
        if isCurrent { call() } else { submit(call) }
    }

    /// Starts a task bound to this loop. Called on the loop's thread, it runs at once up to its first suspension.
    @discardableResult
    package func spawn(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        isCurrent
            ? Task.immediate(executorPreference: self) { await work() }
            : Task(executorPreference: self) { await work() }
    }

    /// Runs the work on this loop and awaits it, from any executor.
    package func run<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
        let task = Task(executorPreference: self) { try await work() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func leave(_ put: (inout Inbox) -> Void) {
        let wasQuiet = inbox.withLock { inbox in
            put(&inbox)
            defer { inbox.isSignalled = true }
            return !inbox.isSignalled
        }
        if wasQuiet { signal() }
    }

    private func signal() {
        var one: UInt64 = 1
        _ = write(wakeUp, &one, 8)
    }

    private func takeInbox() {
        var count: UInt64 = 0
        _ = read(wakeUp, &count, 8)
        let taken = inbox.withLock { inbox in
            defer { inbox = Inbox() }
            return inbox
        }
        for call in taken.calls { call() }
        jobs.append(contentsOf: taken.jobs)
    }
}

// File descriptors.
extension EventLoop {
    /// Notifies the handler of every change of readiness (edge triggered) until `remove`.
    package func add(_ descriptor: Int32, handler: any ReadinessHandler, for interest: Readiness = .everything) {
        let index = Int(descriptor)
        while handlers.count <= index {
            handlers.append(nil)
            generations.append(0)
        }
        generations[index] &+= 1
        handlers[index] = handler
        var event = epoll_event()
        event.events = interest.rawValue
        // The generation keeps a late event of a closed descriptor from the next owner of its number.
        event.data.u64 = UInt64(UInt32(bitPattern: descriptor)) | UInt64(generations[index]) << 32
        let result = epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
        precondition(result == 0, "epoll refused descriptor \(descriptor): errno \(errno)")
    }

    /// Changes the events of interest.
    package func change(_ descriptor: Int32, to interest: Readiness) {
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = UInt64(UInt32(bitPattern: descriptor)) | UInt64(generations[Int(descriptor)]) << 32
        epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event)
    }

    /// Call before closing the descriptor.
    package func remove(_ descriptor: Int32) {
        handlers[Int(descriptor)] = nil
        generations[Int(descriptor)] &+= 1
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
    }
}

// Time.
extension EventLoop {
    /// A one-shot timer. On the loop's thread only, as is `cancel`.
    @discardableResult
    package func after(_ span: Duration, _ call: @escaping () -> Void) -> LoopTimer {
        let timer = LoopTimer(at: Monotonic.read() + span, call)
        timers.insert(timer)
        return timer
    }

    package func cancel(_ timer: LoopTimer) {
        timers.remove(timer)
        timer.forget()
    }

    /// Calls about twice a second while the loop runs: for scans where a timer for each item would be dearer.
    package func everyTick(_ call: @escaping () -> Void) -> Tick {
        let tick = Tick(call)
        ticks.append(tick)
        if !isTicking { scheduleTick() }
        return tick
    }

    package func cancel(_ tick: Tick) { ticks.removeAll { $0 === tick } }

    private func scheduleTick() {
        isTicking = !ticks.isEmpty
        guard isTicking else { return }
        after(.milliseconds(500)) { [unowned self] in
            for tick in ticks { tick.call() }
            scheduleTick()
        }
    }

    package final class Tick {
        fileprivate let call: () -> Void
        fileprivate init(_ call: @escaping () -> Void) { self.call = call }
    }
}

// Life.
extension EventLoop {
    /// Serves this thread's events until `stop`.
    package func run() {
        csystem_set_current_loop(Unmanaged.passUnretained(self).toOpaque())
        defer { csystem_set_current_loop(nil) }
        // Writing to a closed peer is an error to handle, not a reason to end the program.
        Signals.block([SIGPIPE])
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        while !stopping {
            let count = epoll_wait(epoll, &events, Int32(events.count), jobs.isEmpty ? timers.wait() : 0)
            now = .read()
            for index in 0..<max(0, Int(count)) { dispatch(events[index]) }
            while let timer = timers.takeDue(at: now) { timer.fire() }
            runJobs()
        }
        runJobs()
    }

    /// Runs the loop on a thread of its own.
    package func start() { Thread.start(name: name) { self.run() } }

    /// Ends `run` after the current round. Tasks still suspended here never resume.
    package func stop() { submit { self.stopping = true } }

    private func dispatch(_ event: epoll_event) {
        let key = event.data.u64
        let descriptor = Int32(bitPattern: UInt32(truncatingIfNeeded: key))
        if descriptor == wakeUp { return takeInbox() }
        guard generations[Int(descriptor)] == UInt32(truncatingIfNeeded: key >> 32) else { return }
        handlers[Int(descriptor)]?.isReady(for: Readiness(rawValue: event.events))
    }

    /// Bounded, so that tasks that wake each other do not starve the sockets.
    private func runJobs() {
        let executor = asUnownedTaskExecutor()
        for _ in 0..<8 where !jobs.isEmpty {
            swap(&jobs, &running)
            for job in running { job.runSynchronously(on: executor) }
            running.removeAll(keepingCapacity: true)
        }
    }
}
