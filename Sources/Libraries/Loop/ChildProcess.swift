import CSystem
import Glibc

/// A program started by ours (`ssh` to an old radio, `pg_dump`), its pipes and its end watched by the loop.
package final class ChildProcess: ReadinessHandler, @unchecked Sendable {
    // Unchecked: touched only on the thread of its loop.
    package enum Failure: Error, Equatable {
        case notStarted(program: String, errno: Int32)
        case tooMuchOutput(limit: Int)
    }

    package enum End: Sendable, Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    package let identifier: pid_t
    package let input: ByteStream
    package let output: ByteStream
    package let errors: ByteStream
    private let loop: EventLoop
    private let watch: Int32
    private var end: End?
    private var waiters: [UnsafeContinuation<End, Never>] = []

    /// Starts the program, found on the path, with this environment and no other. On the loop's thread.
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
        let started = Self.spawn(program, arguments, environment, standard: theirs)
        for descriptor in theirs { close(descriptor) }
        guard case .success(let identifier) = started else {
            for descriptor in ours { close(descriptor) }
            guard case .failure(let failure) = started else { preconditionFailure() }
            throw failure
        }
        self.identifier = identifier
        input = ByteStream(ours[0], on: loop)
        output = ByteStream(ours[1], on: loop)
        errors = ByteStream(ours[2], on: loop)
        watch = csystem_pidfd_open(identifier)
        precondition(watch >= 0, "The kernel gives no handle on child processes")
        loop.add(watch, handler: self, for: .input)
    }

    /// Suspends until the program has ended.
    package func ended() async -> End {
        if let end { return end }
        return await withUnsafeContinuation { waiters.append($0) }
    }

    package func send(signal: Int32) {
        if end == nil { kill(identifier, signal) }
    }

    package func isReady(for readiness: Readiness) {
        var status: Int32 = 0
        guard end == nil, waitpid(identifier, &status, WNOHANG) == identifier else { return }
        let signal = status & 0x7F
        let end = signal == 0 ? End.exit(status >> 8 & 0xFF) : End.signal(signal)
        self.end = end
        loop.remove(watch)
        close(watch)
        for waiter in waiters { waiter.resume(returning: end) }
        waiters = []
    }

    private static func spawn(
        _ program: String, _ arguments: [String], _ environment: [String: String], standard: [Int32]
    ) -> Result<pid_t, Failure> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in standard.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        // Held signals would stay held in the child: it could not be asked to end.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var identifier = pid_t()
        let result = posix_spawnp(&identifier, program, &actions, &attributes, words, variables)
        return result == 0 ? .success(identifier) : .failure(.notStarted(program: program, errno: result))
    }
}

extension ChildProcess {
    package struct Outcome: Sendable, Equatable {
        package let end: End
        package let output: [UInt8]
        package let errors: [UInt8]
    }

    /// Runs a program to its end and returns what it wrote. Cancelling the task, as a deadline does, kills it.
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
            // The program ended without reading everything: its exit status tells what that means.
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

    private func closeStreams() {
        input.close()
        output.close()
        errors.close()
    }
}
