import CPostgres
import Loop

/// One connection attempt, which tries each host in turn. Loop-confined.
final class Connector: ReadinessHandler, @unchecked Sendable {
    enum Outcome {
        case connected(OpaquePointer)
        /// A temporary failure.
        case failed(String)
        /// A permanent failure: somebody has to change something.
        case refused(String)
    }

    private let plan: ConnectionPlan
    private let loop: EventLoop
    private let blocking: BlockingPool
    private var done: ((Outcome) -> Void)?
    private var untried: [(place: Int, endpoint: Endpoint)]
    private var place = 0
    private var connection: OpaquePointer?
    private var descriptor: Int32 = -1
    private var timer: LoopTimer?
    private var failures: [String] = []
    /// Whether every host so far has refused, rather than not answered.
    private var isRefused = true

    init(_ plan: ConnectionPlan, on loop: EventLoop, blocking: BlockingPool, done: @escaping (Outcome) -> Void) {
        self.plan = plan
        self.loop = loop
        self.blocking = blocking
        self.done = done
        let numbered = plan.endpoints.enumerated().map { (place: $0.offset, endpoint: $0.element) }
        untried = Array(numbered[plan.favourite...] + numbered[..<plan.favourite])
    }

    func start() {
        guard !untried.isEmpty else {
            let text = failures.joined(separator: "; ")
            return finish(isRefused && !failures.isEmpty ? .refused(text) : .failed(text))
        }
        let next = untried.removeFirst()
        place = next.place
        if next.endpoint.hasNameToResolve { return resolve(next.endpoint) }
        guard let connection = plan.start(at: next.endpoint) else { return finish(.failed("Out of memory")) }
        self.connection = connection
        // libpq reports a refused connection's SQLSTATE only in a verbose message.
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        timer = loop.after(plan.connectTimeout) { [weak self] in self?.tryNext(after: "no answer in time") }
        guard PQstatus(connection) != CONNECTION_BAD else { return tryNext(after: message(of: connection)) }
        watch(for: .output)
    }

    func cancel() {
        done = nil
        drop()
    }

    func isReady(for readiness: Readiness) {
        guard let connection else { return }
        let progress = PQconnectPoll(connection)
        // libpq may have moved to another socket, possibly with the same number.
        unwatch()
        switch progress {
        case PGRES_POLLING_READING: watch(for: .input)
        case PGRES_POLLING_WRITING: watch(for: .output)
        case PGRES_POLLING_OK: check(connection)
        default: tryNext(after: message(of: connection))
        }
    }

    private func resolve(_ endpoint: Endpoint) {
        let place = place
        loop.spawn { [self, blocking] in
            let endpoints: [Endpoint]
            do {
                endpoints = try await blocking.run { endpoint.resolved() }
            } catch {
                // The pool is too busy to resolve the name; the pause before the next attempt applies.
                endpoints = []
            }
            guard done != nil else { return }
            if endpoints.isEmpty { failures.append("\(endpoint.host ?? "") has no address") }
            untried.insert(contentsOf: endpoints.map { (place, $0) }, at: 0)
            start()
        }
    }

    private func check(_ connection: OpaquePointer) {
        if let objection = ServerVersion.objection(to: PQserverVersion(connection)) {
            return finish(.refused(objection))
        }
        if plan.mustObeyPolicies, let field = PQparameterStatus(connection, "is_superuser"),
            String(cString: field) == "on"
        {
            return finish(.refused("The role of the tenants' work is a superuser: row-level security would not hold."))
        }
        plan.favourite = place
        self.connection = nil
        PQsetnonblocking(connection, 1)
        PQenterPipelineMode(connection)
        finish(.connected(connection))
    }

    /// SQLSTATEs: unknown role, wrong credentials, unknown database.
    private static let refusals = ["28000", "28P01", "3D000"]

    private func tryNext(after failure: String) {
        failures.append(failure)
        if !Self.refusals.contains(where: { failure.contains(" \($0): ") }) { isRefused = false }
        drop()
        start()
    }

    private func finish(_ outcome: Outcome) {
        drop()
        let done = self.done
        self.done = nil
        done?(outcome)
    }

    private func drop() {
        if let timer { loop.cancel(timer) }
        timer = nil
        unwatch()
        if let connection { PQfinish(connection) }
        connection = nil
    }

    private func watch(for readiness: Readiness) {
        descriptor = PQsocket(connection)
        loop.add(descriptor, handler: self, for: [readiness, .ended])
    }

    private func unwatch() {
        if descriptor >= 0 { loop.remove(descriptor) }
        descriptor = -1
    }

    private func message(of connection: OpaquePointer) -> String {
        let text = String(cString: PQerrorMessage(connection))
        return String(text.prefix { $0 != "\n" })
    }
}
