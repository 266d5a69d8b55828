import Addresses
import Glibc
import HTTP
import Loop
import TestSupport
import Testing

/// What becomes of what was done when the process that did it is gone.
@Suite struct RecordTests {
    @Test func `an act whose process is killed before it could tell is told by another, once`() async throws {
        try await Installation.with { installation in
            let token = try await installation.mastil(
                "token", "create", "norte", "--name", "prueba", "--permission", "customers.read", "--permission",
                "customers.write", "--permission", "events.read")
            let (port, internalPort) = (FreePort.take(), FreePort.take())
            let customer = try await installation.customer(7, of: "norte")
            try await RunningMastil.serve(installation) { other in
                try await eventually("all is sealed") {
                    try await installation.sql("SELECT FROM unsealed_events").isEmpty
                }
                let listener = other.visitor(of: "norte").with("Authorization", "Bearer \(token)").with("If-Match", "*")
                let stream = try await listener.listen("/api/v1/events/stream")
                let settings = [
                    "MASTIL_LISTEN": "127.0.0.1:\(port)", "MASTIL_INTERNAL_LISTEN": "127.0.0.1:\(internalPort)",
                ]
                try await RunningMastil.run("serve", for: installation, settings: settings) { killed in
                    try await eventually("it listens") { killed.says("listening") }
                    // Nobody can seal, so nothing is told before the process is gone.
                    let lock = try await installation.lockRows(of: "event_heads")
                    let writer = Visitor(address: .ip(.loopback, port: port), host: "norte.localhost:\(port)").with(
                        "Authorization", "Bearer \(token)"
                    ).with("If-Match", "*")
                    let answer = try await writer.send(
                        "PATCH", "/api/v1/customers/\(customer.id)", json: #"{"name":"Alguien más"}"#)
                    #expect(answer.status == 200)
                    try await killed.send(SIGKILL)
                    _ = try await killed.ended()
                    #expect(try await installation.sql("SELECT FROM unsealed_events").count == 1)
                    try await lock.release()
                }
                let text = try await stream.read(until: "Alguien más")
                #expect(text.contains("event: customer.changed"))
                // What happens afterwards is the next that is told.
                _ = try await listener.send(
                    "PATCH", "/api/v1/customers/\(customer.id)", json: #"{"name":"Otra vez"}"#)
                let rest = try await stream.read(until: "Otra vez")
                #expect((text + rest).ranges(of: "event: customer.changed").count == 2)
            }
            #expect(try await installation.mastil("audit", "verify", "--tenant", "norte").contains("ok  norte"))
        }
    }
}

/// An answer that does not end.
private final class OpenStream: @unchecked Sendable {
    // Unchecked: used by one thread at a time.
    private let client: RawClient
    private var text = ""

    init(_ client: RawClient) { self.client = client }

    /// What came since the last reading, up to and with these words.
    func read(until words: String) async throws -> String {
        try await Visitor.threads.run {
            let deadline = Monotonic.read() + .seconds(60)
            while !self.text.contains(words) {
                guard Monotonic.read() < deadline else { throw Failed("'\(words)' never came: \(self.text)") }
                let more = try self.client.receive()
                guard !more.isEmpty else { throw Failed("The stream ended: \(self.text)") }
                self.text += String(decoding: more, as: UTF8.self)
            }
            defer { self.text = "" }
            return self.text
        }
    }
}

extension Visitor {
    fileprivate func listen(_ path: String) async throws -> OpenStream {
        let stream = try await Self.threads.run { [address, head = request("GET", path)] in
            let client = try RawClient(to: address)
            try client.send(head + "\r\n")
            return OpenStream(client)
        }
        _ = try await stream.read(until: "retry:")
        return stream
    }
}
