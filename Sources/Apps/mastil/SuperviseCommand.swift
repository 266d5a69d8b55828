import CSystem
import Glibc
import HTTP
import Identifiers
import Loop
import Supervision
import Telemetry
import Time

/// Keeps the processes running until this one is asked to stop. `released` closes our copies of their sockets.
func supervise(
    _ processes: [SupervisedProcess], _ configuration: Configuration, on loops: Loops,
    released: @escaping @Sendable () -> Void = {}
) async throws -> Int32 {
    let output = LogOutput(STDERR_FILENO, as: configuration.logFormat)
    defer { output.close() }
    let log = Log(to: output, as: configuration.logFormat, from: configuration.logLevel)
    let supervisor = Supervisor(
        processes, crashes: CrashFiles(directory: configuration.crashes), time: .system, on: loops.all[0]
    ) { write($0, to: log) }
    let stop = StopRequest(on: loops.all[0]) { supervisor.send(SIGHUP) }
    loops.all[0].spawn {
        await stop.arrived()
        // Serving processes accept queued connections before closing their copies of the listening sockets.
        released()
        supervisor.stop(within: .seconds(25))
    }
    return await supervisor.run()
}

private func write(_ event: Supervisor.Event, to log: Log) {
    switch event {
    case .started(let process, let identifier):
        log.notice("process_started", .init("process", process), .init("pid", Int(identifier)))
    case .ended(let process, let identifier, .exit(let status)):
        log.notice(
            "process_ended", .init("process", process), .init("pid", Int(identifier)), .init("status", Int(status)))
    case .ended(let process, let identifier, .signal(let signal)):
        log.warning(
            "process_ended", .init("process", process), .init("pid", Int(identifier)), .init("signal", Int(signal)))
    case .crashed(let crash): log.error(of: crash)
    case .crashNotWritten(let crash):
        log.error(of: crash)
        log.error("crash_not_written", .init("crash", crash.id.description))
    case .notStarted(let process, let reason):
        log.error("process_not_started", .init("process", process), .init("reason", reason))
    }
}

extension SupervisedProcess {
    static let options = [
        Command.Option("supervisor", "PID", "the process that keeps this one running"),
        Command.Option("listeners", "N", "how many sockets it was handed, the internal one last"),
        Command.Option("loops", "N", "how many loops it runs"),
    ]

    static var working: SupervisedProcess {
        SupervisedProcess("working", ["working-process", "--supervisor", "\(getpid())"])
    }

    /// The cores are divided among them.
    static func serving(_ count: Int, at sockets: [ListeningSocket]) -> [SupervisedProcess] {
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let arguments = [
            "serving-process", "--supervisor", "\(getpid())", "--listeners", "\(sockets.count)", "--loops",
            "\(max(1, cores / count))",
        ]
        return (0..<count).map { _ in
            SupervisedProcess("serving", arguments, descriptors: sockets.map(\.descriptor))
        }
    }

    /// The first step of every supervised process. It dies with its supervisor, so that the next one finds everything
    /// free.
    static func begin(_ invocation: Invocation) throws -> WorkBoard {
        guard let supervisor = invocation.value("supervisor").flatMap({ pid_t($0) }),
            csystem_die_with_parent(supervisor) == 0, let board = WorkBoard(descriptor: boardDescriptor)
        else { throw Complaint("Only `mastil serve` and `mastil work` start this.", status: ExitStatus.usage) }
        csystem_close_on_exec(boardDescriptor)
        board.watchForCrashes()
        return board
    }

    static func listeners(_ invocation: Invocation) throws -> [ListeningSocket] {
        let count = invocation.value("listeners").flatMap { Int32($0) } ?? 0
        return try (firstDescriptor..<firstDescriptor + min(max(0, count), 64)).map { descriptor in
            guard let socket = ListeningSocket(inherited: descriptor) else {
                throw Complaint("Descriptor \(descriptor) is no bound socket.", status: ExitStatus.usage)
            }
            return socket
        }
    }
}

extension Configuration {
    /// The internal listener is last.
    func bindListeners() throws(Complaint) -> [ListeningSocket] {
        var sockets: [ListeningSocket] = []
        do {
            for address in listeners + [internalListener] { sockets.append(try ListeningSocket(address)) }
            return sockets
        } catch {
            for socket in sockets { socket.close() }
            throw Complaint(error.advice(internalAt: internalListener))
        }
    }
}

extension Log {
    fileprivate func error(of crash: Crash) {
        error(
            "crashed", .init("crash", crash.id.description), .init("process", crash.process),
            .init("signal", Int(crash.signal)), .init("ran", crash.work?.name ?? ""),
            .init("tenant", crash.work?.tenant?.description ?? ""), .init("in_flight", crash.inFlight))
    }
}
