import Loop
import Postgres

extension Command {
    static let migrate = Command(
        "migrate", "Brings the database's schema up to date. Safe to run while an older program serves.",
        notes: """
            MASTIL_DATABASE must name a user who owns the database and may create roles, once; later any member of
            mastil_owner will do.
            """
    ) { _, loops in
        let configuration = try Configuration.read()
        return try await loops.blocking.run {
            do {
                let connection = try OwnerConnection(configuration.database.administrator)
                try prepare(connection)
                let count = try Migrations(directory: configuration.migrations).apply(on: connection, report: tell)
                Terminal.say(count == 0 ? "The database is up to date." : "Applied \(count) migrations.")
                return ExitStatus.done
            } catch let error as DatabaseError {
                throw Complaint(error.advice)
            }
        }
    }

    /// Creates the roles, and a schema in which only the owner may create objects.
    private static func prepare(_ connection: OwnerConnection) throws(DatabaseError) {
        try Roles.create(on: connection)
        let owner = try connection.column(
            "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public'")
        if owner != [Roles.owner] {
            try connection.execute(
                """
                ALTER SCHEMA public OWNER TO \(Roles.owner);
                REVOKE CREATE ON SCHEMA public FROM PUBLIC;
                GRANT USAGE ON SCHEMA public TO \(Roles.tenants), \(Roles.platform);
                """)
        }
        try connection.execute("SET ROLE \(Roles.owner)")
    }

    private static func tell(_ progress: Migrations.Progress) {
        switch progress {
        case .waitingForAnotherRun: Terminal.say("Another run is migrating; waiting for it.")
        case .applying(let name): Terminal.say("Applying \(name)")
        case .retrying(let name, let attempt): Terminal.say("\(name): a table is in use, trying again (\(attempt))")
        case .applied: break
        }
    }
}
