import CSystem
import Loop

/// One client's connection. It serves one request at a time: the next is not parsed until the socket has taken the
/// whole last answer, so a client that sends and never reads costs no memory.
final class Connection: ReadinessHandler, @unchecked Sendable {
    // Unchecked: mutable state is touched on the worker's loop only.
    enum Phase {
        /// Between requests, or before the first.
        case idle
        /// Part of a head has arrived.
        case head
        /// A handler is running, or its answer is being streamed.
        case busy
        /// The last answer is being sent.
        case ending
        /// All is sent; further input is discarded so that no reset overtakes the answer.
        case lingering
        case closed
    }

    struct Work {
        let request: Request
        var status: Status?
        var bytesSent = 0
    }

    let transport: Transport
    let link: Link
    let worker: Worker
    /// The index in the worker's list.
    var index = 0

    var phase = Phase.idle
    var deadline: Monotonic
    var rate = RateWindow()
    var keepsAlive = true
    var hasServed = false

    var input: [UInt8] = []
    var inputStart = 0
    var isReadable = false
    var isReading = false
    var isAdvancing = false
    /// epoll reported an end of stream, so reading continues until it is met.
    var endIsNear = false
    var hasEnded = false
    var body: RequestBody?
    var decoder: BodyDecoder?
    var owesContinue = false

    var work: Work?
    var task: Task<Void, Never>?
    var stream: ResponseStream?
    var feed: EventFeed?

    var outbox = Outbox()
    /// Answered, but not yet fully taken by the socket.
    var unreported: (work: Work, outcome: Exchange.Outcome)?

    var limits: ServerLimits { worker.limits }
    var loop: EventLoop { worker.loop }

    init(_ transport: Transport, link: Link, worker: Worker) {
        self.transport = transport
        self.link = link
        self.worker = worker
        deadline = worker.loop.now + worker.limits.headDeadline
    }

    func isReady(for readiness: Readiness) {
        if readiness.contains(.failed) { return close() }
        if readiness.contains(.output), !outbox.isEmpty { flush() }
        // TLS may have to write during a read, so output readiness counts too.
        guard transport.isEncrypted || !readiness.isDisjoint(with: .incoming) else { return }
        isReadable = true
        if !readiness.isDisjoint(with: .ended) { endIsNear = true }
        read()
    }

    /// End of stream: the client sends nothing more, and is taken to be gone.
    func meetEnd() {
        hasEnded = true
        switch phase {
        case .idle, .head: closeIfOver()
        case .busy:
            body?.fail(.interrupted)
            stream?.fail()
            task?.cancel()
        case .ending, .closed: break
        case .lingering: close()
        }
    }

    func closeIfOver() {
        if hasEnded, outbox.isEmpty, phase == .idle || phase == .head { close() }
    }

    /// Ends keep-alive; open event streams are closed, so that they reconnect elsewhere.
    func drain() {
        keepsAlive = false
        feed?.finish()
    }

    func close() {
        guard phase != .closed else { return }
        phase = .closed
        if var work = work ?? unreported?.work {
            work.bytesSent = max(0, work.bytesSent - outbox.count)
            report(work, .interrupted)
        }
        work = nil
        unreported = nil
        let running = task
        task = nil
        body?.fail(.interrupted)
        body = nil
        stream?.fail()
        stream = nil
        loop.remove(transport.descriptor)
        transport.close()
        worker.forget(self)
        running?.cancel()
    }

    func report(_ work: Work, _ outcome: Exchange.Outcome) {
        worker.onExchange(
            Exchange(
                request: work.request, client: work.request.client, status: work.status, bytesSent: work.bytesSent,
                duration: Monotonic.read() - work.request.arrived, outcome: outcome))
    }
}

extension Readiness {
    // Stored, since a set literal is built anew each time.
    fileprivate static let incoming: Readiness = [.input, .ended]
    fileprivate static let failed = Readiness(rawValue: EPOLLERR.rawValue)
}
