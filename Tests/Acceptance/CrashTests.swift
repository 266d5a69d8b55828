import Glibc
import Loop
import Synchronization
import TestSupport
import Testing

/// What clients and jobs notice of processes that die.
@Suite struct CrashTests {
    /// Seconds of dying; more where somebody asks for them.
    private static let span = getenv("MASTIL_CRASH_SECONDS").flatMap { Int(String(cString: $0)) } ?? 10

    @Test func `serving processes that are killed and trap every second cost only what was under way`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.run("serve", "--processes", "2", for: installation) { mastil in
                try await mastil.waitUntilReady()
                let visitors = try await Self.visitors(of: mastil)
                let seen = Seen()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for visitor in visitors {
                        group.addTask { while !seen.isOver { await visitor.askAll(seen) } }
                    }
                    group.addTask {
                        defer { seen.end() }
                        for second in 0..<Self.span {
                            try await mastil.kill("serving-process", with: second % 2 == 0 ? SIGKILL : SIGSEGV)
                            try await Loops.tests.all[0].sleep(for: .seconds(1))
                        }
                    }
                    try await group.waitForAll()
                }
                let counts = seen.counts
                #expect(counts.refused == 0 && counts.strange.isEmpty, "\(counts)")
                #expect(counts.answered > 5 * Self.span)
                // A death ends what one process was doing: no more than everybody's one request.
                #expect(counts.cutOff <= visitors.count * Self.span)
                let traps = try await installation.sql("SELECT process FROM crashes WHERE signal = \(SIGSEGV)")
                #expect(!traps.isEmpty)
                #expect(try await mastil.stop() == 0)
            }
        }
    }

    @Test func `jobs of working processes that are killed every second are done once`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.run("work", for: installation) { mastil in
                try await eventually("it works") { mastil.says("working") }
                for second in 0..<Self.span / 2 {
                    for _ in 0..<20 { try await installation.queueJob() }
                    try await mastil.kill("working-process", with: second % 2 == 0 ? SIGKILL : SIGTERM)
                    try await Loops.tests.all[0].sleep(for: .seconds(1))
                }
                try await eventually("all jobs are done", within: .seconds(120)) {
                    try await installation.sql("SELECT FROM jobs WHERE kind = 'identity.forget-credentials'").isEmpty
                }
                #expect(try await installation.sql("SELECT reason FROM dead_jobs").isEmpty)
                let finished = mastil.log.split(separator: "\n").filter { $0.contains("job_finished") }
                    .compactMap { $0.firstMatch(of: /"job":"([^"]+)"/)?.output.1 }
                #expect(Set(finished).count == finished.count && !finished.isEmpty)
                #expect(try await mastil.stop() == 0)
            }
        }
    }

    @Test func `a route that was closed answers 503 to its tenant alone until somebody opens it again`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.serve(installation) { mastil in
                let page = "/panel/customers"
                let (norte, sur) = (try await mastil.person(of: "norte"), try await mastil.person(of: "sur"))
                for _ in 0..<2 { try await installation.storeCrash(of: "GET \(page)", by: "norte") }
                #expect(try await norte.get(page).status == 200)
                try await installation.storeCrash(of: "GET \(page)", by: "norte")
                try await eventually("it is closed") { try await norte.get(page).status == 503 }
                #expect(try await sur.get(page).status == 200)
                #expect(try await norte.get("/panel/zones").status == 200)
                try await installation.sql("DELETE FROM closed_routes")
                try await installation.sql("NOTIFY closed_routes")
                try await eventually("it is open") { try await norte.get(page).status == 200 }
            }
        }
    }

    @Test func `the end of the supervisor is the end of all, and the next finds the addresses free`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.run("serve", "--work", for: installation) { mastil in
                try await mastil.waitUntilReady()
                let processes = try await mastil.processes("process")
                #expect(processes.count == 2)
                try await mastil.send(SIGKILL)
                _ = try await mastil.ended()
                try await eventually("they are gone") { processes.allSatisfy { kill($0, 0) != 0 } }
            }
            try await RunningMastil.serve(installation) { mastil in
                let answer = try await mastil.visitor(of: "norte").get("/api/v1")
                #expect(answer.status == 200)
            }
        }
    }

    /// Somebody of each tenant for each way in, with every list and page that needs no name of something.
    private static func visitors(of mastil: RunningMastil) async throws -> [Asking] {
        let routes = try await ListedRoute.all().filter {
            $0.method == "GET" && !$0.pattern.contains(":") && !$0.isStream && $0.pattern != "/panel/enter"
        }
        func paths(_ prefix: String) -> [String] { routes.map(\.pattern).filter { $0.hasPrefix(prefix) } }
        var asking: [Asking] = []
        for (slug, foreign) in [("norte", "Fibra del Sur"), ("sur", "Norte Inalámbrico")] {
            let person = try await mastil.person(of: slug)
            let program = try await mastil.program(of: slug)
            asking.append(Asking(visitor: person, paths: paths("/panel"), foreign: foreign))
            asking.append(Asking(visitor: person, paths: paths("/panel").reversed(), foreign: foreign))
            asking.append(Asking(visitor: program, paths: paths("/api"), foreign: foreign))
            asking.append(Asking(visitor: mastil.visitor(of: slug), paths: paths("/portal"), foreign: foreign))
        }
        return asking
    }
}

/// One who asks for everything they may, one after the other.
private struct Asking: Sendable {
    let visitor: Visitor
    let paths: [String]
    /// What only the other tenant's pages say.
    let foreign: String

    func askAll(_ seen: Seen) async {
        for path in paths where !seen.isOver {
            do {
                let answer = try await visitor.get(path)
                // A slow page is under way at many of the deaths, and is closed as it should be.
                let isClosed = ["closed_for_repair", "está cerrada hasta"].contains(where: answer.text.contains)
                // The process that is left is asked for everything, and may say that it has no connection free.
                let isBusy = answer.status == 503 && answer["retry-after"] != nil
                let isStrange = answer.text.contains(foreign) || answer.status >= 500 && !isClosed && !isBusy
                seen.note { counts in
                    if isStrange {
                        counts.strange.append("\(answer.status) \(path)")
                    } else if isBusy && !isClosed {
                        counts.cutOff += 1
                    } else {
                        counts.answered += 1
                    }
                }
            } catch let error as RawClient.Errno where error.code == ECONNREFUSED {
                seen.note { $0.refused += 1 }
            } catch {
                seen.note { $0.cutOff += 1 }
            }
        }
    }
}

private final class Seen: Sendable {
    struct Counts: Sendable {
        var answered = 0
        var cutOff = 0
        var refused = 0
        /// Another tenant's words, or a failure of ours.
        var strange: [String] = []
        var isOver = false
    }

    private let memory = Mutex(Counts())

    var counts: Counts { memory.withLock(\.self) }
    var isOver: Bool { memory.withLock(\.isOver) }
    func end() { note { $0.isOver = true } }
    func note(_ change: (inout Counts) -> Void) { memory.withLock { change(&$0) } }
}

extension RunningMastil {
    fileprivate func kill(_ name: String, with signal: Int32) async throws {
        guard let process = try await processes(name).randomElement() else { return }
        Glibc.kill(process, signal)
    }
}

extension Installation {
    fileprivate func storeCrash(of route: String, by slug: String) async throws {
        try await sql(
            """
            SELECT store_crash(gen_random_uuid(), now(), 'serving', \(SIGILL), '', '\(route)', false, tenant_id, NULL, NULL,
                0, '{}') FROM tenants WHERE slug = '\(slug)'
            """)
    }
}
