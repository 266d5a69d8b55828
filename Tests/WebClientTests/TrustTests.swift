import Addresses
import Glibc
import Loop
import Testing

@testable import WebClient

@Suite struct TrustTests {
    private let resolver = Resolver { _ in [IPAddress("127.0.0.1")!] }

    @Test func `a server is believed by the authority or the key that was asked for`() async throws {
        let server = try RawServer(TLSFixture.script)
        try await withClient(resolver: resolver) { client, _ in
            try await TLSFixture.withFile(TLSFixture.certificate) { file in
                for trust in [
                    WebRequest.Trust.authorities(file: file), .publicKey(sha256: TLSFixture.publicKey), .anyone,
                ] {
                    for host in ["127.0.0.1", "box.example"] {
                        let request = WebRequest(
                            "GET", "https://\(host):\(server.port)/", egress: .test(server.port), trust: trust)
                        let answer = try await client.send(request)
                        #expect(answer.body == Array("safe".utf8))
                    }
                }
            }
        }
    }

    @Test(arguments: ["system", "another name", "another key", "no key", "no file"])
    func `a server that does not prove who it is gets no request`(doubt: String) async throws {
        let server = try RawServer(TLSFixture.script)
        try await withClient(resolver: resolver) { client, _ in
            try await TLSFixture.withFile(TLSFixture.certificate) { file in
                let trust: WebRequest.Trust =
                    switch doubt {
                    case "another name": .authorities(file: file)
                    case "another key": .publicKey(sha256: "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=")
                    case "no key": .publicKey(sha256: "")
                    case "no file": .authorities(file: file + "-not-there")
                    default: .system
                    }
                let host = doubt == "another name" ? "other.example" : "box.example"
                let request = WebRequest(
                    "GET", "https://\(host):\(server.port)/", egress: .test(server.port), trust: trust)
                let error = await failure { try await client.send(request) }
                guard case .untrusted(let reason) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(!reason.isEmpty)
            }
        }
    }

    /// Otherwise whoever needs no proof would open the way for whoever does.
    @Test func `a connection made without proof is not used by a request that needs it`() async throws {
        let server = try RawServer(TLSFixture.script)
        try await withClient(resolver: resolver) { client, _ in
            for (trust, isAnswered) in [(WebRequest.Trust.anyone, true), (.system, false), (.anyone, true)] {
                let request = WebRequest(
                    "GET", "https://box.example:\(server.port)/", egress: .test(server.port), trust: trust)
                let error = await failure { try await client.send(request) }
                #expect((error == nil) == isAnswered)
            }
        }
    }

    @Test func `a public server always has to prove who it is`() async throws {
        try await withClient(resolver: resolver) { client, _ in
            let request = WebRequest("GET", "https://example.com/", egress: .publicOnly(), trust: .anyone)
            guard case .badRequest = await failure({ try await client.send(request) }) else {
                Issue.record("it was sent")
                return
            }
        }
    }

    @Test func `a server without TLS is not spoken to`() async throws {
        let server = try RawServer { peer in
            _ = peer.readHead()
            peer.answer()
        }
        try await withClient(resolver: resolver) { client, _ in
            let request = WebRequest(
                "GET", "https://box.example:\(server.port)/", egress: .test(server.port), trust: .anyone,
                deadline: .milliseconds(300))
            #expect(await failure { try await client.send(request) } != nil)
        }
    }
}
