import Glibc
import Identifiers
import Loop

/// Runs work on untrusted input in disposable processes: no network, no files but fonts, little memory and time. A
/// process serves one tenant only, and reads a single untrusted file, so that a compromised process meets no other's
/// data.
package final class Sandbox: @unchecked Sendable {
    // Unchecked: mutable state is touched on the loop's thread only.
    private let program: String
    let loop: EventLoop
    private let places: Int
    private let patience: Double
    private let queue: FairQueue<Turn>
    private(set) var idle: [SandboxProcess] = []

    /// `places` is how many works run at a time, one for each tenant; `patience` is the factor of wall-clock time over
    /// CPU time that a work may take.
    package init(
        program: String = besideOurs, on loop: EventLoop, places: Int = 2, waiting: Int = 64, waitingOfTenant: Int = 8,
        patience: Double = 1.25
    ) {
        self.program = program
        self.loop = loop
        self.places = places
        self.patience = patience
        queue = FairQueue(share: 1, limit: waiting, tenantLimit: waitingOfTenant)
    }

    /// `mastil-render` is in the folder of the calling program, wherever that was installed.
    static let besideOurs: String = {
        var path = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let folder = path.prefix(max(0, count)).lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? []
        return String(decoding: folder, as: UTF8.self) + "mastil-render"
    }()

    /// Throws the work's own `Fault`, or a `SandboxFailure`.
    package func run<Work: SandboxWork>(_ work: Work, for tenant: UUID) async throws -> Work.Answer {
        var request = WireWriter()
        request.write(Work.kind)
        request.write(work)
        let bytes = request.bytes
        guard bytes.count <= SandboxLimits.mostBytes else { throw SandboxFailure.overran }
        let answered = try await loop.run {
            try await self.exchange(bytes, for: tenant, Work.limits, keepsProcess: Work.keepsProcess)
        }
        var reader = WireReader(answered)
        do {
            if try reader.read(Bool.self) {
                let answer = try reader.read(Work.Answer.self)
                try reader.end()
                guard work.accepts(answer) else { throw WireError() }
                return answer
            }
            throw try reader.read(Work.Fault.self)
        } catch is WireError {
            throw SandboxFailure.crashed(reason: "an answer to something else")
        }
    }

    private func exchange(
        _ request: [UInt8], for tenant: UUID, _ limits: SandboxLimits, keepsProcess: Bool
    ) async throws -> [UInt8] {
        let turn = Turn(tenant: tenant)
        try await begin(turn)
        defer { end(turn) }
        let process = try process(for: tenant)
        do {
            let answer = try await process.exchange(request, limits, patience: patience)
            if keepsProcess, !process.isWorn { keep(process) } else { process.kill() }
            return answer
        } catch {
            process.kill()
            throw error
        }
    }
}

extension Sandbox {
    /// A work waiting for a place.
    private final class Turn: QueueMember {
        let tenant: UUID
        var lane: Lane?
        var continuation: UnsafeContinuation<Void, any Error>?

        init(tenant: UUID) { self.tenant = tenant }
    }

    private func begin(_ turn: Turn) async throws {
        if queue.served < places, queue.canServeAtOnce(turn) { return queue.begin(turn) }
        nonisolated(unsafe) let turn = turn
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                turn.continuation = continuation
                if !queue.add(turn) { resume(turn, throwing: SandboxFailure.full) }
            }
        } onCancel: {
            loop.submit {
                self.queue.remove(turn)
                self.resume(turn, throwing: CancellationError())
            }
        }
    }

    private func resume(_ turn: Turn, throwing error: any Error) {
        turn.continuation?.resume(throwing: error)
        turn.continuation = nil
    }

    private func end(_ turn: Turn) {
        queue.end(turn)
        while queue.served < places, let next = queue.next() {
            queue.begin(next)
            next.continuation?.resume()
            next.continuation = nil
        }
    }
}

extension Sandbox {
    /// A process that has served only this tenant, or nobody. A spare is started beside it, so that the next tenant
    /// need not wait for a start.
    private func process(for tenant: UUID) throws -> SandboxProcess {
        idle.removeAll { !$0.isRunning }
        let place = idle.lastIndex { $0.tenant == tenant } ?? idle.lastIndex { $0.tenant == nil }
        let process = try place.map { idle.remove(at: $0) } ?? SandboxProcess(program, on: loop)
        process.tenant = tenant
        // Without a spare the next tenant only waits for a start.
        if !idle.contains(where: { $0.tenant == nil }), let next = try? SandboxProcess(program, on: loop) { keep(next) }
        return process
    }

    /// Kept idle for a while only, so that a quiet installation runs none.
    private func keep(_ process: SandboxProcess) {
        while idle.count >= places { idle.removeFirst().kill() }
        idle.append(process)
        process.endUnlessUsed(within: .seconds(30)) { [weak self] in self?.idle.removeAll { $0 === process } }
    }
}
