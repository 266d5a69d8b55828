import Glibc

/// Brings a database's schema up to date: forward only, each migration whole or not at all.
package struct Migrations: Sendable {
    package enum Progress: Sendable, Equatable {
        case waitingForAnotherRun
        case applying(String)
        /// The migration needs a lock on a busy table; it is retried.
        case retrying(String, attempt: Int)
        case applied(String)
    }

    private let migrations: [Migration]
    private let attempts: Int

    package init(directory: String, attempts: Int = 30) throws(MigrationRefusal) {
        migrations = try Migration.read(from: directory)
        self.attempts = attempts
    }

    package var names: [String] { migrations.map(\.name) }

    /// Applies pending migrations on the owner's connection and returns how many. Concurrent runs are safe.
    @discardableResult
    package func apply(
        on connection: OwnerConnection, report: (Progress) -> Void = { _ in }
    ) throws(MigrationRefusal) -> Int {
        do {
            try lock(connection, report)
            defer { unlock(connection) }
            try connection.execute(Self.record)
            let missing = try unapplied(on: connection)
            for migration in missing { try apply(migration, on: connection, report) }
            return missing.count
        } catch let refusal as MigrationRefusal {
            throw refusal
        } catch let error as DatabaseError {
            throw .database(DatabaseFault(error))
        } catch {
            fatalError("Only these two kinds of error are thrown above: \(error)")
        }
    }

    /// Pending migrations, without applying them.
    package func pending(on connection: OwnerConnection) throws(MigrationRefusal) -> [String] {
        do {
            try connection.execute(Self.record)
            return try unapplied(on: connection).map(\.name)
        } catch let refusal as MigrationRefusal {
            throw refusal
        } catch let error as DatabaseError {
            throw .database(DatabaseFault(error))
        } catch {
            fatalError("Only these two kinds of error are thrown above: \(error)")
        }
    }

    private static let record = """
        CREATE TABLE IF NOT EXISTS migrations (
            number integer PRIMARY KEY,
            name text NOT NULL,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now())
        """

    /// An arbitrary advisory lock number; it spells "mastil".
    private static let lockNumber = "120296423516524"

    private func lock(_ connection: OwnerConnection, _ report: (Progress) -> Void) throws(DatabaseError) {
        var hasReported = false
        while try connection.column("SELECT pg_try_advisory_lock(\(Self.lockNumber))") != ["t"] {
            if !hasReported { report(.waitingForAnotherRun) }
            hasReported = true
            pause(milliseconds: 100)
        }
    }

    private func unlock(_ connection: OwnerConnection) {
        do {
            try connection.execute("SELECT pg_advisory_unlock(\(Self.lockNumber))")
        } catch {
            // The connection is gone, and its advisory lock with it.
        }
    }

    private func unapplied(on connection: OwnerConnection) throws -> [Migration] {
        let applied = try connection.rows("SELECT number, name, checksum FROM migrations ORDER BY number")
        for row in applied {
            let name = row[1] ?? ""
            guard let number = row[0].flatMap({ Int($0) }), number <= migrations.count else {
                throw MigrationRefusal.missing(name)
            }
            let migration = migrations[number - 1]
            guard migration.name == name, try checksum(of: migration, on: connection) == row[2] else {
                throw MigrationRefusal.edited(name)
            }
        }
        return Array(migrations.dropFirst(applied.count))
    }

    private func checksum(of migration: Migration, on connection: OwnerConnection) throws(DatabaseError) -> String? {
        try connection.column("SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')", [migration.text]).first
    }

    private func apply(_ migration: Migration, on connection: OwnerConnection, _ report: (Progress) -> Void) throws {
        report(.applying(migration.name))
        for attempt in 1...attempts {
            do {
                try applyOnce(migration, on: connection)
                return report(.applied(migration.name))
            } catch let error as DatabaseError {
                try connection.execute("ROLLBACK")
                // 55P03: lock_timeout expired. Waiting longer would block everyone queued behind us.
                guard error.sqlState == "55P03" || error.isConflict else {
                    throw MigrationRefusal.failed(migration.name, DatabaseFault(error))
                }
                guard attempt < attempts else { throw MigrationRefusal.blocked(migration.name) }
                report(.retrying(migration.name, attempt: attempt))
                pause(milliseconds: Int.random(in: 50...min(5000, 100 << attempt)))
            }
        }
    }

    private func applyOnce(_ migration: Migration, on connection: OwnerConnection) throws {
        // Shorter than deadlock_timeout's second: a migration and a client that wait for each other's locks would block
        // everybody for that long.
        try connection.execute("BEGIN; SET LOCAL lock_timeout = '300ms'")
        let before = try connection.column("SELECT pg_current_xact_id()")
        try connection.execute(migration.text)
        guard connection.isInTransaction, try connection.column("SELECT pg_current_xact_id()") == before else {
            if connection.isInTransaction { try connection.execute("ROLLBACK") }
            throw MigrationRefusal.endsItsTransaction(migration.name)
        }
        _ = try connection.rows(
            """
            INSERT INTO migrations (number, name, checksum)
            VALUES ($1::integer, $2, encode(sha256(convert_to($3, 'UTF8')), 'hex'))
            """, ["\(migration.number)", migration.name, migration.text])
        try connection.execute("COMMIT")
    }

    private func pause(milliseconds: Int) { usleep(UInt32(milliseconds * 1000)) }
}
