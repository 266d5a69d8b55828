import Glibc
import Loop

/// The user of a slot's connection.
protocol SlotOwner: AnyObject {
    func opened(_ slot: Slot)
    func lost(_ slot: Slot)
    func finished(_ call: Call, on slot: Slot)
    func notified(on channel: String, _ payload: String)
}

/// A slot for one connection, replaced when lost. Loop-confined.
final class Slot: ConnectionOwner {
    private(set) var connection: Connection?
    /// Why there is no connection.
    private(set) var failure: DatabaseError?
    private(set) var failureText: String?
    private(set) var losses = 0
    private let plan: ConnectionPlan
    private let loop: EventLoop
    private let blocking: BlockingPool
    private let owner: any SlotOwner
    private var candidate: Connection?
    private var roleCheck: Call?
    private var connector: Connector?
    private var pause: LoopTimer?
    private var failedAttempts = 0
    private var isClosed = false

    init(_ plan: ConnectionPlan, on loop: EventLoop, blocking: BlockingPool, owner: any SlotOwner) {
        self.plan = plan
        self.loop = loop
        self.blocking = blocking
        self.owner = owner
    }

    /// Whether it has or is making a connection.
    var isFilling: Bool { connection != nil || candidate != nil || connector != nil || pause != nil }

    func open() {
        guard !isFilling, !isClosed else { return }
        let connector = Connector(plan, on: loop, blocking: blocking) { [unowned self] in connected($0) }
        self.connector = connector
        connector.start()
    }

    func close() {
        isClosed = true
        connector?.cancel()
        connector = nil
        if let pause { loop.cancel(pause) }
        pause = nil
        candidate?.breakUp()
        candidate = nil
        connection?.breakUp()
    }

    /// Replaces a connection that must not be used again; nothing may be in flight on it.
    func renew() {
        connection?.close()
        connection = nil
        failedAttempts = 0
        open()
    }

    private func connected(_ outcome: Connector.Outcome) {
        connector = nil
        switch outcome {
        case .connected(let postgres):
            let connection = Connection(postgres, plan: plan, on: loop, owner: self)
            candidate = connection
            if plan.mustObeyPolicies { check(connection) } else { take(connection) }
        case .failed(let text): fail(.unavailable(retryAfter: .seconds(2)), text)
        case .refused(let text): fail(.refused(text), text)
        }
    }

    /// A role that bypasses row-level security must never do the tenants' work.
    private func check(_ connection: Connection) {
        let call = Call(.platform, .roleCheck)
        roleCheck = call
        connection.send(call)
    }

    private func take(_ connection: Connection) {
        candidate = nil
        self.connection = connection
        failedAttempts = 0
        failure = nil
        failureText = nil
        owner.opened(self)
    }

    private func fail(_ error: DatabaseError, _ text: String) {
        failure = error
        failureText = text
        failedAttempts += 1
        rest()
        owner.lost(self)
    }

    /// A back-off of 50 ms to 2 s with jitter, so that many servers do not reconnect in step.
    private func rest() {
        guard !isClosed else { return }
        let longest = min(2000, 50 << min(failedAttempts - 1, 6))
        pause = loop.after(.milliseconds(Int.random(in: longest / 2...longest))) { [unowned self] in
            pause = nil
            open()
        }
    }

    func finished(_ call: Call) {
        guard call === roleCheck else { return owner.finished(call, on: self) }
        roleCheck = nil
        // Closed meanwhile.
        guard let candidate else { return }
        do {
            let ignoresPolicies: Bool = try call.result()[0].readFirst()
            if !ignoresPolicies { return take(candidate) }
            reject("The role of the tenants' work passes over row-level security.", forGood: true)
        } catch {
            reject(error.description, forGood: false)
        }
    }

    private func reject(_ text: String, forGood: Bool) {
        candidate?.close()
        candidate = nil
        fail(forGood ? .refused(text) : .unavailable(retryAfter: .seconds(2)), text)
    }

    func lost(_ connection: Connection) {
        // A candidate that broke during its check was handled when the check returned.
        guard connection === self.connection else { return }
        self.connection = nil
        losses += 1
        if isClosed { return owner.lost(self) }
        open()
        owner.lost(self)
    }

    func notified(on channel: String, _ payload: String) { owner.notified(on: channel, payload) }
}
