import Glibc
import Postgres
import Synchronization

/// The PostgreSQL that the tests may do anything to, as its superuser.
package struct PostgresServer: Sendable {
    /// How libpq is told of it, with a superuser and any database.
    package let address: String

    package init(address: String) { self.address = address }

    /// The one that `deploy/test` started.
    package static let shared: PostgresServer = {
        guard let text = getenv("MASTIL_TEST_DATABASE") else {
            fatalError("MASTIL_TEST_DATABASE is not set: it says where the tests' PostgreSQL is (deploy/test sets it)")
        }
        return PostgresServer(address: String(cString: text))
    }()

    /// The same server, another database and role.
    package func address(database: String, role: String? = nil) -> String {
        address + " dbname=\(database)" + (role.map { " user=\($0)" } ?? "")
    }

    package func connect(to database: String? = nil, as role: String? = nil) throws(DatabaseError) -> OwnerConnection {
        try OwnerConnection(database.map { address(database: $0, role: role) } ?? address)
    }

    package func drop(_ database: String) throws(DatabaseError) {
        try connect().execute("DROP DATABASE IF EXISTS \(database) WITH (FORCE)")
    }
}
