import CPostgres
import Identifiers
import Loop

/// How much a transaction sees of what others commit meanwhile.
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

/// A transaction on a connection of its own, from BEGIN to its end. Touched on the connection's loop only.
final class Transaction: @unchecked Sendable {
    let loop: EventLoop
    private let lease: Lease
    private let connection: Connection
    private var isOver = false
    /// Why it can only be rolled back.
    private var failure: DatabaseError?
    private var cancellations = 0
    private var cursors = 0
    private var bells: [String] = []

    private init(_ lease: Lease, on connection: Connection) {
        self.lease = lease
        self.connection = connection
        loop = connection.loop
    }

    /// BEGIN and the context go out with the first statement: nobody waits for them.
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

    /// Runs a statement. A cancelled task cancels it on the server too, where the connection is its own.
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

    /// Sends a statement that nobody waits for.
    func runAhead(_ call: Call) {
        call.transaction = self
        loop.perform {
            self.send(call)
            // It could not even be sent.
            if self.failure == nil { self.failure = call.error }
        }
    }

    /// What follows is another tenant's.
    func enter(_ tenant: UUID) async throws(DatabaseError) {
        let call = Call(.context(tenant))
        await run(call)
        if let error = call.error { throw error }
    }

    /// To be rung once it is committed.
    func add(_ bells: [String]) { loop.perform { self.bells += bells } }

    /// The bells to ring.
    func commit() async throws(DatabaseError) -> [String] {
        let call = Call(.commit)
        call.transaction = self
        await withUnsafeContinuation { continuation in
            call.continuation = continuation
            loop.perform { self.send(call) }
        }
        if let error = call.error {
            // Of a statement that nobody waited for, when that is why.
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

    /// A part of it failed; what remains must not be committed without that part.
    func doom() async {
        await onLoop { if self.failure == nil { self.failure = .transactionOver } }
    }

    /// Whether running it once more from its start may succeed.
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

    /// Told by the pool before the call's task is.
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

    /// Not before our last cancellation has reached the server: it would hit the next to use the connection.
    private func giveBack() {
        if isOver && cancellations == 0 { lease.pool.giveBack(lease) }
    }

    private func cancel(_ call: Call) {
        if call.isOver { return }
        guard call.connection != nil else {
            call.isOver = true
            return
        }
        // Through a pooler the request may arrive when the server's connection was lent to somebody else.
        guard connection.plan.preparesStatements, let request = CancelRequest(of: connection.postgres) else { return }
        call.wasCancelled = true
        cancellations += 1
        let pool = lease.pool
        loop.spawn {
            do {
                try await pool.blocking.run { request.send() }
            } catch {
                // Too busy to cancel: `statement_timeout` ends the statement.
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
    /// What later statements of the transaction are told. Nobody may have heard yet that the connection is lost.
    fileprivate var afterwards: DatabaseError {
        if case .connectionLost = self { self } else { .transactionOver }
    }
}

/// libpq's way to cancel what runs on a connection: it opens another, and blocks.
private final class CancelRequest: @unchecked Sendable {
    // Unchecked: a C pointer that is used by one thread at a time.
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
