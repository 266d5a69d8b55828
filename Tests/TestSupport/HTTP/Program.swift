import Loop

/// An independent program that a test asks, such as curl.
package enum Program {
    package struct Result: Sendable {
        package let end: ChildProcess.End
        package let output: [UInt8]

        package var text: String { String(decoding: output, as: UTF8.self) }
    }

    package static func run(_ name: String, _ arguments: [String], on loop: EventLoop) async throws -> Result {
        try await loop.run {
            let process = try ChildProcess(
                name, arguments, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], on: loop)
            process.input.close()
            var output: [UInt8] = []
            while let piece = try await process.output.read() { output += piece }
            return Result(end: await process.ended(), output: output)
        }
    }
}
