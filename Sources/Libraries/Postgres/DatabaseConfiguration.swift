/// The database's address and limits. Connections are counted for each loop.
package struct DatabaseConfiguration: Sendable {
    /// A libpq connection string for the server and role: `host=a,b dbname=mastil user=mastil_app …` or a URI. Of
    /// several hosts the first suitable one (`target_session_attrs=read-write`) is used.
    package var tenants: String
    package var platform: String
    /// Must not go through a transaction pooler, which loses LISTEN. Defaults to the platform's.
    package var listening: String?

    /// Connections shared by many callers, and how many calls may be in flight on each.
    package var sharedConnections = 2
    package var callsPerConnection = 32
    /// Connections lent to one transaction or stream at a time; opened on demand.
    package var exclusiveConnections = 4
    package var platformSharedConnections = 1
    package var platformExclusiveConnections = 2

    /// How many callers may wait on a loop, and how many of one tenant; more are refused at once.
    package var queueLimit = 2048
    package var tenantQueueLimit = 512
    /// One tenant's share of either kind of connection.
    package var tenantShare = 0.5
    /// How long a caller waits for a connection.
    package var patience = Duration.seconds(2)

    /// Short, since others wait behind a statement. Not set through a transaction pooler, where the roles' own timeout
    /// applies.
    package var sharedStatementTimeout = Duration.seconds(5)
    package var exclusiveStatementTimeout = Duration.seconds(60)
    package var idleTransactionTimeout = Duration.seconds(15)
    /// For each host, unless the connection string has `connect_timeout`.
    package var connectTimeout = Duration.seconds(3)

    /// False behind a transaction pooler (pgbouncer before 1.21). Then each shared connection has one call in flight
    /// and nothing is cancelled on the server: configure more connections.
    package var preparesStatements = true
    package var statementsPerConnection = 512
    package var contextForm = ContextForm.parameter

    package enum ContextForm: Sendable {
        /// `set_config` and the statements up to one Sync, which form a transaction.
        case parameter
        /// `BEGIN; SET LOCAL … = '…'; …; COMMIT`, the only form that Citus passes on to its workers.
        case literal
    }

    package init(tenants: String, platform: String) {
        self.tenants = tenants
        self.platform = platform
    }
}
