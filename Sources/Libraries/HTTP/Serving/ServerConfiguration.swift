import Addresses
import Loop

package struct ServerConfiguration: Sendable {
    package var listeners: [Listener]
    package var limits = ServerLimits()
    /// Whose X-Forwarded-* headers are believed.
    package var trustedProxies: [AddressRange] = []
    /// Whether X-Forwarded-Host is among them.
    package var believesForwardedHost = false
    /// Where what is in progress is written, for after a crash.
    package var board: WorkBoard?
    /// Where uploads wait for their handler; the files there have no names and vanish with the process.
    package var uploadDirectory = "/tmp"

    package init(listeners: [Listener]) { self.listeners = listeners }

    package struct Listener: Sendable {
        package var address: ListenAddress
        /// Marks the requests that come in here, for what only our own machines may see.
        package var isInternal: Bool
        /// With certificates, TLS is spoken here and nothing else.
        package var certificates: Certificates?
        /// Bound by another process, which keeps it; otherwise the server binds the address.
        package var inherited: ListeningSocket?

        package init(
            _ address: ListenAddress, isInternal: Bool = false, certificates: Certificates? = nil,
            inherited: ListeningSocket? = nil
        ) {
            self.address = address
            self.inherited = inherited
            self.isInternal = isInternal
            self.certificates = certificates
        }
    }
}

package enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// Port 0 lets the system choose; `Server.addresses` tells which.
    case ip(IPAddress, port: UInt16)
    case unix(path: String)

    package var description: String {
        switch self {
        case .ip(let address, let port): address.isV4 ? "\(address):\(port)" : "[\(address)]:\(port)"
        case .unix(let path): path
        }
    }
}

package struct ServerLimits: Sendable {
    package var head = HeadLimits()
    /// From the first byte of a head (or from the connection's beginning) to its end, however busily it drips.
    package var headDeadline = Duration.seconds(10)
    package var idle = Duration.seconds(75)
    /// Who moves fewer bytes in a window, while it is their turn, is cut off.
    package var rateWindow = Duration.seconds(8)
    package var bytesPerWindow = 8 * 1024
    /// How long a closing connection is read on, so that the last answer is not lost to a reset.
    package var linger = Duration.seconds(2)
    /// While draining, an idle connection may still send one request for as long as this.
    package var drainGrace = Duration.seconds(1)
    package var connections = 16_384
    package var connectionsPerAddress = 256
    /// At internal addresses, whatever happens at the others.
    package var internalConnections = 256
    /// Unread body or unsent answer beyond which the other side has to wait.
    package var buffer = 256 * 1024
    package init() {}
}
