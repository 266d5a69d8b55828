import Glibc
import TestSupport
import Testing

/// Behind pgbouncer, as an installation with many servers has it.
@Suite(.enabled(if: access("/usr/sbin/pgbouncer", X_OK) == 0, "needs the package pgbouncer"))
struct PoolerTests {
    private static let script = """
        home=$1 postgres=$2
        cd "$3"
        source deploy/steps.sh
        chmod 755 "${home%/*}"; mkdir -m 777 "$home"
        printf '"mastil_app" ""\n"mastil_platform" ""\n' >"$home/users"
        cat >"$home/ini" <<END
        [databases]
        * = host=$postgres
        [pgbouncer]
        listen_addr =
        listen_port = 6432
        unix_socket_dir = $home
        auth_type = trust
        auth_file = $home/users
        pool_mode = transaction
        default_pool_size = 4
        logfile = $home/log
        pidfile = $home/pid
        END
        "${as_service[@]}" /usr/sbin/pgbouncer -d "$home/ini"
        """

    @Test func `tenants are served through the pooler, and what changes is still heard of`() async throws {
        try await Installation.with { installation in
            let home = "\(installation.directory)/pooler"
            _ = try await Programs.shell(Self.script, home, try installation.socketDirectory, Programs.root)
            do {
                let settings = ["MASTIL_POOLER": "host=\(home) port=6432 dbname=\(installation.database)"]
                try await RunningMastil.serve(installation, settings: settings) { mastil in
                    let person = try await mastil.person(of: "norte")
                    for _ in 0..<20 {
                        let page = try await person.get("/panel/customers")
                        #expect(page.status == 200 && page.text.contains(" de norte"))
                    }
                    let lent = try await Programs.shell("grep -c 'login attempt: .*user=mastil_app' \"$1/log\"", home)
                    #expect(lent != "0")
                    try installation.write(
                        Installation.norte.replacing("Norte Inalámbrico", with: "Norte Nuevo"), to: "norte/tenant.json")
                    _ = try await installation.mastil("tenant", "apply", "\(installation.directory)/norte")
                    try await eventually("the new name") {
                        try await person.get("/panel/customers").text.contains("Norte Nuevo")
                    }
                }
            } catch {
                try await Self.stop(home)
                throw error
            }
            try await Self.stop(home)
        }
    }

    private static func stop(_ home: String) async throws {
        _ = try await Programs.shell("kill $(cat \"$1/pid\")", home)
    }
}

extension Installation {
    fileprivate var socketDirectory: String {
        get throws {
            let words = server.address(database: database).split(separator: " ")
            guard let host = words.first(where: { $0.hasPrefix("host=") }) else { throw Failed("No socket") }
            return String(host.dropFirst(5))
        }
    }
}
