import Identifiers
import Synchronization
import Time

/// A world in which nothing happens by chance or by itself: one process runs at a time, time passes only while all of them
/// wait, and whatever could go either way is decided by the seed. The same seed gives the same record, byte by byte.
///
/// What is simulated is the product's own code: it is handed this clock, these random bits and these peers instead of the
/// real ones. A database may be the real one as long as no order in it depends on its own clock or random numbers.
package final class Simulation: Sendable {
    /// Ends a process wherever it is, as `kill -9` does.
    package struct Killed: Error {
        package init() {}
    }

    private struct Appointment {
        let moment: Instant
        /// Who comes first of those of one moment.
        let tie: UInt64
        let process: SimulatedProcess
    }

    private struct State {
        var now: Instant
        var agenda: [Appointment] = []
        var lines: [String] = []
        var failure: (any Error)?
        /// Where the scheduler waits for the process that runs.
        var scheduler: UnsafeContinuation<Void, Never>?
    }

    package let randomness: Randomness
    private let beginning: Instant
    private let state: Mutex<State>

    package init(seed: UInt64, from beginning: Instant) {
        randomness = Randomness(seed: seed)
        self.beginning = beginning
        state = Mutex(State(now: beginning))
    }

    package var now: Instant { state.withLock(\.now) }
    package var time: TimeSource { TimeSource { self.now } }
    /// What happened, a line each.
    package var record: String { state.withLock { $0.lines.joined(separator: "\n") } }

    package func note(_ text: String) {
        state.withLock { state in
            let (seconds, attoseconds) = (state.now - beginning).components
            let micros = String(attoseconds / 1_000_000_000_000)
            let padding = String(repeating: "0", count: 6 - micros.utf8.count)
            state.lines.append("\(seconds).\(padding)\(micros) \(text)")
        }
    }

    /// True that many times in a hundred.
    package func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

    package func number(below limit: Int) -> Int { Int(randomness.next() % UInt64(max(1, limit))) }

    package func span(upTo longest: Duration) -> Duration {
        let (seconds, attoseconds) = longest.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        return .microseconds(1 + Int64(number(below: Int(clamping: microseconds))))
    }

    /// Begins a process: a program, a person, or the faults that happen to them.
    @discardableResult
    package func start(
        _ name: String, after span: Duration = .zero,
        _ body: @escaping @Sendable (SimulatedProcess) async throws -> Void
    ) -> SimulatedProcess {
        let process = SimulatedProcess(name, in: self, body)
        wake(process, after: span)
        return process
    }

    /// Runs until nothing is to happen any more, or until that moment; then all processes are ended. Throws what a process
    /// threw.
    package func run(until end: Instant) async throws {
        await withTaskGroup(of: Void.self) { group in
            while let process = next(before: end) { await step(process, in: &group) }
            for process in state.withLock({ $0.agenda.map(\.process) }) {
                process.kill()
                if process.hasBegun { await step(process, in: &group) }
            }
        }
        if let failure = state.withLock(\.failure) { throw failure }
    }

    /// Lets it run until it waits or ends.
    private func step(_ process: SimulatedProcess, in group: inout TaskGroup<Void>) async {
        await withUnsafeContinuation { scheduler in
            state.withLock { $0.scheduler = scheduler }
            if !process.goOn() { group.addTask { await process.run() } }
        }
    }

    private func next(before end: Instant) -> SimulatedProcess? {
        state.withLock { state in
            let first = state.agenda.indices.min {
                (state.agenda[$0].moment, state.agenda[$0].tie) < (state.agenda[$1].moment, state.agenda[$1].tie)
            }
            guard state.failure == nil, let first, state.agenda[first].moment < end else { return nil }
            let appointment = state.agenda.remove(at: first)
            // No two things happen in the same microsecond: what is sorted by its moment has one order.
            state.now = max(state.now + .microseconds(1), appointment.moment)
            return appointment.process
        }
    }

    fileprivate func wake(_ process: SimulatedProcess, after span: Duration) {
        let tie = randomness.next()
        state.withLock { $0.agenda.append(Appointment(moment: $0.now + span, tie: tie, process: process)) }
    }

    fileprivate func giveBack(_ failure: (any Error)? = nil) {
        let scheduler = state.withLock { state in
            if state.failure == nil { state.failure = failure }
            let scheduler = state.scheduler
            state.scheduler = nil
            return scheduler
        }
        scheduler?.resume()
    }
}

/// One of those that take turns in a simulated world.
package final class SimulatedProcess: Sendable {
    private struct State {
        var isKilled = false
        var hasBegun = false
        var waiting: UnsafeContinuation<Void, Never>?
    }

    package let name: String
    package let simulation: Simulation
    private let body: @Sendable (SimulatedProcess) async throws -> Void
    private let state = Mutex(State())

    fileprivate init(
        _ name: String, in simulation: Simulation, _ body: @escaping @Sendable (SimulatedProcess) async throws -> Void
    ) {
        self.name = name
        self.simulation = simulation
        self.body = body
    }

    package func note(_ text: String) { simulation.note("\(name): \(text)") }

    /// Lets others run, and time pass.
    package func pause(for span: Duration) async throws(Simulation.Killed) {
        try live()
        simulation.wake(self, after: span)
        await withUnsafeContinuation { continuation in
            state.withLock { $0.waiting = continuation }
            simulation.giveBack()
        }
        try live()
    }

    /// Ends it at its next pause or point.
    package func kill() { state.withLock { $0.isKilled = true } }

    package func live() throws(Simulation.Killed) {
        if state.withLock(\.isKilled) { throw Simulation.Killed() }
    }

    fileprivate var hasBegun: Bool { state.withLock(\.hasBegun) }

    /// False when it has not begun.
    fileprivate func goOn() -> Bool {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.waiting = nil
            return waiting
        }
        waiting?.resume()
        return waiting != nil
    }

    fileprivate func run() async {
        state.withLock { $0.hasBegun = true }
        do {
            try live()
            try await body(self)
            simulation.giveBack()
        } catch is Simulation.Killed {
            simulation.giveBack()
        } catch {
            simulation.giveBack(error)
        }
    }
}
