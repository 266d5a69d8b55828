import Identifiers
import Synchronization
import Time

/// A deterministic simulation: one process runs at a time, time passes only while all wait, and every choice is drawn
/// from the seed. The same seed gives the same record, byte by byte.
///
/// The product's own code runs in it, with this clock, these random bits and these peers instead of the real ones. The
/// database may be real, as long as no order in it depends on its own clock or random numbers.
package final class Simulation: Sendable {
    /// Ends a process at any point, as `kill -9` does.
    package struct Killed: Error {
        package init() {}
    }

    private struct Appointment {
        let moment: Instant
        /// Random order among appointments of the same moment.
        let tie: UInt64
        let process: SimulatedProcess
    }

    private struct State {
        var now: Instant
        var agenda: [Appointment] = []
        var lines: [String] = []
        var failure: (any Error)?
        /// The scheduler's continuation while a process runs.
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
    /// The events so far, one a line.
    package var record: String { state.withLock { $0.lines.joined(separator: "\n") } }

    package func note(_ text: String) {
        state.withLock { state in
            let (seconds, attoseconds) = (state.now - beginning).components
            let micros = String(attoseconds / 1_000_000_000_000)
            let padding = String(repeating: "0", count: 6 - micros.utf8.count)
            state.lines.append("\(seconds).\(padding)\(micros) \(text)")
        }
    }

    /// True with that percentage.
    package func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

    package func number(below limit: Int) -> Int { Int(randomness.next() % UInt64(max(1, limit))) }

    package func span(upTo longest: Duration) -> Duration {
        let (seconds, attoseconds) = longest.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        return .microseconds(1 + Int64(number(below: Int(clamping: microseconds))))
    }

    /// Starts a process: a program, a person, or a source of faults.
    @discardableResult
    package func start(
        _ name: String, after span: Duration = .zero,
        _ body: @escaping @Sendable (SimulatedProcess) async throws -> Void
    ) -> SimulatedProcess {
        let process = SimulatedProcess(name, in: self, body)
        wake(process, after: span)
        return process
    }

    /// Runs until nothing is scheduled, or until that moment; then all processes are ended. Rethrows a process's error.
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

    /// Runs a process until it waits or ends.
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
            // Each moment is unique to the microsecond, so that sorting by time is unambiguous.
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

/// A process of a simulation; they take turns.
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

    /// Yields to the others while simulated time passes.
    package func pause(for span: Duration) async throws(Simulation.Killed) {
        try live()
        simulation.wake(self, after: span)
        await withUnsafeContinuation { continuation in
            state.withLock { $0.waiting = continuation }
            simulation.giveBack()
        }
        try live()
    }

    /// Kills the process at its next pause or point.
    package func kill() { state.withLock { $0.isKilled = true } }

    package func live() throws(Simulation.Killed) {
        if state.withLock(\.isKilled) { throw Simulation.Killed() }
    }

    fileprivate var hasBegun: Bool { state.withLock(\.hasBegun) }

    /// False when it has not started.
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
