import Glibc
import JSON
import Loop
import RouterOSLab
import Synchronization
import TestSupport
import Testing
import Time

/// Customers of two companies who are cut and connected again, while two programs make that true on the routers and are
/// killed at any moment. Judged by what the routers themselves wrote down, and when. More kills by hand:
/// MASTIL_NETWORK_KILLS=1000, and more customers of each router: MASTIL_NETWORK_CUSTOMERS=500.
@Suite struct NetworkCrashTests {
    private static let kills = number("MASTIL_NETWORK_KILLS") ?? 20
    private static let customers = number("MASTIL_NETWORK_CUSTOMERS") ?? 10
    /// Within which another worker takes over what a killed one held: its lease, and the beat at which others look.
    private static let takeover = Duration.seconds(15)

    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    @Test func `cuts and reconnections are made true once each by processes that are killed at any moment`()
        async throws
    {
        try await Installation.with { installation in
            let network = try await Network.open(installation, customers: Self.customers)
            defer { network.close() }
            let settings = network.settings
            try await RunningMastil.run("serve", "--work", for: installation, settings: settings) { mastil in
                try await mastil.waitUntilReady()
                try await network.bind(by: mastil)
                let first = try await installation.newWorker(besides: [])
                try await RunningMastil.run("work", for: installation, settings: settings) { other in
                    let crew = Crew(
                        programs: [mastil, other], workers: [first, try await installation.newWorker(besides: [first])])
                    try await Self.kill(crew, under: network)
                    try await installation.waitUntilNetworkIsQuiet()
                    try await Self.killHolding(crew, of: network)
                    try await installation.waitUntilNetworkIsQuiet()
                    #expect(network.strange.isEmpty, "\(network.strange.prefix(3))")
                    let wrong = try await network.wrong()
                    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
                    #expect(try await other.stop() == 0)
                }
                #expect(try await mastil.stop() == 0)
            }
            for slug in Installation.tenants {
                #expect(try await installation.mastil("audit", "verify", "--tenant", slug).contains("ok  \(slug)"))
            }
        }
    }

    private static func kill(_ crew: Crew, under network: Network) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for slug in Installation.tenants {
                group.addTask { while !network.isOver { await network.change(of: slug) } }
            }
            group.addTask {
                defer { network.end() }
                for round in 0..<kills {
                    try await Loops.tests.all[0].sleep(for: .milliseconds(Int.random(in: 20...400)))
                    if round % 5 == 4 {
                        try await crew.killServing()
                    } else {
                        try await crew.killWorking(Int.random(in: 0...1), freeing: true)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// The one that is at work at a router, whose lane is its own until its lease is over.
    private static func killHolding(_ crew: Crew, of network: Network) async throws {
        await network.labs[0].set(latency: .seconds(1))
        let service = try await network.cutOne()
        let installation = network.installation
        var holder: String?
        try await eventually("it is being cut") {
            holder = try await installation.column(
                "SELECT worker_id FROM jobs WHERE kind = 'network.align-router' AND state = 'running'"
            ).first
            return holder != nil
        }
        try await crew.killWorking(try #require(crew.place(of: holder)), freeing: false)
        await network.labs[0].set(latency: .zero)
        try await eventually("another has cut it", within: takeover) {
            try await !installation.sql(
                """
                SELECT FROM service_proofs f JOIN desired_services d USING (tenant_id, service_id)
                WHERE f.service_id = '\(service)' AND f.access = 'closed' AND f.desired_revision = d.revision
                """
            ).isEmpty
        }
    }
}

/// The programs that work, and under which name the queue knows each.
private final class Crew: Sendable {
    private let programs: [RunningMastil]
    private let workers: Mutex<[String]>

    init(programs: [RunningMastil], workers: [String]) {
        self.programs = programs
        self.workers = Mutex(workers)
    }

    func place(of worker: String?) -> Int? { workers.withLock { $0.firstIndex { $0 == worker } } }

    func killServing() async throws {
        guard let process = try await programs[0].processes("serving-process").first else { return }
        Glibc.kill(process, SIGKILL)
    }

    /// Its supervisor starts another at once. What it held is free for others now, or only after its lease.
    func killWorking(_ place: Int, freeing: Bool) async throws {
        let installation = programs[place].installation
        guard let process = try await programs[place].processes("working-process").first else { return }
        Glibc.kill(process, SIGKILL)
        let known = workers.withLock(\.self)
        if freeing {
            try await installation.sql("DELETE FROM job_workers WHERE worker_id = '\(known[place])'")
            try await installation.sql("SELECT rescue_jobs(now())")
        }
        let successor = try await installation.newWorker(besides: known)
        workers.withLock { $0[place] = successor }
    }
}

/// Two companies with two routers each, which are labs in this process, and a service for each of their customers.
private final class Network: Sendable {
    private struct Line {
        let service: String
        let login: String
        let lab: Int
        let slug: String
        var isOpen = true
    }

    private struct State {
        var lines: [Line] = []
        var strange: [String] = []
        var count = 0
        var programs: [String: Visitor] = [:]
        var isOver = false
    }

    let installation: Installation
    let labs: [RouterLab]
    let settings: [String: String]
    private let customers: Int
    private let ports: [UInt16]
    private let state = Mutex(State())

    private static let routersOfEach = 2

    private init(_ installation: Installation, _ labs: [RouterLab], _ ports: [UInt16], _ customers: Int) {
        (self.installation, self.labs, self.ports, self.customers) = (installation, labs, ports, customers)
        settings = [
            "MASTIL_LAB_ROUTERS": ports.map { "127.0.0.1:\($0)" }.joined(separator: ","),
            "MASTIL_API_TOKEN_RATE": "0", "MASTIL_API_TENANT_RATE": "0",
        ]
    }

    var strange: [String] { state.withLock(\.strange) }

    var isOver: Bool { state.withLock(\.isOver) }

    /// Nobody is cut or connected any more.
    func end() { state.withLock { $0.isOver = true } }

    func close() { for lab in labs { lab.close() } }

    static func open(_ installation: Installation, customers: Int) async throws -> Network {
        let count = customers * routersOfEach
        for (slug, folder) in [("norte", Installation.norte), ("sur", Installation.sur)] {
            try installation.write(
                "name,price,charge,download,upload,is_collected\nBásico,300,in_advance,8M,3M,yes\n",
                to: "\(slug)/plans.csv")
            try installation.write(
                folder.replacing(
                    "demo: { customers: 120 }", with: "demo: { customers: \(2 * count), services: \(2 * count) }"),
                to: "\(slug)/tenant.json")
        }
        _ = try await installation.mastil(
            "tenant", "apply", "\(installation.directory)/norte", "\(installation.directory)/sur")
        var (labs, ports): ([RouterLab], [UInt16]) = ([], [])
        for number in 0..<Installation.tenants.count * routersOfEach {
            var plan = RouterLab.Plan()
            (plan.customers, plan.onLinePercent, plan.password) = (customers, 100, "clave")
            plan.redialDelay = .milliseconds(50)
            let lab = await RouterLab.start(plan, on: Loops.tests.all[number % Loops.tests.all.count])
            ports.append(try await lab.listen())
            labs.append(lab)
        }
        return Network(installation, labs, ports, customers)
    }

    /// Through the API, as a program sets a company up.
    func bind(by mastil: RunningMastil) async throws {
        for (place, slug) in Installation.tenants.enumerated() {
            let token = try await installation.mastil(
                "token", "create", slug, "--name", "red", "--permission", "network.read", "--permission",
                "network.operate", "--permission", "network.manage", "--permission", "services.read", "--permission",
                "services.cut")
            let program = mastil.visitor(of: slug).with("Authorization", "Bearer \(token)")
            state.withLock { $0.programs[slug] = program }
            var services = try await installation.column(
                """
                SELECT service_id FROM services JOIN tenants USING (tenant_id)
                JOIN desired_services USING (tenant_id, service_id)
                WHERE slug = '\(slug)' AND access = 'open' ORDER BY number
                """)[...]
            for lab in place * Self.routersOfEach..<(place + 1) * Self.routersOfEach {
                let router = try await Self.made(
                    program, "/api/v1/routers",
                    """
                    {"name":"Torre \(lab)","address":"127.0.0.1","port":\(ports[lab]),"login":"admin","password":"clave",
                    "mode":"active","cut_list":"morosos"}
                    """)
                for (number, service) in services.prefix(customers).enumerated() {
                    let digits = String(number + 1)
                    let login = "cliente" + String(repeating: "0", count: 5 - digits.count) + digits
                    _ = try await Self.made(
                        program, "/api/v1/services/\(service)/access-point",
                        #"{"router":"\#(router.text("id") ?? "")","name":"\#(login)"}"#)
                    state.withLock { $0.lines.append(Line(service: service, login: login, lab: lab, slug: slug)) }
                }
                services = services.dropFirst(customers)
            }
        }
        guard state.withLock(\.lines).count == customers * labs.count else { throw Failed("Too few services are open") }
    }

    private static func made(_ program: Visitor, _ path: String, _ body: String) async throws -> JSONObject {
        let answer = try await program.with("Idempotency-Key", "\(body.hashValue)").send("POST", path, json: body)
        guard (200...201).contains(answer.status) else { throw Failed("\(path): \(answer.status) \(answer.text)") }
        return try answer.json
    }

    /// Cuts or connects one of a company's customers; asks again until there is an answer.
    func change(of slug: String) async {
        let place = state.withLock { state in
            state.lines.indices.filter { state.lines[$0].slug == slug }.randomElement()
        }
        if let place { await change(place) }
    }

    /// The service of a customer who was on line and is cut now, at the first router.
    func cutOne() async throws -> String {
        let place = state.withLock { state in state.lines.firstIndex { $0.lab == 0 && $0.isOpen } }
        guard let place else { throw Failed("Everybody at the first router is cut") }
        await change(place)
        return state.withLock { $0.lines[place].service }
    }

    private func change(_ place: Int) async {
        let (line, program, key) = state.withLock { state in
            state.count += 1
            return (state.lines[place], state.programs[state.lines[place].slug], "cambio-\(state.count)")
        }
        let (method, path, body) =
            line.isOpen
            ? ("POST", "cuts", #"{"reason":"requested"}"# as String?) : ("DELETE", "cut", nil)
        while let program {
            do {
                let answer = try await program.with("Idempotency-Key", key).send(
                    method, "/api/v1/services/\(line.service)/\(path)", json: body)
                if answer.status == 503 { continue }
                // Of a repeated one the answer may be that it is so already.
                if ![200, 201, 204, 404, 409, 422].contains(answer.status) {
                    state.withLock { $0.strange.append("\(answer.status) \(answer.text)") }
                }
                return state.withLock { $0.lines[place].isOpen = !line.isOpen }
            } catch {
                // It was killed before it could answer.
            }
        }
    }
}

// What may not be, and how often it was.
extension Network {
    /// How long what was decided may be on its way: a decision is a second old at most when it is sent.
    private static let slack = Duration.seconds(2)

    func wrong() async throws -> [String] {
        var wrong = try await wrongRows()
        let cuts = try await cuts()
        let logins = try await loginsOfSecrets()
        for (lab, router) in labs.enumerated() {
            let lines = state.withLock(\.lines).filter { $0.lab == lab }
            for line in lines {
                // Not who was never cut, as few are on a slow machine.
                let isCut = cuts[line.service]?.last.map { $0.end == nil } ?? false
                try await eventually("\(line.login) of router \(lab) is \(isCut ? "cut" : "connected")") {
                    await router.inspect { router in
                        (router.text("profile", of: line.login, in: "/ppp/secret") == "Morosos") == isCut
                            && (router.text("max-limit", of: "<pppoe-\(line.login)>", in: "/queue/simple")
                                == "64000/64000") == isCut
                    }
                }
            }
            let journal = await router.inspect(\.journal)
            let sets = journal.compactMap { Change($0, logins[lab] ?? [:]) }
            let services = Dictionary(uniqueKeysWithValues: lines.map { ($0.login, $0.service) })
            for (login, changes) in Dictionary(grouping: sets, by: \.login) {
                wrong += Self.wrong(changes, cuts[services[login] ?? ""] ?? []).map {
                    "\(login) at router \(lab): \($0)"
                }
            }
            let ended = journal.filter { $0.path == "/ppp/active/remove" }.count
            if sets.isEmpty { wrong.append("router \(lab) was told nothing") }
            if ended > sets.count { wrong.append("router \(lab): \(ended) sessions ended for \(sets.count) changes") }
        }
        return wrong
    }

    private struct Change {
        let at: Instant
        let login: String
        let profile: String

        init?(_ entry: LabJournalEntry, _ logins: [String: String]) {
            func value(_ name: String) -> String? {
                entry.attributes.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
            }
            guard entry.path == "/ppp/secret/set", let profile = value("profile") else { return nil }
            (at, self.profile, login) = (entry.at, profile, value(".id").flatMap { logins[$0] } ?? "?")
        }

        var isCut: Bool { profile == "Morosos" }
    }

    private struct Span {
        let start: Instant
        let end: Instant?
    }

    /// Of one customer: nobody is cut while they should be on line, nobody is let in while they should be cut, and nothing
    /// is done twice.
    private static func wrong(_ changes: [Change], _ cuts: [Span]) -> [String] {
        var wrong: [String] = []
        for (before, change) in zip([nil] + changes.map(Optional.some), changes) {
            if before?.profile == change.profile { wrong.append("\(change.profile) twice") }
            let isDecided = cuts.contains { cut in
                change.at >= cut.start - (change.isCut ? .zero : slack)
                    && cut.end.map { change.at <= $0 + (change.isCut ? slack : .zero) } ?? true
            }
            let isInForce = cuts.contains { cut in
                cut.start + slack < change.at && cut.end.map { change.at < $0 } ?? true
            }
            if change.isCut, !isDecided { wrong.append("cut at \(change.at.rfc3339), which nobody decided") }
            if !change.isCut, isInForce { wrong.append("connected at \(change.at.rfc3339) while cut") }
        }
        return wrong
    }

    private func cuts() async throws -> [String: [Span]] {
        let rows = try await installation.sql(
            """
            SELECT service_id, (extract(epoch FROM made_at) * 1000000)::bigint,
                (extract(epoch FROM lifted_at) * 1000000)::bigint
            FROM cuts ORDER BY made_at
            """)
        func instant(_ text: String?) -> Instant? { text.flatMap { Int64($0) }.map { Instant(microseconds: $0) } }
        return Dictionary(
            grouping: rows.compactMap { row in
                instant(row[1]).map { (row[0] ?? "", Span(start: $0, end: instant(row[2]))) }
            },
            by: \.0
        ).mapValues { $0.map(\.1) }
    }

    /// By router: each command was written down with its secret's name before it left.
    private func loginsOfSecrets() async throws -> [Int: [String: String]] {
        let rows = try await installation.sql(
            #"""
            SELECT r.port, substring(c.content FROM '\.id=(\S+)'), substring(c.content FROM '\(([^()]+)\)$')
            FROM router_commands c JOIN routers r USING (tenant_id, router_id) WHERE c.content LIKE '/ppp/secret/set %'
            """#)
        var logins: [Int: [String: String]] = [:]
        for row in rows {
            guard let port = row[0].flatMap({ UInt16($0) }), let lab = ports.firstIndex(of: port), let id = row[1]
            else { continue }
            logins[lab, default: [:]][id] = row[2]
        }
        return logins
    }

    private func wrongRows() async throws -> [String] {
        let checks: [(what: String, rows: String)] = [
            (
                "services without a proof of what should be",
                """
                SELECT FROM access_points a JOIN desired_services d USING (tenant_id, service_id) WHERE NOT EXISTS (
                    SELECT FROM service_proofs f WHERE f.tenant_id = a.tenant_id AND f.service_id = a.service_id
                        AND f.desired_revision = d.revision AND f.access_revision = a.revision AND f.access = d.access)
                """
            ),
            (
                "commands of a worker after those of one that took over",
                """
                SELECT FROM (
                    SELECT token, max(token) OVER (PARTITION BY tenant_id, router_id ORDER BY sent_at, command_id) AS largest
                    FROM router_commands) c WHERE token < largest
                """
            ),
            ("commands that nobody knows the end of", "SELECT FROM router_commands WHERE state = 'sent'"),
            (
                "cuts and reconnections with another number of events than one",
                """
                SELECT FROM (
                    SELECT c.tenant_id, c.service_id, 'service.cut' AS kind, count(*) AS wanted FROM cuts c GROUP BY 1, 2
                    UNION ALL
                    SELECT c.tenant_id, c.service_id, 'service.reconnected', count(lifted_at) FROM cuts c GROUP BY 1, 2) n
                WHERE wanted <> (
                    SELECT count(*) FROM events e
                    WHERE e.tenant_id = n.tenant_id AND e.subject_id = n.service_id AND e.kind = n.kind)
                """
            ),
            (
                "proofs with another number of events than one",
                """
                SELECT FROM (SELECT tenant_id, service_id, count(*) AS wanted FROM service_proofs GROUP BY 1, 2) n
                WHERE wanted <> (
                    SELECT count(*) FROM events e
                    WHERE e.tenant_id = n.tenant_id AND e.subject_id = n.service_id AND e.kind = 'service.verified')
                """
            ),
            ("differences that wait for a person", "SELECT FROM network_differences"),
            ("jobs that were given up", "SELECT kind, reason FROM dead_jobs"),
        ]
        var wrong: [String] = []
        for (what, rows) in checks {
            let found = try await installation.sql(rows)
            if !found.isEmpty { wrong.append("\(what): \(found.count), such as \(found.prefix(3))") }
        }
        return wrong
    }
}

extension Installation {
    fileprivate func column(_ text: String) async throws -> [String] { try await sql(text).compactMap { $0[0] } }

    /// The name under which a network worker that began meanwhile is in the queue.
    fileprivate func newWorker(besides known: [String]) async throws -> String {
        var found: [String] = []
        try await eventually("another worker begins") {
            found = try await column(
                "SELECT worker_id FROM job_workers WHERE 'network.align-router' = ANY (kinds)"
            ).filter { !known.contains($0) }
            return !found.isEmpty
        }
        return found[0]
    }

    /// What waits longer because it died with several workers is brought forward.
    fileprivate func waitUntilNetworkIsQuiet() async throws {
        try await eventually("all is made true on the routers") {
            try await sql(
                """
                WITH waiting AS (
                    UPDATE jobs SET run_at = now() WHERE kind = 'network.align-router' AND state = 'queued' AND attempts > 1
                    RETURNING tenant_id)
                INSERT INTO job_arrivals (tenant_id, run_at) SELECT tenant_id, now() FROM waiting
                """)
            try await sql("NOTIFY jobs")
            return try await sql(
                """
                SELECT FROM jobs WHERE kind IN ('network.align-router', 'network.look-at-service')
                UNION ALL SELECT FROM unsealed_events
                """
            ).isEmpty
        }
    }
}
