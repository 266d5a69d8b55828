import Addresses
import CSystem
import Glibc
import Identifiers
import Loop
import Synchronization

/// The part of a server on one loop: its connections, the Date line and the watch over slow clients.
final class Worker: @unchecked Sendable {
    // Unchecked: all but the counters is touched on the loop only.
    let loop: EventLoop
    let limits: ServerLimits
    let trustedProxies: [AddressRange]
    let believesForwardedHost: Bool
    let handler: @Sendable (Request) async -> Response
    let onExchange: @Sendable (Exchange) -> Void
    let uploads: UploadStore
    let board: WorkBoard?
    let places: ConnectionPlaces
    let counters = WorkerCounters()
    private(set) var date = DateLine()
    private(set) var isDraining = false
    private var drainBegan = Monotonic.never
    private var connections: [Connection] = []
    private var tick: EventLoop.Tick?
    // Request ids must be unique, not secret: a seed plus a counter saves two system calls a request.
    private let seed = Randomness.system.next()
    private var count: UInt64 = 0

    init(
        loop: EventLoop, configuration: ServerConfiguration, blocking: BlockingPool, places: ConnectionPlaces,
        handler: @escaping @Sendable (Request) async -> Response, onExchange: @escaping @Sendable (Exchange) -> Void
    ) {
        self.loop = loop
        limits = configuration.limits
        trustedProxies = configuration.trustedProxies
        believesForwardedHost = configuration.believesForwardedHost
        board = configuration.board
        self.places = places
        self.handler = handler
        self.onExchange = onExchange
        uploads = UploadStore(directory: configuration.uploadDirectory, blocking: blocking)
    }

    func start() {
        date.update()
        tick = loop.everyTick { [unowned self] in
            date.update()
            let now = Monotonic.read()
            // Backwards, since a removed connection's index goes to the last one.
            for index in connections.indices.reversed() where index < connections.count {
                connections[index].watch(now)
            }
        }
    }

    func stop() {
        if let tick { loop.cancel(tick) }
        tick = nil
    }

    func adopt(_ descriptor: Int32, link: Link, certificates: CertificateSet?) {
        let session = certificates.flatMap { TLSSession($0, descriptor: descriptor) }
        let transport = Transport(descriptor: descriptor, session: session)
        let connection = Connection(transport, link: link, worker: self)
        connection.index = connections.count
        connections.append(connection)
        loop.add(descriptor, handler: connection)
    }

    func forget(_ connection: Connection) {
        let last = connections.removeLast()
        if last !== connection {
            connections[connection.index] = last
            last.index = connection.index
        }
        counters.open.add(-1, ordering: .relaxed)
        places.leave(connection.link)
    }

    func newIdentifier() -> UUID {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        count += 1
        let milliseconds = UInt64(now.tv_sec) * 1000 + UInt64(now.tv_nsec) / 1_000_000
        return UUID(
            high: milliseconds << 16 | 0x7000 | seed >> 52, low: 1 << 63 | (seed &+ count &* 0x9E37_79B9_7F4A_7C15) >> 2
        )
    }
}

extension Worker {
    /// Runs the work with its request noted on the work board.
    func noting(_ request: Request, _ work: () async -> Void) async {
        guard let board else { return await work() }
        await board.track { slot in
            request.scope.slot = slot
            await work()
            request.scope.slot = nil
        }
    }
}

extension Worker {
    func beginDraining() {
        isDraining = true
        drainBegan = .read()
        for connection in connections { connection.drain() }
    }

    /// Whether idle connections have had their grace period.
    func isGraceOver(_ now: Monotonic) -> Bool { isDraining && now - drainBegan > limits.drainGrace }

    func closeAll() {
        for connection in connections.reversed() { connection.close() }
    }
}
