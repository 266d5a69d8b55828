import Identifiers
import Loop

/// A task waiting for a place on a shared connection, or for a connection of its own.
///
/// Created by the waiting task, then touched by the connection's loop only, until `resume` returns it.
class Caller: QueueMember, @unchecked Sendable {
    final let tenant: UUID
    final var lane: Lane?
    final var continuation: UnsafeContinuation<Void, Never>?
    final var error: DatabaseError?
    final var deadline: LoopTimer?
    /// Served, or cancelled before.
    final var isOver = false

    /// The platform's work has a lane of its own.
    init(tenant: UUID?) { self.tenant = tenant ?? UUID(high: 0, low: 0) }

    final func resume() {
        isOver = true
        let continuation = self.continuation
        self.continuation = nil
        continuation?.resume()
    }

    /// Keeps the first error, the cause of later ones.
    final func note(_ error: DatabaseError) {
        if self.error == nil { self.error = error }
    }

    final func fail(_ error: DatabaseError) {
        note(error)
        resume()
    }
}

/// One round trip to the server: the statements and their results.
final class Call: Caller, @unchecked Sendable {
    enum Frame {
        /// Statements in a transaction of their own, in this tenant's context.
        case tenant(UUID)
        /// Statements in a transaction of their own, without a context.
        case platform
        /// A statement inside an open transaction.
        case inside
        /// BEGIN, with this tenant's context or none.
        case begin(Statement, UUID?)
        /// Switches an open transaction to another tenant's context.
        case context(UUID)
        case commit
        case rollBack
    }

    struct Item {
        let sql: SQL
        var statement: Statement?
    }

    let frame: Frame
    /// The guardian's statement, sent before the others.
    var check: Item?
    var first: Item?
    var others: [Item] = []
    var checkRows: Rows?
    var rows: Rows?
    var otherRows: [Rows] = []
    var isWrite = false
    /// The connection it was sent on; nil while queued.
    var connection: Connection?
    var transaction: Transaction?
    var wasCancelled = false

    init(_ frame: Frame, after check: SQL? = nil, _ sql: SQL, _ others: ArraySlice<SQL> = []) {
        self.frame = frame
        self.check = check.map { Item(sql: $0) }
        first = Item(sql: sql)
        if !others.isEmpty { self.others = others.map { Item(sql: $0) } }
        super.init(tenant: frame.tenant)
    }

    /// One of our own control statements.
    init(_ frame: Frame, _ statement: Statement? = nil, _ sql: SQL = .nothing) {
        self.frame = frame
        first = statement.map { Item(sql: sql, statement: $0) }
        super.init(tenant: frame.tenant)
    }

    func find(in statements: Statements) throws(DatabaseError) {
        if let item = check, item.statement == nil {
            let statement = try statements.statement(for: item.sql)
            check?.statement = statement
            isWrite = !statement.isRead
        }
        if let item = first, item.statement == nil {
            let statement = try statements.statement(for: item.sql)
            first?.statement = statement
            isWrite = isWrite || !statement.isRead
        }
        for index in others.indices where others[index].statement == nil {
            let statement = try statements.statement(for: others[index].sql)
            others[index].statement = statement
            isWrite = isWrite || !statement.isRead
        }
    }

    func add(_ rows: Rows) {
        if check != nil, checkRows == nil {
            checkRows = rows
        } else if self.rows == nil {
            self.rows = rows
        } else {
            otherRows.append(rows)
        }
    }

    /// Resets the call for a retry.
    func startOver() {
        error = nil
        checkRows = nil
        rows = nil
        otherRows = []
        connection = nil
        isOver = false
    }

    func result() throws(DatabaseError) -> Rows {
        if let error { throw error }
        guard let rows else { throw .transactionOver }
        return rows
    }
}

extension Call {
    /// Whether the server's transaction may stay open after this call.
    var leavesTransactionOpen: Bool {
        switch frame {
        case .inside, .begin, .context: true
        case .tenant, .platform, .commit, .rollBack: false
        }
    }

    var isCommit: Bool {
        if case .commit = frame { true } else { false }
    }

    /// Whether the call may have written although no answer came. A transaction writes nothing before its COMMIT.
    var mayHaveWritten: Bool {
        switch frame {
        case .tenant: isWrite
        case .platform, .commit: true
        case .inside, .begin, .context, .rollBack: false
        }
    }
}

extension Call.Frame {
    var tenant: UUID? {
        switch self {
        case .tenant(let tenant): tenant
        case .begin(_, let tenant): tenant
        case .platform, .inside, .context, .commit, .rollBack: nil
        }
    }
}
