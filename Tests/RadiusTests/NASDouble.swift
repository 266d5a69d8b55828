import Glibc
import Loop
import RADIUS
import Synchronization
import TestSupport

/// The side of an access server that takes orders: what it is told it keeps, and answers as the test says.
final class NASDouble: ReadinessHandler, Sendable {
    enum Answer: Sendable { case ack, nak(UInt32), silence, forged }

    let port: UInt16
    private let descriptor: Int32
    private let loop: EventLoop
    private let state: Mutex<State>

    private struct State {
        var secret: [UInt8] = []
        var answers: [Answer] = []
        var orders: [RADIUSPacket] = []
    }

    /// Answers in their order; after the last one it goes on with that.
    init(_ answers: Answer...) {
        state = Mutex(State(answers: answers))
        loop = Loops.tests.all[1]
        descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(descriptor, $0, length) == 0, "no port")
                getsockname(descriptor, $0, &length)
            }
        }
        port = UInt16(bigEndian: name.sin_port)
        loop.perform { self.loop.add(self.descriptor, handler: self) }
    }

    func share(_ secret: String) { state.withLock { $0.secret = Array(secret.utf8) } }

    /// What it was told by somebody who knows what is shared.
    var orders: [RADIUSPacket] { state.withLock { $0.orders } }

    func close() {
        loop.perform {
            self.loop.remove(self.descriptor)
            Glibc.close(self.descriptor)
        }
    }

    func isReady(for readiness: Readiness) {
        while true {
            var bytes = [UInt8](repeating: 0, count: 4096)
            var peer = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let count = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, &bytes, bytes.count, 0, $0, &length)
                }
            }
            guard count >= 0 else { return }
            guard let reply = answer(to: Array(bytes.prefix(count))) else { continue }
            withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = sendto(descriptor, reply, reply.count, 0, $0, length)
                }
            }
        }
    }

    private func answer(to request: [UInt8]) -> [UInt8]? {
        state.withLock { state in
            guard let order = RADIUSPacket(request: request, with: state.secret) else { return nil }
            state.orders.append(order)
            let next = state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
            switch next {
            case .silence: return nil
            case .ack:
                return RADIUSPacket(.disconnectACK, identifier: order.identifier, [])
                    .answering(request, with: state.secret)
            case .forged:
                return RADIUSPacket(.disconnectACK, identifier: order.identifier, [])
                    .answering(request, with: Array("lo que nadie comparte".utf8))
            case .nak(let cause):
                return RADIUSPacket(
                    .disconnectNAK, identifier: order.identifier, [.number(RADIUSPacket.errorCause, cause)]
                ).answering(request, with: state.secret)
            }
        }
    }
}
