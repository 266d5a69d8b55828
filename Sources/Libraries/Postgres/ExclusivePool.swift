import Loop

/// One role's connections on one loop, lent to one transaction at a time. Loop-confined.
final class ExclusivePool: SlotOwner, @unchecked Sendable {
    let loop: EventLoop
    let blocking: BlockingPool
    let statements: Statements
    private let plan: ConnectionPlan
    private let limit: Int
    private let patience: Duration
    private var slots: [Slot] = []
    private var idle: [Slot] = []
    private let queue: FairQueue<Lease>
    private var isClosed = false

    init(
        _ plan: ConnectionPlan, connections: Int, share: Double, _ configuration: DatabaseConfiguration,
        statements: Statements, on loop: EventLoop, blocking: BlockingPool
    ) {
        self.plan = plan
        self.loop = loop
        self.blocking = blocking
        self.statements = statements
        limit = connections
        patience = configuration.patience
        queue = FairQueue(
            share: max(1, Int(share * Double(connections))), limit: configuration.queueLimit,
            tenantLimit: share < 1 ? configuration.tenantQueueLimit : configuration.queueLimit)
    }

    /// Lends a connection now or when one is free; `resume` answers the lease.
    func add(_ lease: Lease) {
        if lease.isOver { return lease.fail(.cancelled) }
        if isClosed { return lease.fail(.unavailable(retryAfter: .seconds(5))) }
        if queue.canServeAtOnce(lease), let slot = idle.popLast() { return lend(slot, to: lease) }
        guard queue.add(lease) else { return lease.fail(.unavailable(retryAfter: .seconds(1))) }
        lease.deadline = loop.after(patience) { [unowned self] in
            queue.remove(lease)
            lease.fail(.unavailable(retryAfter: .seconds(1)))
        }
        openAnother()
    }

    func withdraw(_ lease: Lease) {
        guard !lease.isOver else { return }
        lease.isOver = true
        guard let deadline = lease.deadline else { return }
        loop.cancel(deadline)
        queue.remove(lease)
        lease.fail(.cancelled)
    }

    /// Takes a connection back. Only a clean one is lent again.
    func giveBack(_ lease: Lease) {
        guard let slot = lease.slot, let connection = lease.connection else { return }
        lease.slot = nil
        lease.connection = nil
        queue.end(lease)
        // Lost meanwhile; the slot has replaced it.
        guard slot.connection === connection, !connection.isBroken else { return serve() }
        guard connection.isIdle, !connection.isRetired else {
            slot.renew()
            return serve()
        }
        idle.append(slot)
        serve()
    }

    func close() {
        isClosed = true
        for lease in queue.removeAll() {
            if let deadline = lease.deadline { loop.cancel(deadline) }
            lease.fail(.unavailable(retryAfter: .seconds(5)))
        }
        for slot in slots { slot.close() }
        slots = []
        idle = []
    }

    private func lend(_ slot: Slot, to lease: Lease) {
        queue.begin(lease)
        lease.slot = slot
        lease.connection = slot.connection
        lease.resume()
    }

    private func serve() {
        while !idle.isEmpty, let lease = queue.next() {
            if let deadline = lease.deadline { loop.cancel(deadline) }
            lease.deadline = nil
            if let slot = idle.popLast() { lend(slot, to: lease) }
        }
        if queue.count > 0 { openAnother() }
    }

    private func openAnother() {
        guard !isClosed, idle.isEmpty else { return }
        if let slot = slots.first(where: { !$0.isFilling }) { return slot.open() }
        guard slots.count < limit, slots.allSatisfy({ $0.connection != nil }) else { return }
        let slot = Slot(plan, on: loop, blocking: blocking, owner: self)
        slots.append(slot)
        slot.open()
    }

    func opened(_ slot: Slot) {
        idle.append(slot)
        serve()
    }

    func lost(_ slot: Slot) {
        idle.removeAll { $0 === slot }
        guard case .refused(let text) = slot.failure, slot.connection == nil else { return }
        for lease in queue.removeAll() {
            if let deadline = lease.deadline { loop.cancel(deadline) }
            lease.fail(.refused(text))
        }
    }

    func finished(_ call: Call, on slot: Slot) {
        call.transaction?.ended(call)
        call.resume()
    }

    func notified(on channel: String, _ payload: String) {}

    /// As for shared connections.
    func checkSilence() {
        guard let silenceLimit = plan.silenceLimit else { return }
        for slot in slots {
            guard let connection = slot.connection, connection.inFlight > 0 else { continue }
            if loop.now - connection.headSince > silenceLimit { connection.breakUp() }
        }
    }

    func count(into statistics: inout DatabaseStatistics) {
        statistics.transactions += queue.served
        statistics.waiting += queue.count
        statistics.note(diskFullAt: plan.diskFullAt)
        for slot in slots {
            if slot.connection != nil { statistics.connections += 1 }
            statistics.lostConnections += slot.losses
            if let text = slot.failureText { statistics.lastFailure = text }
        }
    }
}
