import Addresses
import Glibc
import HTTP
import Loop
import Synchronization
import TestSupport
import Testing

/// A command of mastil's that goes on until it is stopped: `mastil serve`, as a rule.
final class RunningMastil: Sendable {
    let installation: Installation
    private let process: ChildProcess
    private let said = Mutex<[UInt8]>([])
    private let status = Mutex<Int32?>(nil)
    private let loop: EventLoop

    private init(
        _ command: [String], _ installation: Installation, _ settings: [String: String]
    ) async throws {
        self.installation = installation
        let environment = Programs.environment.merging(installation.environment) { $1 }.merging(settings) { $1 }
        let loop = Loops.tests.all[1]
        self.loop = loop
        process = try await loop.run {
            // Should the tests crash, the system kills what they started.
            try ChildProcess(
                "setpriv", ["--pdeathsig", "KILL", Programs.mastil] + command, environment: environment, on: loop)
        }
        loop.spawn { await self.listen() }
        loop.spawn {
            let status = await self.process.ended().status
            self.status.withLock { $0 = status }
        }
    }

    /// Has it run while the work is done. It is over afterwards, however the work ends.
    static func run<Result>(
        _ command: String..., for installation: Installation, settings: [String: String] = [:],
        _ work: (RunningMastil) async throws -> Result
    ) async throws -> Result {
        let mastil = try await RunningMastil(command, installation, settings)
        do {
            let result = try await work(mastil)
            try await mastil.kill()
            return result
        } catch {
            try await mastil.kill()
            throw error
        }
    }

    /// Serves from the first ready answer until the work is done, then ends as an operator ends it.
    static func serve<Result>(
        _ installation: Installation, settings: [String: String] = [:], _ work: (RunningMastil) async throws -> Result
    ) async throws -> Result {
        try await run("serve", for: installation, settings: settings) { mastil in
            try await mastil.waitUntilReady()
            let result = try await work(mastil)
            let status = try await mastil.stop()
            guard status == 0 else { throw Failed("mastil ended with status \(status): \(mastil.log)") }
            return result
        }
    }

    /// All it wrote to its standard error.
    var log: String { String(decoding: said.withLock(\.self), as: UTF8.self) }
    var identifier: Int32 { process.identifier }
    /// The processes that it keeps running, by what they are called: `serving-process`, `working-process`.
    func processes(_ name: String) async throws -> [Int32] {
        try await Programs.run("pgrep", ["-P", "\(identifier)", "-f", name]).output
            .split(separator: "\n").compactMap { Int32($0) }
    }

    var hasEnded: Bool { status.withLock { $0 != nil } }

    func send(_ signal: Int32) async throws { try await loop.run { [process] in process.send(signal: signal) } }

    /// Asks it to stop, where that was not done before, and returns its exit status.
    func stop() async throws -> Int32 {
        try await send(SIGTERM)
        return try await ended()
    }

    func ended(within span: Duration = .seconds(60)) async throws -> Int32 {
        try await eventually("mastil ends", within: span) { hasEnded }
        return status.withLock { $0 ?? 0 }
    }

    private func kill() async throws {
        try await send(SIGKILL)
        _ = try await ended()
    }

    func waitUntilReady() async throws {
        try await eventually("mastil is ready") {
            if hasEnded { throw Failed("mastil did not start: \(log)") }
            do {
                return try await operators.get("/health/ready").status == 200
            } catch is RawClient.Errno {
                return false
            }
        }
    }

    private func listen() async {
        do {
            while let bytes = try await process.errors.read() { said.withLock { $0 += bytes } }
        } catch {
            said.withLock { $0 += Array("(the log was cut: \(error))".utf8) }
        }
    }
}

// Who comes to it.
extension RunningMastil {
    /// Our own machines, at the internal address.
    var operators: Visitor {
        Visitor(address: .ip(.loopback, port: installation.internalPort), host: "127.0.0.1")
    }

    /// Somebody unknown, at a tenant's host.
    func visitor(of slug: String) -> Visitor {
        Visitor(address: .ip(.loopback, port: installation.port), host: "\(slug).localhost:\(installation.port)")
    }

    /// A program with a new token.
    func program(of slug: String) async throws -> Visitor {
        visitor(of: slug).with("Authorization", "Bearer \(try await installation.makeToken(slug))")
    }

    /// A person who has just signed in, with a browser.
    func person(of slug: String, email: String? = nil) async throws -> Visitor {
        let browser = visitor(of: slug).with("Accept", "text/html").with("Sec-Fetch-Site", "same-origin")
        let answer = try await browser.post(try await installation.makeSignInLink(slug, email: email))
        guard let cookie = answer.cookie else { throw Failed("Not signed in: \(answer.status) \(answer.text)") }
        return browser.with("Cookie", cookie)
    }
}

/// Gives a suite one installation that serves, and ends it with the suite.
struct ServingMastil: SuiteTrait, TestScoping {
    @TaskLocal fileprivate static var current: RunningMastil?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await Installation.with { installation in
            try await RunningMastil.serve(installation) { mastil in
                try await Self.$current.withValue(mastil) { try await function() }
            }
        }
    }
}

extension SuiteTrait where Self == ServingMastil {
    static var servingMastil: Self { ServingMastil() }
}

extension RunningMastil {
    /// The suite's own.
    static var current: RunningMastil {
        guard let mastil = ServingMastil.current else { fatalError("The suite lacks the trait .servingMastil") }
        return mastil
    }
}
