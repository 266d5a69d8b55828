import Glibc
import Loop
import Postgres
import TenantSupport
import TestSupport

/// The real Kamailio with our configuration, on a port of its own, asking a test's database.
struct Kamailio: Sendable {
    struct Failure: Error { let reason: String }

    let port: UInt16
    let folder: TemporaryFolder

    static let loop = Loops.tests.all[0]

    /// It is there for as long as the work lasts.
    static func serving(_ test: TestDatabase, _ work: (Kamailio) async throws -> Void) async throws {
        for _ in 0..<20 {
            let server = Kamailio(port: UInt16.random(in: 20_000..<32_000), folder: try TemporaryFolder())
            guard let process = try await server.start(for: test) else { continue }
            do {
                try await work(server)
                stop(process)
                return
            } catch {
                stop(process)
                throw error
            }
        }
        throw Failure(reason: "Kamailio found no port")
    }

    private func start(for test: TestDatabase) async throws -> pid_t? {
        var environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TZ": "UTC"]
        // libpq takes the server from here: the configuration's address of the database cannot name a socket.
        for word in test.server.address(database: test.name).split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            switch parts.first {
            case "host": environment["PGHOST"] = String(parts[1])
            case "port": environment["PGPORT"] = String(parts[1])
            default: break
            }
        }
        environment["VOICE_DATABASE"] = "postgres://\(Roles.voice):-@/\(test.name)"
        environment["VOICE_LISTEN"] = "udp:127.0.0.1:\(port)"
        let process = try Self.spawn(
            "/usr/sbin/kamailio",
            [
                "-DD", "-E", "-f", Repository.path("deploy/kamailio/kamailio.cfg"), "-Y", folder.path, "-P",
                "\(folder.path)/kamailio.pid", "-w", folder.path, "-m", "64", "-M", "8",
            ], environment: environment, log: "\(folder.path)/kamailio.log")
        for _ in 0..<1000 {
            let text = String(decoding: try folder.bytes("kamailio.log"), as: UTF8.self)
            if text.contains("Listening on"), try await answers() { return process }
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                if text.contains("Address already in use") { return nil }
                throw Failure(reason: text)
            }
            try await Self.loop.sleep(for: .milliseconds(20))
        }
        Self.stop(process)
        throw Failure(reason: "Kamailio does not start")
    }

    private func answers() async throws -> Bool {
        try await run(
            "<?xml version=\"1.0\"?>\n<scenario name=\"options\"><send><![CDATA[\nOPTIONS sip:x@[remote_ip] SIP/2.0\n"
                + "Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]\nFrom: <sip:x@x>;tag=1\nTo: <sip:x@x>\n"
                + "Call-ID: [call_id]\nCSeq: 1 OPTIONS\nMax-Forwards: 70\nContent-Length: 0\n\n]]></send>"
                + "<recv response=\"200\" timeout=\"500\"/></scenario>", ["-i", "127.0.0.1", "-m", "1"])
    }

    /// Whether sipp was content.
    private func run(_ scenario: String, _ arguments: [String]) async throws -> Bool {
        let name = "s\(UInt32.random(in: 0..<UInt32.max)).xml"
        try folder.write(name, Array(scenario.utf8))
        let path = "\(folder.path)/\(name)"
        let outcome = try await ChildProcess.run(
            "sipp", ["-sf", path, "-nostdin"] + arguments + ["127.0.0.1:\(port)"],
            environment: ["PATH": "/usr/bin:/bin", "TERM": "dumb"], input: [], on: Self.loop)
        return outcome.end == .exit(0)
    }

    /// Calls a number and talks for so long, unless the other end hangs up first. Whether all calls went well.
    @discardableResult
    func call(
        _ number: String, from source: String, as caller: String = "525500000001", talking milliseconds: Int = 500,
        calls: Int = 1, atOnce: Bool = false
    ) async throws -> Bool {
        let path = Repository.path("Tests/TelephonyTests/Scenarios/call.xml")
        let outcome = try await ChildProcess.run(
            "sipp",
            [
                "-sf", path, "-nostdin", "-i", source, "-s", number, "-key", "caller", caller, "-m", "\(calls)", "-r",
                atOnce ? "100" : "1", "-recv_timeout", "\(milliseconds)", "127.0.0.1:\(port)",
            ], environment: ["PATH": "/usr/bin:/bin", "TERM": "dumb"], input: [], on: Self.loop)
        return outcome.end == .exit(0)
    }

    /// A carrier that answers every call, or refuses every call with this code.
    func carrier(
        at address: String, refusing code: Int? = nil, _ work: () async throws -> Void
    ) async throws {
        let path: String
        if let code {
            path = "\(folder.path)/refuse-\(code).xml"
            try folder.write("refuse-\(code).xml", Array(Self.refusal(code).utf8))
        } else {
            path = Repository.path("Tests/TelephonyTests/Scenarios/answer.xml")
        }
        let process = try Self.spawn(
            "/usr/bin/sipp", ["-sf", path, "-nostdin", "-i", address, "-p", "\(Self.carrierPort)"],
            environment: ["PATH": "/usr/bin:/bin", "TERM": "dumb"], log: "\(folder.path)/carrier-\(address).log")
        defer { Self.stop(process) }
        // Until its socket is there.
        for _ in 0..<200 where try !Self.listens(address) {
            try await Self.loop.sleep(for: .milliseconds(10))
        }
        try await work()
    }

    static let carrierPort = 15_070

    private static func refusal(_ code: Int) -> String {
        """
        <?xml version="1.0"?>
        <scenario name="refuse">
        <recv request="INVITE"/>
        <send><![CDATA[
        SIP/2.0 \(code) Refused
        [last_Via:]
        [last_From:]
        [last_To:];tag=[pid]r[call_number]
        [last_Call-ID:]
        [last_CSeq:]
        Content-Length: 0

        ]]></send>
        <recv request="ACK"/>
        </scenario>
        """
    }

    private static func listens(_ address: String) throws -> Bool {
        let parts = address.split(separator: ".").compactMap { UInt32($0) }
        let hexadecimal = parts.reversed().map { String($0, radix: 16, uppercase: true) }
            .map { $0.count == 1 ? "0\($0)" : $0 }.joined()
        let port = String(carrierPort, radix: 16, uppercase: true)
        guard let file = fopen("/proc/net/udp", "r") else { return false }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 512)
        while fgets(&line, 512, file) != nil {
            let end = line.firstIndex(of: 0) ?? line.endIndex
            if String(decoding: line[..<end].map(UInt8.init(bitPattern:)), as: UTF8.self)
                .contains("\(hexadecimal):\(port)")
            {
                return true
            }
        }
        return false
    }

    private static func spawn(
        _ program: String, _ arguments: [String], environment: [String: String], log: String
    ) throws -> pid_t {
        let file = open(log, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure(reason: "no log") }
        defer { close(file) }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { close(null) }
        return try Spawn.start(program, arguments, environment: environment, descriptors: [null, file, file])
    }

    /// Its children end with it.
    private static func stop(_ process: pid_t) {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }
}
