import Addresses
import Identifiers
import Loop
import Sockets
import Synchronization

/// A device's SNMP agent: its place and our access there. Never printed.
package struct SNMPAgent: Sendable, CustomStringConvertible, CustomReflectable {
    package enum Access: Sendable, Equatable {
        /// By version 2c.
        case community([UInt8])
        /// By version 3.
        case user(SNMPUser)
    }

    package let address: IPAddress
    package let port: UInt16
    package let access: Access

    package init(_ address: IPAddress, port: UInt16 = 161, _ access: Access) {
        (self.address, self.port, self.access) = (address, port, access)
    }

    package init(_ address: IPAddress, port: UInt16 = 161, community: [UInt8]) {
        self.init(address, port: port, .community(community))
    }

    package var description: String { "\(address):\(port)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

package enum SNMPFailure: Error, Equatable {
    /// Nobody answered.
    case silence
    /// What came from there is no SNMP.
    case garbage
    /// The agent's error-status.
    case refused(Int32)
    /// The agent knows no such user of version 3, or other passwords of theirs.
    case notPermitted
    /// The system has no socket for us.
    case noSocket
}

/// Asks many agents from one socket, so many at a time. On its loop's thread only.
///
/// An answer counts if it comes from the place that was asked, with the community and the number of the question; a
/// forged one would have to guess 31 bits. Whatever else arrives is dropped.
package final class SNMPClient: @unchecked Sendable {
    private let loop: EventLoop
    private let randomness: Randomness
    private let window: Int
    private var sockets: [Bool: DatagramSocket] = [:]
    private var pending: [Int32: Pending] = [:]
    private var waiting = Deque<Pending>()
    private var heardGarbage: Set<IPAddress> = []
    /// Questions sent, and how many of them again.
    package private(set) var sent = 0
    package private(set) var resent = 0

    /// The engines of agents of version 3, by their places.
    private let engines = Mutex<[String: SNMPEngine]>([:])

    private enum Proof {
        case community([UInt8])
        /// Nil while only the engine is asked for.
        case keys(SNMPUserKeys?)
    }

    private struct Received: Sendable {
        let message: SNMPMessage
        let engine: SNMPEngine?
        /// From the last time it was asked.
        let latency: Duration
    }

    private final class Pending {
        let agent: SNMPAgent
        let id: Int32
        let bytes: [UInt8]
        let proof: Proof
        let span: Duration
        var triesLeft: Int
        var begin = Monotonic.never
        var timer: LoopTimer?
        let continuation: UnsafeContinuation<Result<Received, SNMPFailure>, Never>

        init(
            _ id: Int32, _ bytes: [UInt8], _ proof: Proof, of agent: SNMPAgent, tries: Int, every span: Duration,
            _ continuation: UnsafeContinuation<Result<Received, SNMPFailure>, Never>
        ) {
            (self.id, self.bytes, self.proof, self.agent) = (id, bytes, proof, agent)
            (self.span, triesLeft, self.continuation) = (span, tries, continuation)
        }
    }

    package struct Answer: Sendable {
        package let variables: [SNMPVariable]
        /// From the last time it was asked.
        package let latency: Duration
    }

    package init(on loop: EventLoop, window: Int = 256, randomness: Randomness = .system) {
        (self.loop, self.window, self.randomness) = (loop, max(1, window), randomness)
    }

    /// `repetitions` makes a GETBULK of it.
    package func ask(
        _ kind: SNMPMessage.Kind, _ names: [ObjectID], of agent: SNMPAgent, repetitions: Int32 = 0, tries: Int = 2,
        every span: Duration = .milliseconds(1500)
    ) async throws(SNMPFailure) -> Answer {
        @Sendable func question(_ id: Int32, _ community: [UInt8]) -> SNMPMessage {
            SNMPMessage(
                kind, community: community, requestID: id, errorIndex: repetitions,
                variables: names.map { SNMPVariable($0, .null) })
        }
        switch agent.access {
        case .community(let community):
            return try answer(
                await exchange(agent, .community(community), tries, span) { question($0, community).bytes })
        case .user(let user):
            var engine = try await engine(of: agent, tries, span)
            // Once more after the agent said what time it has.
            for _ in 0..<2 {
                let (known, keys, salt) = (engine, user.keys(at: engine.id), randomness.bytes(8))
                let received = try await exchange(agent, .keys(keys), tries, span) { id in
                    SecuredMessage.question(question(id, []), of: user, at: known, with: keys, salt: salt)
                }
                guard received.message.kind == .report else { return try answer(received) }
                let reason = received.message.variables.first?.name
                guard reason == Self.notInTime || reason == Self.unknownEngine, let other = received.engine else {
                    throw .notPermitted
                }
                engine = other
                engines.withLock { $0[agent.description] = other }
            }
            throw .notPermitted
        }
    }

    private static let notInTime: ObjectID = [1, 3, 6, 1, 6, 3, 15, 1, 1, 2, 0]
    private static let unknownEngine: ObjectID = [1, 3, 6, 1, 6, 3, 15, 1, 1, 4, 0]

    private func answer(_ received: Received) throws(SNMPFailure) -> Answer {
        if received.message.errorStatus != 0 { throw .refused(received.message.errorStatus) }
        return Answer(variables: received.message.variables, latency: received.latency)
    }

    /// As it was heard of last, or as it says now.
    private func engine(
        of agent: SNMPAgent, _ tries: Int, _ span: Duration
    ) async throws(SNMPFailure) -> SNMPEngine {
        if let known = engines.withLock({ $0[agent.description] }) { return known }
        let received = try await exchange(agent, .keys(nil), tries, span) { SecuredMessage.discovery($0) }
        guard let engine = received.engine, !engine.id.isEmpty else { throw .garbage }
        engines.withLock { $0[agent.description] = engine }
        return engine
    }

    private func exchange(
        _ agent: SNMPAgent, _ proof: Proof, _ tries: Int, _ span: Duration,
        _ bytes: @escaping @Sendable (Int32) -> [UInt8]
    ) async throws(SNMPFailure) -> Received {
        let result: Result<Received, SNMPFailure> = await withUnsafeContinuation { continuation in
            loop.perform { [self] in
                let id = freeID()
                let question = Pending(id, bytes(id), proof, of: agent, tries: tries, every: span, continuation)
                if pending.count < window { begin(question) } else { waiting.append(question) }
            }
        }
        return try result.get()
    }

    private func freeID() -> Int32 {
        while true {
            let id = Int32(truncatingIfNeeded: randomness.next() & 0x7FFF_FFFF)
            if pending[id] == nil { return id }
        }
    }

    private func begin(_ question: Pending) {
        // A number that was free when it waited may be taken by now; then it waits for its own silence.
        guard pending[question.id] == nil else {
            return question.continuation.resume(returning: .failure(.silence))
        }
        pending[question.id] = question
        send(question)
    }

    private func send(_ question: Pending) {
        guard question.triesLeft > 0 else {
            let isGarbage = heardGarbage.remove(question.agent.address) != nil
            return end(question, .failure(isGarbage ? .garbage : .silence))
        }
        question.triesLeft -= 1
        guard let socket = socket(v4: question.agent.address.isV4) else { return end(question, .failure(.noSocket)) }
        if question.begin != .never { resent += 1 }
        sent += 1
        question.begin = .read()
        // What the system does not take may be taken at the next try.
        socket.send(question.bytes, to: question.agent.address, port: question.agent.port)
        question.timer = loop.after(question.span) { [unowned self] in send(question) }
    }

    private func socket(v4 isV4: Bool) -> DatagramSocket? {
        if let socket = sockets[isV4] { return socket }
        let socket = try? DatagramSocket(.udp, v4: isV4, on: loop) { [unowned self] bytes, sender, port in
            receive(bytes, from: sender, port)
        }
        sockets[isV4] = socket
        return socket
    }

    private func receive(_ bytes: UnsafeRawBufferPointer, from sender: IPAddress, _ port: UInt16) {
        do throws(NotBER) {
            if SecuredMessage.version(of: bytes) == 3 {
                try receive(SecuredMessage(bytes), from: sender, port)
            } else {
                receive(try SNMPMessage(bytes), from: sender, port)
            }
        } catch {
            if heardGarbage.count < 10_000 { heardGarbage.insert(sender) }
        }
    }

    private func receive(_ answer: SNMPMessage, from sender: IPAddress, _ port: UInt16) {
        guard answer.kind == .response, let question = pending[answer.requestID],
            question.agent.address == sender, question.agent.port == port,
            case .community(let community) = question.proof, community == answer.community
        else { return }
        end(question, .success(Received(message: answer, engine: nil, latency: latency(of: question))))
    }

    /// Until the system had the answer, however late it is read.
    private func latency(of question: Pending) -> Duration {
        let waited = sockets[question.agent.address.isV4]?.waited ?? .zero
        return max(.zero, Monotonic.read() - question.begin - waited)
    }

    /// A response counts if it proves that it is of the user's agent. A report of what is wrong with a question may be
    /// in plain text: it never brings values.
    private func receive(
        _ answer: SecuredMessage, from sender: IPAddress, _ port: UInt16
    ) throws(NotBER) {
        guard let question = pending[answer.id], question.agent.address == sender, question.agent.port == port,
            case .keys(let keys) = question.proof
        else { return }
        let isGenuine = keys.map { answer.isGenuine(by: $0) } ?? false
        guard isGenuine || answer.flags & SecuredMessage.isAuthenticated == 0 else { return }
        let message = try answer.opened(by: isGenuine ? keys : nil)
        switch message.kind {
        case .response where isGenuine && message.requestID == question.id: break
        // Times come only with a proof, so that nobody sets our clock back.
        case .report where isGenuine || message.variables.first?.name != Self.notInTime: break
        default: return
        }
        end(question, .success(Received(message: message, engine: answer.engine, latency: latency(of: question))))
    }

    private func end(_ question: Pending, _ result: Result<Received, SNMPFailure>) {
        guard pending.removeValue(forKey: question.id) != nil else { return }
        if let timer = question.timer { loop.cancel(timer) }
        question.timer = nil
        question.continuation.resume(returning: result)
        while pending.count < window, let next = waiting.popFirst() { begin(next) }
    }

    /// Call when nothing is asked any more.
    package func close() {
        loop.perform { [self] in
            for socket in sockets.values { socket.close() }
            sockets = [:]
        }
    }
}
