import CPostgres
import Glibc
import Loop

/// Who has a connection and wants to hear of it.
protocol ConnectionOwner: AnyObject {
    func finished(_ call: Call)
    func lost(_ connection: Connection)
    func notified(on channel: String, _ payload: String)
}

/// A connection in pipeline mode: calls are sent without waiting for those before them, and answered in their order.
/// Each call stands between two Syncs and is a transaction of its own there. Loop-confined.
final class Connection: ReadinessHandler, @unchecked Sendable {
    let loop: EventLoop
    let postgres: OpaquePointer
    let plan: ConnectionPlan
    let buffers = ParameterBuffers()
    var steps = Deque<Step>()
    var prepared = PreparedStatements()
    var uses: UInt64 = 0
    private(set) var inFlight = 0
    /// Since when the call that is now the first has been so.
    private(set) var headSince: Monotonic
    /// To be closed as soon as nothing is under way on it.
    private(set) var isRetired = false
    private(set) var isBroken = false
    private let descriptor: Int32
    // Strong, as is the slot's hold on its pool: both last until the connection has told its callers how it ended.
    private let owner: any ConnectionOwner
    private var waitsForOutput = false
    private var hasFailedSync = false

    /// What the server will answer next.
    enum Step {
        case prepare(PreparedStatement)
        /// A statement is taken off the server; should it not have been there, so much the better.
        case forget
        /// A statement of ours before or after the caller's.
        case control(Call)
        case rows(Call, PreparedStatement?)
        case commit(Call)
        /// A Sync that ends no call.
        case pause
        /// The Sync after which the call is answered.
        case end(Call)

        var isSync: Bool {
            switch self {
            case .pause, .end: true
            case .prepare, .forget, .control, .rows, .commit: false
            }
        }
    }

    init(_ postgres: OpaquePointer, plan: ConnectionPlan, on loop: EventLoop, owner: any ConnectionOwner) {
        self.postgres = postgres
        self.plan = plan
        self.loop = loop
        self.owner = owner
        headSince = loop.now
        descriptor = PQsocket(postgres)
        // Level triggered: libpq leaves bytes in the socket when its buffer is full.
        loop.add(descriptor, handler: self, for: [.input, .ended])
    }

    deinit { PQfinish(postgres) }

    /// Whether the first call has waited so long that others should not stand behind it.
    var isStalled: Bool { inFlight > 0 && headAge > 100_000_000 }

    /// Whether its calls are such that standing behind them is no wait.
    var isQuick: Bool { inFlight == 0 || headAge < 2_000_000 }

    private var headAge: Int64 { loop.now.nanoseconds - headSince.nanoseconds }

    /// Only known, in pipeline mode, while nothing is under way.
    var isIdle: Bool { inFlight == 0 && steps.isEmpty && PQtransactionStatus(postgres) == PQTRANS_IDLE }

    func send(_ call: Call) {
        if inFlight == 0 { headSince = loop.now }
        inFlight += 1
        call.connection = self
        if put(call) {
            flush()
        } else {
            // Half a call was written: nothing sent after it could be understood.
            steps.append(.end(call))
            breakUp()
        }
    }

    func retire() { isRetired = true }

    /// Gives the connection up. Its callers are told in the loop's next round, but its descriptor is forgotten now:
    /// libpq may have closed it, and the next to connect may get the same number.
    func breakUp() {
        guard !isBroken else { return }
        close()
        loop.after(.zero) { self.lose() }
    }

    /// Ends the connection without a word to its owner; nothing may be under way.
    func close() {
        guard !isBroken else { return }
        isBroken = true
        loop.remove(descriptor)
    }

    func isReady(for readiness: Readiness) {
        guard !isBroken else { return }
        if readiness.contains(.output) { flush() }
        repeat {
            guard PQconsumeInput(postgres) == 1 else { return breakUp() }
            deliver()
            // What libpq cannot make sense of closes the socket, so no event would tell.
            if PQstatus(postgres) != CONNECTION_OK { return breakUp() }
        } while !isBroken && cpostgres_pending_bytes(postgres) > 0
        takeNotifications()
    }

    private func flush() {
        let left = PQflush(postgres)
        if left < 0 { return breakUp() }
        guard (left == 1) != waitsForOutput else { return }
        waitsForOutput = left == 1
        loop.change(descriptor, to: waitsForOutput ? [.input, .output, .ended] : [.input, .ended])
    }

    private func lose() {
        inFlight = 0
        while let step = steps.popFirst() {
            guard case .end(let call) = step else { continue }
            call.note(.connectionLost(outcomeUnknown: call.mayHaveWritten))
            owner.finished(call)
        }
        owner.lost(self)
    }

    private func takeNotifications() {
        while let notification = PQnotifies(postgres) {
            owner.notified(
                on: String(cString: notification.pointee.relname), String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
    }
}

// What comes back.
extension Connection {
    private func deliver() {
        while !isBroken, let step = steps.first, PQisBusy(postgres) == 0 {
            if let result = PQgetResult(postgres) {
                take(result, for: step)
            } else if step.isSync {
                // Only the error of a Sync, which is a COMMIT too, ends with a null of its own.
                if !hasFailedSync { breakUp() }
                hasFailedSync = false
            } else {
                // The results of one statement end with a null.
                steps.popFirst()
            }
        }
    }

    private func take(_ result: OpaquePointer, for step: Step) {
        let status = PQresultStatus(result)
        if case .rows(let call, _) = step, status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK {
            return call.add(Rows(result))
        }
        defer { PQclear(result) }
        if step.isSync && status == PGRES_FATAL_ERROR { return failSync(step, QueryFailure(result)) }
        // Out of step with the server, a result would go to the wrong caller. Better none than that.
        guard step.isSync == (status == PGRES_PIPELINE_SYNC) else { return breakUp() }
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            // A transaction that had failed is rolled back by COMMIT, which is no error to the server.
            if case .commit(let call) = step, strcmp(PQcmdStatus(result), "COMMIT") != 0 { call.note(.transactionOver) }
        case PGRES_PIPELINE_SYNC:
            steps.popFirst()
            if case .end(let call) = step { finish(call) }
        case PGRES_PIPELINE_ABORTED:
            if case .prepare(let prepared) = step { forget(prepared) }
        default:
            fail(step, QueryFailure(result))
        }
    }

    /// What is checked when the transaction commits, as deferred constraints are, fails at the Sync.
    private func failSync(_ step: Step, _ failure: QueryFailure) {
        hasFailedSync = true
        guard case .end(let call) = step else { return }
        note(failure.error(mayHaveWritten: call.mayHaveWritten), for: call)
    }

    private func fail(_ step: Step, _ failure: QueryFailure) {
        switch step {
        case .prepare(let prepared):
            prepared.failure = failure
            forget(prepared)
        case .rows(let call, let prepared):
            if failure.isStalePlan { prepared?.isStale = true }
            note((prepared?.failure ?? failure).error(mayHaveWritten: call.mayHaveWritten), for: call)
        case .control(let call), .commit(let call):
            note(failure.error(mayHaveWritten: call.mayHaveWritten), for: call)
        case .forget, .pause, .end: break
        }
    }

    private func note(_ error: DatabaseError, for call: Call) {
        // A server that cannot write now may be a standby by the next time we ask; so ask anew.
        if case .unavailable = error { retire() }
        if case .diskFull = error { plan.diskFullAt = loop.now }
        call.note(error)
    }

    private func finish(_ call: Call) {
        inFlight -= 1
        headSince = loop.now
        // A connection whose last call left a transaction open is not one to go on with.
        if steps.isEmpty, !call.leavesTransactionOpen, PQtransactionStatus(postgres) != PQTRANS_IDLE { breakUp() }
        owner.finished(call)
    }

    private func forget(_ statement: PreparedStatement) {
        if prepared[statement.statement.number] === statement { prepared.remove(statement) }
    }
}
