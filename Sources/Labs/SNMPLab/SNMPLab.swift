import Addresses
import Loop
import SNMP
import Sockets

/// Antennas, links and switches that do not exist, at real addresses: each answers SNMP v2c as its kind does.
///
/// What goes wrong at one is switched while it runs, by an SNMP SET with the community `lab`:
/// `snmpset -v2c -c lab ADDRESS:PORT 1.3.6.1.4.1.55555.1.0 s off`, or garbage, slow, wrap, reset; an empty word ends it.
package final class SNMPLab: @unchecked Sendable {
    // Loop-confined.
    package struct Plan: Sendable {
        package var community = "publica"
        package var kinds: [LabAgent.Kind] = [.sector]
        /// Of the first; the others follow it.
        package var address = IPAddress.loopback
        package var port: UInt16 = 1161
        /// Where an agent that is back says that it started.
        package var traps: (address: IPAddress, port: UInt16)?

        package init() {}
    }

    package static let control: ObjectID = [1, 3, 6, 1, 4, 1, 55555, 1, 0]

    private let loop: EventLoop
    private let community: [UInt8]
    private let traps: (address: IPAddress, port: UInt16)?
    private var agents: [LabAgent] = []
    private var sockets: [DatagramSocket] = []
    /// Questions answered.
    package private(set) var answered = 0

    /// On the loop's thread.
    package init(_ plan: Plan, on loop: EventLoop) throws(SocketError) {
        (self.loop, community, traps) = (loop, Array(plan.community.utf8), plan.traps)
        guard case .v4(let first) = plan.address else { throw .notConnected("a lab has addresses of IPv4") }
        for (index, kind) in plan.kinds.enumerated() {
            let address = IPAddress.v4(first &+ UInt32(index))
            let agent = LabAgent(kind, number: index + 1)
            let reply = Reply()
            let socket = try DatagramSocket(.udp, v4: true, bound: (address, plan.port), on: loop) {
                [unowned self] bytes, sender, port in
                take(bytes, at: agent, from: sender, port, by: reply)
            }
            reply.socket = socket
            agents.append(agent)
            sockets.append(socket)
        }
    }

    private final class Reply {
        weak var socket: DatagramSocket?
    }

    private func take(
        _ bytes: UnsafeRawBufferPointer, at agent: LabAgent, from sender: IPAddress, _ port: UInt16, by reply: Reply
    ) {
        guard let question = try? SNMPMessage(bytes) else { return }
        if question.community == Array("lab".utf8) {
            if question.kind == .set, let asked = question.variables.first, asked.name == Self.control,
                case .octets(let word) = asked.value
            {
                if let index = agents.firstIndex(where: { $0 === agent }) {
                    set(LabAgent.Fault(rawValue: String(decoding: word, as: UTF8.self)), at: index)
                }
                var answer = question
                answer.kind = .response
                reply.socket?.send(answer.bytes, to: sender, port: port)
            }
            return
        }
        guard question.community == community, agent.fault != .off else { return }
        if agent.fault == .garbage {
            reply.socket?.send([0x30, 0x82, 0xFF, 0xFF, 0x02] + question.community, to: sender, port: port)
            return
        }
        guard let answer = agent.answer(to: question) else { return }
        answered += 1
        let ready = answer.bytes
        guard agent.fault == .slow else {
            reply.socket?.send(ready, to: sender, port: port)
            return
        }
        loop.after(.milliseconds(300)) { reply.socket?.send(ready, to: sender, port: port) }
    }

    package func set(_ fault: LabAgent.Fault?, at index: Int) {
        let wasOff = agents[index].fault == .off
        agents[index].fault = fault
        guard wasOff, fault == nil, let traps else { return }
        let trap = SNMPMessage(
            .trap, community: community, requestID: 1,
            variables: [
                SNMPVariable([1, 3, 6, 1, 2, 1, 1, 3, 0], .ticks(100)),
                SNMPVariable([1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0], .objectID([1, 3, 6, 1, 6, 3, 1, 1, 5, 1])),
            ])
        sockets[index].send(trap.bytes, to: traps.address, port: traps.port)
    }

    package func fault(at index: Int) -> LabAgent.Fault? { agents[index].fault }

    package func close() {
        for socket in sockets { socket.close() }
        sockets = []
    }
}
