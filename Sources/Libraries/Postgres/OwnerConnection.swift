import CPostgres

/// A blocking connection for administration: migrating, checking the catalogue, setting up. Never for a loop or a
/// request, since it runs any SQL text.
package final class OwnerConnection {
    private let postgres: OpaquePointer

    package init(_ text: String) throws(DatabaseError) {
        guard let postgres = PQconnectdb(text) else { throw .refused("Out of memory") }
        self.postgres = postgres
        guard PQstatus(postgres) == CONNECTION_OK else {
            let lines = String(cString: PQerrorMessage(postgres)).lines
            throw .refused(lines.map { $0.drop { $0 == "\t" } }.joined(separator: " "))
        }
        if let objection = ServerVersion.objection(to: PQserverVersion(postgres)) { throw .refused(objection) }
        PQsetNoticeReceiver(postgres, { _, _ in }, nil)
    }

    deinit { PQfinish(postgres) }

    /// Runs one statement or many.
    package func execute(_ text: String) throws(DatabaseError) {
        try PQclear(checked(PQexec(postgres, text)))
    }

    /// The rows of one statement, as text.
    package func rows(_ text: String, _ parameters: [String] = []) throws(DatabaseError) -> [[String?]] {
        let strings = parameters.map { CString($0) }
        let values = strings.map { UnsafePointer($0.start) as UnsafePointer<CChar>? }
        let result = try withExtendedLifetime(strings) { () throws(DatabaseError) in
            try checked(PQexecParams(postgres, text, Int32(values.count), nil, values, nil, nil, 0))
        }
        defer { PQclear(result) }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                PQgetisnull(result, row, column) == 1 ? nil : String(cString: PQgetvalue(result, row, column))
            }
        }
    }

    /// The first column of each row.
    package func column(_ text: String, _ parameters: [String] = []) throws(DatabaseError) -> [String] {
        try rows(text, parameters).compactMap { $0.first ?? nil }
    }

    var isInTransaction: Bool { PQtransactionStatus(postgres) == PQTRANS_INTRANS }

    private func checked(_ result: OpaquePointer?) throws(DatabaseError) -> OpaquePointer {
        guard let result else { throw .connectionLost(outcomeUnknown: true) }
        let status = PQresultStatus(result)
        guard status != PGRES_TUPLES_OK, status != PGRES_COMMAND_OK, status != PGRES_EMPTY_QUERY else { return result }
        defer { PQclear(result) }
        throw QueryFailure(result).error(mayHaveWritten: true)
    }
}

extension String {
    var lines: [Substring] { split(whereSeparator: \.isNewline) }
}
