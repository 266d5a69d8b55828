import Loop

/// An independent program that a test asks, such as curl.
package enum Program {
    package struct Result: Sendable {
        package let end: ChildProcess.End
        package let output: [UInt8]

        package var text: String { String(decoding: output, as: UTF8.self) }
    }

    package static func run(_ name: String, _ arguments: [String], on loop: EventLoop) async throws -> Result {
        let outcome = try await ChildProcess.run(
            name, arguments, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], outputLimit: 100 << 20, on: loop)
        return Result(end: outcome.end, output: outcome.output)
    }
}
