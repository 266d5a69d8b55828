import Glibc
import Loop
import Postgres
import Synchronization
import TestSupport

/// All that an operator makes before serving: a database, the folders of two tenants, the settings.
struct Installation: Sendable {
    /// For files of the test's own; gone with the installation.
    let directory: String
    let server: PostgresServer
    let database: String
    let port = FreePort.take()
    let internalPort = FreePort.take()

    /// The settings, as the environment of the program.
    var environment: [String: String] {
        [
            "MASTIL_DATABASE": server.address(database: database),
            "MASTIL_LISTEN": "127.0.0.1:\(port)", "MASTIL_INTERNAL_LISTEN": "127.0.0.1:\(internalPort)",
            "MASTIL_PUBLIC": "\(Programs.root)/Public", "MASTIL_MIGRATIONS": "\(Programs.root)/Migrations",
            "MASTIL_KEYS": "\(directory)/keys", "MASTIL_CRASHES": "\(directory)/crashes",
        ]
    }

    static let tenants = ["norte", "sur"]

    private static let count = Atomic(0)

    /// Migrated, and with its tenants, unless the test is about what happens before.
    static func with<Result>(
        on server: PostgresServer = .shared, isReady: Bool = true, _ work: (Installation) async throws -> Result
    ) async throws -> Result {
        let number = count.add(1, ordering: .relaxed).newValue
        let installation = Installation(
            directory: try await Programs.shell("mktemp -d /tmp/mastil-acceptance-XXXXXXXX"), server: server,
            database: "mastil_test_\(getpid())_acceptance_\(number)")
        do {
            try installation.write("test:\(String(repeating: "A", count: 43))=\n", to: "keys")
            chmod("\(installation.directory)/keys", 0o600)
            try await installation.administer("CREATE DATABASE \(installation.database)")
            if isReady { try await installation.prepare() }
            let result = try await work(installation)
            try await installation.remove()
            return result
        } catch {
            try await installation.remove()
            throw error
        }
    }

    private func prepare() async throws {
        _ = try await mastil("migrate")
        try write(Self.norte, to: "norte/tenant.json")
        try write(Self.sur, to: "sur/tenant.json")
        _ = try await mastil("tenant", "apply", "\(directory)/norte", "\(directory)/sur")
        // The invented people of two tenants are namesakes: this tells whose a name is.
        _ = try await sql(
            "UPDATE customers SET name = customers.name || ' de ' || slug FROM tenants t WHERE t.tenant_id = customers.tenant_id"
        )
    }

    private func remove() async throws {
        _ = try await Programs.shell("rm -rf \"$1\"", directory)
        try await administer("DROP DATABASE IF EXISTS \(database) WITH (FORCE)")
    }

    static let norte = """
        // Comments are welcome.
        {
            slug: "norte", name: "Norte Inalámbrico", state: "active", country: "MX", language: "es", currency: "MXN",
            zone: "America/Mexico_City", colour: "#0b6e4f", demo: { customers: 120 },
        }
        """

    static let sur = """
        {
            slug: "sur", name: "Fibra del Sur", state: "active", country: "PE", language: "es", currency: "PEN",
            zone: "America/Lima", colour: "#a4161a", demo: { customers: 120 },
        }
        """
}

// What an operator does with it.
extension Installation {
    /// Runs a command that has to succeed, and returns what it said.
    func mastil(_ arguments: String...) async throws -> String {
        let outcome = try await Programs.mastil(arguments, environment: environment)
        guard outcome.status == 0 else { throw Failed("mastil \(arguments): \(outcome.errors)") }
        return outcome.answer
    }

    func makeToken(_ slug: String) async throws -> String {
        try await mastil("token", "create", slug, "--name", "prueba", "--permission", "customers.read")
    }

    /// The path of a new sign-in link.
    func makeSignInLink(_ slug: String, email: String? = nil) async throws -> String {
        let link = try await mastil("tenant", "sign-in", slug, "--email=\(email ?? "ana@\(slug).example")")
        let base = "http://\(slug).localhost:\(port)"
        guard link.hasPrefix(base) else { throw Failed("\(link) is not at \(base)") }
        return String(link.dropFirst(base.count))
    }

    /// Writes a file below the installation's directory, and its folders.
    func write(_ text: String, to path: String) throws {
        let path = "\(directory)/\(path)"
        mkdir(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), 0o755)
        guard let file = fopen(path, "w") else { throw Failed("\(path): errno \(errno)") }
        fputs(text, file)
        fclose(file)
    }

    /// As the superuser: what no hand of ours could do.
    @discardableResult
    func sql(_ text: String) async throws -> [[String?]] {
        try await Visitor.threads.run { [server, database] in try server.connect(to: database).rows(text) }
    }

    private func administer(_ text: String) async throws {
        try await Visitor.threads.run { [server] in try server.connect().execute(text) }
    }
}

/// A customer as the database has it.
struct StoredCustomer: Sendable {
    let id: String
    let name: String
}

extension Installation {
    func customer(_ number: Int, of slug: String) async throws -> StoredCustomer {
        let rows = try await sql(
            "SELECT customer_id, c.name FROM customers c JOIN tenants USING (tenant_id)"
                + " WHERE slug = '\(slug)' AND number = \(number)")
        guard let row = rows.first, let id = row[0], let name = row[1] else {
            throw Failed("\(slug) has no customer \(number)")
        }
        return StoredCustomer(id: id, name: name)
    }
}

// What time and other hands do to it.
extension Installation {
    static let over = "expires_at = now() - interval '1 second'"
    static let withoutPermissions = "permissions = '{}'"

    /// Changes the row of a secret, which may stand in a path, a cookie or a header.
    func set(_ assignment: String, of secret: String?, in table: String) async throws {
        let secret = secret?.split { "/= ".contains($0) }.last ?? ""
        let rows = try await sql(
            "UPDATE \(table) SET \(assignment) WHERE digest = sha256(convert_to('\(secret)', 'UTF8')) RETURNING 1")
        guard rows.count == 1 else { throw Failed("No such secret in \(table)") }
    }
}

/// Keeps everybody else from a table.
final class TableLock: @unchecked Sendable {
    // Unchecked: the connection is used by one thread at a time.
    private let connection: OwnerConnection

    fileprivate init(_ connection: OwnerConnection, by lock: String) throws {
        self.connection = connection
        try connection.execute("BEGIN; \(lock)")
    }

    func release() async throws { try await Visitor.threads.run { try self.connection.execute("COMMIT") } }
}

extension Installation {
    func lock(_ table: String) async throws -> TableLock {
        try await Visitor.threads.run { [server, database] in
            try TableLock(server.connect(to: database), by: "LOCK TABLE \(table)")
        }
    }

    func lockRows(of table: String) async throws -> TableLock {
        try await Visitor.threads.run { [server, database] in
            try TableLock(server.connect(to: database), by: "SELECT FROM \(table) FOR UPDATE")
        }
    }
}
