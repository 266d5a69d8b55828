import Addresses
import Loop
import Sockets
import Time

/// The lab's loop side: its ports and connections, and the router behind them.
final class LabServer {
    let loop: EventLoop
    let router: LabRouter
    var latency: Duration
    var faults = LabFaults()
    private let clock: TimeSource
    private let runsByItself: Bool
    private var listeners: [SocketListener] = []
    private var connections: [ObjectIdentifier: LabConnection] = [:]
    private var timer: LoopTimer?
    private var timerDue = Instant.never
    private(set) var acceptedCount = 0

    init(_ router: LabRouter, clock: TimeSource, runsByItself: Bool, latency: Duration, on loop: EventLoop) {
        self.router = router
        self.clock = clock
        self.runsByItself = runsByItself
        self.latency = latency
        self.loop = loop
    }

    func listen(
        at address: IPAddress, port: UInt16, encryptedBy context: TLSContext? = nil, isControl: Bool = false
    ) throws(SocketError) -> UInt16 {
        let listener = try SocketListener(at: address, port: port, on: loop) { [unowned self] descriptor, peer in
            accept(descriptor, peer, context, isControl)
        }
        listeners.append(listener)
        return listener.port
    }

    private func accept(_ descriptor: Int32, _ peer: IPAddress, _ context: TLSContext?, _ isControl: Bool) {
        acceptedCount += 1
        let socket = SocketConnection(descriptor, encryptedBy: context, on: loop)
        let connection = LabConnection(socket, from: peer, isControl: isControl, of: self)
        connections[ObjectIdentifier(connection)] = connection
        connection.start()
    }

    func forget(_ connection: LabConnection) {
        router.forget(connection)
        connections[ObjectIdentifier(connection)] = nil
    }

    /// Advances the router's clock to now.
    func catchUp() { if runsByItself { router.advance(to: clock.now()) } }

    /// Handles the consequences of commands: a restart, the next timer.
    func settle() {
        if router.isRebooting {
            router.isRebooting = false
            for connection in connections.values where !connection.isControl { connection.closeSoon() }
        }
        guard runsByItself, let due = router.nextDue, due < timerDue else { return }
        if let timer { loop.cancel(timer) }
        timerDue = due
        timer = loop.after(max(.milliseconds(1), due - clock.now())) { [unowned self] in
            timerDue = .never
            catchUp()
            settle()
        }
    }

    func close() {
        if let timer { loop.cancel(timer) }
        timer = nil
        for listener in listeners { listener.close() }
        listeners = []
        for connection in connections.values { connection.close() }
        connections = [:]
    }

    /// Drops all connections, as in a power cut.
    func cutAll() { for connection in connections.values where !connection.isControl { connection.close(.reset) } }

    var openCount: Int { connections.count }
}
