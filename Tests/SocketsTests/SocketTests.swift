import Addresses
import Loop
import Testing

@testable import Sockets

@Suite struct SocketTests {
    @Test func `what is sent arrives, in the clear and without a certificate`() async throws {
        for isEncrypted in [false, true] {
            #expect(
                try await echo(isEncrypted ? (TLSContext(server: nil), TLSContext(client: .anonymous)) : nil) == 300_000
            )
        }
    }

    @Test func `nobody at the port is told as that`() async throws {
        try await withLoop { loop in
            let error: SocketError? = await withUnsafeContinuation { continuation in
                loop.perform {
                    do throws(SocketError) {
                        let socket = try SocketConnection(to: .loopback, port: 9, on: loop)
                        socket.onEnd = { continuation.resume(returning: $0) }
                    } catch {
                        continuation.resume(returning: error)
                    }
                }
            }
            #expect(error == .notConnected("Connection refused"))
        }
    }

    @Test func `what was not sent is dropped where the connection is closed so`() async throws {
        try await withLoop { loop in
            let counts: (queued: UInt64, sent: UInt64) = await withUnsafeContinuation { continuation in
                loop.perform {
                    guard let listener = try? SocketListener(at: .loopback, port: 0, on: loop, { _, _ in }),
                        let socket = try? SocketConnection(to: .loopback, port: listener.port, on: loop)
                    else { return continuation.resume(returning: (0, 1)) }
                    socket.onOpen = {
                        socket.send([1, 2, 3])
                        socket.close(.unsent)
                        continuation.resume(returning: (socket.queuedCount, socket.sentCount))
                        listener.close()
                    }
                }
            }
            #expect(counts == (3, 0))
        }
    }

    /// How many bytes come back of 300,000.
    private func echo(_ contexts: (server: TLSContext, client: TLSContext)?) async throws -> Int {
        try await withLoop { loop in
            await withUnsafeContinuation { continuation in
                loop.perform {
                    let listener = try? SocketListener(at: .loopback, port: 0, on: loop) { descriptor, _ in
                        let socket = SocketConnection(descriptor, encryptedBy: contexts?.server, on: loop)
                        socket.onInput = { socket.send(Array($0)) }
                    }
                    guard let listener,
                        let socket = try? SocketConnection(
                            to: .loopback, port: listener.port, encryptedBy: contexts?.client, on: loop)
                    else { return continuation.resume(returning: -1) }
                    var count = 0
                    socket.onOpen = { for _ in 0..<3 { socket.send([UInt8](repeating: 7, count: 100_000)) } }
                    socket.onInput = { bytes in
                        count += bytes.count
                        guard count >= 300_000 else { return }
                        socket.close()
                        listener.close()
                        continuation.resume(returning: count)
                    }
                }
            }
        }
    }

    private func withLoop<Outcome: Sendable>(
        _ use: @escaping @Sendable (EventLoop) async throws -> Outcome
    ) async throws -> Outcome {
        let loop = EventLoop(name: "test")
        loop.start()
        defer { loop.stop() }
        return try await loop.run { try await use(loop) }
    }
}
