/// Where the database is and how it may be used. Connections are counted for each loop.
package struct DatabaseConfiguration: Sendable {
    /// How libpq is told of the server and of the role: `host=a,b dbname=mastil user=mastil_app …` or a URI.
    /// Of several hosts the first that suits (`target_session_attrs=read-write`) is taken.
    package var tenants: String
    package var platform: String
    /// Not through a transaction pooler, which forgets who listens. The platform's when not given.
    package var listening: String?

    /// Connections that many callers share, and how many calls may be under way on each.
    package var sharedConnections = 2
    package var callsPerConnection = 32
    /// Connections lent to one transaction or stream at a time; opened when first needed.
    package var exclusiveConnections = 4
    package var platformSharedConnections = 1
    package var platformExclusiveConnections = 2

    /// How many may wait for a place on a loop, and how many of one tenant; the others are told at once.
    package var queueLimit = 2048
    package var tenantQueueLimit = 512
    /// What of the places, of either kind, one tenant may hold at a time.
    package var tenantShare = 0.5
    /// How long a caller waits for a place.
    package var patience = Duration.seconds(2)

    /// Short where others wait behind a statement. Not set through a transaction pooler: there the roles' own hold.
    package var sharedStatementTimeout = Duration.seconds(5)
    package var exclusiveStatementTimeout = Duration.seconds(60)
    package var idleTransactionTimeout = Duration.seconds(15)
    /// For each host, unless the connection string has a `connect_timeout`.
    package var connectTimeout = Duration.seconds(3)

    /// Off behind a pooler that lends connections by transaction (pgbouncer before 1.21). Each shared connection then has
    /// one call under way, and nothing is cancelled on the server: give it more connections.
    package var preparesStatements = true
    package var statementsPerConnection = 512
    package var contextForm = ContextForm.parameter

    package enum ContextForm: Sendable {
        /// `set_config` and the statements up to one Sync, which are a transaction by themselves.
        case parameter
        /// `BEGIN; SET LOCAL … = '…'; …; COMMIT`, for Citus, which hands on to its workers nothing else.
        case literal
    }

    package init(tenants: String, platform: String) {
        self.tenants = tenants
        self.platform = platform
    }
}
