import Documents
import Glibc
import Identifiers
import Images
import Loop
import Synchronization
import TestSupport
import Testing
import Time

@testable import Sandbox

@Suite struct SandboxTests {
    private static let (norte, sur) = (UUID(high: 1, low: 1), UUID(high: 2, low: 2))

    private static func paper(of text: String) -> Document {
        Document(title: "P", author: "A", made: Instant(seconds: 0), blocks: [.paragraph(text)])
    }

    /// Of a second or so.
    private static let heavy = paper(of: String(repeating: "👩‍👩‍👧 ", count: 2000))

    @Test func `one tenant's many heavy papers wait for each other, and not another tenant's`() async throws {
        let sandbox = Sandbox(on: Loops.tests.all[0], waiting: 64, waitingOfTenant: 8, patience: 20)
        let outcomes = Outcomes()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    do {
                        _ = try await Self.heavy.pdf(in: sandbox, for: Self.norte)
                        outcomes.printed.add(1, ordering: .relaxed)
                    } catch SandboxFailure.full {
                        outcomes.refused.add(1, ordering: .relaxed)
                    }
                }
            }
            // All who fit wait by now, and the others were told so.
            while outcomes.refused.load(ordering: .relaxed) < 21 {
                try await Loops.tests.all[0].sleep(for: .milliseconds(1))
            }
            _ = try await Self.paper(of: "Factura").pdf(in: sandbox, for: Self.sur)
            #expect(outcomes.printed.load(ordering: .relaxed) < 9)
            try await group.waitForAll()
        }
        #expect(outcomes.printed.load(ordering: .relaxed) == 9)
    }

    @Test func `work that its caller gives up leaves its place to the next`() async throws {
        let sandbox = Sandbox(on: Loops.tests.all[0], places: 1, waiting: 1, patience: 20)
        let given = Task { try await Self.heavy.pdf(in: sandbox, for: Self.norte) }
        let waiting = Task { try await Self.heavy.pdf(in: sandbox, for: Self.norte) }
        given.cancel()
        waiting.cancel()
        _ = await (given.result, waiting.result)
        _ = try await Self.paper(of: "Factura").pdf(in: sandbox, for: Self.sur)
    }

    @Test func `what takes longer than it may is ended, and the next is served`() async throws {
        let sandbox = Sandbox(on: Loops.tests.all[0], patience: 20)
        let endless = Array(
            """
            <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><filter id='f' x='0' y='0'>\
            <feTurbulence baseFrequency='.01' numOctaves='1000000'/></filter><rect width='9' height='9' filter='url(#f)'/></svg>
            """.utf8)
        await #expect(throws: SandboxFailure.overran) {
            try await sandbox.run(try DrawPicture(endless, as: [.squared(side: 32)]), for: Self.norte)
        }
        _ = try await Self.paper(of: "Factura").pdf(in: sandbox, for: Self.norte)
    }

    @Test(arguments: ["/nowhere/mastil-render", "/bin/true", "/bin/cat", "/usr/bin/yes"])
    func `a program that is none of ours, or answers anything, costs the work only`(program: String) async throws {
        let sandbox = Sandbox(program: program, on: Loops.tests.all[0])
        await #expect(throws: (any Error).self) {
            try await Self.paper(of: "Factura").pdf(in: sandbox, for: Self.norte)
        }
    }

    private static let probes = Sandbox(
        program: Sandbox.besideOurs.replacing("mastil-render", with: "sandbox-probe"), on: Loops.tests.all[0],
        waitingOfTenant: 64, patience: 20)

    private static func attempt(_ what: String) async throws -> String {
        try await probes.run(Probe(attempt: what), for: norte)
    }

    /// Whatever a file makes a process do, it gets nowhere.
    @Test(arguments: [
        ("read", "Permission denied"), ("read itself", "Permission denied"), ("list", "Permission denied"),
        ("list fonts", "allowed"), ("write", "Permission denied"), ("write a font", "Permission denied"),
        ("connect", "Operation not permitted"), ("connect locally", "Operation not permitted"),
        ("start", "Operation not permitted"), ("signal", "Operation not permitted"),
        ("memory", "Cannot allocate memory"), ("print", "print"),
    ])
    func `a process has neither files nor network nor others beside it`(what: String, said: String) async throws {
        #expect(try await Self.attempt(what) == said)
    }

    @Test(arguments: ["stack", "lie", "end"])
    func `a process that breaks down costs its work only`(how: String) async throws {
        do {
            _ = try await Self.attempt(how)
            Issue.record("It answered")
        } catch SandboxFailure.crashed {}
        #expect(try await Self.attempt("hola") == "hola")
    }

    @Test func `a process that goes on for ever is ended`() async throws {
        await #expect(throws: SandboxFailure.overran) { try await Self.attempt("spin") }
        #expect(try await Self.attempt("hola") == "hola")
    }

    @Test func `a tenant's process serves nobody else`() async throws {
        let sandbox = Sandbox(on: Loops.tests.all[0], patience: 20)
        _ = try await Self.paper(of: "Factura").pdf(in: sandbox, for: Self.norte)
        let first = await sandbox.processes
        _ = try await Self.paper(of: "Factura").pdf(in: sandbox, for: Self.sur)
        let second = await sandbox.processes
        #expect(first[Self.norte] != nil && second[Self.sur] != nil && first[Self.norte] != second[Self.sur])
    }
}

extension Sandbox {
    /// Those that wait for work, by the tenant that each serves.
    fileprivate var processes: [UUID: pid_t] {
        get async {
            (try? await loop.run {
                Dictionary(self.idle.compactMap { idle in idle.tenant.map { ($0, idle.identifier) } }) { $1 }
            }) ?? [:]
        }
    }
}

private final class Outcomes: Sendable {
    let printed = Atomic(0)
    let refused = Atomic(0)
}

/// As `sandbox-probe` has it.
private struct Probe: SandboxWork {
    typealias Answer = String

    enum Fault: UInt8, Error, WireWord { case none }

    static let kind = "probe"
    static let limits = SandboxLimits(seconds: 0.5)

    let attempt: String

    init(attempt: String) { self.attempt = attempt }
    init(from reader: inout WireReader) throws(WireError) { attempt = try reader.read() }
    func write(to writer: inout WireWriter) { writer.write(attempt) }
}
