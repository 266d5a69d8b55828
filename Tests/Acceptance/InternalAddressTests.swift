import HTTP
import Loop
import TestSupport
import Testing

@Suite(.servingMastil) struct InternalAddressTests {
    let mastil = RunningMastil.current

    @Test func `a collector can read the metrics`() async throws {
        let answer = try await mastil.operators.get("/metrics")
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        let metrics = try Metrics(answer.text)
        #expect(metrics.families.values.allSatisfy { !$0.samples.isEmpty })
        let buckets = try #require(metrics.families["mastil_http_seconds"]).samples.filter {
            $0.name.hasSuffix("_bucket")
        }
        #expect(buckets.last?.labels == #"le="+Inf""#)
        #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
    }

    @Test func `what is served is counted`() async throws {
        let person = try await mastil.person(of: "norte")
        let before = try await mastil.reading("mastil_http_responses")
        for _ in 0..<5 { _ = try await person.get("/panel/customers") }
        try await eventually("five answers more") { try await mastil.reading("mastil_http_responses") >= before + 5 }
        #expect(try await mastil.reading("mastil_database_connections") > 0)
        #expect(try await mastil.reading("mastil_database_lost_connections") == 0)
    }

    @Test func `connections of clients are counted while they last`() async throws {
        let address = mastil.visitor(of: "norte").address
        let clients = try await Visitor.threads.run { try Clients(20, at: address) }
        try await eventually("twenty clients") { try await mastil.reading("mastil_http_connections") >= 20 }
        clients.leave()
        try await eventually("no client but the collector") {
            try await mastil.reading("mastil_http_connections") < 20
        }
    }

    @Test func `health names what is needed`() async throws {
        let answer = try await mastil.operators.get("/health/ready")
        #expect(answer.status == 200)
        // It serves, and says that nobody has backed it up yet.
        #expect(try answer.json.text("status") == "degraded")
        #expect(answer.text.contains("there is no backup of the database"))
        #expect(answer.text.contains(#""name":"postgresql","status":"ok""#))
        let page = try await mastil.operators.with("Accept", "text/html").get("/health/ready")
        #expect(page.isPage && page.text.contains("<td>postgresql</td>"))
        #expect(try await mastil.operators.get("/health/live").status == 200)
    }

    @Test(arguments: ["/metrics", "/health/ready", "/health/live"])
    func `the public is told nothing of the machine`(path: String) async throws {
        #expect(try await mastil.visitor(of: "norte").get(path).status == 404)
        #expect(try await mastil.program(of: "norte").get(path).status == 404)
        let stranger = try await mastil.visitor(of: "norte").asking(at: "127.0.0.1").get(path)
        #expect(stranger.status == 421)
    }

    @Test(arguments: ["/panel/customers", "/api/v1", "/"])
    func `no tenant answers at the internal address`(path: String) async throws {
        let visitor = try await mastil.person(of: "norte")
        let inside = Visitor(address: mastil.operators.address, host: visitor.host, headers: visitor.headers)
        #expect(try await inside.get(path).status == 404)
    }
}

/// Connections that say nothing.
private final class Clients: @unchecked Sendable {
    // Unchecked: made by one thread, then given up by another.
    private var clients: [RawClient]

    init(_ count: Int, at address: ListenAddress) throws {
        clients = try (0..<count).map { _ in try RawClient(to: address) }
    }

    func leave() { clients = [] }
}
