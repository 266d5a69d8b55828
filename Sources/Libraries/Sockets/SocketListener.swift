import Addresses
import CSystem
import Glibc
import Loop

/// A listening port, for programs that simulate a device. Use on the loop's thread.
package final class SocketListener: ReadinessHandler {
    package let address: IPAddress
    /// The actual port, where 0 was asked for.
    package let port: UInt16
    private let descriptor: Int32
    private let loop: EventLoop
    private let onConnection: (Int32, IPAddress) -> Void

    /// The callback takes ownership of the descriptor.
    package init(
        at address: IPAddress, port: UInt16, on loop: EventLoop, _ onConnection: @escaping (Int32, IPAddress) -> Void
    ) throws(SocketError) {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.isV4 ? AF_INET : AF_INET6, flags, 0)
        guard descriptor >= 0 else { throw .notConnected(SocketError.reason(errno)) }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        var name = SocketAddress(address, port: port)
        guard name.withPointer({ bind(descriptor, $0, $1) }) == 0, listen(descriptor, 1024) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw .notConnected("\(address):\(port): \(SocketError.reason(code))")
        }
        name.readBound(of: descriptor)
        self.descriptor = descriptor
        self.address = address
        self.port = name.parts?.port ?? port
        self.loop = loop
        self.onConnection = onConnection
        loop.add(descriptor, handler: self, for: [.input])
    }

    package func isReady(for readiness: Readiness) {
        // The rest waits for the next round, so that open connections are served first.
        for _ in 0..<64 {
            var name = SocketAddress()
            let accepted = name.accept(from: descriptor)
            guard accepted >= 0 else { return }
            onConnection(accepted, name.parts?.address ?? .loopback)
        }
    }

    package func close() {
        loop.remove(descriptor)
        Glibc.close(descriptor)
    }
}
