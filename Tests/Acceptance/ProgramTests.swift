import Glibc
import JSON
import Loop
import TestSupport
import Testing

/// The API as programs use it, through sockets.
@Suite struct ProgramTests {
    private static func writer(_ mastil: RunningMastil, of slug: String = "norte") async throws -> Visitor {
        let token = try await mastil.installation.mastil(
            "token", "create", slug, "--name", "altas", "--permission", "customers.read", "--permission",
            "customers.write")
        return mastil.visitor(of: slug).with("Authorization", "Bearer \(token)")
    }

    /// The answer is lost, the process dies, the program asks again.
    @Test func `what was done is not done again by the next process, which gives the same answer`() async throws {
        try await Installation.with { installation in
            let (token, lost) = try await RunningMastil.run("serve", for: installation) { mastil in
                try await mastil.waitUntilReady()
                let program = try await Self.writer(mastil).with("Idempotency-Key", "alta-1")
                let lost = try await program.send("POST", "/api/v1/customers", json: #"{"name":"Una Sola"}"#)
                try await mastil.send(SIGKILL)
                return (program.headers["Authorization"], lost)
            }
            try await RunningMastil.serve(installation) { mastil in
                let program = mastil.visitor(of: "norte").with("Authorization", token).with("Idempotency-Key", "alta-1")
                let answer = try await program.send("POST", "/api/v1/customers", json: #"{"name":"Una Sola"}"#)
                #expect(answer.status == 201 && answer["idempotency-replayed"] == "true")
                #expect(lost.status == 201 && answer.body == lost.body && answer.location == lost.location)
                #expect(try answer.json["number"] == .integer(121))
                #expect(try await installation.sql("SELECT 1 FROM customers WHERE name = 'Una Sola'").count == 1)
                let other = try await program.send("POST", "/api/v1/customers", json: #"{"name":"Otra"}"#)
                #expect(other.status == 422)
            }
        }
    }

    @Test func `a program beyond its quota is told when to come back`() async throws {
        try await Installation.with { installation in
            let settings = ["MASTIL_API_TOKEN_RATE": "2", "MASTIL_API_TENANT_RATE": "0"]
            try await RunningMastil.serve(installation, settings: settings) { mastil in
                let program = try await Self.writer(mastil)
                #expect(try await program.get("/api/v1/customers")["ratelimit"] == #""token";r=1;t=30"#)
                _ = try await program.get("/api/v1/customers")
                let refused = try await program.get("/api/v1/customers")
                #expect(refused.status == 429 && refused.isProblem)
                #expect(refused["ratelimit-policy"] == #""token";q=2;w=60"#)
                #expect(refused["retry-after"].flatMap { Int($0) }.map { (25...30).contains($0) } == true)
                #expect(try await Self.writer(mastil).get("/api/v1/customers").status == 200)
                #expect(try await mastil.visitor(of: "norte").get("/api/v1").status == 200)
            }
        }
    }

    @Test func `what was read and did not change is not sent again`() async throws {
        try await Installation.with { installation in
            try await RunningMastil.serve(installation) { mastil in
                let program = try await Self.writer(mastil)
                let path = "/api/v1/customers/\(try await installation.customer(1, of: "norte").id)"
                let read = try await program.get(path)
                let again = try await program.with("If-None-Match", read["etag"]).get(path)
                #expect(again.status == 304 && again.body.isEmpty)
                let page = try await mastil.visitor(of: "norte").with("Accept", "text/html").get("/api/v1/docs")
                #expect(page.status == 200 && page.isPage)
                #expect(page.text.contains("API de Norte Inalámbrico"))
                let description = try await mastil.visitor(of: "sur").get("/api/v1/openapi.json")
                #expect(try description.json.text("openapi") == "3.1.0")
                #expect(try await mastil.visitor(of: "sur").head("/api/v1/openapi.json").status == 200)
            }
        }
    }
}
