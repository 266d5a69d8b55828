import CPostgres
import Loop

/// How the connections of one kind are made. Loop-confined, for it remembers which host answered last.
final class ConnectionPlan {
    let options: [String: String]
    let endpoints: [Endpoint]
    /// The endpoint to begin with: after a fail-over, the one that took over.
    var favourite = 0
    /// When the server last had no room to write.
    var diskFullAt: Monotonic?
    let connectTimeout: Duration
    let preparesStatements: Bool
    let statementLimit: Int
    let contextForm: DatabaseConfiguration.ContextForm
    /// Row-level security must hold for this role.
    let mustObeyPolicies: Bool
    /// After this long without a word in answer to a call, the server is taken for dead.
    let silenceLimit: Duration?

    init(
        _ text: String, _ configuration: DatabaseConfiguration, statementTimeout: Duration, mustObeyPolicies: Bool,
        isShared: Bool = false
    ) throws(DatabaseError) {
        let parsed = try ConnectionString(text)
        var options = Self.defaults.merging(parsed.options) { $1 }
        if configuration.preparesStatements {
            var settings = [
                "-c statement_timeout=\(statementTimeout.milliseconds)",
                "-c idle_in_transaction_session_timeout=\(configuration.idleTransactionTimeout.milliseconds)",
                "-c timezone=UTC",
                // What the planner expects of row-level security makes it compile reports for longer than they run.
                "-c jit=off",
                // Functions of the schema need not NOTIFY: `CommitFollower` does, afterwards.
                "-c app.announces=after_commit",
            ]
            // Short statements that lead with a tenant's index need no plan for each value: a list with a LIMIT would be
            // planned each time, which costs more than to run it. Not on Citus, where it takes the value to find the node.
            if isShared, configuration.contextForm == .parameter {
                settings.append("-c plan_cache_mode=force_generic_plan")
            }
            options["options"] = ([parsed.options["options"]].compactMap { $0 } + settings).joined(separator: " ")
        }
        connectTimeout =
            options["connect_timeout"].flatMap { Int($0) }.map { .seconds($0) } ?? configuration.connectTimeout
        self.options = options
        endpoints = parsed.endpoints
        preparesStatements = configuration.preparesStatements
        statementLimit = configuration.statementsPerConnection
        contextForm = configuration.contextForm
        self.mustObeyPolicies = mustObeyPolicies
        silenceLimit = statementTimeout == .zero ? nil : statementTimeout + .seconds(5)
    }

    /// A server that vanished without a word is noticed within seconds, not hours. No Kerberos unless asked for.
    private static let defaults = [
        "application_name": "mastil", "client_encoding": "UTF8", "gssencmode": "disable", "keepalives_idle": "10",
        "keepalives_interval": "3", "keepalives_count": "3", "tcp_user_timeout": "10000",
    ]

    /// Begins to connect; nothing when memory is short.
    func start(at endpoint: Endpoint) -> OpaquePointer? {
        var options = self.options
        options["host"] = endpoint.host
        options["hostaddr"] = endpoint.address
        options["port"] = endpoint.port
        let pairs = options.map { (CString($0.key), CString($0.value)) }
        var keywords = pairs.map { UnsafePointer($0.0.start) as UnsafePointer<CChar>? } + [nil]
        var values = pairs.map { UnsafePointer($0.1.start) as UnsafePointer<CChar>? } + [nil]
        let connection = withExtendedLifetime(pairs) { PQconnectStartParams(&keywords, &values, 0) }
        // Notices would go to standard error; what matters comes as an error.
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        return connection
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
    var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
