import Addresses
import Identifiers
import Loop
import Sockets

/// A device's SNMP agent: its place and our community there. Never printed.
package struct SNMPAgent: Sendable, CustomStringConvertible, CustomReflectable {
    package let address: IPAddress
    package let port: UInt16
    package let community: [UInt8]

    package init(_ address: IPAddress, port: UInt16 = 161, community: [UInt8]) {
        (self.address, self.port, self.community) = (address, port, community)
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

    private final class Pending {
        let agent: SNMPAgent
        let message: SNMPMessage
        let span: Duration
        var triesLeft: Int
        var begin = Monotonic.never
        var timer: LoopTimer?
        let continuation: UnsafeContinuation<Result<Answer, SNMPFailure>, Never>

        init(
            _ message: SNMPMessage, of agent: SNMPAgent, tries: Int, every span: Duration,
            _ continuation: UnsafeContinuation<Result<Answer, SNMPFailure>, Never>
        ) {
            (self.message, self.agent, self.span) = (message, agent, span)
            (triesLeft, self.continuation) = (tries, continuation)
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
        let result: Result<Answer, SNMPFailure> = await withUnsafeContinuation { continuation in
            loop.perform { [self] in
                let message = SNMPMessage(
                    kind, community: agent.community, requestID: freeID(), errorIndex: repetitions,
                    variables: names.map { SNMPVariable($0, .null) })
                let question = Pending(message, of: agent, tries: tries, every: span, continuation)
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
        guard pending[question.message.requestID] == nil else {
            return question.continuation.resume(returning: .failure(.silence))
        }
        pending[question.message.requestID] = question
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
        socket.send(question.message.bytes, to: question.agent.address, port: question.agent.port)
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
        let answer: SNMPMessage
        do throws(NotBER) {
            answer = try SNMPMessage(bytes)
        } catch {
            if heardGarbage.count < 10_000 { heardGarbage.insert(sender) }
            return
        }
        guard answer.kind == .response, let question = pending[answer.requestID],
            question.agent.address == sender, question.agent.port == port,
            question.message.community == answer.community
        else { return }
        if answer.errorStatus != 0 { return end(question, .failure(.refused(answer.errorStatus))) }
        end(question, .success(Answer(variables: answer.variables, latency: .read() - question.begin)))
    }

    private func end(_ question: Pending, _ result: Result<Answer, SNMPFailure>) {
        guard pending.removeValue(forKey: question.message.requestID) != nil else { return }
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
