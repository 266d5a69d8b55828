import CSystem
import Glibc
import Testing

@testable import Loop

@Suite struct ChildProcessTests {
    @Test func `a program gets its input and gives its output and exit status`() async throws {
        try await withLoops(1) { loops in
            let outcome = try await ChildProcess.run(
                "/bin/sh", ["-c", "cat; echo wrong >&2; exit 3"], input: Array("hola".utf8), on: loops.all[0])
            #expect(outcome.end == .exit(3))
            #expect(String(decoding: outcome.output, as: UTF8.self) == "hola")
            #expect(String(decoding: outcome.errors, as: UTF8.self) == "wrong\n")
        }
    }

    @Test func `megabytes go through the pipes in both directions`() async throws {
        try await withLoops(1) { loops in
            let input = [UInt8](repeating: 65, count: 3_000_000)
            let outcome = try await ChildProcess.run(
                "cat", [], environment: ["PATH": "/usr/bin:/bin"], input: input, outputLimit: 4_000_000,
                on: loops.all[0])
            let isWhole = outcome.output == input
            #expect(isWhole)
        }
    }

    @Test func `a program that ends without reading all its input is no failure`() async throws {
        try await withLoops(1) { loops in
            let input = [UInt8](repeating: 65, count: 3_000_000)
            let outcome = try await ChildProcess.run("/usr/bin/head", ["-c", "2"], input: input, on: loops.all[0])
            #expect(outcome == .init(end: .exit(0), output: [65, 65], errors: []))
        }
    }

    @Test func `a program past its deadline is killed`() async throws {
        try await withLoops(1) { loops in
            let loop = loops.all[0]
            let start = Monotonic.read()
            await #expect(throws: DeadlineExceeded.self) {
                try await loop.deadline(.milliseconds(50)) {
                    try await ChildProcess.run("/bin/sleep", ["60"], on: loop)
                }
            }
            #expect(Monotonic.read() - start < .seconds(40))
        }
    }

    @Test func `a program that writes without end is stopped`() async throws {
        try await withLoops(1) { loops in
            await #expect(throws: ChildProcess.Failure.tooMuchOutput(limit: 1000)) {
                try await ChildProcess.run("/bin/cat", ["/dev/zero"], outputLimit: 1000, on: loops.all[0])
            }
        }
    }

    @Test func `a program that is not there is refused`() async throws {
        try await withLoops(1) { loops in
            await #expect(throws: ChildProcess.Failure.notStarted(program: "/no/such", errno: ENOENT)) {
                try await ChildProcess.run("/no/such", [], on: loops.all[0])
            }
        }
    }

    @Test func `a program killed by a signal says so`() async throws {
        try await withLoops(1) { loops in
            let outcome = try await ChildProcess.run("/bin/sh", ["-c", "kill -TERM $$"], on: loops.all[0])
            #expect(outcome.end == .signal(SIGTERM))
        }
    }
}
