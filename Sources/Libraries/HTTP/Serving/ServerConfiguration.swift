import Addresses
import Loop

package struct ServerConfiguration: Sendable {
    package var listeners: [Listener]
    package var limits = ServerLimits()
    /// Proxies whose X-Forwarded-* headers are trusted.
    package var trustedProxies: [AddressRange] = []
    /// Whether X-Forwarded-Host is trusted too.
    package var believesForwardedHost = false
    /// The work board, for crash reports.
    package var board: WorkBoard?
    /// The directory for pending uploads; the files are unnamed and vanish with the process.
    package var uploadDirectory = "/tmp"

    package init(listeners: [Listener]) { self.listeners = listeners }

    package struct Listener: Sendable {
        package var address: ListenAddress
        /// Marks requests at this address as internal, for what only our own machines may see.
        package var isInternal: Bool
        /// With certificates, the listener speaks TLS only.
        package var certificates: Certificates?
        /// A socket inherited from the parent process; otherwise the server binds the address.
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
    /// Port 0 lets the system choose; see `Server.addresses`.
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
    /// From a head's first byte (or the connection's start) to its end, even if it drips in slowly.
    package var headDeadline = Duration.seconds(10)
    package var idle = Duration.seconds(75)
    /// A client that moves fewer than `bytesPerWindow` in this time, when it is its turn, is disconnected.
    package var rateWindow = Duration.seconds(8)
    package var bytesPerWindow = 8 * 1024
    /// How long a closing connection is still read, so that a reset does not lose the last answer.
    package var linger = Duration.seconds(2)
    /// During draining, how long an idle connection may still send one request.
    package var drainGrace = Duration.seconds(1)
    package var connections = 16_384
    package var connectionsPerAddress = 256
    /// The limit at internal addresses, independent of the others.
    package var internalConnections = 256
    /// Unread body or unsent answer at which back-pressure starts.
    package var buffer = 256 * 1024
    package init() {}
}
