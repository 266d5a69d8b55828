import Identifiers
import Loop

/// A handle's tenant and transaction. Created in this room only.
package struct DatabaseAccess: Sendable {
    let database: Database
    var tenant: UUID?
    var guardian: Guardian?
    var transaction: Transaction?
    /// Called before each statement; throwing prevents its sending.
    var interruption: (@Sendable () throws(DatabaseError) -> Void)?
    /// Uses the separate connection for following commits.
    var isAside = false

    func frame() -> Call.Frame {
        if transaction != nil { return .inside }
        return tenant.map { .tenant($0) } ?? .platform
    }

    /// Runs the statements in one round trip, the guardian's first when they form a transaction.
    func run(_ first: SQL, _ others: ArraySlice<SQL> = []) async throws(DatabaseError) -> [Rows] {
        try interruption?()
        let call = Call(frame(), after: check, first, others)
        await send(call)
        let rows = [try result(of: call)] + call.otherRows
        ring(others.reduce(first.bells) { $0 + $1.bells })
        return rows
    }

    /// The common case of one statement, without arrays.
    func run(only sql: SQL) async throws(DatabaseError) -> Rows {
        try interruption?()
        let call = Call(frame(), after: check, sql)
        await send(call)
        let rows = try result(of: call)
        ring(sql.bells)
        return rows
    }

    /// In a transaction, sends the statement without awaiting its result.
    func runAhead(_ sql: SQL) async throws(DatabaseError) {
        guard let transaction else {
            _ = try await run(only: sql)
            return
        }
        try interruption?()
        transaction.runAhead(Call(frame(), sql))
        ring(sql.bells)
    }

    /// Rings now, or on commit within a transaction.
    private func ring(_ bells: [String]) {
        if bells.isEmpty { return }
        if let transaction { transaction.add(bells) } else { database.ring(bells) }
    }

    private var check: SQL? { transaction == nil ? guardian?.check : nil }

    private func result(of call: Call) throws(DatabaseError) -> Rows {
        let rows = try call.result()
        if let checked = call.checkRows { try guardian?.passed(checked) }
        return rows
    }

    private func send(_ call: Call) async {
        if let transaction { await transaction.run(call) } else { await database.run(call, aside: isAside) }
    }
}

/// A statement at the start of every transaction of a handle. If it fails, nothing after it runs.
final class Guardian: Sendable {
    let check: SQL
    let passed: @Sendable (Rows) throws(DatabaseError) -> Void

    init(check: SQL, passed: @escaping @Sendable (Rows) throws(DatabaseError) -> Void) {
        self.check = check
        self.passed = passed
    }
}

/// The operations common to tenants' and platform databases. Outside `transaction` each call is a transaction of its
/// own, and one round trip.
package protocol DatabaseHandle: Sendable {
    var access: DatabaseAccess { get }
    init(_ access: DatabaseAccess)
}

extension DatabaseHandle {
    package func results(_ sql: SQL) async throws(DatabaseError) -> Rows {
        try await access.run(only: sql)
    }

    package func rows<Value: RowReadable>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws(DatabaseError) -> [Value] {
        try await results(sql).read()
    }

    package func first<Value: RowReadable>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws(DatabaseError) -> Value? {
        guard let row = try await results(sql).first else { return nil }
        return try Value(row: row)
    }

    /// The first column of the first row, such as a count or what RETURNING gave.
    package func value<Value: ColumnReadable>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws(DatabaseError) -> Value? {
        guard let row = try await results(sql).first else { return nil }
        let value: Value = try row.readFirst()
        return value
    }

    /// Returns the number of affected rows.
    @discardableResult
    package func execute(_ sql: SQL) async throws(DatabaseError) -> Int { try await results(sql).affected }

    /// Like `execute`, but not awaited within a transaction: a failure surfaces in a later statement, at the latest in
    /// COMMIT, with which it is sent.
    package func executeAhead(_ sql: SQL) async throws(DatabaseError) { try await access.runAhead(sql) }

    /// Statements known up front, in one transaction and one round trip. An error rolls all back.
    package func batch(_ statements: [SQL]) async throws(DatabaseError) -> [Rows] {
        guard let first = statements.first else { return [] }
        return try await access.run(first, statements.dropFirst())
    }

    /// Runs the work in one transaction on a connection of its own; an error rolls it back. Nested calls join the outer
    /// transaction. After a serialisation conflict the work runs again, so it must do only database work; and it must
    /// use the handle it is given, since this one is outside the transaction.
    package func transaction<Result: Sendable>(
        isolation: Isolation = .readCommitted, _ work: (Self) async throws -> Result
    ) async throws -> Result {
        if access.transaction != nil { return try await join(work) }
        var attempt = 1
        while true {
            let transaction = try await begin(isolation)
            do {
                let result = try await work(inside(transaction))
                access.database.ring(try await transaction.commit())
                return result
            } catch {
                await transaction.rollBack()
                guard attempt < 8, !Task.isCancelled, await transaction.lostToAnother() else { throw error }
                try await transaction.loop.sleep(for: .milliseconds(Int.random(in: 1...(5 << attempt))))
                attempt += 1
            }
        }
    }

    /// Reads a large result in chunks, on a connection of its own. The next chunk is fetched while one is read, and no
    /// more than that is held in memory.
    package func stream<Value: RowReadable>(
        _ sql: SQL, as type: Value.Type = Value.self, _ read: (Value) async throws -> Void
    ) async throws {
        try await streamRows(sql) { rows in
            for row in rows { try await read(Value(row: row)) }
        }
    }

    package func streamRows(_ sql: SQL, chunk: Int = 500, _ read: (Rows) async throws -> Void) async throws {
        try StatementRules.check(sql, firstWord: StatementRules.firstWord(of: sql))
        if let transaction = access.transaction {
            do {
                return try await Cursor(sql, chunk: chunk, in: transaction).readAll(read)
            } catch {
                await transaction.doom()
                throw error
            }
        }
        let transaction = try await begin(.readCommitted)
        do {
            try await Cursor(sql, chunk: chunk, in: transaction).readAll(read)
            access.database.ring(try await transaction.commit())
        } catch {
            await transaction.rollBack()
            throw error
        }
    }

    private func begin(_ isolation: Isolation) async throws(DatabaseError) -> Transaction {
        if Task.isCancelled { throw .cancelled }
        let lease = access.database.lease(for: access.tenant)
        let transaction = try await Transaction.begin(lease, tenant: access.tenant, isolation: isolation)
        guard let guardian = access.guardian else { return transaction }
        do {
            try guardian.passed(try await inside(transaction).results(guardian.check))
            return transaction
        } catch {
            await transaction.rollBack()
            throw error
        }
    }

    private func inside(_ transaction: Transaction) -> Self {
        var access = access
        access.transaction = transaction
        return Self(access)
    }

    private func join<Result: Sendable>(_ work: (Self) async throws -> Result) async throws -> Result {
        do {
            return try await work(self)
        } catch {
            await access.transaction?.doom()
            throw error
        }
    }
}
