import CPostgres
import Loop

/// How connections of one kind are made. Loop-confined, since it remembers the host that answered last.
final class ConnectionPlan {
    let options: [String: String]
    let endpoints: [Endpoint]
    /// The endpoint to try first: after a failover, the new primary.
    var favourite = 0
    /// When the server last reported a full disk.
    var diskFullAt: Monotonic?
    let connectTimeout: Duration
    let preparesStatements: Bool
    let statementLimit: Int
    let contextForm: DatabaseConfiguration.ContextForm
    /// Whether the role must be subject to row-level security.
    let mustObeyPolicies: Bool
    /// A server that leaves a call unanswered for this long is taken for dead.
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
                // Policies make millisecond statements look expensive, and JIT compilation takes seconds.
                "-c jit=off",
                // Schema functions skip NOTIFY: `CommitFollower` sends it afterwards.
                "-c app.announces=after_commit",
            ]
            // Short statements on a tenant's index need no custom plan: a list with a LIMIT would be planned each time,
            // which costs more than running it. Not on Citus, which needs the value to find the node.
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

    /// Keep-alives that detect a vanished server within seconds, not hours. No Kerberos unless asked for.
    private static let defaults = [
        "application_name": "mastil", "client_encoding": "UTF8", "gssencmode": "disable", "keepalives_idle": "10",
        "keepalives_interval": "3", "keepalives_count": "3", "tcp_user_timeout": "10000",
    ]

    /// Starts connecting; nil when out of memory.
    func start(at endpoint: Endpoint) -> OpaquePointer? {
        var options = self.options
        options["host"] = endpoint.host
        options["hostaddr"] = endpoint.address
        options["port"] = endpoint.port
        let pairs = options.map { (CString($0.key), CString($0.value)) }
        var keywords = pairs.map { UnsafePointer($0.0.start) as UnsafePointer<CChar>? } + [nil]
        var values = pairs.map { UnsafePointer($0.1.start) as UnsafePointer<CChar>? } + [nil]
        let connection = withExtendedLifetime(pairs) { PQconnectStartParams(&keywords, &values, 0) }
        // Notices would go to stderr; what matters comes as an error.
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        return connection
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
    var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
