import HTTP
import Postgres
import Telemetry

/// The program's own metrics.
struct Meters: Sendable {
    private let metrics: Metrics
    private let database: Database
    private let log: LogOutput
    private let answers: [Counter]
    private let durations: Histogram
    private let connections: Gauge
    private let callsInFlight: Gauge
    private let callsWaiting: Gauge
    private let transactions: Gauge
    private let lostConnections: Gauge

    init(database: Database, log: LogOutput) {
        let metrics = Metrics()
        self.metrics = metrics
        self.database = database
        self.log = log
        answers = ["2xx", "3xx", "4xx", "5xx"].map {
            metrics.counter("mastil_http_responses", "Answers given.", ["class": $0])
        }
        durations = metrics.histogram("mastil_http_seconds", "From a request's head to its answer's end.")
        connections = metrics.gauge("mastil_database_connections", "Connections to PostgreSQL.")
        callsInFlight = metrics.gauge("mastil_database_calls", "Calls sent to PostgreSQL and not yet answered.")
        callsWaiting = metrics.gauge("mastil_database_waiting", "Callers that wait for a place on a connection.")
        transactions = metrics.gauge("mastil_database_transactions", "Transactions on connections of their own.")
        lostConnections = metrics.gauge("mastil_database_lost_connections", "Connections lost since the start.")
        metrics.counter("mastil_log_dropped", "Log lines lost because nobody read them.") { log.dropped }
    }

    func note(_ exchange: Exchange) {
        durations.observe(exchange.duration)
        guard let code = exchange.status?.code, (200..<600).contains(code) else { return }
        answers[code / 100 - 2].add()
    }

    /// The server is created after its meters.
    func watch(_ server: Server) {
        metrics.gauge("mastil_http_connections", "Connections of clients.") { [weak server] in
            Double(server?.statistics.open ?? 0)
        }
    }

    func refresh() async {
        let statistics = await database.statistics()
        connections.set(statistics.connections)
        callsInFlight.set(statistics.inFlight)
        callsWaiting.set(statistics.waiting)
        transactions.set(statistics.transactions)
        lostConnections.set(statistics.lostConnections)
    }

    func render() -> [UInt8] { metrics.render() }
}
