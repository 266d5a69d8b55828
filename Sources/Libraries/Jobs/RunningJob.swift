import Identifiers
import JSON
import Loop
import Postgres
import Time

/// A job that was claimed and has not ended. Touched on the worker's home loop only.
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
        /// Another worker has it, or may have.
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

    /// Runs on the loop of the context, and on the board while it does, for after a crash.
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

/// A job that has ended, and what the queue is to be told of it.
struct Ending {
    let job: RunningJob
    let outcome: Outcome
    /// The queue may have been told already: the answer was lost.
    var mayBeSettled = false
    /// Not to be told before, because its row or its key was locked so many times.
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
