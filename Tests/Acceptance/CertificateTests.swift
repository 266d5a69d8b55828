import Glibc
import Loop
import TestSupport
import Testing

@Suite struct CertificateTests {
    /// Makes a host a certificate and key that vouch for themselves.
    private func certify(_ host: String, named name: String, in directory: String) async throws {
        _ = try await Programs.shell(
            """
            mkdir -p "$2"
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1 of Mastil" \\
                -addext "subjectAltName=DNS:$1" -keyout "$2/new.key" -out "$2/new.crt" 2>/dev/null
            cp "$2/new.crt" "$2/../$3.pem"
            mv "$2/new.key" "$2/$1.key"
            mv "$2/new.crt" "$2/$1.crt"
            """, host, directory, name)
    }

    /// What `curl` gets that trusts this one certificate and no other; nil when it does not trust the server.
    private func ask(_ host: String, trusting name: String, _ installation: Installation) async throws -> String? {
        let outcome = try await Programs.run(
            "curl",
            [
                "-sS", "--noproxy", "*", "--max-time", "10", "--resolve", "\(host):\(installation.port):127.0.0.1",
                "--cacert", "\(installation.directory)/\(name).pem", "https://\(host):\(installation.port)/api/v1",
            ])
        // 60: the certificate is not vouched for.
        guard [0, 60].contains(outcome.status) else { throw Failed("curl: \(outcome.errors)") }
        return outcome.status == 0 ? outcome.output : nil
    }

    @Test func `each tenant shows its own certificate, also one renewed meanwhile`() async throws {
        try await Installation.with { installation in
            let directory = "\(installation.directory)/certificates"
            for slug in Installation.tenants {
                try await certify("\(slug).localhost", named: slug, in: directory)
            }
            try await RunningMastil.serve(installation, settings: ["MASTIL_CERTIFICATES": directory]) { mastil in
                #expect(try await ask("norte.localhost", trusting: "norte", installation)?.contains("MXN") == true)
                #expect(try await ask("sur.localhost", trusting: "sur", installation)?.contains("PEN") == true)
                #expect(try await ask("sur.localhost", trusting: "norte", installation) == nil)

                try await certify("sur.localhost", named: "renewed", in: directory)
                #expect(try await ask("sur.localhost", trusting: "renewed", installation) == nil)
                try await mastil.send(SIGHUP)
                try await eventually("the renewed certificate") {
                    try await ask("sur.localhost", trusting: "renewed", installation)?.contains("PEN") == true
                }
                #expect(try await ask("sur.localhost", trusting: "sur", installation) == nil)
                #expect(try await ask("norte.localhost", trusting: "norte", installation)?.contains("MXN") == true)

                // Files that cannot be used leave those in use in place, and say so.
                try installation.write("no certificate", to: "certificates/sur.localhost.crt")
                try await mastil.send(SIGHUP)
                try await eventually("the complaint") { mastil.log.contains("certificates_not_read") }
                #expect(try await ask("sur.localhost", trusting: "renewed", installation)?.contains("PEN") == true)
            }
        }
    }

    @Test func `a session over TLS is kept from plain connections`() async throws {
        try await Installation.with { installation in
            let directory = "\(installation.directory)/certificates"
            try await certify("norte.localhost", named: "norte", in: directory)
            let settings = ["MASTIL_CERTIFICATES": directory]
            try await RunningMastil.serve(installation, settings: settings) { mastil in
                let link = try await Programs.mastil(
                    ["tenant", "sign-in", "norte"], environment: installation.environment.merging(settings) { $1 })
                #expect(link.output.hasPrefix("https://norte.localhost:\(installation.port)/panel/enter/"))
                let answer = try await Programs.shell(
                    "curl -sS -i --noproxy '*' -X POST --cacert \"$1\" \"$2\"", "\(installation.directory)/norte.pem",
                    link.answer)
                let cookie = try #require(answer.firstMatch(of: /Set-Cookie: (__Host-sid=[^;]+); (.*)/))
                #expect(cookie.output.2.hasPrefix("Path=/; HttpOnly; SameSite=Lax; Secure"))
                let page = try await Programs.shell(
                    "curl -sS --noproxy '*' --cacert \"$1\" -H \"Cookie: $2\" \"$3\"",
                    "\(installation.directory)/norte.pem", String(cookie.output.1),
                    "https://norte.localhost:\(installation.port)/panel/customers")
                #expect(page.contains("<h1>Lista de clientes</h1>"))
            }
        }
    }
}
