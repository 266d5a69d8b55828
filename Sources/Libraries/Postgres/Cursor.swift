/// A server-side cursor, fetched in chunks.
struct Cursor: Sendable {
    private let name: String
    private let chunk: Int
    private let fetch: Statement
    private let transaction: Transaction

    init(_ sql: SQL, chunk: Int, in transaction: Transaction) async throws(DatabaseError) {
        self.chunk = chunk
        self.transaction = transaction
        name = await transaction.nextCursor()
        fetch = .once("FETCH FORWARD \(chunk) FROM \(name)")
        let declaration = Statement.once("DECLARE \(name) NO SCROLL CURSOR FOR \(sql.text)", types: sql.types)
        try await run(Call(.inside, declaration, sql))
    }

    func readAll(_ read: (Rows) async throws -> Void) async throws {
        var rows = try await next()
        while rows.count == chunk {
            async let following = next()
            try await read(rows)
            rows = try await following
        }
        if !rows.isEmpty { try await read(rows) }
        try await run(Call(.inside, .once("CLOSE \(name)")))
    }

    private func next() async throws(DatabaseError) -> Rows { try await run(Call(.inside, fetch)) }

    @discardableResult
    private func run(_ call: Call) async throws(DatabaseError) -> Rows {
        if Task.isCancelled { throw .cancelled }
        await transaction.run(call)
        return try call.result()
    }
}
