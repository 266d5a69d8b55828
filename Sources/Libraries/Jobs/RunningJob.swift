import Identifiers
import JSON
import Loop
import Postgres
import Time

/// A claimed job that has not ended. Touched on the worker's home loop only.
final class RunningJob: @unchecked Sendable {
    // Unchecked: confined to a loop, but for the constants.
    let claim: Claim
    let kind: JobKinds.Kind
    let context: JobContext
    let report: JobReport
    let startedAt = Monotonic.read()
    var task: Task<Void, Never>?
    /// Why it was cancelled, if it was.
    var cancellation: Cancellation?

    enum Cancellation {
        /// Another worker has the job, or may have it.
        case lost
        case released
    }

    init(_ claim: Claim, as kind: JobKinds.Kind, in context: JobContext) {
        self.claim = claim
        self.kind = kind
        self.context = context
        report = claim.report(startedAt: context.now)
    }

    func cancel(_ cancellation: Cancellation) {
        if self.cancellation != .lost { self.cancellation = cancellation }
        task?.cancel()
    }

    /// Runs on the context's loop, noted on the work board for crash reports.
    func run(on board: WorkBoard?) async -> Outcome {
        guard let board else { return await run() }
        var outcome = Outcome.done
        await board.track { slot in
            slot?.note(route: Array(claim.kind.utf8))
            slot?.note(tenant: claim.tenant.uuid)
            slot?.note(job: claim.id.uuid, token: claim.token)
            outcome = await run()
        }
        return outcome
    }

    private func run() async -> Outcome {
        let work: @Sendable (JobContext) async throws -> Void
        do {
            work = try kind.read(JSONValue.parse(claim.payload.bytes))
        } catch {
            return .failed(for: PermanentFailure("Its payload cannot be read: \(error)"))
        }
        do {
            try await context.loop.deadline(kind.rules.timeLimit) { [context] in try await work(context) }
            return .done
        } catch {
            return .failed(for: error)
        }
    }

    enum Outcome: Sendable {
        case done
        case failed(for: any Error)
    }
}

/// An ended job, and what to tell the queue.
struct Ending {
    let job: RunningJob
    let outcome: Outcome
    /// The queue may have been told already, by a trip whose answer was lost.
    var mayBeSettled = false
    /// Not before this time, because its row or key was locked `timesLocked` times.
    var settleAt = Monotonic.read()
    var timesLocked = 0

    var isDone: Bool {
        if case .done = outcome { return true }
        return false
    }

    enum Outcome {
        case done
        case retry(at: Instant, reason: String)
        case dead(reason: String)
        case released
        case lost
    }
}
