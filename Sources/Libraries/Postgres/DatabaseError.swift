import CPostgres

/// Why a query failed. Never shown to a visitor: PostgreSQL's messages may hold data.
package enum DatabaseError: Error, Sendable {
    /// PostgreSQL refused the statement; its transaction was rolled back.
    indirect case query(QueryFailure)
    /// The connection broke during the call. Retry, unless the outcome is unknown.
    case connectionLost(outcomeUnknown: Bool)
    /// No connection or place in time, or a read-only server. Retry later.
    case unavailable(retryAfter: Duration)
    /// The server's disk is full, so nothing was written.
    case diskFull
    /// The server or its role is unusable, or the statement is not allowed here; retrying does not help.
    case refused(String)
    /// The program reads a column that the statement does not return.
    case wrongColumn(String)
    /// The task was cancelled.
    case cancelled
    /// A transaction's handle was used after its end, or after a failure in it.
    case transactionOver
}

/// PostgreSQL's message for a failed statement. Its DETAIL, which quotes values, is dropped.
package struct QueryFailure: Sendable {
    package let sqlState: String
    package let message: String
    package let table: String?
    package let column: String?
    package let constraint: String?
    /// A table changed since planning; a new plan may work.
    let isStalePlan: Bool
}

extension QueryFailure {
    init(_ result: OpaquePointer) {
        func text(_ field: UnsafePointer<CChar>?) -> String? { field.map { String(cString: $0) } }
        sqlState = text(cpostgres_sql_state(result)) ?? ""
        message = text(cpostgres_message(result)) ?? text(PQresultErrorMessage(result)) ?? ""
        table = text(cpostgres_table(result))
        column = text(cpostgres_column(result))
        constraint = text(cpostgres_constraint(result))
        isStalePlan =
            sqlState == "26000" || sqlState == "0A000" && text(cpostgres_function(result)) == "RevalidateCachedQuery"
    }

    /// The error for the caller: some SQLSTATEs are about the server, not the statement.
    func error(mayHaveWritten: Bool) -> DatabaseError {
        switch sqlState {
        // Without a SQLSTATE the message is libpq's, about an unusable connection.
        case "", "57P01", "57P02", "57P03", "25P03", "57P05": .connectionLost(outcomeUnknown: mayHaveWritten)
        case let state where state.hasPrefix("08"): .connectionLost(outcomeUnknown: mayHaveWritten)
        case "53100": .diskFull
        // Out of memory or connections; a standby, or a primary being demoted.
        case let state where state.hasPrefix("53"): .unavailable(retryAfter: .seconds(2))
        case "25006": .unavailable(retryAfter: .seconds(2))
        default: .query(self)
        }
    }
}

extension DatabaseError {
    package var sqlState: String? {
        guard case .query(let failure) = self else { return nil }
        return failure.sqlState
    }

    package var isUniqueViolation: Bool { sqlState == "23505" }
    package var isForeignKeyViolation: Bool { sqlState == "23503" }

    package func isUniqueViolation(of constraint: String) -> Bool { isViolation("23505", of: constraint) }
    package func isForeignKeyViolation(of constraint: String) -> Bool { isViolation("23503", of: constraint) }
    package func isCheckViolation(of constraint: String) -> Bool { isViolation("23514", of: constraint) }
    package func isExclusionViolation(of constraint: String) -> Bool { isViolation("23P01", of: constraint) }

    /// A serialisation failure or deadlock; either transaction may be retried from its start.
    package var isConflict: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// `statement_timeout` expired.
    package var isTimeout: Bool { sqlState == "57014" }

    private func isViolation(_ state: String, of constraint: String) -> Bool {
        guard case .query(let failure) = self else { return false }
        return failure.sqlState == state && failure.constraint == constraint
    }
}

extension DatabaseError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .query(let failure): "PostgreSQL \(failure.sqlState): \(failure.message)"
        case .connectionLost(outcomeUnknown: false): "The connection to PostgreSQL was lost; nothing was written"
        case .connectionLost(outcomeUnknown: true): "The connection to PostgreSQL was lost; it may have written"
        case .unavailable: "PostgreSQL is not available"
        case .diskFull: "PostgreSQL's disk is full"
        case .refused(let reason), .wrongColumn(let reason): reason
        case .cancelled: "The task was cancelled"
        case .transactionOver: "The transaction is over"
        }
    }
}
