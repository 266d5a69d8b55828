import Access
import Addresses
import Crypto
import Events
import Identifiers
import Jobs
import Nouns
import Postgres
import RADIUS
import Routers
import Services
import Tenancy
import Time
import Vault

/// What people and programs do with access servers and with services' ways in by them.
package struct RadiusActs: Sendable {
    let dialer: RouterDialer
    let vault: Vault
    let randomness: Randomness

    package init(_ dialer: RouterDialer, vault: Vault, randomness: Randomness) {
        (self.dialer, self.vault, self.randomness) = (dialer, vault, randomness)
    }

    func blank(at now: Instant) -> AccessServer {
        AccessServer(id: .make(milliseconds: now.milliseconds, from: randomness))
    }

    private static func field(_ id: AccessServer.ID) -> SecretField {
        SecretField("secret", of: "radius_clients", row: id.uuid)
    }

    /// Nobody chooses it, and it is told this once.
    private func newSecret() -> String { Base32.encode(randomness.bytes(20)) }

    package func add(
        _ new: AccessServer, to tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> AccessServer {
        let secret = newSecret()
        return try await database.transaction { database in
            var server = new
            server.address = "\(try await dialer.reach(new.address, port: new.port, in: database).address)"
            server.number = try await database.takeAccessServerNumber()
            let sealed = try await seal(secret, of: server.id, at: principal.now, in: database)
            let inserted = server
            try await naming { () throws(DatabaseError) in
                try await database.insert(inserted, secret: sealed, at: principal.now)
            }
            guard try await database.claim(server, secret: secret) else { throw RadiusRefusal.addressTaken }
            try await database.record(
                Act(.accessServerCreated, server.subject, after: server.details()), by: principal.actor,
                at: principal.now)
            try await WatchSessions.schedule(in: tenant.timeZone, from: principal.now, in: database)
            server.newSecret = secret
            return server
        }
    }

    func change(
        _ server: AccessServer, to changed: AccessServer, by principal: Principal, in database: TenantDatabase
    ) async throws -> AccessServer {
        try await database.transaction { database in
            var changed = changed
            changed.address = "\(try await dialer.reach(changed.address, port: changed.port, in: database).address)"
            guard
                let act = Act.change(
                    .accessServerChanged, changed.subject, from: server.details(), to: changed.details())
            else { return server }
            let written = changed
            try await naming { () throws(DatabaseError) in try await database.update(written) }
            if changed.address != server.address, try await !database.move(changed) {
                throw RadiusRefusal.addressTaken
            }
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    /// In place of the one before, which is worth nothing any more.
    func renewSecret(
        of id: AccessServer.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> AccessServer {
        let secret = newSecret()
        return try await database.transaction { database in
            guard var server = try await database.accessServer(id, locked: true) else { throw AccessRefusal.notFound }
            try await database.put(
                secret: seal(secret, of: id, at: principal.now, in: database), of: id)
            guard try await database.claim(server, secret: secret) else { throw RadiusRefusal.addressTaken }
            try await database.record(
                Act(.accessServerSecretChanged, server.subject), by: principal.actor, at: principal.now)
            server.newSecret = secret
            return server
        }
    }

    func delete(_ id: AccessServer.ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let server = try await database.accessServer(id, locked: true) else { throw AccessRefusal.notFound }
            try await database.delete(server)
            try await database.record(
                Act(.accessServerDeleted, server.subject, before: server.details()), by: principal.actor,
                at: principal.now)
        }
    }

    /// Tells it to end a session that it cannot have: whoever says so knows what is shared, and takes orders from us.
    func tryOut(_ server: AccessServer, at now: Instant, in database: TenantDatabase) async throws -> Trial {
        let session = SessionDisconnect(
            session: "prueba-\(Base32.encode(randomness.bytes(10)))", login: "prueba", address: nil)
        let answer = try await send(session, to: server, at: now, tries: 2, in: database)
        return answer == .silence ? .silence : .answered
    }

    enum Trial: String, Sendable { case answered, silence }

    func send(
        _ session: SessionDisconnect, to server: AccessServer, at now: Instant, tries: Int = 3,
        in database: TenantDatabase
    ) async throws -> SessionDisconnect.Answer {
        let place = try await dialer.reach(server.address, port: server.port, in: database)
        guard let sealed = try await database.secret(of: server.id) else { throw AccessRefusal.notFound }
        let secret = try await vault.open(sealed, for: Self.field(server.id), in: database)
        return try await session.send(
            to: place.address, port: place.port, secret: secret, identifier: randomness.bytes(1)[0],
            at: UInt32(clamping: now.seconds), tries: tries, on: dialer.loop)
    }

    private func seal(
        _ secret: String, of id: AccessServer.ID, at now: Instant, in database: TenantDatabase
    ) async throws -> [UInt8] {
        try await vault.seal(Array(secret.utf8), for: Self.field(id), at: now, in: database)
    }

    private func naming(_ write: () async throws(DatabaseError) -> Void) async throws {
        do {
            try await write()
        } catch let error where error.isUniqueViolation(of: "radius_clients_by_name") {
            throw RadiusRefusal.nameTaken
        }
    }
}

extension TenantDatabase {
    private var accessServerColumns: SQL {
        "client_id, number, name, address, port, seen_at, has_radius_peer(tenant_id, client_id) AS has_address"
    }

    func accessServer(_ id: AccessServer.ID, locked: Bool = false) async throws(DatabaseError) -> AccessServer? {
        try await first(
            """
            SELECT \(accessServerColumns) FROM radius_clients
            WHERE tenant_id = \(tenant) AND client_id = \(id) \(locked ? .forUpdate(of: "radius_clients") : .nothing)
            """)
    }

    func accessServers(after number: Int = 0, limit: Int = 1000) async throws(DatabaseError) -> [AccessServer] {
        try await rows(
            """
            SELECT \(accessServerColumns) FROM radius_clients WHERE tenant_id = \(tenant) AND number > \(number)
            ORDER BY number LIMIT \(limit)
            """)
    }

    func takeAccessServerNumber() async throws(DatabaseError) -> Int {
        try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), 'access_server', 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last
            """) ?? 1
    }

    func insert(_ server: AccessServer, secret: [UInt8], at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO radius_clients (tenant_id, client_id, number, name, address, port, secret, made_at)
            VALUES (
                \(tenant), \(server.id), \(server.number), \(server.name), \(server.address), \(Int32(server.port)),
                \(secret), \(now))
            """)
    }

    func update(_ server: AccessServer) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE radius_clients SET name = \(server.name), address = \(server.address), port = \(Int32(server.port))
            WHERE tenant_id = \(tenant) AND client_id = \(server.id)
            """)
    }

    func put(secret: [UInt8], of server: AccessServer.ID) async throws(DatabaseError) {
        try await execute(
            "UPDATE radius_clients SET secret = \(secret) WHERE tenant_id = \(tenant) AND client_id = \(server)")
    }

    func secret(of server: AccessServer.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT secret FROM radius_clients WHERE tenant_id = \(tenant) AND client_id = \(server)")
    }

    /// The address stands for this one from now on, unless it is another's.
    func claim(_ server: AccessServer, secret: String) async throws(DatabaseError) -> Bool {
        try await value(
            """
            WITH put AS (
                SELECT put_radius_peer(\(tenant), \(server.id.uuid), \(server.address)::text::inet, \(secret)) AS done)
            SELECT done FROM put
            """) ?? false
    }

    func move(_ server: AccessServer) async throws(DatabaseError) -> Bool {
        try await value(
            """
            WITH moved AS (
                SELECT move_radius_peer(\(tenant), \(server.id.uuid), \(server.address)::text::inet) AS done)
            SELECT done FROM moved
            """) ?? false
    }

    /// With its sessions and refusals.
    func delete(_ server: AccessServer) async throws(DatabaseError) {
        _ = try await batch([
            "WITH removed AS (SELECT remove_radius_peer(\(tenant), \(server.id.uuid))) SELECT FROM removed",
            "DELETE FROM radius_clients WHERE tenant_id = \(tenant) AND client_id = \(server.id)",
        ])
    }
}

extension AccessServer: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(id: try row.read("client_id"))
        number = try row.read("number")
        name = try row.read("name")
        address = try row.read("address")
        let port: Int32 = try row.read("port")
        self.port = Int(port)
        seenAt = try row.read("seen_at")
        hasAddress = try row.read("has_address")
    }
}
