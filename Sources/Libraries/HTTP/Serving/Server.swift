import Loop
import Synchronization

/// An HTTP/1.1 server on the loops of the program.
package final class Server: Sendable {
    private let loops: Loops
    private let workers: [Worker]
    private let places: ConnectionPlaces
    private let configuration: ServerConfiguration
    private let acceptors = Mutex<[Acceptor]>([])

    /// The handler answers every request and maps its own errors. `onExchange` is called on the request's loop once the
    /// answer has left, so it must be quick.
    package init(
        _ configuration: ServerConfiguration, loops: Loops,
        onExchange: @escaping @Sendable (Exchange) -> Void = { _ in },
        handler: @escaping @Sendable (Request) async -> Response
    ) {
        precondition(configuration.limits.head.bytes <= 1 << 16, "Places in a head are counted with sixteen bits")
        let places = ConnectionPlaces(limits: configuration.limits, proxies: configuration.trustedProxies)
        self.loops = loops
        self.configuration = configuration
        self.places = places
        workers = loops.all.map {
            Worker(
                loop: $0, configuration: configuration, blocking: loops.blocking, places: places, handler: handler,
                onExchange: onExchange)
        }
    }

    /// Where it listens, with the ports the system chose.
    package var addresses: [ListenAddress] { acceptors.withLock { $0.map(\.socket.address) } }

    package var statistics: ServerStatistics {
        var statistics = ServerStatistics()
        for worker in workers { worker.counters.add(to: &statistics) }
        statistics.turnedAway = places.turnedAway.load(ordering: .relaxed)
        return statistics
    }

    /// Binds the addresses that were not inherited and listens, at all of them or at none.
    package func start() throws(ServerError) {
        var sockets: [(ListeningSocket, ServerConfiguration.Listener)] = []
        do {
            for listener in configuration.listeners {
                if let inherited = listener.inherited {
                    sockets.append((inherited, listener))
                } else {
                    sockets.append((try ListeningSocket(listener.address), listener))
                }
            }
            for (socket, _) in sockets { try socket.listen() }
        } catch {
            for (socket, _) in sockets { socket.close() }
            throw error
        }
        let opened = sockets.map { socket, listener in
            Acceptor(socket, for: listener, workers: workers, places: places)
        }
        acceptors.withLock { $0 = opened }
        for worker in workers { worker.loop.perform { worker.start() } }
        loops.all[0].perform { for acceptor in opened { acceptor.start() } }
    }

    /// Stops accepting, lets running requests end within the span, then closes the rest.
    package func drain(within span: Duration) async {
        let deadline = Monotonic.read() + span
        let doors = acceptors.withLock { doors in
            defer { doors = [] }
            return doors
        }
        await onLoop(loops.all[0]) { for gate in doors { gate.stop() } }
        for worker in workers { await onLoop(worker.loop) { worker.beginDraining() } }
        while statistics.open > 0, Monotonic.read() < deadline {
            do { try await loops.here.sleep(for: .milliseconds(5)) } catch { break }
        }
        for worker in workers {
            await onLoop(worker.loop) {
                worker.closeAll()
                worker.stop()
            }
        }
    }

    private func onLoop(_ loop: EventLoop, _ call: @escaping @Sendable () -> Void) async {
        await withUnsafeContinuation { continuation in
            loop.submit {
                call()
                continuation.resume()
            }
        }
    }
}
