import CSystem
import Glibc
import Identifiers
import Loop

/// Our side of a worker process. Loop-confined.
final class SandboxProcess: @unchecked Sendable {
    // Unchecked: touched only on the thread of its loop.
    var tenant: UUID?
    /// The process has grown in memory and is to be replaced.
    private(set) var isWorn = false
    private let process: ChildProcess
    private let loop: EventLoop
    private var idleTimer: LoopTimer?

    init(_ program: String, on loop: EventLoop) throws {
        self.loop = loop
        // One thread suffices for a picture and its words, and one malloc arena for all threads.
        process = try ChildProcess(
            program, [],
            environment: [
                "RAYON_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "1",
                "SWIFT_BACKTRACE": "enable=no",
            ], on: loop)
    }

    var isRunning: Bool { process.isRunning }
    var identifier: pid_t { process.identifier }

    func kill() {
        stopTimer()
        process.send(signal: SIGKILL)
        process.closeStreams()
    }

    func endUnlessUsed(within span: Duration, _ ended: @escaping () -> Void) {
        idleTimer = loop.after(span) {
            self.kill()
            ended()
        }
    }

    private func stopTimer() {
        if let idleTimer { loop.cancel(idleTimer) }
        idleTimer = nil
    }

    /// Sends a work and awaits its answer, up to the time limit.
    func exchange(_ request: [UInt8], _ limits: SandboxLimits, patience: Double) async throws -> [UInt8] {
        stopTimer()
        let begun = csystem_process_seconds(process.identifier)
        var failure: SandboxFailure?
        let timer = loop.after(.seconds(limits.seconds * patience)) { [process] in
            // A process that was starved of CPU time timed out through no fault of the file.
            let wasHeavy = csystem_process_seconds(process.identifier) - begun > limits.seconds / 2
            failure = wasHeavy ? .overran : .full
            process.send(signal: SIGKILL)
        }
        defer { loop.cancel(timer) }
        do {
            try await process.input.write(Frame.head(of: request.count, seconds: limits.seconds) + request)
            if let answer = try await readAnswer() { return answer }
        } catch ByteStream.Failure.system(EPIPE) {
            // The process ended before reading everything; its exit status tells why.
        }
        process.send(signal: SIGKILL)
        let end = await process.ended()
        if let failure { throw failure }
        if end == .signal(SIGPROF) { throw SandboxFailure.overran }
        throw SandboxFailure.crashed(reason: "\(end) \(await lastWords())")
    }

    /// Nil when the process ended instead.
    private func readAnswer() async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while let more = try await process.output.read() {
            bytes += more
            guard let (length, isWorn) = Frame.answer(in: bytes) else { continue }
            guard length <= SandboxLimits.mostBytes, bytes.count - Frame.answerHead <= length else { return nil }
            guard bytes.count - Frame.answerHead == length else { continue }
            self.isWorn = isWorn
            return Array(bytes.dropFirst(Frame.answerHead))
        }
        return nil
    }

    private func lastWords() async -> String {
        let bytes = (try? await process.errors.read()) ?? []
        return String(decoding: bytes.prefix(400), as: UTF8.self)
    }
}

/// Length-prefixed framing of a work and its answer.
enum Frame {
    /// The length, and whether the process is worn.
    static let answerHead = 9
    /// The length, and the time limit.
    static let requestHead = 16

    static func head(of count: Int, seconds: Double) -> [UInt8] {
        var writer = WireWriter()
        writer.write(count)
        writer.write(seconds)
        return writer.bytes
    }

    static func answer(in bytes: [UInt8]) -> (length: Int, isWorn: Bool)? {
        guard bytes.count >= answerHead else { return nil }
        var reader = WireReader(Array(bytes[..<answerHead]))
        guard let length = try? reader.read(Int.self), let isWorn = try? reader.read(Bool.self) else { return nil }
        // A negative length counts as too large.
        return (length >= 0 ? length : .max, isWorn)
    }
}
