import CSystem
import Glibc
import Identifiers
import Loop
import Time

/// Keeps processes of the same program running, and nothing else: it opens no connection, reads no request and holds no
/// data that could be wrong. It owns the listening sockets, so that no client is refused while a process is replaced.
package final class Supervisor: @unchecked Sendable {
    // Unchecked: touched on its loop only.
    package enum Event: Sendable {
        case started(process: String, identifier: pid_t)
        case ended(process: String, identifier: pid_t, ProcessWatch.End)
        case crashed(Crash)
        case crashNotWritten(Crash)
        case notStarted(process: String, reason: String)
    }

    private let places: [SupervisedPlace]
    private let loop: EventLoop
    private let crashes: CrashFiles
    private let time: TimeSource
    private let onEvent: @Sendable (Event) -> Void
    private var isStopping = false
    private var hasBeenReady = false
    private var status: Int32 = 0
    private var waiting: UnsafeContinuation<Int32, Never>?

    package init(
        _ processes: [SupervisedProcess], crashes: CrashFiles, time: TimeSource, on loop: EventLoop,
        onEvent: @escaping @Sendable (Event) -> Void
    ) {
        places = processes.map(SupervisedPlace.init)
        self.loop = loop
        self.crashes = crashes
        self.time = time
        self.onEvent = onEvent
    }

    /// Suspends until all processes have ended after `stop`, or the first one failed to start up; then returns its
    /// status.
    package func run() async -> Int32 {
        await withUnsafeContinuation { continuation in
            waiting = continuation
            // The others follow once it is ready, so that a configuration error is reported once.
            if let first = places.first { start(first) }
        }
    }

    package func send(_ signal: Int32) {
        for place in places where place.identifier != 0 { kill(place.identifier, signal) }
    }

    /// Terminates all processes, and kills those still running after the span.
    package func stop(within span: Duration) {
        isStopping = true
        send(SIGTERM)
        loop.after(span) { self.send(SIGKILL) }
        finishIfOver()
    }

    private func start(_ place: SupervisedPlace) {
        guard !isStopping else { return finishIfOver() }
        do {
            try place.start()
        } catch {
            onEvent(.notStarted(process: place.process.name, reason: error.description))
            place.idleEnds = min(place.idleEnds + 1, 8)
            return later(place)
        }
        ProcessWatch.start(of: place.identifier, on: loop) { self.ended(place, $0) }
        watchStart(of: place, place.identifier)
    }

    /// Polls the board, where a process says that it is ready.
    private func watchStart(of place: SupervisedPlace, _ identifier: pid_t) {
        guard place.identifier == identifier, !isStopping else { return }
        guard place.isReady else {
            return _ = loop.after(.milliseconds(10)) { self.watchStart(of: place, identifier) }
        }
        place.readyAt = loop.now
        onEvent(.started(process: place.process.name, identifier: identifier))
        guard !hasBeenReady else { return }
        hasBeenReady = true
        for other in places where other !== place { start(other) }
    }

    private func ended(_ place: SupervisedPlace, _ end: ProcessWatch.End) {
        let identifier = place.identifier
        // A trap right after readiness counts as a failed start.
        let worked = place.isReady && loop.now - place.readyAt > .milliseconds(200)
        if case .signal(let signal) = end, Self.traps.contains(signal) { note(signal, of: place) }
        place.clear()
        if case .exit(let code) = end, !hasBeenReady {
            // The process has reported its own error, and that stays the last line.
            if code != 0 || !isStopping { status = code }
            isStopping = true
            return finishIfOver()
        }
        onEvent(.ended(process: place.process.name, identifier: identifier, end))
        if isStopping {
            if end != .exit(0) { status = end.status }
            return finishIfOver()
        }
        place.idleEnds = worked ? 0 : min(place.idleEnds + 1, 8)
        if worked { start(place) } else { later(place) }
    }

    /// Back-off for a process that keeps ending before it works, up to five seconds.
    private func later(_ place: SupervisedPlace) {
        loop.after(.milliseconds(20 << place.idleEnds)) { self.start(place) }
    }

    /// Signals that mean a crash. SIGKILL and SIGTERM come from outside.
    private static let traps: Set<Int32> = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE]

    private func note(_ signal: Int32, of place: SupervisedPlace) {
        let left = place.left
        // Among several requests only the crash handler knows the culprit; a single one is certain.
        let work = left.crashed ?? (left.inFlight.count == 1 ? left.inFlight[0] : nil)
        let crash = Crash(
            id: .v7(milliseconds: time.now().milliseconds, from: .system), at: time.now(), process: place.process.name,
            signal: signal, build: Executable.build, work: work, inFlight: max(0, left.inFlight.count - 1),
            frames: left.frames)
        onEvent(crashes.add(crash) ? .crashed(crash) : .crashNotWritten(crash))
    }

    private func finishIfOver() {
        guard isStopping, let waiting, places.allSatisfy({ $0.identifier == 0 }) else { return }
        self.waiting = nil
        waiting.resume(returning: status)
    }
}

/// A process to keep running: the same executable with these arguments.
package struct SupervisedProcess: Sendable {
    package let name: String
    package let arguments: [String]
    /// Numbered from 4 in the process; descriptor 3 is its board.
    package let descriptors: [Int32]

    package init(_ name: String, _ arguments: [String], descriptors: [Int32] = []) {
        self.name = name
        self.arguments = arguments
        self.descriptors = descriptors
    }

    /// The board's descriptor, followed by the inherited ones.
    package static let boardDescriptor: Int32 = 3
    package static let firstDescriptor: Int32 = 4
}

/// A process and its successors. Confined to the supervisor's loop.
final class SupervisedPlace {
    let process: SupervisedProcess
    /// Zero while none runs.
    private(set) var identifier: pid_t = 0
    var readyAt = Monotonic.read()
    /// How many times in a row it ended before working for a moment.
    var idleEnds = 0
    private var board: SharedBoard?

    init(_ process: SupervisedProcess) { self.process = process }

    var isReady: Bool { board?.isReady ?? false }
    var left: WorkLeft { board?.left() ?? WorkLeft() }

    func start() throws(ChildProcess.Failure) {
        guard let board = SharedBoard() else { throw .notStarted(program: process.name, errno: errno) }
        identifier = try Spawn.start(
            Executable.path, process.arguments, named: "mastil",
            descriptors: [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, board.descriptor] + process.descriptors)
        self.board = board
    }

    func clear() {
        identifier = 0
        board = nil
    }
}

extension ProcessWatch.End {
    /// As a shell reports it.
    var status: Int32 {
        switch self {
        case .exit(let status): status
        case .signal(let signal): 128 + signal
        }
    }
}

extension ChildProcess.Failure {
    var description: String {
        switch self {
        case .notStarted(let program, let code): "\(program): errno \(code)"
        case .tooMuchOutput(let limit): "more than \(limit) bytes of output"
        }
    }
}
