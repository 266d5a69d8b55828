import Identifiers
import Loop

/// The program's database: every loop's connections, and handles on them.
package final class Database: Sendable {
    private let homes: [Home]
    private let listener: Listener
    private let bells = CommitBells()

    package init(_ configuration: DatabaseConfiguration, loops: Loops) throws(DatabaseError) {
        var homes: [Home] = []
        for loop in loops.all { homes.append(try Home(configuration, on: loop, blocking: loops.blocking)) }
        self.homes = homes
        listener = try Listener(configuration, on: loops.all[0], blocking: loops.blocking)
        for home in homes { home.loop.perform { home.start() } }
    }

    deinit {
        listener.close()
        for home in homes { home.loop.perform { home.close() } }
    }

    package func tenant(_ id: TenantID) -> TenantDatabase { TenantDatabase(id, in: self) }

    /// Another tenant's data inside an open transaction, for what must be written in both or in neither. Meanwhile the
    /// transaction's own handle finds nothing.
    package func tenant<Result: Sendable>(
        _ id: TenantID, within transaction: TenantDatabase, _ work: (TenantDatabase) async throws -> Result
    ) async throws -> Result {
        try await transaction.lend(to: id, work)
    }

    package var platform: PlatformDatabase { PlatformDatabase(in: self) }

    /// The platform's data on a separate connection, so that slow work delays nobody.
    var aside: PlatformDatabase { PlatformDatabase(DatabaseAccess(database: self, tenant: nil, isAside: true)) }

    /// Yields whenever this process commits a statement that rings the bell.
    package func rings(of bell: String) -> AsyncStream<Void> { bells.rings(of: bell) }

    func ring(_ bells: [String]) { self.bells.ring(bells) }

    /// Notifications on the channel from now on. Begins with `.gap` once listening, and repeats it whenever some may
    /// have been missed: then look at the tables.
    package func listen(_ channel: String) -> AsyncStream<Notification> { listener.listen(channel) }

    /// Checks that both roles can query.
    package func check() async throws(DatabaseError) {
        let nobody = TenantID(UUID(high: 0, low: 0))
        try await tenant(nobody).execute("SELECT 1")
        try await platform.execute("SELECT 1")
    }

    package func statistics() async -> DatabaseStatistics {
        var statistics = DatabaseStatistics()
        for home in homes {
            statistics = await withUnsafeContinuation { [statistics] continuation in
                home.loop.perform { continuation.resume(returning: home.count(onto: statistics)) }
            }
        }
        return statistics
    }

    /// Statement texts so far, without parameters: for tests.
    package func statementTexts() async -> Set<String> {
        var texts: Set<String> = []
        for home in homes {
            texts.formUnion(
                await withUnsafeContinuation { continuation in
                    home.loop.perform { continuation.resume(returning: home.statements.texts) }
                })
        }
        return texts
    }

    /// Closes every connection; waiting and later calls are refused.
    package func close() async {
        listener.close()
        for home in homes {
            await withUnsafeContinuation { continuation in
                home.loop.perform {
                    home.close()
                    continuation.resume()
                }
            }
        }
    }

    /// The current loop's connections, or the first loop's when called elsewhere.
    private var here: Home {
        if let loop = EventLoop.current {
            for home in homes where home.loop === loop { return home }
        }
        return homes[0]
    }

    func lease(for tenant: UUID?) -> Lease {
        let home = here
        return Lease(for: tenant, from: tenant == nil ? home.platformTransactions : home.tenantTransactions)
    }

    func run(_ call: Call, aside: Bool = false) async {
        let home = here
        let pool: SharedPool
        if case .tenant = call.frame {
            pool = home.tenantCalls
        } else {
            pool = aside ? home.callsAside : home.platformCalls
        }
        await send(call, by: pool, on: home.loop)
        // Nothing ran: the tables changed since planning, so the statement is planned again.
        if case .query(let failure) = call.error, failure.isStalePlan {
            call.startOver()
            await send(call, by: pool, on: home.loop)
        }
    }

    private func send(_ call: Call, by pool: SharedPool, on loop: EventLoop) async {
        if Task.isCancelled { return call.note(.cancelled) }
        if loop.isCurrent, pool.canSendAtOnce(call) {
            return await withUnsafeContinuation { continuation in
                call.continuation = continuation
                pool.add(call)
            }
        }
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                call.continuation = continuation
                loop.perform { pool.add(call) }
            }
        } onCancel: {
            loop.perform { pool.withdraw(call) }
        }
    }
}

/// The connections of one loop.
private final class Home: @unchecked Sendable {
    // Unchecked: the pools are touched on the loop only.
    let loop: EventLoop
    let tenantCalls: SharedPool
    let tenantTransactions: ExclusivePool
    let platformCalls: SharedPool
    let platformTransactions: ExclusivePool
    let statements = Statements()
    /// For following commits; opened in the process that does.
    let callsAside: SharedPool
    private var tick: EventLoop.Tick?

    init(_ configuration: DatabaseConfiguration, on loop: EventLoop, blocking: BlockingPool) throws(DatabaseError) {
        self.loop = loop
        let statements = statements
        func plan(
            _ text: String, _ timeout: Duration, mustObeyPolicies: Bool, isShared: Bool
        ) throws(DatabaseError) -> ConnectionPlan {
            try ConnectionPlan(
                text, configuration, statementTimeout: timeout, mustObeyPolicies: mustObeyPolicies, isShared: isShared)
        }
        let (short, long) = (configuration.sharedStatementTimeout, configuration.exclusiveStatementTimeout)
        tenantCalls = SharedPool(
            try plan(configuration.tenants, short, mustObeyPolicies: true, isShared: true),
            connections: configuration.sharedConnections, share: configuration.tenantShare, configuration,
            statements: statements, on: loop, blocking: blocking)
        tenantTransactions = ExclusivePool(
            try plan(configuration.tenants, long, mustObeyPolicies: true, isShared: false),
            connections: configuration.exclusiveConnections, share: configuration.tenantShare, configuration,
            statements: statements, on: loop, blocking: blocking)
        platformCalls = SharedPool(
            try plan(configuration.platform, short, mustObeyPolicies: false, isShared: true),
            connections: configuration.platformSharedConnections, share: 1, configuration,
            statements: statements, on: loop, blocking: blocking)
        platformTransactions = ExclusivePool(
            try plan(configuration.platform, long, mustObeyPolicies: false, isShared: false),
            connections: configuration.platformExclusiveConnections, share: 1, configuration,
            statements: statements, on: loop, blocking: blocking)
        callsAside = SharedPool(
            try plan(configuration.platform, long, mustObeyPolicies: false, isShared: true), connections: 1, share: 1,
            configuration, statements: statements, on: loop, blocking: blocking)
    }

    func start() {
        tick = loop.everyTick { [unowned self] in
            tenantCalls.checkSilence()
            tenantTransactions.checkSilence()
            platformCalls.checkSilence()
            platformTransactions.checkSilence()
            callsAside.checkSilence()
        }
    }

    func close() {
        if let tick { loop.cancel(tick) }
        tick = nil
        tenantCalls.close()
        tenantTransactions.close()
        platformCalls.close()
        platformTransactions.close()
        callsAside.close()
    }

    func count(onto statistics: DatabaseStatistics) -> DatabaseStatistics {
        var statistics = statistics
        tenantCalls.count(into: &statistics)
        tenantTransactions.count(into: &statistics)
        platformCalls.count(into: &statistics)
        platformTransactions.count(into: &statistics)
        callsAside.count(into: &statistics)
        return statistics
    }
}
