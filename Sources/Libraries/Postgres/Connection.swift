import CPostgres
import Glibc
import Loop

/// A connection's owner, told of its events.
protocol ConnectionOwner: AnyObject {
    func finished(_ call: Call)
    func lost(_ connection: Connection)
    func notified(on channel: String, _ payload: String)
}

/// A connection in pipeline mode: calls are sent without waiting for earlier ones and answered in order. Each call
/// stands between two Syncs, which make it a transaction of its own. Loop-confined.
final class Connection: ReadinessHandler, @unchecked Sendable {
    let loop: EventLoop
    let postgres: OpaquePointer
    let plan: ConnectionPlan
    let buffers = ParameterBuffers()
    var steps = Deque<Step>()
    var prepared = PreparedStatements()
    var uses: UInt64 = 0
    private(set) var inFlight = 0
    /// When the current first call became the first.
    private(set) var headSince: Monotonic
    /// To be closed once idle.
    private(set) var isRetired = false
    private(set) var isBroken = false
    private let descriptor: Int32
    // Strong, as is the slot's reference to its pool: both last until the connection has told its callers how it ended.
    private let owner: any ConnectionOwner
    private var waitsForOutput = false
    private var hasFailedSync = false

    /// The server's next expected answer.
    enum Step {
        case prepare(PreparedStatement)
        /// DEALLOCATE; a missing statement is no error.
        case forget
        /// A control statement before or after the caller's.
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

    /// Whether the first call has taken so long that no other should queue behind it.
    var isStalled: Bool { inFlight > 0 && headAge > 100_000_000 }

    /// Whether queueing behind its calls costs no noticeable wait.
    var isQuick: Bool { inFlight == 0 || headAge < 2_000_000 }

    private var headAge: Int64 { loop.now.nanoseconds - headSince.nanoseconds }

    /// In pipeline mode the state is only known while nothing is in flight.
    var isIdle: Bool { inFlight == 0 && steps.isEmpty && PQtransactionStatus(postgres) == PQTRANS_IDLE }

    func send(_ call: Call) {
        if inFlight == 0 { headSince = loop.now }
        inFlight += 1
        call.connection = self
        if put(call) {
            flush()
        } else {
            // Only part of the call was written, so the server could not parse anything sent after it.
            steps.append(.end(call))
            breakUp()
        }
    }

    func retire() { isRetired = true }

    /// Abandons the connection. Its callers are told in the loop's next round, but its descriptor is removed now: libpq
    /// may have closed it, and the next connection may get the same number.
    func breakUp() {
        guard !isBroken else { return }
        close()
        loop.after(.zero) { self.lose() }
    }

    /// Closes without notifying the owner; nothing may be in flight.
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
            // libpq closes the socket on a protocol error, so epoll would report nothing.
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

// Results.
extension Connection {
    private func deliver() {
        while !isBroken, let step = steps.first, PQisBusy(postgres) == 0 {
            if let result = PQgetResult(postgres) {
                take(result, for: step)
            } else if step.isSync {
                // Only the error of a Sync, which may be a COMMIT's, ends with a null of its own.
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
        // A result out of step with the server would reach the wrong caller, so the connection is dropped.
        guard step.isSync == (status == PGRES_PIPELINE_SYNC) else { return breakUp() }
        switch status {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            // COMMIT rolls a failed transaction back, which the server does not report as an error.
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

    /// Checks at commit, such as deferred constraints, fail at the Sync.
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
        // A read-only server may be a standby, so reconnect.
        if case .unavailable = error { retire() }
        if case .diskFull = error { plan.diskFullAt = loop.now }
        call.note(error)
    }

    private func finish(_ call: Call) {
        inFlight -= 1
        headSince = loop.now
        // A connection left with an open transaction must not be reused.
        if steps.isEmpty, !call.leavesTransactionOpen, PQtransactionStatus(postgres) != PQTRANS_IDLE { breakUp() }
        owner.finished(call)
    }

    private func forget(_ statement: PreparedStatement) {
        if prepared[statement.statement.number] === statement { prepared.remove(statement) }
    }
}
