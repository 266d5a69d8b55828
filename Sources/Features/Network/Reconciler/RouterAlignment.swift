import Access
import AccessProtocol
import Declarations
import Events
import Identifiers
import Jobs
import Loop
import Nouns
import Postgres
import Routers
import Services
import Time

extension AlignRouter {
    /// Ends the job in the same transaction that queues the next alignment, where one is needed.
    package func run(in context: JobContext, with dialer: RouterDialer) async throws {
        let alignment = RouterAlignment(
            router: router, isWhole: isWhole, token: context.token, dialer: dialer, database: context.database,
            databaseOfLost: context.databaseOfLost, time: context.time, randomness: context.randomness)
        guard let next = try await alignment.run() else { return }
        try await context.database.transaction { database in
            try await database.queue(AlignRouter(router, isWhole: next.isWhole), at: max(next.at, context.now))
            try await context.complete(in: database)
        }
    }
}

/// One alignment of a router by the worker that holds its lane: reads the state, sends the smallest set of commands,
/// reads back, and stores the result. Nothing is kept in memory between alignments.
struct RouterAlignment: Sendable {
    let router: Router.ID
    let isWhole: Bool
    /// The lane's fencing token: transactions fail once another worker has the lane.
    let token: Int64
    let dialer: RouterDialer
    let database: TenantDatabase
    let databaseOfLost: TenantDatabase
    let time: TimeSource
    let randomness: Randomness

    struct Next: Sendable, Equatable {
        let at: Instant
        let isWhole: Bool
    }

    /// With more services than this, reading the whole router costs less.
    private static let mostNames = 20
    /// A decision older than this is made again before anything is sent.
    static let freshness = Duration.seconds(1)
    /// Services rechecked in one transaction.
    private static let batch = 64
    /// Services handled concurrently; each one's commands stay in order.
    private static let atOnce = 16

    /// Returns when to align again; nil where nothing is left to do.
    func run() async throws -> Next? {
        guard let router = try await database.router(router), !router.isPaused,
            let health = try await database.routerHealth(self.router)
        else { return nil }
        if let rest = health.restsUntil, rest > time.now() { return Next(at: rest, isWhole: isWhole) }
        let targets = try await database.targets(of: self.router, onlyUnproven: !isWhole, at: time.now())
        let hasLeftovers = router.mode == .active ? try await database.hasLeftovers(at: router.id) : false
        // A router that is down is polled until it answers.
        if targets.isEmpty, !isWhole, !hasLeftovers, health.state != .down { return nil }
        do {
            let session = try await dialer.connect(to: router, in: database)
            defer { session.close() }
            try await greet(session, router, health)
            let next = targets.isEmpty && !isWhole ? nil : try await align(targets, router, session)
            guard hasLeftovers, try await !removeLeftovers(router, session) else { return next }
            let soon = time.now() + .seconds(30)
            return Next(at: next.map { min($0.at, soon) } ?? soon, isWhole: false)
        } catch let failure as AccessFailure {
            return try await rest(after: failure.reason, router, health)
        } catch let refusal as RouterRefusal {
            return try await rest(after: refusal.code, router, health)
        }
    }

    /// Identifies a router again after it was unreachable.
    private func greet(_ session: any AccessSession, _ router: Router, _ health: RouterHealth) async throws {
        guard health.state != .up || health.failures > 0 || isWhole || health.version.isEmpty else { return }
        let identity = try await session.identify()
        let now = time.now()
        try await database.transaction { database in
            if try await database.note(identity, of: router.id, at: now) {
                try await database.record(
                    Act(.routerReachable, router.subject), by: .commandLine, at: now, from: randomness)
                // The router may have returned with an older configuration.
                if !isWhole { try await database.queue(AlignRouter(router.id, isWhole: true), at: now) }
            }
        }
    }

    /// Backs off up to 30 seconds: a router that returns is noticed within a minute.
    private func rest(after reason: String, _ router: Router, _ health: RouterHealth) async throws -> Next {
        let span = Duration.seconds(min(30, 2 << min(health.failures, 4)))
        let now = time.now()
        try await database.transaction { database in
            if try await database.noteFailure(reason, of: router.id, restingFor: span, at: now) {
                try await database.record(
                    Act(.routerUnreachable, router.subject, after: [Act.Detail("reason", reason)]), by: .commandLine,
                    at: now, from: randomness)
            }
        }
        return Next(at: now + span, isWhole: isWhole)
    }
}

// Read, send, read back.
extension RouterAlignment {
    private func align(
        _ targets: [ServiceTarget], _ router: Router, _ session: any AccessSession
    ) async throws -> Next? {
        let strategy = router.strategy
        let observed = try await session.observe(part(of: targets), list: router.cutList)
        var compared = try await compare(targets, observed, strategy)
        let isShadow = router.mode == .shadow
        let work = isShadow ? [] : compared.filter { !$0.comparison.repairs.isEmpty }
        var changedMeanwhile = false
        if !work.isEmpty {
            let sent = try await send(work, session)
            changedMeanwhile = sent.count < work.count
            // Nothing new is known of what was not sent: the next alignment decides it again.
            let untouched = Set(work.map(\.target.service)).subtracting(sent.map(\.target.service))
            compared.removeAll { one in
                untouched.contains(one.target.service) || sent.contains { $0.target.service == one.target.service }
            }
            if !sent.isEmpty {
                let now = try await session.observe(part(of: sent.map(\.target)), list: router.cutList)
                compared += try await compare(sent.map(\.target), now, strategy)
            }
        }
        try await keep(compared, of: router)
        if isWhole {
            try await note(observed, targets, router)
            try await keepPasswords(of: targets, session)
            try await notePools(router, session)
        }
        if isShadow { return nil }
        if changedMeanwhile { return Next(at: time.now(), isWhole: false) }
        let failed = compared.filter { !$0.comparison.repairs.isEmpty }.map(\.target.service)
        let next = [try await retry(failed) ?? awaited(compared), listBeat(targets, strategy)].compactMap(\.self)
        return next.min { $0.at < $1.at }
    }

    /// A reconnected customer redials within seconds: look again to see the session.
    private func awaited(_ compared: [Compared]) -> Next? {
        let now = time.now()
        let spans = compared.compactMap { one -> Duration? in
            guard one.target.access == .open, one.comparison.isTrue, !one.comparison.isOnline,
                let changed = one.target.changedAt, now - changed < ServiceTarget.patience
            else { return nil }
            return now - changed
        }
        return spans.min().map { Next(at: now + max(.seconds(1), $0), isWhole: false) }
    }

    private func listBeat(_ targets: [ServiceTarget], _ strategy: CutStrategy) -> Next? {
        targets.contains { $0.isCutByLease(strategy) }
            ? Next(at: time.now() + ServiceTarget.listBeat, isWhole: false) : nil
    }

    private func part(of targets: [ServiceTarget]) -> ObservedPart {
        isWhole || targets.count > Self.mostNames || targets.isEmpty ? .all : .names(Set(targets.map(\.name)))
    }

    struct Compared: Sendable {
        let target: ServiceTarget
        let comparison: AccessComparison
    }

    private func compare(
        _ targets: [ServiceTarget], _ observed: ObservedAccess, _ strategy: CutStrategy
    ) async throws -> [Compared] {
        let now = time.now()
        var compared: [Compared] = []
        for target in targets {
            var comparison = AccessComparison(target.desired(at: now), with: observed, cutBy: strategy)
            if target.hasPassword, comparison.findings.contains(where: { $0.kind == .missingPassword }) {
                let password = try await password(of: target)
                comparison = AccessComparison(
                    target.desired(at: now, password: password), with: observed, cutBy: strategy)
            }
            compared.append(Compared(target: target, comparison: comparison))
        }
        return compared
    }

    private func password(of target: ServiceTarget) async throws -> String? {
        guard let sealed = try await database.sealedPassword(of: target.service) else { return nil }
        return try await dialer.open(sealed, of: target.service, in: database)
    }

    /// Sends in batches, each rechecked just before. Returns the services that may have been changed.
    private func send(_ work: [Compared], _ session: any AccessSession) async throws -> [Compared] {
        var sent: [Compared] = []
        var rest = work[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(Self.batch))
            rest = rest.dropFirst(batch.count)
            sent += try await send(batch: batch, session)
        }
        return sent
    }

    private func send(batch: [Compared], _ session: any AccessSession) async throws -> [Compared] {
        // Taken before the query, so that the decision is never younger than this.
        let checkedAt = Monotonic.read()
        let now = time.now()
        let orders = try await database.transaction { database in
            try await order(batch, at: now, in: database)
        }
        var sent: [Compared] = []
        var outcomes: [CommandOutcome] = []
        var failure: AccessFailure?
        var waiting = orders[...]
        try await withThrowingTaskGroup(of: OrderOutcome.self) { group in
            func begin() {
                guard failure == nil, let next = waiting.popFirst() else { return }
                group.addTask { await carryOut(next, checkedAt, session) }
            }
            for _ in 0..<Self.atOnce { begin() }
            while let outcome = try await group.next() {
                outcomes += outcome.commands
                if outcome.isTouched {
                    sent.append(Compared(target: outcome.target.changed(at: now), comparison: outcome.comparison))
                }
                if let trouble = outcome.failure, failure == nil { failure = trouble }
                begin()
            }
        }
        outcomes += waiting.flatMap { order in order.commands.map { CommandOutcome(id: $0.id, result: .unsent) } }
        let done = outcomes
        do {
            try await database.transaction { database in try await database.write(done, at: time.now()) }
        } catch {
            try await doubt(sent.map(\.target.service))
            throw error
        }
        if let failure { throw failure }
        return sent
    }

    /// A worker halted while sending may have lost the router to another, which then read back too early: its proofs of
    /// these services are dropped.
    private func doubt(_ services: [Service.ID]) async throws {
        guard !services.isEmpty else { return }
        try await databaseOfLost.transaction { database in
            try await database.forgetProofs(of: services)
            try await database.queue(AlignRouter(router), at: time.now())
        }
    }

    /// Drops services whose decision changed, and records the commands before they are sent.
    private func order(
        _ batch: [Compared], at now: Instant, in database: TenantDatabase
    ) async throws -> [Order] {
        let current = try await database.revisions(of: batch.map(\.target.service), at: router)
        let orders = batch.filter { current[$0.target.service] == $0.target.revision }.map { one in
            Order(
                target: one.target, comparison: one.comparison,
                commands: one.comparison.repairs.map { step in
                    Order.Command(
                        id: .make(milliseconds: now.milliseconds, from: randomness), step: step,
                        text: dialer.driver.text(of: step))
                })
        }
        try await database.write(orders, to: router, token: token, at: now)
        return orders
    }

    private func carryOut(_ order: Order, _ checkedAt: Monotonic, _ session: any AccessSession) async -> OrderOutcome {
        var outcome = OrderOutcome(target: order.target, comparison: order.comparison)
        var rest = order.commands[...]
        while let command = rest.popFirst() {
            guard Monotonic.read() - checkedAt < Self.freshness else {
                rest.insert(command, at: rest.startIndex)
                break
            }
            do throws(AccessFailure) {
                outcome.isTouched = true
                try await session.perform(command.step)
                if command.step.endsSession { outcome.commands.append(CommandOutcome(id: command.id, result: .ended)) }
            } catch {
                outcome.commands.append(
                    CommandOutcome(id: command.id, result: error.isUncertain ? .unknown : .failed(error.reason)))
                if error.isOfDevice { outcome.failure = error }
                break
            }
        }
        outcome.commands += rest.map { CommandOutcome(id: $0.id, result: .unsent) }
        return outcome
    }
}

extension AccessFailure {
    fileprivate var isUncertain: Bool { if case .uncertain = self { true } else { false } }
}

/// The commands about to be sent for one service.
struct Order: Sendable {
    struct Command: Sendable {
        let id: RouterCommand.ID
        let step: AccessStep
        let text: String
    }

    let target: ServiceTarget
    let comparison: AccessComparison
    let commands: [Command]
}

private struct OrderOutcome: Sendable {
    let target: ServiceTarget
    let comparison: AccessComparison
    var commands: [CommandOutcome] = []
    /// Whether a command was sent.
    var isTouched = false
    var failure: AccessFailure?
}

/// A command's outcome, as far as it is known before the read-back.
struct CommandOutcome: Sendable {
    enum Result: Sendable {
        case unsent, unknown, ended
        case failed(String)
    }

    let id: RouterCommand.ID
    let result: Result
}

// Storing the result.
extension RouterAlignment {
    private func keep(_ compared: [Compared], of router: Router) async throws {
        var rest = compared[...]
        repeat {
            let part = Array(rest.prefix(500))
            rest = rest.dropFirst(500)
            let now = time.now()
            try await database.transaction { database in
                let new = try await database.prove(part, by: token, at: router.id, now: now)
                try await database.queue(
                    database.routersLeft(by: new.map(\.service)).map { AlignRouter($0) }, at: now)
                let acts = new.map { proof in
                    Act(
                        .serviceVerified, proof.subject,
                        after: [
                            Act.Detail("access", proof.access.rawValue), Act.Detail("router", router.name),
                            Act.Detail("revision", "\(proof.revision)"),
                        ])
                }
                for act in acts { try await database.record(act, by: .commandLine, at: now, from: randomness) }
                try await database.write(differencesOf: part, at: router.id, now: now)
                try await database.settleCommands(
                    of: router.id, verified: part.filter(\.comparison.isTrue).map(\.target.service),
                    failed: part.filter { !$0.comparison.isTrue }.map { ($0.target.service, $0.comparison.summary) },
                    at: now)
                try await database.noteSeen(router.id, at: now)
            }
        } while !rest.isEmpty
    }

    private func note(_ observed: ObservedAccess, _ targets: [ServiceTarget], _ router: Router) async throws {
        let names = Set(targets.map(\.name))
        let unbound =
            observed.accounts.keys.filter { !names.contains($0) }.count
            + observed.queues.keys.filter { !names.contains($0) }.count
            + observed.leases.keys.filter { !names.contains($0) }.count
        let now = time.now()
        try await database.noteCompared(router.id, unbound: unbound, at: now)
        let live = Set(targets.filter { $0.access != .absent }.map(\.name))
        let services = Dictionary(targets.map { ($0.name, $0.service) }, uniquingKeysWith: { first, _ in first })
        let unowned = observed.sessions.compactMap { login, sessions in
            live.contains(login)
                ? nil : sessions.first.map { UnownedSession(session: $0, login: login, service: services[login]) }
        }
        let found = unowned.sorted { $0.login < $1.login }
        try await database.transaction { database in
            try await database.keep(found, at: router.id, now: now, from: randomness)
        }
    }

    /// Reports once when a pool reaches a level.
    private func notePools(_ router: Router, _ session: any AccessSession) async throws {
        let (pools, now) = (try await session.pools(), time.now())
        try await database.transaction { database in
            for pool in try await database.note(pools, of: router.id, on: TimeZone.utc.day(at: now)) {
                try await database.record(
                    Act(
                        .poolFilling, router.subject,
                        after: [Act.Detail("pool", pool.name), Act.Detail("percent", "\(pool.percent)")]),
                    by: .commandLine, at: now, from: randomness)
            }
        }
    }

    /// Retries with exponential back-off where the router accepted commands but nothing changed.
    private func retry(_ failed: [Service.ID]) async throws -> Next? {
        guard !failed.isEmpty else { return nil }
        let failures = try await database.failures(of: failed, since: time.now() - .seconds(86_400))
        let span = Duration.seconds(min(900, 1 << min(max(failures, 0), 10)))
        return Next(at: time.now() + span, isWhole: false)
    }
}

extension AccessComparison {
    /// The read-back as shown in the command log.
    fileprivate var summary: String {
        findings.map { finding in
            [finding.kind.rawValue, finding.found, finding.wanted].filter { !$0.isEmpty }.joined(separator: " ")
        }.joined(separator: "; ")
    }
}

extension Router {
    package var strategy: CutStrategy {
        switch cut {
        case .profile: .profile(cutProfile, list: cutList)
        case .list: .list(cutList)
        case .disable: .disable(list: cutList)
        }
    }
}
