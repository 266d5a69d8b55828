import Addresses
import Loop
import Testing

@testable import WebClient

/// A client on a loop of its own, both gone afterwards.
func withClient<Outcome: Sendable>(
    resolver: Resolver = Resolver { _ in [] }, connectionLimitPerHost: Int = 64,
    _ use: @escaping @Sendable (HTTPClient, EventLoop) async throws -> Outcome
) async throws -> Outcome {
    let loop = EventLoop(name: "test")
    loop.start()
    defer { loop.stop() }
    let client = HTTPClient(on: loop, resolver: resolver, connectionLimitPerHost: connectionLimitPerHost)
    let outcome: Result<Outcome, any Error>
    do {
        outcome = .success(try await loop.run { try await use(client, loop) })
    } catch {
        outcome = .failure(error)
    }
    await client.close()
    return try outcome.get()
}

extension Egress {
    /// The loopback addresses of a test's server.
    static func test(_ ports: UInt16..., at range: String = "127.0.0.0/8") -> Egress {
        .devices([Reach(AddressRange(range)!, ports: Set(ports), evenSpecial: true)])
    }
}

/// Waits until it is so; a test that waits in vain says what for.
func eventually(
    _ what: String, on loop: EventLoop, sourceLocation: SourceLocation = #_sourceLocation,
    _ isSo: @Sendable () async throws -> Bool
) async throws {
    let end = Monotonic.read() + .seconds(60)
    while Monotonic.read() < end {
        if try await isSo() { return }
        try await loop.sleep(for: .milliseconds(5))
    }
    Issue.record("In vain: \(what)", sourceLocation: sourceLocation)
}

/// The error of a request that must fail.
func failure<Outcome>(_ work: () async throws -> Outcome) async -> WebError? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error as? WebError
    }
}
