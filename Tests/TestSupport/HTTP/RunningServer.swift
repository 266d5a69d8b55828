import Addresses
import Glibc
import HTTP
import Loop

/// A server on a port of its own, for one test.
package struct RunningServer: Sendable {
    package let server: Server
    package let loops: Loops
    /// Threads that may block, for clients.
    package let clients: BlockingPool

    package var address: ListenAddress { server.addresses[0] }

    package static func run<Result>(
        _ configuration: ServerConfiguration = ServerConfiguration(listeners: [.init(.ip(.loopback, port: 0))]),
        loops count: Int = 1, onExchange: @escaping @Sendable (Exchange) -> Void = { _ in },
        handler: @escaping @Sendable (Request) async -> Response,
        _ test: (RunningServer) async throws -> Result
    ) async throws -> Result {
        signal(SIGPIPE, SIG_IGN)
        // Many of them run at a time; a shell's usual limit is 1024.
        _ = ProcessFacts.allowDescriptors(8192)
        let loops = Loops(count: count)
        loops.start()
        let server = Server(configuration, loops: loops, onExchange: onExchange, handler: handler)
        try server.start()
        let running = RunningServer(
            server: server, loops: loops, clients: BlockingPool(threads: 4, queueLimit: 1000, name: "clients"))
        do {
            let result = try await test(running)
            await server.drain(within: .milliseconds(200))
            loops.stop()
            return result
        } catch {
            await server.drain(within: .zero)
            loops.stop()
            throw error
        }
    }

    /// Does something with a socket of its own, off the loops.
    package func client<Result: Sendable>(_ use: @escaping @Sendable (RawClient) throws -> Result) async throws
        -> Result
    {
        try await clients.run { [address] in try use(try RawClient(to: address)) }
    }
}
