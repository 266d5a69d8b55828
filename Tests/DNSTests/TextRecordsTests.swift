import Loop
import TestSupport
import Testing

@testable import DNS

@Suite struct TextRecordsTests {
    private static let pool = BlockingPool(threads: 2, queueLimit: 20, name: "dns-tests")

    @Test func `the records of a name are read from a real server, long ones whole`() async throws {
        let long = String(repeating: "0123456789", count: 60)
        let known = ["_domain-proof.norte.mx": ["domain-proof=uno", "v=spf1 -all"], "larga.norte.mx": [long]]
        try await NameServer.serving(known) { server in
            let records = TextRecords(servers: server.address, on: Self.pool)
            let proofs = try await records.records(of: "_domain-proof.norte.mx")
            #expect(Set(proofs) == ["domain-proof=uno", "v=spf1 -all"])
            #expect(try await records.records(of: "larga.norte.mx") == [long])
            #expect(try await records.records(of: "nada.norte.mx").isEmpty)
            #expect(try await records.records(of: "norte.mx").isEmpty)
        }
    }

    @Test func `silence is no no`() async throws {
        // Nobody listens at the discard port of this address.
        let records = TextRecords(servers: "127.0.0.1:9", on: Self.pool)
        await #expect(throws: DNSError.self) { try await records.records(of: "norte.mx") }
        await #expect(throws: DNSError.badServers("nada:x:y")) {
            try await TextRecords(servers: "nada:x:y", on: Self.pool).records(of: "norte.mx")
        }
    }
}
