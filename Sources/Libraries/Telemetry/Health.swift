import Loop
import Synchronization

/// A dependency that the program needs, and its check.
package struct HealthCheck: Sendable {
    package enum State: Sendable, Equatable {
        case ok
        /// It works, but somebody should look.
        case degraded(String)
        case failed(String)
    }

    let name: String
    let deadline: Duration
    let ask: @Sendable () async throws -> State

    /// A check that throws fails with the error's text.
    package init(
        _ name: String, within deadline: Duration = .seconds(2), ask: @escaping @Sendable () async throws -> State
    ) {
        self.name = name
        self.deadline = deadline
        self.ask = ask
    }
}

/// Checks all dependencies concurrently, each with its own deadline, so that one that hangs delays the report by no
/// more than that and hides no other.
package final class Health: Sendable {
    private let checks: [HealthCheck]
    // A cancelled check may run on; it is not repeated meanwhile, or hung checks would pile up.
    private let asking: Mutex<Set<Int>> = Mutex([])

    package init(_ checks: [HealthCheck]) { self.checks = checks }

    package func report(on loop: EventLoop) async -> HealthReport {
        guard !checks.isEmpty else { return HealthReport(findings: []) }
        let round = Round(of: checks.count, on: loop)
        return await withUnsafeContinuation { continuation in
            loop.perform {
                round.continuation = continuation
                for (index, check) in self.checks.enumerated() { self.ask(check, index, in: round, on: loop) }
            }
        }
    }

    private func ask(_ check: HealthCheck, _ index: Int, in round: Round, on loop: EventLoop) {
        let begun = Monotonic.read()
        let finding = { @Sendable (state: HealthCheck.State) in
            HealthReport.Finding(name: check.name, state: state, latency: Monotonic.read() - begun)
        }
        guard asking.withLock({ $0.insert(index).inserted }) else {
            return round.end(index, finding(.failed("still no answer to an earlier question")))
        }
        let task = loop.spawn {
            let state: HealthCheck.State
            do { state = try await check.ask() } catch { state = .failed(String(describing: error)) }
            self.asking.withLock { _ = $0.remove(index) }
            round.end(index, finding(state))
        }
        guard !round.hasEnded(index) else { return }
        round.timers[index] = loop.after(check.deadline) {
            task.cancel()
            round.end(index, finding(.failed("no answer within \(check.deadline)")))
        }
    }

    /// A report being collected. Confined to its loop.
    private final class Round: @unchecked Sendable {
        var continuation: UnsafeContinuation<HealthReport, Never>?
        var timers: [LoopTimer?]
        private var findings: [HealthReport.Finding?]
        private let loop: EventLoop

        init(of count: Int, on loop: EventLoop) {
            self.loop = loop
            timers = Array(repeating: nil, count: count)
            findings = Array(repeating: nil, count: count)
        }

        func hasEnded(_ index: Int) -> Bool { findings[index] != nil }

        func end(_ index: Int, _ finding: HealthReport.Finding) {
            guard findings[index] == nil else { return }
            findings[index] = finding
            if let timer = timers[index] { loop.cancel(timer) }
            timers[index] = nil
            let ended = findings.compactMap(\.self)
            guard ended.count == findings.count else { return }
            continuation?.resume(returning: HealthReport(findings: ended))
            continuation = nil
        }
    }
}
