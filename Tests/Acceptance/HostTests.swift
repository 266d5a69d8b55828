import Glibc
import HTTP
import Loop
import TestSupport
import Testing

/// Names: which of them are somebody's, and what a stranger learns of the others.
@Suite(.servingMastil, .serialized) struct HostTests {
    let mastil = RunningMastil.current

    private func ask(_ head: String) async throws -> RawResponse {
        let address = mastil.visitor(of: "norte").address
        return try await Visitor.threads.run {
            let client = try RawClient(to: address)
            try client.send(head)
            return try client.response()
        }
    }

    @Test(arguments: [
        "GET /panel HTTP/1.1\r\nHost: norte.localhost.\r\nConnection: close\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: nadie.localhost\r\nConnection: close\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: nadie.localhost\r\nX-Forwarded-Host: norte.localhost\r\nConnection: close\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: norte.localhost.evil.example\r\nConnection: close\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: xn--nrte-6qa.localhost\r\nConnection: close\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    ])
    func `a name that is nobody's is misdirected and hints at no company`(head: String) async throws {
        let answer = try await ask(head)
        #expect(answer.status == 421)
        for name in ["norte", "Norte", "sur", "Sur", "Mastil", "mastil"] {
            #expect(!answer.text.contains(name))
            #expect(!answer.headers.contains { $0.value.contains(name) })
        }
    }

    @Test(arguments: [
        "GET http://nadie.localhost/panel HTTP/1.1\r\nHost: norte.localhost\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: norte.localhost\r\nHost: sur.localhost\r\n\r\n", "GET /panel HTTP/1.1\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: norte.localhost,sur.localhost\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: sur.localhost@norte.localhost\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: norte.localhost:80:80\r\n\r\n",
        "GET /panel HTTP/1.1\r\nHost: nörte.localhost\r\n\r\n",
    ])
    func `what is no host at all is refused`(head: String) async throws {
        let answer = try await ask(head)
        #expect(answer.status == 400)
    }

    @Test func `a port and great letters change nothing about whose a name is`() async throws {
        let answer = try await ask("GET /panel HTTP/1.1\r\nHost: NORTE.localhost:6666\r\nConnection: close\r\n\r\n")
        #expect(answer.status == 401 && !answer.text.contains("6666"))
    }

    @Test func `a certificate is wanted for names that are served, and for no others`() async throws {
        let installation = mastil.installation
        try installation.write(
            Installation.norte.replacing("demo:", with: "domains: [\"clientes.norte.example\"], demo:"),
            to: "norte-domain/tenant.json")
        _ = try await installation.mastil("tenant", "apply", "\(installation.directory)/norte-domain")
        func status(_ name: String) async throws -> Int {
            Int(try await mastil.operators.get("/internal/tls?domain=\(name)").status)
        }
        try await eventually("the domain is served") { try await status("clientes.norte.example") == 200 }
        #expect(try await status("norte.localhost") == 200)
        for name in ["", "localhost", "nadie.localhost", "evil.example", "norte.localhost.", "NORTE.localhost"] {
            #expect(try await status(name) == 404, "\(name)")
        }
        #expect(try await mastil.visitor(of: "norte").get("/internal/tls?domain=norte.localhost").status == 404)
        let own = mastil.visitor(of: "norte").asking(at: "clientes.norte.example")
        #expect(try await own.get("/api/v1").json.text("company") == "Norte Inalámbrico")
        #expect(try await own.get("/assets/brand.css").text.contains("--brand:#0b6e4f"))
        try installation.write(
            Installation.norte.replacing("demo:", with: "domains: [], demo:"), to: "norte-domain/tenant.json")
        let said = try await installation.mastil("tenant", "apply", "\(installation.directory)/norte-domain")
        #expect(said == "norte: domain - clientes.norte.example")
        try await eventually("the domain is gone") { try await status("clientes.norte.example") == 404 }
        #expect(try await own.get("/api/v1").status == 421)
    }
}
