import CSystem
import Glibc

/// A child process (`ssh` to an old radio, `pg_dump`); its pipes and its exit are watched by the loop.
package final class ChildProcess: @unchecked Sendable {
    // Unchecked: touched only on the thread of its loop.
    package enum Failure: Error, Equatable {
        case notStarted(program: String, errno: Int32)
        case tooMuchOutput(limit: Int)
    }

    package typealias End = ProcessWatch.End

    package let identifier: pid_t
    package let input: ByteStream
    package let output: ByteStream
    package let errors: ByteStream
    private let loop: EventLoop
    private var end: End?
    private var waiters: [UnsafeContinuation<End, Never>] = []

    /// Starts the program, found on the path, with only this environment. On the loop's thread.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String], on loop: EventLoop
    ) throws(Failure) {
        self.loop = loop
        var pipes: [(read: Int32, write: Int32)] = []
        for _ in 0..<3 {
            var ends: [Int32] = [-1, -1]
            guard csystem_pipe(&ends) == 0 else { throw .notStarted(program: program, errno: errno) }
            pipes.append((ends[0], ends[1]))
        }
        let theirs = [pipes[0].read, pipes[1].write, pipes[2].write]
        let ours = [pipes[0].write, pipes[1].read, pipes[2].read]
        defer { for descriptor in theirs { close(descriptor) } }
        do {
            identifier = try Spawn.start(program, arguments, environment: environment, descriptors: theirs)
        } catch {
            for descriptor in ours { close(descriptor) }
            throw error
        }
        input = ByteStream(ours[0], on: loop)
        output = ByteStream(ours[1], on: loop)
        errors = ByteStream(ours[2], on: loop)
        ProcessWatch.start(of: identifier, on: loop) { [self] end in
            self.end = end
            for waiter in waiters { waiter.resume(returning: end) }
            waiters = []
        }
    }

    /// Suspends until the program exits.
    package func ended() async -> End {
        if let end { return end }
        return await withUnsafeContinuation { waiters.append($0) }
    }

    package var isRunning: Bool { end == nil }

    package func send(signal: Int32) {
        if end == nil { kill(identifier, signal) }
    }
}

extension ChildProcess {
    package struct Outcome: Sendable, Equatable {
        package let end: End
        package let output: [UInt8]
        package let errors: [UInt8]
    }

    /// Runs a program to its exit and returns its output. Cancelling the task, as a deadline does, kills it.
    package static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
        outputLimit: Int = 1 << 20, on loop: EventLoop
    ) async throws -> Outcome {
        try await loop.run {
            let process = try ChildProcess(program, arguments, environment: environment, on: loop)
            defer { process.closeStreams() }
            return try await withTaskCancellationHandler {
                do {
                    return try await process.outcome(ofInput: input, limit: outputLimit)
                } catch {
                    process.send(signal: SIGKILL)
                    _ = await process.ended()
                    throw error
                }
            } onCancel: {
                loop.submit { process.send(signal: SIGKILL) }
            }
        }
    }

    private func outcome(ofInput bytes: [UInt8], limit: Int) async throws -> Outcome {
        async let output = Self.all(of: self.output, limit: limit)
        async let errors = Self.all(of: self.errors, limit: limit)
        do {
            try await input.write(bytes)
        } catch ByteStream.Failure.system(EPIPE) {
            // The program exited without reading all its input; its exit status tells whether that is an error.
        }
        input.close()
        let everything = try await (output, errors)
        return Outcome(end: await ended(), output: everything.0, errors: everything.1)
    }

    private static func all(of stream: ByteStream, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = try await stream.read() {
            bytes += more
            if bytes.count > limit { throw Failure.tooMuchOutput(limit: limit) }
        }
        return bytes
    }

    package func closeStreams() {
        input.close()
        output.close()
        errors.close()
    }
}
