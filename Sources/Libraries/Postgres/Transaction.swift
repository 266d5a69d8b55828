import CPostgres
import Identifiers
import Loop

/// Transaction isolation: how much is seen of concurrent commits.
package enum Isolation: Sendable {
    case readCommitted
    case repeatableRead
    case serializable

    var begin: Statement {
        switch self {
        case .readCommitted: .begin
        case .repeatableRead: .beginRepeatable
        case .serializable: .beginSerializable
        }
    }
}

/// A transaction on a connection of its own. Touched on the connection's loop only.
final class Transaction: @unchecked Sendable {
    let loop: EventLoop
    private let lease: Lease
    private let connection: Connection
    private var isOver = false
    /// Why only a rollback is possible.
    private var failure: DatabaseError?
    private var cancellations = 0
    private var cursors = 0
    private var bells: [String] = []

    private init(_ lease: Lease, on connection: Connection) {
        self.lease = lease
        self.connection = connection
        loop = connection.loop
    }

    /// BEGIN and the context are sent with the first statement, without awaiting them.
    static func begin(_ lease: Lease, tenant: UUID?, isolation: Isolation) async throws(DatabaseError) -> Transaction {
        let pool = lease.pool
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                lease.continuation = continuation
                pool.loop.perform { pool.add(lease) }
            }
        } onCancel: {
            pool.loop.perform { pool.withdraw(lease) }
        }
        if let error = lease.error { throw error }
        guard let connection = lease.connection else { throw .unavailable(retryAfter: .seconds(1)) }
        let transaction = Transaction(lease, on: connection)
        let call = Call(.begin(isolation.begin, tenant))
        call.transaction = transaction
        pool.loop.perform { transaction.send(call) }
        return transaction
    }

    /// Runs a statement. Cancelling the task cancels it on the server too, where the connection is its own.
    func run(_ call: Call) async {
        call.transaction = self
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                call.continuation = continuation
                loop.perform { self.send(call) }
            }
        } onCancel: {
            loop.perform { self.cancel(call) }
        }
    }

    /// Sends a statement without awaiting it.
    func runAhead(_ call: Call) {
        call.transaction = self
        loop.perform {
            self.send(call)
            // Sending failed.
            if self.failure == nil { self.failure = call.error }
        }
    }

    /// Switches to another tenant's context.
    func enter(_ tenant: UUID) async throws(DatabaseError) {
        let call = Call(.context(tenant))
        await run(call)
        if let error = call.error { throw error }
    }

    /// Rung on commit.
    func add(_ bells: [String]) { loop.perform { self.bells += bells } }

    /// Returns the bells to ring.
    func commit() async throws(DatabaseError) -> [String] {
        let call = Call(.commit)
        call.transaction = self
        await withUnsafeContinuation { continuation in
            call.continuation = continuation
            loop.perform { self.send(call) }
        }
        if let error = call.error {
            // An unawaited statement's error, if that is the cause.
            let cause = await onLoop { self.failure }
            await rollBack()
            throw cause ?? error
        }
        return await end()
    }

    /// Harmless when the transaction is over.
    func rollBack() async {
        let call = Call(.rollBack)
        await withUnsafeContinuation { continuation in
            call.continuation = continuation
            loop.perform {
                if self.isOver || self.connection.isBroken { call.resume() } else { self.connection.send(call) }
            }
        }
        await end()
    }

    /// Prevents a commit after a part of the work has failed.
    func doom() async {
        await onLoop { if self.failure == nil { self.failure = .transactionOver } }
    }

    /// Whether a retry from the start may succeed.
    func lostToAnother() async -> Bool {
        await onLoop {
            guard case .query(let failure) = self.failure else { return false }
            return self.failure?.isConflict == true || failure.isStalePlan
        }
    }

    func nextCursor() async -> String {
        await onLoop {
            self.cursors += 1
            return "mastil_\(self.cursors)"
        }
    }

    /// Called by the pool before the call's task resumes.
    func ended(_ call: Call) {
        if call.wasCancelled, call.error?.isTimeout == true { call.error = .cancelled }
        if failure == nil { failure = call.error }
    }

    private func send(_ call: Call) {
        if call.isOver { return call.fail(.cancelled) }
        if let failure, !isOver { return call.fail(call.isCommit ? failure : failure.afterwards) }
        if isOver { return call.fail(.transactionOver) }
        guard !connection.isBroken else {
            let error = DatabaseError.connectionLost(outcomeUnknown: false)
            failure = error
            return call.fail(error)
        }
        do {
            try call.find(in: lease.pool.statements)
            connection.send(call)
        } catch {
            call.fail(error)
        }
    }

    @discardableResult
    private func end() async -> [String] {
        await onLoop {
            self.isOver = true
            self.giveBack()
            return self.bells
        }
    }

    /// Only after our last cancellation has reached the server: it would hit the connection's next user.
    private func giveBack() {
        if isOver && cancellations == 0 { lease.pool.giveBack(lease) }
    }

    private func cancel(_ call: Call) {
        if call.isOver { return }
        guard call.connection != nil else {
            call.isOver = true
            return
        }
        // A pooler may have lent the server's connection to somebody else by then.
        guard connection.plan.preparesStatements, let request = CancelRequest(of: connection.postgres) else { return }
        call.wasCancelled = true
        cancellations += 1
        let pool = lease.pool
        loop.spawn {
            do {
                try await pool.blocking.run { request.send() }
            } catch {
                // The pool is too busy to cancel; `statement_timeout` ends the statement.
            }
            self.cancellations -= 1
            self.giveBack()
        }
    }

    private func onLoop<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withUnsafeContinuation { continuation in
            loop.perform { continuation.resume(returning: work()) }
        }
    }
}

extension DatabaseError {
    /// The error for later statements of the transaction, whose callers may not know yet that the connection is lost.
    fileprivate var afterwards: DatabaseError {
        if case .connectionLost = self { self } else { .transactionOver }
    }
}

/// libpq's cancel request, which opens another connection and blocks.
private final class CancelRequest: @unchecked Sendable {
    // Unchecked: a C pointer used by one thread at a time.
    private let request: OpaquePointer

    init?(of connection: OpaquePointer) {
        guard let request = PQgetCancel(connection) else { return nil }
        self.request = request
    }

    deinit { PQfreeCancel(request) }

    func send() {
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(request, &message, Int32(message.count))
    }
}
