import Glibc
import Loop
import TestSupport
import Testing

/// What an operator reads when it does not start: one sentence that says what to do.
@Suite struct StartTests {
    /// Runs a command that has to fail and returns its complaint, which is all it says.
    private func complaint(
        of arguments: [String], _ installation: Installation, _ settings: [String: String] = [:], status: Int32 = 1,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let begun = Monotonic.read()
        let outcome = try await Programs.mastil(
            arguments, environment: installation.environment.merging(settings) { $1 })
        #expect(outcome.status == status, sourceLocation: sourceLocation)
        #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
        #expect(!outcome.answer.contains("\t"), sourceLocation: sourceLocation)
        #expect(Monotonic.read() - begun < .seconds(10), sourceLocation: sourceLocation)
        return String(outcome.errors.dropLast())
    }

    private func isOneLine(_ text: String) -> Bool { !text.contains("\n") && !text.contains("\t") }

    @Test(arguments: ["serve", "migrate", "tenant list", "doctor"])
    func `everything that is missing or wrong is named at once`(command: String) async throws {
        let outcome = try await Programs.mastil(
            command.split(separator: " ").map(String.init),
            environment: [
                "MASTIL_DATABASE": "", "MASTIL_PUBLIC": "/nowhere/public", "MASTIL_MIGRATIONS": "/nowhere/migrations",
                "MASTIL_UPLOADS": "/nowhere/uploads", "MASTIL_LISTEN": "127.0.0.1:80800",
                "MASTIL_INTERNAL_LISTEN": "here", "MASTIL_TRUSTED_PROXIES": "10.0.0.0/33", "MASTIL_LOG": "loud",
                "MASTIL_LOG_LEVEL": "all",
            ])
        #expect(outcome.status == 3)
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.first == "The configuration is incomplete:")
        let expected = [
            "MASTIL_DATABASE is missing: ", "MASTIL_LISTEN: '127.0.0.1:80800' is not ",
            "MASTIL_INTERNAL_LISTEN: 'here' is not ", "MASTIL_TRUSTED_PROXIES: '10.0.0.0/33' is not ",
            "MASTIL_PUBLIC: there is no directory /nowhere/public",
            "MASTIL_MIGRATIONS: there is no directory /nowhere/migrations",
            "MASTIL_UPLOADS: there is no directory /nowhere/uploads", "MASTIL_LOG: 'loud' is not one of ",
            "MASTIL_LOG_LEVEL: 'all' is not one of ",
        ]
        #expect(lines.count == 1 + expected.count)
        for line in expected { #expect(lines.contains { $0.hasPrefix("  \(line)") }, "\(line)") }
    }

    @Test func `settings are read from a file, and the environment goes before it`() async throws {
        try await Installation.with(isReady: false) { installation in
            let file = "\(installation.directory)/mastil.conf"
            let lines = installation.environment.map { "\($0.key) = \($0.value)" }.joined(separator: "\n")
            try installation.write("# Settings\n\n\(lines)\n", to: "mastil.conf")
            let outcome = try await Programs.mastil(["migrate"], environment: ["MASTIL_CONFIG": file])
            #expect(outcome.status == 0)
            let wrong = try await Programs.mastil(
                ["migrate"], environment: ["MASTIL_CONFIG": file, "MASTIL_PUBLIC": "/nowhere"])
            #expect(wrong.status == 3 && wrong.errors.contains("MASTIL_PUBLIC: there is no directory /nowhere"))
            let missing = try await complaint(
                of: ["migrate"], installation, ["MASTIL_CONFIG": "/nowhere.conf"], status: 3)
            #expect(missing == "MASTIL_CONFIG names /nowhere.conf, which cannot be read.")
        }
    }

    @Test func `an address in use is named with its setting`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.serve(installation) { _ in
                let free = "127.0.0.1:\(FreePort.take())"
                let taken = "127.0.0.1:\(installation.port)"
                for (listen, internalListen, name) in [
                    (taken, free, "MASTIL_LISTEN"), (free, taken, "MASTIL_INTERNAL_LISTEN"),
                ] {
                    let text = try await complaint(
                        of: ["serve"], installation,
                        ["MASTIL_LISTEN": listen, "MASTIL_INTERNAL_LISTEN": internalListen])
                    #expect(text == "\(taken) is taken by another program: stop it, or set \(name) to another address.")
                }
                let foreign = try await complaint(
                    of: ["serve"], installation,
                    ["MASTIL_LISTEN": "203.0.113.7:8080", "MASTIL_INTERNAL_LISTEN": free])
                #expect(foreign.hasPrefix("203.0.113.7:8080 is no address of this machine: set MASTIL_LISTEN to one"))
            }
        }
    }

    @Test(arguments: ["serve", "migrate", "tenant list", "doctor"])
    func `a database that is not there is said to be not there`(command: String) async throws {
        try await Installation.with(isReady: false) { installation in
            let address = installation.server.address(database: "mastil_nowhere")
            let outcome = try await Programs.mastil(
                command.split(separator: " ").map(String.init),
                environment: installation.environment.merging(["MASTIL_DATABASE": address]) { $1 })
            #expect(outcome.status == 1)
            let last = outcome.errors.split(separator: "\n").last.map(String.init) ?? ""
            #expect(last.contains(#"database "mastil_nowhere" does not exist"#))
            #expect(last.contains("MASTIL_DATABASE") && isOneLine(last))
        }
    }

    @Test(arguments: ["tenant list", "migrate", "doctor"])
    func `a PostgreSQL that is not running is said to be not running`(command: String) async throws {
        try await Installation.with(isReady: false) { installation in
            let outcome = try await Programs.mastil(
                command.split(separator: " ").map(String.init),
                environment: installation.environment.merging([
                    "MASTIL_DATABASE": "host=\(installation.directory) dbname=mastil"
                ]) { $1 })
            #expect(outcome.status == 1)
            let last = outcome.errors.split(separator: "\n").last.map(String.init) ?? ""
            #expect(last.contains("is it running") || last.contains("Is the server running"))
            #expect(last.contains("MASTIL_DATABASE") && isOneLine(last))
        }
    }

    @Test(arguments: [["serve"], ["tenant", "list"], ["tenant", "sign-in", "norte"], ["doctor"]])
    func `a database that is not migrated is to be migrated`(command: [String]) async throws {
        try await Installation.with(isReady: false) { installation in
            let outcome = try await Programs.mastil(command, environment: installation.environment)
            #expect(outcome.status == 1)
            let last = outcome.errors.split(separator: "\n").last.map(String.init) ?? ""
            #expect(last.hasPrefix("The database is not migrated: run `mastil migrate` first."))
        }
    }

    @Test func `a server that waits for PostgreSQL can be stopped`() async throws {
        try await Installation.with(isReady: false) { installation in
            let settings = ["MASTIL_DATABASE": "host=\(installation.directory) dbname=mastil"]
            try await RunningMastil.run("serve", for: installation, settings: settings) { mastil in
                try await eventually("it waits, and says for what") {
                    mastil.log.split(separator: "\n").contains {
                        $0.contains("waiting_for_database") && $0.contains(installation.directory)
                    }
                }
                try await mastil.send(SIGTERM)
                #expect(try await mastil.ended() == 0)
            }
        }
    }

    @Test func `a server waits for a PostgreSQL that is still starting`() async throws {
        try await PrivateCluster.with { cluster in
            try await Installation.with(on: cluster.server) { installation in
                try await cluster.crash()
                try await RunningMastil.run("serve", for: installation) { mastil in
                    try await eventually("it waits") { mastil.log.contains("waiting_for_database") }
                    try await cluster.start()
                    try await mastil.waitUntilReady()
                    #expect(try await mastil.visitor(of: "norte").get("/api/v1").status == 200)
                }
            }
        }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `a command that waits can be interrupted`(signal: Int32) async throws {
        try await Installation.with { installation in
            let lock = try await installation.lock("tenants")
            try await RunningMastil.run("tenant", "list", for: installation) { mastil in
                try await eventually("it waits") {
                    try await !installation.sql(
                        "SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE NOT granted AND datname = current_database()"
                    ).isEmpty
                }
                try await mastil.send(signal)
                #expect(try await mastil.ended() == 128 + signal)
            }
            try await lock.release()
        }
    }

    @Test func `certificates that cannot be used are named`() async throws {
        try await Installation.with { installation in
            let directory = "\(installation.directory)/certificates"
            let settings = ["MASTIL_CERTIFICATES": directory]
            let none = try await complaint(of: ["serve"], installation, settings, status: 3)
            #expect(none == "MASTIL_CERTIFICATES: there is no <host>.crt in \(directory).")
            try installation.write("no certificate", to: "certificates/norte.localhost.crt")
            let broken = try await complaint(of: ["serve"], installation, settings, status: 3)
            #expect(broken.hasPrefix("The certificate \(directory)/norte.localhost.crt cannot be used: "))
            #expect(isOneLine(broken))
        }
    }

    @Test func `an edited migration is refused, and so is an older program`() async throws {
        try await Installation.with { installation in
            #expect(try await installation.mastil("migrate") == "The database is up to date.")
            let copy = "\(installation.directory)/migrations"
            _ = try await Programs.shell("cp -r \"$1\" \"$2\"", "\(Programs.root)/Migrations", copy)
            _ = try await Programs.shell("echo '-- more' >> \"$1\"/0001-*.sql", copy)
            let edited = try await complaint(of: ["migrate"], installation, ["MASTIL_MIGRATIONS": copy])
            #expect(edited.hasPrefix("Migration 0001-") && isOneLine(edited))
            #expect(edited.hasSuffix("was edited after it had been applied; write a new one instead."))
            _ = try await Programs.shell("rm \"$1\"/*.sql", copy)
            let older = try await complaint(of: ["migrate"], installation, ["MASTIL_MIGRATIONS": copy])
            #expect(older.hasSuffix("is not in the directory: is this an older program?"))
        }
    }

    @Test func `a faulty tenant folder is told every fault with its place`() async throws {
        try await Installation.with { installation in
            let path = "\(installation.directory)/malo/tenant.json"
            let apply = ["tenant", "apply", "\(installation.directory)/malo"]
            #expect(try await complaint(of: apply, installation) == "\(path) cannot be read.")

            try installation.write("{\n  slug: \"malo\",\n  name \"x\" }", to: "malo/tenant.json")
            #expect(try await complaint(of: apply, installation).hasPrefix("\(path): line 3, column "))

            try installation.write(
                """
                {
                    slug: "Malo!", state: "asleep", country: "XX", language: "qu", currency: "dollars", zone: "Mars/Base",
                    colour: "red", demo: { customers: -1 }, password: "x",
                }
                """, to: "malo/tenant.json")
            let text = try await complaint(of: apply, installation)
            let faults = text.dropFirst("\(path): ".count).split(separator: "; ").map { $0.split(separator: ":")[0] }
            #expect(
                Set(faults) == [
                    "/slug", "/name", "/state", "/country", "/language", "/currency", "/zone", "/colour",
                    "/demo/customers", "/password",
                ])
            #expect(text.contains("/name: missing") && text.contains("/password: unknown field"))
            #expect(try await installation.mastil("tenant", "list").split(separator: "\n").count == 2)
        }
    }

    @Test func `a tenant that is not there is said to be not there`() async throws {
        try await Installation.with { installation in
            for command in [
                ["tenant", "sign-in", "nadie"], ["token", "revoke", "nadie", try await installation.makeToken("sur")],
            ] {
                #expect(
                    try await complaint(of: command, installation)
                        == "There is no tenant 'nadie'. `mastil tenant list` names them.")
            }
        }
    }

    @Test func `the doctor finds a healthy installation healthy`() async throws {
        try await Installation.with { installation in
            let said = try await installation.mastil("doctor")
            #expect(said.contains("ok  PostgreSQL answers as mastil_app and as mastil_platform"))
            #expect(said.contains("ok  the database is migrated and holds 2 tenants"))
        }
    }
}
