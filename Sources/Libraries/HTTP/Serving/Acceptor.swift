import Addresses
import CSystem
import Glibc
import Loop
import Synchronization

/// Accepts the connections of one listening socket and gives each to the loop with the fewest.
final class Acceptor: ReadinessHandler, @unchecked Sendable {
    // Unchecked: touched on its loop only.
    let socket: ListeningSocket
    private let listener: ServerConfiguration.Listener
    private let loop: EventLoop
    private let workers: [Worker]
    private let places: ConnectionPlaces
    private var spare: Int32

    init(
        _ socket: ListeningSocket, for listener: ServerConfiguration.Listener, workers: [Worker],
        places: ConnectionPlaces
    ) {
        self.socket = socket
        self.listener = listener
        self.workers = workers
        self.places = places
        loop = workers[0].loop
        spare = Self.openSpare()
    }

    func start() { loop.add(socket.descriptor, handler: self, for: [.input]) }

    func isReady(for readiness: Readiness) {
        // The rest waits for the next round, so that open connections are served first.
        for _ in 0..<64 where !acceptOne() { return }
    }

    /// Accepts the connections already in the queue, then stops listening.
    func stop() {
        for _ in 0..<4096 where !acceptOne() { break }
        loop.remove(socket.descriptor)
        socket.close()
        Glibc.close(spare)
    }

    private func acceptOne() -> Bool {
        var name = SocketAddress()
        let descriptor = name.accept(from: socket.descriptor)
        guard descriptor >= 0 else {
            if errno == EMFILE || errno == ENFILE { return turnAwayWithSpare() }
            return errno == ECONNABORTED || errno == EINTR
        }
        let link = Link(
            peer: name.ip ?? .loopback, isLocal: name.ip == nil, isInternal: listener.isInternal,
            isEncrypted: listener.certificates != nil)
        guard places.enter(link) else {
            turnAway(descriptor)
            return true
        }
        give(descriptor, link)
        return true
    }

    private func give(_ descriptor: Int32, _ link: Link) {
        var chosen = workers[0]
        var fewest = Int.max
        for worker in workers {
            let open = worker.counters.open.load(ordering: .relaxed)
            if open < fewest { (chosen, fewest) = (worker, open) }
        }
        // Counted here, so that a burst is spread before any loop has woken up.
        chosen.counters.open.increment()
        chosen.counters.accepted.increment()
        let worker = chosen
        let certificates = listener.certificates?.current
        worker.loop.perform { worker.adopt(descriptor, link: link, certificates: certificates) }
    }

    /// Drops a connection by means of a spare descriptor: with none free, the queue could not be emptied and would wake
    /// the loop for ever.
    private func turnAwayWithSpare() -> Bool {
        Glibc.close(spare)
        var name = SocketAddress()
        let descriptor = name.accept(from: socket.descriptor)
        if descriptor >= 0 { turnAway(descriptor) }
        spare = Self.openSpare()
        places.turnedAway.increment()
        return descriptor >= 0
    }

    private func turnAway(_ descriptor: Int32) {
        let answer: StaticString =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        _ = write(descriptor, answer.utf8Start, answer.utf8CodeUnitCount)
        shutdown(descriptor, Int32(SHUT_WR))
        Glibc.close(descriptor)
    }

    private static func openSpare() -> Int32 { open("/dev/null", O_RDONLY | O_CLOEXEC) }
}
