import Glibc

/// Why a connection failed or ended.
package enum SocketError: Error, Equatable, CustomStringConvertible {
    case notConnected(String)
    /// The peer's certificate is not trusted, or the TLS handshake failed.
    case untrusted(String)
    /// The peer closed the connection in good order.
    case ended
    case broken(String)

    package var description: String {
        switch self {
        case .notConnected(let reason): "No connection: \(reason)."
        case .untrusted(let reason): "No trusted connection: \(reason)."
        case .ended: "The other side closed the connection."
        case .broken(let reason): "The connection broke: \(reason)."
        }
    }

    static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
