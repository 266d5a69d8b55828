import CSystem
import Loop

/// One client's connection. It serves one request at a time: the next one is not even looked at until the socket has
/// taken the whole answer to the last, so a client that sends and never reads costs no memory.
final class Connection: ReadinessHandler, @unchecked Sendable {
    // Unchecked: all that changes is touched on the worker's loop only.
    enum Phase {
        /// Between two requests, or before the first.
        case idle
        /// A head has begun.
        case head
        /// A handler works on a request, or its answer is being streamed.
        case busy
        /// The last answer is on its way out.
        case ending
        /// We have said all; what still comes in is thrown away so that no reset overtakes the answer.
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
    /// The place in the worker's list.
    var index = 0

    var phase = Phase.idle
    var deadline: Monotonic
    var rate = RateWindow()
    var keepsAlive = true
    var hasServed = false

    // Input.
    var input: [UInt8] = []
    var inputStart = 0
    var isReadable = false
    var isReading = false
    var isAdvancing = false
    /// The system has told of an end, so reading goes on until it is met.
    var endIsNear = false
    var hasEnded = false
    var body: RequestBody?
    var decoder: BodyDecoder?
    var owesContinue = false

    // Work.
    var work: Work?
    var task: Task<Void, Never>?
    var stream: ResponseStream?
    var feed: EventFeed?

    // Output.
    var outbox = Outbox()
    /// Answered, but not yet all taken by the socket.
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
        // A handshake may have waited to write within a read.
        guard transport.isEncrypted || !readiness.isDisjoint(with: .incoming) else { return }
        isReadable = true
        if !readiness.isDisjoint(with: .ended) { endIsNear = true }
        read()
    }

    /// The other side will send nothing more. Whoever waits for it is gone, as far as we can know.
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

    /// No more requests after this one; pages that stay open are told to come back elsewhere.
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
    // Kept, since each literal of a set is put together anew.
    fileprivate static let incoming: Readiness = [.input, .ended]
    fileprivate static let failed = Readiness(rawValue: EPOLLERR.rawValue)
}
