import Glibc
import Loop

/// The executable's entry: parses and runs a command, and sets the exit status.
enum Mastil {
    static let command: Command = Command(
        "mastil", "The system an Internet provider runs its business on.",
        subcommands: [
            .serve, .work, .migrate, .tenant, .platform, .token, .audit, .search, .keys, .backup, .routes, .doctor,
            .lab, .completions, .servingProcess, .workingProcess,
        ],
        notes: """
            Configuration is read from the environment (MASTIL_DATABASE, …) and from the file that MASTIL_CONFIG names;
            `mastil doctor` says what is set, what is missing and what is wrong.
            Exit status: 0 done, 1 failed, 2 the command line is wrong, 3 the configuration is incomplete.
            """)

    static func main() -> Never {
        let outcome = Invocation.parse(Array(CommandLine.arguments.dropFirst()), of: command)
        switch outcome {
        case .run(let invocation, let command): exit(run(command, invocation))
        case .help(let text): finish(text, status: 0)
        case .wrong(let text): finish(text, status: ExitStatus.usage)
        }
    }

    private static func run(_ command: Command, _ invocation: Invocation) -> Int32 {
        guard let action = command.action else { preconditionFailure("Only commands that act are run") }
        // Before any thread exists, so that only the loop that handles these signals receives them.
        if command.heedsSignals { Signals.block(StopRequest.signals) }
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let wanted = invocation.value("loops").flatMap { Int($0) } ?? command.loops ?? cores
        let loops = Loops(count: min(max(1, wanted), cores))
        return loops.run {
            do {
                return try await action(invocation, loops)
            } catch let complaint as Complaint {
                Terminal.complain(complaint.text)
                return complaint.status
            } catch {
                Terminal.complain("\(error)")
                return ExitStatus.failed
            }
        }
    }

    private static func finish(_ text: String, status: Int32) -> Never {
        if status == 0 { Terminal.say(text) } else { Terminal.complain(text) }
        exit(status)
    }
}

enum ExitStatus {
    static let done: Int32 = 0
    static let failed: Int32 = 1
    static let usage: Int32 = 2
    static let configuration: Int32 = 3
}

/// An error as a sentence that says what to do.
struct Complaint: Error {
    let text: String
    let status: Int32

    init(_ text: String, status: Int32 = ExitStatus.failed) {
        self.text = text
        self.status = status
    }
}
