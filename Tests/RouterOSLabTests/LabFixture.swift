import Addresses
import Loop
import RouterOS
import RouterOSLab
import Time

/// A lab whose clock stands still, and a session of `admin` with it.
struct LabBench: Sendable {
    let lab: RouterLab
    let session: RouterSession
    let address: RouterAddress
    let loop: EventLoop

    func open(
        as name: String = "admin", password: String = "", method: RouterCredentials.Method = .password,
        deadlines: RouterDeadlines = RouterDeadlines()
    ) async throws(RouterError) -> RouterSession {
        try await RouterSession.open(
            to: address, as: RouterCredentials(name: name, password: password, method: method), on: loop,
            deadlines: deadlines)
    }

    @discardableResult
    func run(_ path: String, _ attributes: KeyValuePairs<String, String> = [:]) async throws -> RouterReply {
        try await session.run(RouterCommand(path, attributes))
    }

    func rows(_ path: String, where query: RouterQuery? = nil, only: [String] = []) async throws -> [RouterRow] {
        try await session.rows(of: RouterCommand(path, where: query, only: only))
    }

    func first(_ path: String, _ name: String, _ value: String) async throws -> RouterRow? {
        try await rows(path, where: .equal(name, value)).first
    }
}

/// The twentieth of November 2026, half past one.
let testMoment = Instant(microseconds: 1_795_138_200_000_000)

func withLab<Outcome: Sendable>(
    _ plan: RouterLab.Plan = RouterLab.Plan(), deadlines: RouterDeadlines = RouterDeadlines(),
    _ use: @escaping @Sendable (LabBench) async throws -> Outcome
) async throws -> Outcome {
    let loop = EventLoop(name: "test")
    loop.start()
    defer { loop.stop() }
    return try await loop.run {
        let lab = await RouterLab.start(plan, clock: TimeSource { testMoment }, on: loop)
        let address = RouterAddress(.loopback, port: try await lab.listen())
        let session = try await RouterSession.open(
            to: address, as: RouterCredentials(name: "admin", password: plan.password), on: loop, deadlines: deadlines)
        defer {
            session.close()
            lab.close()
        }
        return try await use(LabBench(lab: lab, session: session, address: address, loop: loop))
    }
}

extension RouterLab.Plan {
    static func customers(_ count: Int, _ version: LabVersion = LabVersion(7, 19), onLine percent: Int = 100) -> Self {
        var plan = RouterLab.Plan()
        (plan.customers, plan.version, plan.onLinePercent) = (count, version, percent)
        return plan
    }

    static func version(_ major: Int, _ minor: Int) -> Self { .customers(0, LabVersion(major, minor)) }
}

extension RouterDeadlines {
    /// For tests of commands that are never answered.
    static var short: RouterDeadlines {
        var deadlines = RouterDeadlines()
        deadlines.command = .milliseconds(600)
        deadlines.cancellation = .milliseconds(400)
        return deadlines
    }
}

func failure<Outcome>(_ work: () async throws -> Outcome) async -> RouterError? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error as? RouterError
    }
}

/// What the router said no with.
func refusal<Outcome>(_ work: () async throws -> Outcome) async -> String? {
    guard case .refused(let traps) = await failure(work) else { return nil }
    return traps.first?.message
}
