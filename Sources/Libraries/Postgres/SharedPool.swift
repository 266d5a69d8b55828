import Loop

/// One role's connections on one loop, shared by many callers. Loop-confined.
final class SharedPool: SlotOwner, @unchecked Sendable {
    private let loop: EventLoop
    private let statements: Statements
    private let callsPerConnection: Int
    private let patience: Duration
    private let plan: ConnectionPlan
    private var slots: [Slot] = []
    let queue: FairQueue<Call>
    private var isClosed = false
    private(set) var total = 0

    init(
        _ plan: ConnectionPlan, connections: Int, share: Double, _ configuration: DatabaseConfiguration,
        statements: Statements, on loop: EventLoop, blocking: BlockingPool
    ) {
        self.loop = loop
        self.statements = statements
        // pgbouncer before 1.21 releases a server's connection at the first answer, while other calls' answers are
        // still to come, and delivers these to its next user: another tenant's rows.
        callsPerConnection = configuration.preparesStatements ? configuration.callsPerConnection : 1
        patience = configuration.patience
        self.plan = plan
        queue = FairQueue(
            share: max(1, Int(share * Double(connections * callsPerConnection))),
            limit: configuration.queueLimit,
            tenantLimit: share < 1 ? configuration.tenantQueueLimit : configuration.queueLimit)
        slots = (0..<connections).map { _ in Slot(plan, on: loop, blocking: blocking, owner: self) }
    }

    /// Whether the call may be sent now, ahead of no one.
    func canSendAtOnce(_ call: Call) -> Bool { !isClosed && place() != nil && queue.canServeAtOnce(call) }

    /// Sends the call now or when its turn comes; `resume` answers it.
    func add(_ call: Call) {
        if call.isOver { return call.fail(.cancelled) }
        do {
            try call.find(in: statements)
        } catch {
            return call.fail(error)
        }
        if isClosed { return call.fail(.unavailable(retryAfter: .seconds(5))) }
        if queue.canServeAtOnce(call), let slot = place() { return send(call, on: slot) }
        openSlots()
        if let refusal { return call.fail(refusal) }
        guard queue.add(call) else { return call.fail(.unavailable(retryAfter: .seconds(1))) }
        call.deadline = loop.after(patience) { [unowned self] in
            queue.remove(call)
            call.fail(.unavailable(retryAfter: .seconds(1)))
        }
    }

    /// Removes a cancelled call from the queue. One already sent is awaited by its task.
    func withdraw(_ call: Call) {
        guard call.connection == nil, !call.isOver else { return }
        call.isOver = true
        guard let deadline = call.deadline else { return }
        loop.cancel(deadline)
        queue.remove(call)
        call.fail(.cancelled)
    }

    func close() {
        isClosed = true
        for call in queue.removeAll() {
            if let deadline = call.deadline { loop.cancel(deadline) }
            call.fail(.unavailable(retryAfter: .seconds(5)))
        }
        for slot in slots { slot.close() }
        slots = []
    }

    private func send(_ call: Call, on slot: Slot) {
        guard let connection = slot.connection else { return call.fail(.unavailable(retryAfter: .seconds(1))) }
        total += 1
        queue.begin(call)
        connection.send(call)
    }

    /// Picks the first quick connection, since a busy server process takes its next call more cheaply than an idle one
    /// wakes up; else the connection with the fewest calls in flight. One stalled by its first call is skipped.
    private func place() -> Slot? {
        var best: Slot?
        var least = callsPerConnection
        for slot in slots {
            guard let connection = slot.connection, !connection.isBroken, !connection.isRetired,
                connection.inFlight < callsPerConnection
            else { continue }
            if connection.isQuick { return slot }
            guard connection.inFlight < least, !connection.isStalled else { continue }
            best = slot
            least = connection.inFlight
        }
        return best
    }

    private func serve() {
        while queue.count > 0, let slot = place(), let call = queue.next() {
            if let deadline = call.deadline { loop.cancel(deadline) }
            call.deadline = nil
            send(call, on: slot)
        }
    }

    private func openSlots() {
        for slot in slots where !slot.isFilling { slot.open() }
    }

    /// The refusal that makes waiting pointless, if any.
    private var refusal: DatabaseError? {
        guard slots.allSatisfy({ $0.connection == nil }) else { return nil }
        for slot in slots {
            if case .refused(let text) = slot.failure { return .refused(text) }
        }
        return nil
    }

    func opened(_ slot: Slot) { serve() }

    func lost(_ slot: Slot) {
        guard let refusal else { return serve() }
        for call in queue.removeAll() {
            if let deadline = call.deadline { loop.cancel(deadline) }
            call.fail(refusal)
        }
    }

    func finished(_ call: Call, on slot: Slot) {
        queue.end(call)
        if let connection = slot.connection, connection.isRetired, connection.inFlight == 0, !connection.isBroken {
            slot.renew()
        }
        call.resume()
        if queue.count > 0 { serve() }
    }

    func notified(on channel: String, _ payload: String) {}

    /// Drops a connection whose server has been silent for longer than any statement may take.
    func checkSilence() {
        guard let silenceLimit = plan.silenceLimit else { return }
        for slot in slots {
            guard let connection = slot.connection, connection.inFlight > 0 else { continue }
            if loop.now - connection.headSince > silenceLimit { connection.breakUp() }
        }
        serve()
    }

    func count(into statistics: inout DatabaseStatistics) {
        statistics.calls += total
        statistics.inFlight += queue.served
        statistics.waiting += queue.count
        statistics.note(diskFullAt: plan.diskFullAt)
        for slot in slots {
            if slot.connection != nil { statistics.connections += 1 }
            statistics.lostConnections += slot.losses
            if let text = slot.failureText { statistics.lastFailure = text }
        }
    }
}
