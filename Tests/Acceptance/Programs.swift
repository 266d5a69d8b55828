import Glibc
import Loop
import TestSupport

/// What a program did, once it has ended.
struct Outcome: Sendable {
    /// The exit status; of one that a signal ended, 128 and the signal, as a shell counts.
    let status: Int32
    let output: String
    let errors: String

    /// Without the line end after the last line.
    var answer: String { String(output.last == "\n" ? output.dropLast() : output[...]) }
}

struct Failed: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The programs that these tests run: the product, and what Debian has.
enum Programs {
    /// The product stands where the build put it, beside the tests' own executable.
    static let mastil: String = {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard readlink("/proc/self/exe", &path, path.count - 1) > 0 else { fatalError("/proc is not mounted") }
        let own = path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        return own[..<(own.lastIndex(of: "/") ?? own.endIndex)] + "/mastil"
    }()

    /// Of the sources.
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    /// Without the configuration that an installation in this checkout may have.
    static let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "MASTIL_CONFIG": "/dev/null"]

    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: String = ""
    ) async throws -> Outcome {
        let loop = Loops.tests.all[0]
        let outcome = try await loop.deadline(.seconds(60)) {
            try await ChildProcess.run(
                program, arguments, environment: self.environment.merging(environment) { $1 }, input: Array(input.utf8),
                on: loop)
        }
        return Outcome(
            status: outcome.end.status, output: String(decoding: outcome.output, as: UTF8.self),
            errors: String(decoding: outcome.errors, as: UTF8.self))
    }

    static func mastil(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        try await run(mastil, arguments, environment: environment)
    }

    static func shell(_ script: String, _ arguments: String...) async throws -> String {
        let outcome = try await run("bash", ["-euc", script, "bash"] + arguments)
        guard outcome.status == 0 else { throw Failed("\(script): \(outcome.errors)") }
        return outcome.answer
    }
}

extension ChildProcess.End {
    var status: Int32 {
        switch self {
        case .exit(let status): status
        case .signal(let signal): 128 + signal
        }
    }
}

/// Asks until the answer is yes; a no for all of the time is a failure of the test.
func eventually(
    _ what: String, within span: Duration = .seconds(60), _ isSo: () async throws -> Bool
) async throws {
    let deadline = Monotonic.read() + span
    while try await !isSo() {
        guard Monotonic.read() < deadline else { throw Failed("Not within \(span): \(what)") }
        try await Loops.tests.all[0].sleep(for: .milliseconds(10))
    }
}
