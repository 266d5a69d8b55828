import Glibc
import Identifiers
import Loop
import Postgres
import TestSupport
import Testing

/// Through pgbouncer, which lends each transaction any of its connections.
@Suite(.enabled(if: access("/usr/sbin/pgbouncer", X_OK) == 0, "needs the package pgbouncer"))
struct PoolerTests {
    @Test(arguments: [Way.unprepared, .literalUnprepared])
    func `behind a transaction pooler callers get their own rows, and no context is left`(way: Way) async throws {
        let cluster = try await PostgresCluster()
        let template = TestTemplate("pooled", on: cluster.server) { owner in try owner.execute(DatabaseFixture.schema) }
        let test = try await TestDatabase(from: template)
        try Storm.fill(test)
        try await cluster.startPooler()
        let database = try test.another { configuration in
            way.configure(&configuration)
            configuration.sharedConnections = 3
            configuration.callsPerConnection = 16
            let pooler = "host=\(cluster.directory)/pooler port=6432 dbname=\(test.name) user="
            configuration.tenants = pooler + Roles.tenants
            configuration.platform = pooler + Roles.platform
        }
        let storm = Storm(database)
        let tally = try await storm.blow(callers: 48, times: 60, on: test.loops.all[0])
        #expect(tally.foreign == 0)
        #expect(tally.wrong == [])
        #expect(tally.lost == 0)
        #expect(tally.right == 48 * 54)

        // A stranger who says nothing of a tenant is lent each of the pooler's connections, and sees nothing.
        let pooler = PostgresServer(
            address: "host=\(cluster.directory)/pooler port=6432 user=\(Roles.tenants) dbname=\(test.name)")
        for _ in 0..<20 { #expect(try pooler.connect().column("SELECT count(*) FROM notes") == ["0"]) }
        await database.close()
        try await test.close()
        try await cluster.stopPooler()
        try await cluster.remove()
    }
}

extension PostgresCluster {
    /// Four connections for everyone, lent by the transaction.
    func startPooler() async throws {
        let home = directory + "/pooler"
        try await run("mkdir", [home])
        let configuration = """
            [databases]
            * = host=\(directory)
            [pgbouncer]
            listen_addr =
            listen_port = 6432
            unix_socket_dir = \(home)
            auth_type = trust
            auth_file = \(home)/users
            pool_mode = transaction
            default_pool_size = 4
            logfile = \(home)/log
            pidfile = \(home)/pid
            """
        try await run(
            "sh",
            [
                "-c",
                "printf '%s\\n' \"$1\" > \(home)/ini; printf '\"mastil_app\" \"\"\\n\"mastil_platform\" \"\"\\n' > \(home)/users",
                "sh", configuration,
            ])
        try await run("/usr/sbin/pgbouncer", ["-d", home + "/ini"])
    }

    func stopPooler() async throws { try await run("sh", ["-c", "kill $(cat \(directory)/pooler/pid)"]) }
}
